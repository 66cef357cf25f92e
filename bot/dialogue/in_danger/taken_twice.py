"""A medicine that stands twice on a list was taken twice: danger is asked about, whatever the prescription's matter is."""

from bot.dialogue.hearing import wrong_prescription
from bot.dialogue.reply import Reply
from bot.understanding.intents.names import OF_MEDICINE
from bot.understanding.text.phrases import PHRASES
from handoff.policy.names import MEDICINE_TAKEN

BOTH, LIKELIEST = PHRASES.phrases["took_both"], 2
"""That both were taken; and among how many of the likeliest a prescription's matter must be."""


def is_told(reply: Reply) -> bool:
    """By its words, or as the facts of such words are learnt, in a matter of a prescription; not where it is denied."""
    text, reading = reply.message.text, reply.reading
    if not reply.typed or wrong_prescription.DENIES_TAKING.is_in(text):
        return False
    told = BOTH.is_in(text) or (MEDICINE_TAKEN in reading.signals and not wrong_prescription.only_wrote(text))
    issues = (reply.conversation.issue or "", *(one.issue for one in reading.candidates[:LIKELIEST]))
    return told and any(one.startswith(OF_MEDICINE) for one in issues)
