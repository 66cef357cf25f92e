"""A doctor tells of a wrong dose, or patient, of their own, or a pharmacy has a wrong prescription: what to do meanwhile, and people
at once; no patient's steps."""

from bot.dialogue.handing_over import handover
from bot.dialogue.hearing import wrong_prescription
from bot.dialogue.reply import Reply
from bot.understanding.intents.names import OF_MEDICINE, PRIVACY, WRONG_INFORMATION
from bot.understanding.worrying import worries
from handoff.policy.names import CRITICAL_WORKFLOW_BLOCKED, NOT_RESOLVED_BY_DOCUMENTATION

LOOKED_AT = 2
"""A wrong patient is told of, where a prescription is among so many of the likeliest."""
STEP, HELPED, SURE = "contact_doctor", "helped", 0.9


def is_told(reply: Reply) -> bool:
    """Told as a wrong prescription, surely; or more of it, while the step for it is before them."""
    reading, known, meant = reply.reading, reply.conversation, reply.meant
    if known.ticket is not None or not reply.typed or not wrong_prescription.is_by_writer(reply):
        return False
    if known.issue == WRONG_INFORMATION and known.step == STEP:
        return not (meant.act == HELPED and meant.chance >= SURE)
    surely = reading.sure and reading.decision == "answer" and reading.issue == WRONG_INFORMATION
    beyond = wrong_prescription.is_of_another(reply) or wrong_prescription.is_of_allergic(reply)
    likely = beyond and any(one.issue.startswith(OF_MEDICINE) for one in reading.candidates[:LOOKED_AT])
    return known.step is None and known.state != "gathering" and (surely or likely)


def to_people(reply: Reply) -> None:
    """What holds till somebody answers, and the request at once."""
    known = reply.conversation
    also = tuple(one for one in known.also if one != WRONG_INFORMATION)
    signals = tuple(dict.fromkeys([*known.signals, CRITICAL_WORKFLOW_BLOCKED]))
    also = (*also, PRIVACY) if wrong_prescription.is_of_another(reply) and PRIVACY not in also else also
    reply.know(issue=WRONG_INFORMATION, also=also, choices=(), unclear=0, signals=signals)
    handover.begin(reply, NOT_RESOLVED_BY_DOCUMENTATION, opening=reply.line("wrote_wrong_dose"))


def is_at_pharmacy(reply: Reply) -> bool:
    """That a pharmacy has it, told to the step for a wrong prescription, and not that its doctor sees to it: it may be handed out."""
    here = reply.conversation.issue == WRONG_INFORMATION and reply.conversation.step == STEP
    if not (here and reply.typed and wrong_prescription.AT_PHARMACY.is_in(reply.message.text)):
        return False
    return reply.meant.act != HELPED or not wrong_prescription.is_settled(reply)


def stop_it_there(reply: Reply) -> None:
    """The pharmacist is to wait, and people have the request at once."""
    reply.add_signals(CRITICAL_WORKFLOW_BLOCKED)
    handover.begin(reply, NOT_RESOLVED_BY_DOCUMENTATION, opening=reply.line("wrong_at_pharmacy"))


def goes_on(reply: Reply) -> bool:
    """People have it, and nothing that is told says that somebody is in danger already: it is for them, and no question is put."""
    known, reading = reply.conversation, reply.reading
    here = known.ticket is not None and known.state != "checking" and wrong_prescription.is_here(reply)
    if not here or not wrong_prescription.is_by_writer(reply) or reading.decision != "safety_check":
        return False
    return not reading.heard.rules and not worries(reply.message.text) and not wrong_prescription.tells_of_unwell(reply)
