"""Typed while a step is before the user, and about another issue: whether it is, and what then begins."""

from bot.dialogue.answering import result_and_more, steps
from bot.dialogue.hearing import matter, urgency
from bot.dialogue.reply import Reply
from bot.understanding.intents.names import CANT_FIND_FEATURE
from bot.understanding.reading import MAY_OPEN_MATTER, OPENS_MATTER
from bot.understanding.text.phrases import PHRASES

TELLS_ALSO, SCREEN_SAYS, ANOTHER_MATTER = (
    PHRASES.phrases[one] for one in ("tells_also", "screen_says", "another_matter")
)
NOT_KNOWN = "error_not_known"
"""The signal of the button that an error message's step has for a message that it does not name."""
ELSEWHERE = ("issue", "unclear", "details", "question", "not_helped")
SELDOM_ELSEWHERE = ("button", "cannot")
"""What a reply may look like that is really about another issue; and what looks like an answer, and seldom is one."""
SURE_OF_ANOTHER, SURE_OF_PEOPLE = 0.8, 0.92
"""How likely another issue must be to win over a reply that says something of the step; and one that is for people at once."""
LIKELY_ENOUGH, A_LITTLE, FAR_MORE = 0.35, 0.25, 5.0
"""The same where the words turn to another issue; or, where it is less likely, by how much more than the present one."""
FEW_WORDS, OF_THIS, SURELY_A_FACT = 7, 0.7, 0.9
"""So few words belong to what is looked at, where all that was said is likely about it; and from which chance on they only tell what
came of the step (`link opened`)."""
SURE_OF_AN_ASIDE = 0.85
"""How likely it must be that a question is no question about the step."""


def is_named(reply: Reply) -> bool:
    """Certain of another issue, and the words are no plain answer to the step."""
    known, reading = reply.conversation, reply.reading
    if reading.decision not in MAY_OPEN_MATTER or reading.issue in (known.issue, *known.refused):
        return False
    if urgency.gives_way_here(reply) or result_and_more.is_sign_of_this(reply):
        return False
    if reply.meant.act == "question" and reply.explained() is not None:
        return False
    if _says_what_else_it_is(reply):
        return True
    if _leans_on_this(reply) or matter.presses_in_words(reply):
        return False
    if reply.meant.act == "issue":
        return _likelier_than_this(reply)
    if not reading.sure or reply.meant.act not in (*ELSEWHERE, *SELDOM_ELSEWHERE):
        return False
    surely = reading.decision == "handoff" or reply.meant.act in SELDOM_ELSEWHERE
    return reading.candidates[0].confidence >= (SURE_OF_PEOPLE if surely else SURE_OF_ANOTHER)


def _says_what_else_it_is(reply: Reply) -> bool:
    """`it says no slots`: no more than the button that it is something else is pressed, or no more is told than what the screen says
    where there is such a button, and what else is surely named, with its own steps."""
    reading, meant = reply.reading, reply.meant
    step = reply.intent().step(reply.conversation.step or "")
    other = next((one.label for one in step.options if one.signal == NOT_KNOWN), None)
    surely = reading.sure and reading.decision == "answer" and reading.candidates[0].confidence >= SURE_OF_ANOTHER
    if not surely or other is None:
        return False
    pressed = meant.act == "button" and meant.button == other
    return pressed or (meant.act in ELSEWHERE and SCREEN_SAYS.is_in(reply.message.text))


def _leans_on_this(reply: Reply) -> bool:
    """A few words, or where something is, of what is looked at by all that was said: `it says the link is expired`."""
    reading = reply.reading
    whole = reading.matter[0] if reading.matter else None
    if whole is None or whole.issue != reply.conversation.issue:
        return False
    few = len(reply.message.text.split()) <= FEW_WORDS and reply.intent(reading.issue).route == "answer"
    if few and reply.meant.act in ("details", "unclear") and reply.meant.chance >= SURELY_A_FACT:
        return True
    return reading.issue == CANT_FIND_FEATURE or (few and whole.confidence >= OF_THIS)


def _likelier_than_this(reply: Reply) -> bool:
    """The words turn to another issue: enough where steps follow, that it is far likelier than the present one."""
    reading = reply.reading
    first = reading.candidates[0].confidence
    if reply.intent(reading.issue).route != "answer":
        return urgency.is_likely(reply)
    if reading.issue == CANT_FIND_FEATURE:
        return first >= SURE_OF_ANOTHER
    here = next((c.confidence for c in reading.candidates if c.issue == reply.conversation.issue), 0.0)
    return reading.sure or first >= LIKELY_ENOUGH or (first >= A_LITTLE and first >= FAR_MORE * here)


def change_to_it(reply: Reply) -> None:
    """Another issue begins; one that it is told beside (`also the mail never came`) comes after it."""
    left = reply.conversation.issue
    steps.leave_step(reply)
    beside = TELLS_ALSO.is_in(reply.message.text) or ANOTHER_MATTER.is_in(reply.message.text)
    told = beside or reply.reading.issue in reply.conversation.also or _comes_of_it(reply)
    stays = left is not None and told
    if left is not None and stays:
        reply.note_also(left)
    reply.know(step=None)
    reply.open_with("looked_at_first" if stays else "changed_topic")
    steps.start(reply, reply.reading.issue)


def _comes_of_it(reply: Reply) -> bool:
    """The file itself leads from what is looked at to this matter for people, and so both are theirs: charged, and not booked."""
    intent, other = reply.intent(), reply.intent(reply.reading.issue)
    leads = any(option.go == other.id for step in intent.steps for option in step.options)
    return leads and other.route == "handoff" and not other.is_grave and intent.id not in other.covers


def is_surely_asked(reply: Reply) -> bool:
    """A question that no approved text answers, and that is surely about another issue, and no urgent one."""
    reading = reply.reading
    other = reading.sure and reading.decision in OPENS_MATTER and reading.issue != reply.conversation.issue
    calm = reply.intent(reading.issue).priority in ("medium", "low") and not _leans_on_this(reply)
    surely = reading.candidates[0].confidence >= SURE_OF_AN_ASIDE
    return other and calm and surely and reply.meant.act == "question" and reply.explained() is None
