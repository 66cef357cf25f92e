"""What a person is wanted for, told after they were called: it stands on the request, whatever was said to our questions."""

from bot.dialogue.gathering import questions
from bot.dialogue.handing_over import handover
from bot.dialogue.hearing import unspoken_language
from bot.dialogue.reply import Reply
from bot.dialogue.with_support import told_with_it
from bot.understanding.intents.names import ABOUT_BOT, PERSON, UNKNOWN
from bot.understanding.matching.semantic_match import denies
from bot.understanding.reading import NO_MATTER
from bot.understanding.text.plain import plain, telling_words
from handoff.policy.names import ASKED_FOR_PERSON, DESCRIPTION
from handoff.ticket import SKIPPED, Gathered

TELLS = 3
"""So many telling words tell a matter."""
ACTS_OF_NO_MATTER = (
    "person",
    "thanks",
    "stop",
    "close",
    "status",
    "contact",
    "about_bot",
    "question",
    "frustration",
    "answer",
)


def is_insisted(reply: Reply) -> bool:
    """`no bot`, to a question of ours: the wish once more, and no answer; with anything told beside it, it may be one."""
    reading, said = reply.reading, plain(reply.message.text)
    wished = reply.conversation.issue == PERSON and reply.typed and reading.issue in (ABOUT_BOT, PERSON)
    return wished and reading.sure and denies(said) and len(telling_words(said)) < TELLS


def is_told(reply: Reply) -> bool:
    """Nothing of it was told before, and these words tell it, to whichever question; steps of ours begin by themselves."""
    known, reading = reply.conversation, reply.reading
    if known.issue != PERSON or not reply.typed or _is_known(reply) or unspoken_language.holds(reply):
        return False
    begins = reading.sure and reading.decision == "answer"
    if (
        begins
        or reply.intent(reading.issue).is_grave
        or reading.issue == PERSON
        or reading.decision in NO_MATTER
        or reply.meant.act in ACTS_OF_NO_MATTER
    ):
        return False
    asked = questions.asked_now(reply)
    return (asked is None or asked.id != DESCRIPTION) and len(telling_words(plain(reply.message.text))) >= TELLS


def is_added(reply: Reply) -> bool:
    """`it's about the app crashing`, told to the person who was asked for: no steps begin, whatever we could do about it."""
    return reply.conversation.issue == PERSON and not _is_known(reply) and told_with_it.is_told(reply)


def keep(reply: Reply) -> None:
    """As the answer to what it is about, and of its own issue where that is sure; what was asked stays."""
    known = reply.conversation
    label = next((one.label for one in questions.all_questions(reply) if one.id == DESCRIPTION), DESCRIPTION)
    kept = tuple(one for one in known.gathered if one.id != DESCRIPTION)
    reply.know(gathered=(*kept, Gathered(DESCRIPTION, label, reply.message.text.strip())))
    if reply.reading.sure and reply.reading.decision == "handoff" and reply.reading.issue != UNKNOWN:
        reply.note_also(reply.reading.issue)
    if known.ticket is not None:
        reply.more = handover.request_of(reply, known.reason or ASKED_FOR_PERSON)
    if known.state == "gathering":
        reply.lead.append(reply.line("thanks_noted"))
        handover.ask_next(reply)
    else:
        reply.say(reply.added())


def _is_known(reply: Reply) -> bool:
    return any(one.id == DESCRIPTION and one.value != SKIPPED for one in reply.conversation.gathered)
