"""Somebody tells of a death: it is named before anything else, and people are offered; nobody is taken to say goodbye by it. Who
wants something for the one who died gets people, and no steps."""

from bot.dialogue.answering import steps
from bot.dialogue.choosing import offering
from bot.dialogue.conversation import NOT_HANDED_OVER
from bot.dialogue.gathering import questions
from bot.dialogue.handing_over import handover
from bot.dialogue.hearing import grief, urgency
from bot.dialogue.reply import Reply
from bot.understanding.intents.names import UNKNOWN
from bot.understanding.reading import OPENS_MATTER
from bot.understanding.text.plain import plain
from handoff.events import HandoverBegun, IssueRaised
from handoff.policy.names import ACCOUNT_ACCESS_NEEDED, CRITICAL_FACTS, SINGLE_USER


def wants_something(reply: Reply) -> bool:
    """`please stop sending him reminders`, with the loss or after it; what is urgent goes to its own team."""
    known = reply.conversation
    told = grief.is_told(reply) or (reply.typed and known.state in NOT_HANDED_OVER and grief.was_told(reply))
    wanted = told and known.ticket is None and known.in_english and grief.FOR_THE_LOST.is_in(grief.beside(reply))
    return wanted and not reply.reading.heard.rules and not urgency.certain(reply)


def take_over(reply: Reply) -> None:
    """People get it with the whole story, and nothing is asked."""
    known, reading = reply.conversation, reply.reading
    steps.leave_step(reply)
    clear = reading.sure and reading.decision in OPENS_MATTER and reply.intent(reading.issue).tier is not None
    issue = reading.issue if clear else UNKNOWN
    believed = [told for told in known.signals if told not in CRITICAL_FACTS or told not in reply.fresh]
    signals = tuple(dict.fromkeys([*believed, SINGLE_USER]))
    reply.know(
        issue=issue,
        step=None,
        choices=(),
        asking=None,
        reason=ACCOUNT_ACCESS_NEEDED,
        signals=signals,
        words=known.so_far,
    )
    reply.happened(IssueRaised(issue))
    reply.happened(HandoverBegun(ACCOUNT_ACCESS_NEEDED, issue))
    questions.keep_what_was_heard(reply)
    reply.say(reply.line("loss_taken"))
    handover.hand_over(reply)


def after_danger(reply: Reply) -> None:
    """Nobody is in danger: what is wanted for the one who died goes to people, or people are offered."""
    reply.open_with("condolence_short")
    known = reply.conversation
    if known.ticket is None and any(
        grief.FOR_THE_LOST.is_in(grief.TELLS.expression.sub(" ", plain(w))) for w in known.so_far
    ):
        take_over(reply)
    else:
        _offer_people(reply)


def lead(reply: Reply) -> None:
    """Where something of ours is told with it, the loss is named before that is looked at."""
    if grief.is_told(reply) and grief.names_more(reply):
        reply.open_with("condolence_short")


def is_all(reply: Reply) -> bool:
    """A loss is told, and next to nothing else."""
    return grief.is_told(reply) and not grief.names_more(reply)


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
        reply.say(reply.added())
    else:
        _offer_people(reply)


def _offer_people(reply: Reply) -> None:
    reply.know(state="waiting")
    reply.say(reply.line("person_can_take_over"), buttons=(reply.person_button(),))
