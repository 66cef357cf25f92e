"""A medicine is running out, and nobody is unwell: whom to call today, and people soon; it is no emergency by itself."""

from bot.dialogue.answering import steps
from bot.dialogue.handing_over import handover
from bot.dialogue.hearing import wrong_prescription
from bot.dialogue.reply import Reply
from bot.understanding.intents.names import EMERGENCY, UNKNOWN
from bot.understanding.reading import LIKELY
from bot.understanding.text.phrases import PHRASES
from bot.understanding.worrying import worries

RUNS_OUT, REASON, WITH_US = PHRASES.phrases["medicine_runs_out"], "not_in_known_issues", ("checking", "with_staff")
ASKS, FEW = PHRASES.phrases["asks"], 10
"""So many words tell nothing else: among the taught ones that do, none is of somebody in danger."""


def is_told(reply: Reply) -> bool:
    """In few words and no others, where an alarm would be raised or people have a request; whatever else is told beside it, a fit or
    swollen ankles, is met as before."""
    known, text = reply.conversation, reply.message.text
    stands = (
        reply.reading.heard.rules
        or worries(text)
        or wrong_prescription.is_unwell(reply)
        or ASKS.is_in(text)
        or "?" in text
    )
    met = known.ticket is not None or reply.reading.decision in handover.DANGEROUS
    told = reply.typed and known.language == "en" and known.state not in WITH_US and RUNS_OUT.is_in(text)
    few = len(text.split()) <= FEW and known.issue != EMERGENCY
    return told and met and few and not stands


def take(reply: Reply) -> None:
    """The request is High from now on, or begun so."""
    known = reply.conversation
    calm = [one for one in known.signals if one != handover.EMERGENCY_REASON]
    reply.know(signals=tuple(dict.fromkeys([*calm, wrong_prescription.BLOCKED])))
    if known.ticket is not None:
        told = [one for one in reply.new_signals if one != handover.EMERGENCY_REASON]
        reply.new_signals = tuple(dict.fromkeys([*told, wrong_prescription.BLOCKED]))
        reply.for_ticket = True
        whom = () if "runs_out" in known.unsaid else (reply.line("runs_out"),)
        reply.say(*whom, reply.line("added_to_ticket", number=known.ticket))
        return
    steps.leave_step(reply)
    reply.know(issue=_matter(reply), step=None, choices=(), unclear=0)
    handover.begin(reply, REASON, opening=reply.line("runs_out"))


def _matter(reply: Reply) -> str:
    """What it is likely of besides: a prescription that did not arrive, one that does not open."""
    others = (one for one in reply.reading.candidates if one.issue != EMERGENCY and one.confidence >= LIKELY)
    likely = next((one.issue for one in others if reply.intent(one.issue).tier is not None), None)
    return likely or reply.conversation.issue or UNKNOWN
