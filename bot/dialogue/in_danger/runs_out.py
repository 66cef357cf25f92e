"""A medicine is running out, and nobody is unwell: whom to call today, and people soon; it is no emergency by itself."""

from bot.dialogue.answering import steps
from bot.dialogue.conversation import NOTHING_BEGINS
from bot.dialogue.handing_over import handover
from bot.dialogue.hearing import wrong_prescription
from bot.dialogue.reply import Reply
from bot.understanding.intents.names import EMERGENCY, MEDICAL, OF_MEDICINE, UNKNOWN
from bot.understanding.reading import DANGEROUS, LIKELY
from bot.understanding.text.phrases import PHRASES
from bot.understanding.worrying import worries
from handoff.policy.names import CRITICAL_WORKFLOW_BLOCKED, EMERGENCY_TOLD, NOT_IN_KNOWN_ISSUES

RUNS_OUT, GRAVE = PHRASES.phrases["medicine_runs_out"], PHRASES.phrases["grave_medicine"]
ASKS, FEW = PHRASES.phrases["asks"], 10
"""So many words tell nothing else: among the taught ones that do, none is of somebody in danger."""
OF_IT = PHRASES.phrases["days_left"]


def is_told(reply: Reply) -> bool:
    """At every point of the road, and nothing else of danger; whatever else is told beside it, a fit or swollen ankles, is met as
    before, and so is an alarm for what nobody can be without for an hour."""
    known, text = reply.conversation, reply.message.text
    if not reply.typed or not known.in_english or known.state in NOTHING_BEGINS or known.issue == EMERGENCY:
        return False
    stands = worries(text) or wrong_prescription.is_unwell(reply) or ASKS.is_in(text) or "?" in text
    if stands or reply.reading.heard.rules or not _is_said(reply):
        return False
    alarms = reply.reading.decision in DANGEROUS
    return not alarms or (len(text.split()) <= FEW and not GRAVE.is_in(text))


def _is_said(reply: Reply) -> bool:
    """Of days that are left only where a prescription is looked at or has people."""
    text, request = reply.message.text, reply.message.request
    issues = (reply.conversation.issue or "", request.issue if request else "")
    prescribed = any(one.startswith(OF_MEDICINE) for one in issues)
    return RUNS_OUT.is_in(text) or (prescribed and OF_IT.is_in(text))


def take(reply: Reply) -> None:
    """The request is High from now on, or begun so."""
    known = reply.conversation
    calm = [one for one in known.signals if one != EMERGENCY_TOLD]
    reply.know(signals=tuple(dict.fromkeys([*calm, CRITICAL_WORKFLOW_BLOCKED])))
    if known.ticket is not None:
        told = [one for one in reply.new_signals if one != EMERGENCY_TOLD]
        reply.new_signals = tuple(dict.fromkeys([*told, CRITICAL_WORKFLOW_BLOCKED]))
        reply.for_ticket = True
        whom = () if "runs_out" in known.unsaid else (reply.line("runs_out"),)
        reply.say(*whom, reply.added())
        return
    steps.leave_step(reply)
    reply.know(issue=_matter(reply), step=None, choices=(), unclear=0)
    handover.begin(reply, NOT_IN_KNOWN_ISSUES, opening=reply.line("runs_out"))


def _matter(reply: Reply) -> str:
    """What it is likely of besides: a prescription that did not arrive, one that does not open."""
    others = (one for one in reply.reading.candidates if one.issue != EMERGENCY and one.confidence >= LIKELY)
    likely = next((one.issue for one in others if reply.intent(one.issue).tier is not None), None)
    here = reply.conversation.issue if reply.conversation.issue != MEDICAL else None
    return (here if (here or "").startswith(OF_MEDICINE) else None) or likely or here or UNKNOWN
