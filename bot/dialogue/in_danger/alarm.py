"""The alarm: the fixed text for the danger that was told, and a Critical request at once, with the words that told it."""

from bot.dialogue.answering import tried
from bot.dialogue.handing_over import handover
from bot.dialogue.in_danger import emergency_text
from bot.dialogue.reply import Reply
from bot.understanding.intents.names import EMERGENCY
from bot.understanding.reading import DANGEROUS
from handoff.events import EmergencyHeard
from handoff.policy.names import EMERGENCY_TOLD

WELL = "numbers_stay"
"""The line by which it went well: an alarm takes it back."""


def call(reply: Reply) -> None:
    """The fixed text for this danger, a Critical ticket at once, and no question (decision O13)."""
    known = reply.conversation
    reply.lead = []
    reply.know(unsaid=tuple(name for name in known.unsaid if not name.endswith(WELL)))
    reply.say(emergency_text.text_of(reply, EMERGENCY))
    reply.happened(EmergencyHeard(reply.reading.heard.rules))
    if known.ticket is not None and not _is_with_another_team(reply):
        _raise_ticket(reply)
        return
    if known.ticket is not None:
        _leave_with_its_team(reply)
    if known.step:
        reply.mark(known.step, tried.outcome_told(reply))
    _is_about_emergency(reply)
    reply.add_signals(EMERGENCY_TOLD)
    handover.hand_over(reply)


def _is_with_another_team(reply: Reply) -> bool:
    """Those who act on emergencies do not see the open request: another team has it."""
    request = reply.message.request
    return request is not None and request.team != reply.intent(EMERGENCY).team


def _leave_with_its_team(reply: Reply) -> None:
    """The open request stays as it is, with its team; the emergency is one of its own, and takes nothing of that matter along."""
    number = reply.conversation.ticket
    reply.for_ticket = False
    reply.know(previous=number, ticket=None, beside=None, issue=None, step=None, asking=None, asked=())
    reply.know(also=(), gathered=(), tried=(), signals=(), so_far=(reply.message.text,), articles=())


def _raise_ticket(reply: Reply) -> None:
    """The open request is about the emergency from now on; the matter before it stands beside."""
    known = reply.conversation
    reply.new_signals = (EMERGENCY_TOLD,)
    reply.for_ticket = True
    reply.know(step=None, asking=None, state="with_staff" if known.state == "with_staff" else "with_support")
    if known.issue != EMERGENCY:
        _is_about_emergency(reply)
        reply.more = handover.request_of(reply, EMERGENCY_TOLD)


def _is_about_emergency(reply: Reply) -> None:
    """The emergency's own words stand for it, whatever was told before."""
    known = reply.conversation
    earlier = (known.issue,) if known.issue and known.issue != EMERGENCY else ()
    intents, told = reply.script.catalog.intents, (*earlier, *known.also, *emergency_text.told_beside(reply))
    also = tuple(one for one in dict.fromkeys(told) if one in intents and one != EMERGENCY)
    reply.know(issue=EMERGENCY, reason=EMERGENCY_TOLD, also=also, words=(_alarm(reply),))


def _alarm(reply: Reply) -> str:
    """The words that told of danger: these, or those that were asked about, where a yes only confirms them."""
    known, text = reply.conversation, reply.message.text
    asked_about = [words for words in known.words if words != text]
    if known.state == "checking" and asked_about and reply.reading.decision not in DANGEROUS:
        return asked_about[-1]
    return reply.reading.text if reply.reading.decision in DANGEROUS else text
