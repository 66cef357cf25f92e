"""A calm question while people have a request: from approved text, or added for a person; and what stands there."""

from bot.dialogue.gathering import answer_checks, questions, reached
from bot.dialogue.handing_over import handover
from bot.dialogue.reply import Part, Reply
from bot.dialogue.with_support import which_request
from bot.understanding.intents.names import CLOSE_REQUEST, PERSON, STATUS
from bot.understanding.text.cuts import CLAUSES, QUESTION_MARKS
from bot.understanding.text.phrases import PHRASES
from handoff.policy.names import PHI_EXPOSURE, URGENT
from handoff.ticket import SKIPPED

ASKS_US, WHO_READS, PROGRESS = (PHRASES.phrases[name] for name in ("asks_us", "asks_who_reads", "asks_progress"))
HOW_LONG, NEXT = PHRASES.phrases["asks_how_long"], PHRASES.phrases["asks_what_next"]
WHAT_TO_DO, NUMBER, IF_NOTED = (PHRASES.phrases[name] for name in ("asks_what_to_do", "asks_number", "asks_if_noted"))

SUPPORT = "support"
SURELY_ELSEWHERE, SURELY_ANOTHER, SURELY_A_FACT = 0.9, 0.8, 0.9
"""How likely another issue must be, and words that turn to one, for a question to be of that one; and a fact of the service."""
LIKE_AN_ASK = 0.85
"""How like a question of the file's own a question must be."""
ADDED = ("question_added", "question_added_too", "question_added_more")


def is_asked(reply: Reply) -> bool:
    """`will he be told?`, `who reads this?`; not how far it is, nor what is surely of another issue, or grave."""
    request, text = reply.message.request, reply.message.text
    if request is None or not reply.typed or not reply.conversation.in_english:
        return False
    if NUMBER.is_in(text) or which_request.only_names_one(reply):
        return False
    if not ASKS_US.is_in(text):
        return answer_of(reply, reply.message.text) is not None
    if request.team == SUPPORT:
        return _is_of_its_matter(reply) or answer_of(reply, reply.message.text) is not None
    if WHO_READS.is_in(text) or WHAT_TO_DO.is_in(text):
        return True
    return not (PROGRESS.is_in(text) or HOW_LONG.is_in(text) or NEXT.is_in(text) or _is_elsewhere(reply))


def _is_of_its_matter(reply: Reply) -> bool:
    """`when do i get my money back`, of a request about a charge: no question how far it is."""
    request, reading = reply.message.request, reply.reading
    own = request is not None and reading.sure and reading.issue == request.issue == reply.conversation.issue
    return own and reading.decision == "handoff"


def answer_of(reply: Reply, text: str) -> Part | None:
    """The approved answer of the matter's own file, or of the one for people, to a question like its own; how long a step takes is
    none to how long a request does."""
    intents, issue = reply.script.catalog.intents, reply.conversation.issue or ""
    own = issue in intents and (intents[issue].route == "handoff" or not PROGRESS.is_in(text))
    files = [intents[one] for one in dict.fromkeys((issue, PERSON)) if one in intents and (own or one == PERSON)]
    asks = [(ask, intent, number) for intent in files for number, one in enumerate(intent.glossary) for ask in one.asks]
    said, closest = [ask for ask, _, _ in asks], reply.script.semantic_matcher.closest
    best = next((found for one in _questions(text) if (found := closest(one, said, LIKE_AN_ASK)) is not None), None)
    if best is None:
        return None
    _, intent, number = asks[best]
    return reply.text_of(intent, f"glossary.{number}", intent.glossary[number].say)


def _questions(text: str) -> tuple[str, ...]:
    """The whole text, and those of its clauses that ask: `ten minutes ago. and should I ring the bank`."""
    return (text, *(one.strip() for one in CLAUSES.split(text) if one.strip() != text and ASKS_US.is_in(one.strip())))


