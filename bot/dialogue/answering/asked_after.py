"""A question after an issue was solved: answered from its file, or honestly not, with a person beside it; nothing reopens."""

from bot.dialogue.answering import explaining
from bot.dialogue.reply import Part, Reply

SURELY, LIKELY, TWICE, LIKE_AN_ASK = 0.75, 0.35, 2.0, 0.8
"""From which chance on words only ask; how likely another issue must be, and how many times likelier, to be asked about; and
how like a question of the file's own."""


def is_asked(reply: Reply) -> bool:
    """`can the pharmacy see it too?`, as said after an end; not what is surely of an issue, or far likelier of another."""
    known, reading = reply.conversation, reply.reading
    if known.state != "solved" or not known.solved or not reply.typed or reading.sure or not known.in_english:
        return False
    first = reading.candidates[0]
    here = next((one.confidence for one in reading.candidates if one.issue == known.solved[-1]), 0.0)
    other = first.issue != known.solved[-1] and reply.intent(first.issue).tier is not None
    elsewhere = other and first.confidence >= max(LIKELY, TWICE * here)
    asks = reply.meant.act == "question" and reply.meant.chance >= SURELY
    return asks and not elsewhere and known.solved[-1] in reply.script.catalog.intents


def answer(reply: Reply) -> None:
    """By the file of what was solved, or of whichever explains a word; a person can be had where none does."""
    found = _found(reply)
    if found is not None:
        reply.say(found)
    else:
        reply.say(reply.line("cant_say_person"), buttons=(reply.person_button(),))


def _found(reply: Reply) -> Part | None:
    intent = reply.intent(reply.conversation.solved[-1])
    asks = [(ask, number) for number, one in enumerate(intent.glossary) for ask in one.asks]
    same = reply.script.semantic_matcher.closest(reply.message.text, [ask for ask, _ in asks], LIKE_AN_ASK)
    number = asks[same][1] if same is not None else reply.script.replies.answer_to(reply.message.text, intent, "")
    if number is None:
        return explaining.answer(reply)
    return reply.text_of(intent, f"glossary.{number}", intent.glossary[number].say)
