"""Somebody tells of a death: it is named before anything else, and people are offered; nobody is taken to say goodbye by it. Who
wants something for the one who died gets people, and no steps."""

from bot.dialogue.answering import steps
from bot.dialogue.choosing import offering
from bot.dialogue.gathering import questions
from bot.dialogue.handing_over import handover, urgent
from bot.dialogue.reply import Reply
from bot.understanding.intents.names import UNKNOWN
from bot.understanding.text.phrases import PHRASES
from bot.understanding.text.plain import plain, telling_words
from handoff.events import HandoverBegun, IssueRaised

TELLS, FOR_THE_LOST = PHRASES.phrases["tells_of_loss"], PHRASES.phrases["for_the_lost"]
BREAKS_HEART = PHRASES.phrases["breaks_heart"]
NOT_BEGUN = ("new", "waiting", "choosing", "answering")
TAKEN_OVER, ORDINARY = "account_access_needed", "single_user"
"""Why people get what is wanted for somebody who has died, and that it is never less than an ordinary request."""
CLEARLY, FEW = 0.6, 2
"""From which chance of danger on the question whether somebody is in danger goes first; so many words beside a loss tell no more."""


def _is_told(reply: Reply) -> bool:
    reading, known = reply.reading, reply.conversation
    if not reply.typed or known.state in ("with_staff", "checking") or known.language != "en":
        return False
    doubted = reading.ranked is None or reading.ranked.danger < CLEARLY
    return doubted and not reading.heard.rules and TELLS.is_in(reply.message.text)


def _names_more(reply: Reply) -> bool:
    """An issue of ours, or several words beside the loss: `and I need to close his account`."""
    reading, rest = reply.reading, _beside(reply)
    return (
        FOR_THE_LOST.is_in(rest)
        or (reading.sure and reading.decision in ("answer", "handoff"))
        or len(telling_words(rest)) > FEW
    )


def _beside(reply: Reply) -> str:
    """What is told beside the loss."""
    return TELLS.expression.sub(" ", plain(reply.message.text))


def _was_told(reply: Reply) -> bool:
    """In an earlier message of this conversation."""
    return any(TELLS.is_in(words) for words in reply.conversation.so_far[:-1])


def wants_something(reply: Reply) -> bool:
    """`please stop sending him reminders`, with the loss or after it; what is urgent goes to its own team."""
    known = reply.conversation
    told = _is_told(reply) or (reply.typed and known.state in NOT_BEGUN and _was_told(reply))
    wanted = told and known.ticket is None and known.language == "en" and FOR_THE_LOST.is_in(_beside(reply))
    return wanted and not reply.reading.heard.rules and not urgent.certain(reply)


def take_over(reply: Reply) -> None:
    """People get it with the whole story, and nothing is asked."""
    known, reading = reply.conversation, reply.reading
    steps.leave_step(reply)
    clear = reading.sure and reading.decision in ("answer", "handoff") and reply.intent(reading.issue).tier is not None
    issue = reading.issue if clear else UNKNOWN
    believed = [told for told in known.signals if told not in urgent.GRAVE or told not in reply.fresh]
    signals = tuple(dict.fromkeys([*believed, ORDINARY]))
    reply.know(issue=issue, step=None, choices=(), asking=None, reason=TAKEN_OVER, signals=signals, words=known.so_far)
    reply.happened(IssueRaised(issue))
    reply.happened(HandoverBegun(TAKEN_OVER, issue))
    questions.keep_what_was_heard(reply)
    reply.say(reply.line("loss_taken"))
    handover.hand_over(reply)


def is_told_of(reply: Reply) -> bool:
    """A death was told in this conversation: `he was 19` is then no result."""
    known = reply.conversation
    return any(TELLS.is_in(words) for words in (*known.so_far, *known.words))


def is_grief(reply: Reply) -> bool:
    """`it breaks her heart`, after a death was told, with nothing beside it that is danger beyond doubt."""
    return is_told_of(reply) and BREAKS_HEART.is_in(reply.message.text) and not reply.reading.heard.rules


def after_danger(reply: Reply) -> None:
    """Nobody is in danger: what is wanted for the one who died goes to people, or people are offered."""
    reply.open_with("condolence_short")
    known = reply.conversation
    if known.ticket is None and any(FOR_THE_LOST.is_in(TELLS.expression.sub(" ", plain(w))) for w in known.so_far):
        take_over(reply)
    else:
        _offer_people(reply)


def lead(reply: Reply) -> None:
    """Where something of ours is told with it, the loss is named before that is looked at."""
    if _is_told(reply) and _names_more(reply):
        reply.open_with("condolence_short")


def is_all(reply: Reply) -> bool:
    """A loss is told, and next to nothing else."""
    return _is_told(reply) and not _names_more(reply)


def condole(reply: Reply) -> None:
    """The loss is named, the numbers and people are offered, and what was before the user stays there."""
    known = reply.conversation
    reply.open_with("condolence")
    if known.state == "answering" and known.step:
        steps.ask_again(reply, person=True)
    elif known.state == "gathering":
        handover.ask_next(reply)
    elif known.state == "choosing":
        offering.offer(reply, known.choices)
    elif known.ticket is not None:
        reply.say(reply.line("added_to_ticket", number=known.ticket))
    else:
        _offer_people(reply)


def _offer_people(reply: Reply) -> None:
    reply.know(state="waiting")
    reply.say(reply.line("person_can_take_over"), buttons=(reply.person_button(),))