def is_answered_by_file(reply: Reply) -> bool:
    """A question of theirs on the way to a person that a file answers."""
    return reply.typed and reply.conversation.in_english and answer_of(reply, reply.message.text) is not None


def is_question(reply: Reply) -> bool:
    """Whatever else is asked while people have a request: it stands there, and is told to."""
    if not reply.typed or reply.message.request is None:
        return False
    return ASKS_US.is_in(reply.message.text) if reply.conversation.in_english else _asks_abroad(reply.message.text)


def _asks_abroad(text: str) -> bool:
    """A mark of it, in whatever script; words without one may be anything."""
    return any(mark in text for mark in QUESTION_MARKS)


def asks_if_noted(reply: Reply) -> bool:
    """`did you write down that it's the 24th?`"""
    people = reply.conversation.ticket is not None or reply.conversation.state == "gathering"
    return reply.typed and people and IF_NOTED.is_in(reply.message.text)


def tell_what_is_noted(reply: Reply) -> None:
    """The facts that stand on the request, or will; a question of ours stays before the user."""
    known = reply.conversation
    facts = [f"{one.label}: {one.value}" for one in (*known.gathered, *reached.told(reply)) if one.value != SKIPPED]
    name = "noted_so_far" if known.ticket is None else "stands_on_request"
    reply.say(reply.line(name, number=known.ticket, told="; ".join(facts)))
    if known.state == "gathering":
        handover.ask_next(reply)


def _is_told(reply: Reply) -> bool:
    """Our question is answered by what was told beside theirs; then it is asked no more."""
    asked = reply.conversation.asking
    reply.know(asking=None)
    questions.keep_what_was_heard(reply)
    told = any(one.id == asked for one in reply.conversation.gathered)
    reply.know(asking=None if told else asked)
    return told


def _is_elsewhere(reply: Reply) -> bool:
    reading, meant = reply.reading, reply.meant
    chance = reading.candidates[0].confidence
    if not reading.sure or reading.issue == STATUS:
        return meant.act == "close" and reading.issue == CLOSE_REQUEST
    intent = reply.intent(reading.issue)
    if intent.route == "facts":
        return chance >= SURELY_A_FACT
    if intent.id == reply.conversation.issue:
        return False
    if intent.team == _team(reply) != SUPPORT:
        return False
    if intent.priority in URGENT or intent.route == "emergency":
        return True
    turns = reply.conversation.state == "gathering" or (meant.act == "issue" and meant.chance >= SURELY_ANOTHER)
    return chance >= SURELY_ELSEWHERE and turns


def _team(reply: Reply) -> str:
    """Who has the request: a question about the same matter is for them."""
    request = reply.message.request
    return request.team if request is not None else SUPPORT


def tell(reply: Reply) -> None:
    """What the matter's own file answers, who reads it, or what to do till then; else honestly that a person will answer, in other
    words each time."""
    text, request = reply.message.text, reply.message.request
    if (own := reply.local("question_added", number=reply.conversation.ticket)) is not None:
        reply.say(own)
        return
    if (found := answer_of(reply, reply.message.text)) is not None:
        reply.say(found)
        return
    who_reads = WHO_READS.is_in(text) and PHI_EXPOSURE not in reply.conversation.signals
    known = "who_reads" if who_reads else "nothing_to_do" if WHAT_TO_DO.is_in(text) else ""
    cared_for = known == "nothing_to_do" and request is not None and bool(request.care)
    answered = bool(known) and not cared_for and known not in reply.conversation.unsaid
    name = known if answered else reply.longest_unsaid(*ADDED)
    reply.say(reply.line(name, number=reply.conversation.ticket))


def tell_and_go_on(reply: Reply) -> None:
    """The same while a question of ours is before the user: it stays, once."""
    tell(reply)
    if _is_told(reply) or answer_checks.asked_once(reply):
        handover.ask_next(reply)
    else:
        handover.answer(reply, SKIPPED)
