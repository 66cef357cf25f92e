"""What is told of a dose that is wrong on a prescription: how much, by whom, and whether somebody is unwell."""

from bot.dialogue.reply import Reply
from bot.understanding.text.phrases import PHRASES, Phrase

ISSUE, BLOCKED = "prescription.wrong_information", "critical_workflow_blocked"
WHAT, WHO = "page_or_feature", "doctor_name"
NAMES_DOSE, TELLS_DOSE = PHRASES.phrases["names_a_dose"], PHRASES.phrases["tells_a_dose"]
WROTE_IT, UNWELL = PHRASES.phrases["wrote_it"], PHRASES.phrases["is_unwell"]


def is_here(reply: Reply) -> bool:
    """A wrong prescription is looked at, or people have it."""
    request = reply.message.request
    return ISSUE in (reply.conversation.issue, request.issue if request else None)


def is_blocked(reply: Reply) -> bool:
    """People are to look at a dose that was told: no medicine can be taken till then."""
    return reply.conversation.issue == ISSUE and is_told(reply)


def is_told(reply: Reply) -> bool:
    """How much it is was told."""
    return _is_said(reply, TELLS_DOSE)


def is_by_writer(reply: Reply) -> bool:
    """The one who writes here says that they wrote the prescription."""
    return _is_said(reply, WROTE_IT)


def choice_told(reply: Reply, question: str, choices: tuple[str, ...]) -> str | None:
    """Which part is wrong, where the dose was named."""
    if reply.conversation.issue != ISSUE or question != WHAT or not _is_said(reply, NAMES_DOSE):
        return None
    return next((choice for choice in choices if NAMES_DOSE.is_in(choice)), None)


def needs_no_asking(reply: Reply, question: str) -> bool:
    """Which doctor wrote it, of who wrote it."""
    return reply.conversation.issue == ISSUE and question == WHO and is_by_writer(reply)


def tells_of_unwell(reply: Reply) -> bool:
    """Somebody is unwell, told while a wrong prescription is looked at."""
    return is_here(reply) and reply.typed and UNWELL.is_in(reply.message.text)


def _is_said(reply: Reply, phrase: Phrase) -> bool:
    said = (*reply.conversation.words, *reply.conversation.so_far, reply.message.text)
    return any(phrase.is_in(words) for words in said)
