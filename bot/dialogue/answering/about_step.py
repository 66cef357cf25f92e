"""A question about the step before the user: it is answered from approved text, or honestly not, and never leads away from the step."""

from bot.dialogue.answering import bare_question, explaining, steps
from bot.dialogue.reply import Part, Reply
from bot.dialogue.with_support import request_status
from bot.understanding.intents.names import CANT_FIND_FEATURE, MEDICAL, STATUS
from bot.understanding.reading import NO_MATTER
from bot.understanding.text.cuts import PARTS
from bot.understanding.text.phrases import PHRASES

NOT_ANSWERED = PHRASES.phrases["not_answered"]
AFRAID, WHICH, ASKS_US = (PHRASES.phrases[name] for name in ("afraid_to_break", "asks_which", "asks_us"))

SURELY_ASKED, FEW_WORDS, OF_A_WORD = 0.9, 8, 4
"""From which chance on words are a question to the step; so few belong to it; and so few ask what a word means."""
SURELY_ELSEWHERE, SURELY_WHERE, SURELY_NONE = 0.85, 0.92, 0.85
"""From which chance on such a question is of another issue after all; only asks where something is; or is of no issue of ours."""
LIKE_AN_ASK = 0.85
"""How like a question of the file's own words must be that ask nothing."""
SURELY_OF_PEOPLE = 0.9
"""From which chance on a question that no file answers asks when people answer."""
NO_RESULT = ("later", "details", "unclear", "issue")
NOT_THERE = "cannot"
"""That a thing is not there, which a text of the issue may explain, and where words are parted."""
NO_REPLY = ("unclear", "issue", "person", "emergency")


def is_afraid(reply: Reply) -> bool:
    """`what if I break something?`, the first time; no result told."""
    told = reply.meant.act in ("helped", "not_helped", "cannot", "did_before")
    return not told and AFRAID.is_in(reply.message.text) and "breaks_nothing" not in reply.conversation.unsaid


def calm(reply: Reply) -> None:
    """Trying does no harm; the step stays."""
    steps.ask_again(reply, "breaks_nothing")


def is_asked(reply: Reply) -> bool:
    """`which button?`, `what is pdf?`: few words, and nothing that is surely meant beside the step."""
    reading, meant, words = reply.reading, reply.meant, len(reply.message.text.split())
    if meant.act != "question" or meant.chance < SURELY_ASKED or words > FEW_WORDS or explaining.wants_it_done(reply):
        return False
    chance = reading.candidates[0].confidence
    if (reading.decision in NO_MATTER and reading.sure) or reading.issue == MEDICAL:
        return chance < SURELY_NONE and reading.issue != MEDICAL
    if not reading.sure or reading.issue == reply.conversation.issue or reading.decision == "choose":
        return True
    if reading.issue == CANT_FIND_FEATURE:
        return chance < SURELY_WHERE
    return words <= OF_A_WORD and explaining.ASKS.is_in(reply.message.text) and chance < SURELY_ELSEWHERE


def is_explained(reply: Reply) -> bool:
    """`it says waiting for host`: one of the questions that the issue's file answers, told as what is seen; not once a result is told,
    and each only once."""
    if reply.meant.act not in (*NO_RESULT, NOT_THERE) or not reply.typed:
        return False
    found = _told_as_seen(reply)
    return found is not None and found[1].id not in reply.conversation.unsaid


def _told_as_seen(reply: Reply) -> Part | None:
    intent = reply.intent()
    asks = [(ask, number) for number, one in enumerate(intent.glossary) for ask in one.asks]
    text, said = reply.message.text, [ask for ask, _ in asks]
    parts = (text, *(one for one in PARTS.split(text) if len(one.split()) >= OF_A_WORD))
    alike = (reply.script.semantic_matcher.closest(one, said, LIKE_AN_ASK) for one in parts if asks)
    best = next((one for one in alike if one is not None), None)
    if best is None:
        return None
    number = asks[best][1]
    return reply.text_of(intent, f"glossary.{number}", intent.glossary[number].say)


def asks(reply: Reply) -> bool:
    """A question about the step; also one that says nothing of it: `is there any way to get in today?`"""
    act, text = reply.meant.act, reply.message.text
    return act == "question" or (act in NO_REPLY and text.rstrip(" .!").endswith("?") and ASKS_US.is_in(text))


def asks_what_next(reply: Reply) -> bool:
    """`what happens next`, `who's calling me back`, where nobody has it; or that it was not answered what they asked."""
    text = reply.message.text
    return reply.typed and (request_status.ASKS_NEXT.is_in(text) or NOT_ANSWERED.is_in(text))


def say_who_can_tell(reply: Reply) -> None:
    """That nobody has it yet, or that a person can answer; and the step's question."""
    asked = request_status.ASKS_NEXT.is_in(reply.message.text) and reply.conversation.ticket is None
    _say_one(reply, *(("nobody_yet",) if asked else ()), "cant_say_person")


def explain(reply: Reply) -> None:
    """From approved text when any file answers it, and never in the same words twice; honestly not, otherwise; the step stays."""
    seen = _told_as_seen(reply) if reply.meant.act in NO_RESULT else None
    found = seen or reply.explained() or explaining.answer(reply)
    names_nothing = bare_question.is_all(reply)
    if found is not None and found[1].id not in reply.conversation.unsaid:
        reply.know(unclear=0)
        steps.ask_again(reply, found)
    elif found is not None:
        put_otherwise(reply)
    elif not names_nothing and asks_when_people_answer(reply):
        _say_one(reply, "nobody_yet", "cant_say_person")
    elif WHICH.is_in(reply.message.text) or names_nothing:
        _say_one(reply, "not_clear", "cant_say", "cant_say_person")
    else:
        _say_one(reply, "cant_say", "cant_say_person", "not_clear")


def asks_when_people_answer(reply: Reply) -> bool:
    """`when will somebody answer?`, where no request is open and so nobody has it."""
    waits = reply.script.replies.to_question(reply.message.text, "waiting")
    by_itself = reply.reading.candidates[0].issue == STATUS and waits.chance >= request_status.SURE
    asked = by_itself or (waits.act == "status" and waits.chance >= SURELY_OF_PEOPLE)
    return reply.conversation.ticket is None and asked


def put_otherwise(reply: Reply) -> None:
    """The step line by line, and a person beside it; the second time only a person."""
    _say_one(reply, "not_clear", "cant_say_person")


def _say_one(reply: Reply, *names: str) -> None:
    """The first of these lines that was not said yet; once all were, only the question, with a person beside it."""
    line: str | Part | None = next((name for name in names if name not in reply.conversation.unsaid), None)
    steps.ask_again(reply, line, person=True)
