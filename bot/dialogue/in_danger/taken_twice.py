"""A medicine that stands twice on a list was taken twice: danger is asked about, whatever the prescription's matter is."""

from bot.dialogue.hearing import wrong_prescription
from bot.dialogue.reply import Reply
from bot.understanding.text.phrases import PHRASES

BOTH, OF_MEDICINE, LIKELIEST = PHRASES.phrases["took_both"], "prescription.", 2
"""What a prescription's matter is called, and among how many of the likeliest it must be."""
TAKEN = "medicine_taken"


def is_told(reply: Reply) -> bool:
    """By its words, or as the facts of such words are learnt, in a matter of a prescription; not where it is denied."""
    text, reading = reply.message.text, reply.reading
    if not reply.typed or wrong_prescription.DENIES_TAKING.is_in(text):
        return False
    told = BOTH.is_in(text) or (TAKEN in reading.signals and not wrong_prescription.only_wrote(text))
    issues = (reply.conversation.issue or "", *(one.issue for one in reading.candidates[:LIKELIEST]))
    return told and any(one.startswith(OF_MEDICINE) for one in issues)
