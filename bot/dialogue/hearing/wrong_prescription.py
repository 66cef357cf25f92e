"""What is told of a prescription that is wrong: how much, by whom, who has it, and whether somebody is unwell."""

import re

from bot.dialogue.hearing import wrong_part
from bot.dialogue.reply import Reply
from bot.understanding.intents.names import WRONG_INFORMATION
from bot.understanding.replying.bare import bare_beginning, is_bare
from bot.understanding.text.cuts import LETTERS
from bot.understanding.text.phrases import PHRASES, Phrase
from bot.understanding.text.plain import plain
from handoff.policy.names import CRITICAL_WORKFLOW_BLOCKED, DOCTOR_NAME, PAGE_OR_FEATURE

PHARMACY = "pharmacy"
NAMES_DOSE, TELLS_DOSE = PHRASES.phrases["names_a_dose"], PHRASES.phrases["tells_a_dose"]
WROTE_IT, UNWELL = PHRASES.phrases["wrote_it"], PHRASES.phrases["is_unwell"]
WROTE_SHORTLY, DOCTOR = PHRASES.phrases["wrote_it_shortly"], "doctor"
ALLERGIC, TAKEN = PHRASES.phrases["allergic_to_it"], PHRASES.phrases["may_have_taken_it"]
DENIES_TAKING = PHRASES.phrases["denies_taking"]
WRONG_PATIENT, AT_PHARMACY = PHRASES.phrases["wrong_patient"], PHRASES.phrases["pharmacy_has_it"]
BY_DOCTOR = PHRASES.phrases["settled_by_doctor"]
CARED_FOR, TAKERS = (
    PHRASES.group("cared_for"),
    frozenset("he she they him her his pt pts took taken gave given injected".split()),
)
FOR_WHOM = re.compile(r"\b(?:to|for) (?:a|the|my|one of my) (?:\w+ )?(?:patient|pt)\b")
DOSE_ABROAD, UNWELL_ABROAD = PHRASES.phrases["tells_a_dose_abroad"], PHRASES.phrases["is_unwell_abroad"]


def is_here(reply: Reply) -> bool:
    """A wrong prescription is looked at, or people have it."""
    request = reply.message.request
    return WRONG_INFORMATION in (reply.conversation.issue, request.issue if request else None)


def is_blocked(reply: Reply) -> bool:
    """People are to look at it: no medicine can be taken till then, or the wrong one may be handed out."""
    if reply.conversation.issue != WRONG_INFORMATION:
        return False
    return is_told(reply) or is_of_another(reply) or is_at_pharmacy(reply) or is_of_medicine(reply)


def is_of_medicine(reply: Reply) -> bool:
    """The medicine or its dose is wrong, or known not to be borne, in whatever language it was told."""
    said = tuple(dict.fromkeys((*reply.conversation.words, *reply.conversation.so_far, reply.message.text)))
    return wrong_part.is_medicine(said, reply.script.semantic_matcher)


def block(reply: Reply) -> None:
    """The fact that nothing can be taken till then is on the request."""
    if is_blocked(reply):
        reply.add_signals(CRITICAL_WORKFLOW_BLOCKED)


def is_told(reply: Reply) -> bool:
    """How much it is was told, in whatever language."""
    return _is_said(reply, TELLS_DOSE) or (not reply.conversation.in_english and _is_said(reply, DOSE_ABROAD))


def is_by_writer(reply: Reply) -> bool:
    """The one who writes here says that they wrote the prescription."""
    by_doctor = reply.conversation.user.role == DOCTOR and _is_said(reply, WROTE_SHORTLY)
    return by_doctor or _is_said(reply, WROTE_IT)


def choice_told(reply: Reply, question: str, choices: tuple[str, ...]) -> str | None:
    """Which part is wrong, where the dose was named; that a pharmacy has it."""
    if reply.conversation.issue != WRONG_INFORMATION:
        return None
    if question == PHARMACY:
        return next((choice for choice in choices if is_at_pharmacy(reply) and plain(choice) == "yes"), None)
    if question != PAGE_OR_FEATURE or not _is_said(reply, NAMES_DOSE):
        return None
    return next((choice for choice in choices if NAMES_DOSE.is_in(choice)), None)


def needs_no_asking(reply: Reply, question: str) -> bool:
    """Which doctor wrote it, of who wrote it; which part is wrong, where it is another's altogether, or of somebody allergic."""
    if reply.conversation.issue != WRONG_INFORMATION:
        return False
    return (question == DOCTOR_NAME and is_by_writer(reply)) or (
        question == PAGE_OR_FEATURE and (is_of_another(reply) or is_of_allergic(reply))
    )


def is_of_another(reply: Reply) -> bool:
    """It has gone to, or stands for, somebody else."""
    return _is_said(reply, WRONG_PATIENT)


def is_of_allergic(reply: Reply) -> bool:
    """Whoever it is for is allergic, as far as was told."""
    return _is_said(reply, ALLERGIC)


def tells_of_allergy(reply: Reply) -> bool:
    """That somebody is allergic, told for the first time while people have a wrong prescription."""
    new = not any(ALLERGIC.is_in(words) for words in reply.conversation.so_far if words != reply.message.text)
    return is_here(reply) and reply.typed and reply.conversation.ticket is not None and new and _is_in(reply, ALLERGIC)


def was_taken(reply: Reply) -> bool:
    """These words tell that some of it was taken, or may have been."""
    return reply.typed and _is_in(reply, TAKEN) and not DENIES_TAKING.is_in(reply.message.text)


def only_wrote(text: str) -> bool:
    """`I've just sent the script and put 50 mg instead of 5`: what its writer did, and nobody who could have taken it is spoken of."""
    said = FOR_WHOM.sub(" ", plain(text))
    return WROTE_IT.is_in(text) and not TAKEN.is_in(text) and not {*LETTERS.findall(said)} & (CARED_FOR | TAKERS)


def _is_in(reply: Reply, phrase: Phrase) -> bool:
    return phrase.is_in(reply.message.text)


def is_at_pharmacy(reply: Reply) -> bool:
    """A pharmacy has it, as far as was told."""
    return _is_said(reply, AT_PHARMACY)


def is_settled(reply: Reply) -> bool:
    """The words tell of the doctor, of a new prescription, or only that it is so: nothing else settles a wrong prescription. In other
    languages that is not told by words."""
    words, foreign = reply.message.text, not reply.reading.heard.in_english
    return foreign or is_bare(words) or bare_beginning(words) == "helped" or BY_DOCTOR.is_in(words)


def tells_of_unwell(reply: Reply) -> bool:
    """Somebody is unwell, told while a wrong prescription is looked at."""
    return is_here(reply) and reply.typed and is_unwell(reply)


def is_unwell(reply: Reply) -> bool:
    """Somebody is unwell by these words, in whatever language they are."""
    text = reply.message.text
    return UNWELL.is_in(text) or (not reply.conversation.in_english and UNWELL_ABROAD.is_in(text))


def was_unwell(reply: Reply) -> bool:
    """Somebody was unwell by any words of this conversation."""
    return is_unwell(reply) or _is_said(reply, UNWELL)


def _is_said(reply: Reply, phrase: Phrase) -> bool:
    said = (*reply.conversation.words, *reply.conversation.so_far, reply.message.text)
    return any(phrase.is_in(words) for words in said)
