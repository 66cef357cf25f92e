"""What need not be asked: of this matter, or after what was told, the answer would tell people nothing."""

import re

from bot.dialogue.hearing import wrong_prescription
from bot.dialogue.reply import Reply
from bot.understanding.intents.names import CANCEL_VISIT, JOIN_VIDEO, MANAGE_PROFILE, UNKNOWN
from bot.understanding.text.phrases import PHRASES
from bot.understanding.text.plain import plain, telling_words
from handoff.policy.names import ACCOUNT_ACCESS_NEEDED, PAGE_OR_FEATURE, PHI_EXPOSURE, PRIVACY_REQUEST

VISIT, WORD = PHRASES.group("appointment"), re.compile(r"[^\W_]+")
SEEN = (PAGE_OR_FEATURE, "when_started")
"""What is asked of something that was seen, and never of what is only asked for."""
DEVICE = "device"
KIND, TELLS = "privacy_kind", 2
"""Which kind of concern it is; and so many telling words besides the matter's own name tell it."""
TELLS_WHAT_HAPPENS = {
    CANCEL_VISIT: PHRASES.phrases["cancelled_by_mistake"],
    JOIN_VIDEO: PHRASES.phrases["waits_for_doctor"],
}
ASKS_WHO_SEES = PHRASES.phrases["asks_who_sees"]
ONLY_NAMES_IT = PHRASES.group("names_privacy")


def is_beside(reply: Reply, question: str) -> bool:
    """It need not be asked: which concern it is, of who has said it; and what would tell people nothing."""
    if question == KIND:
        words = reply.conversation.words
        asked = any(ASKS_WHO_SEES.is_in(said) for said in words)
        return asked or any(len({*telling_words(plain(said))} - ONLY_NAMES_IT) >= TELLS for said in words)
    return (
        tells_nothing(reply, question)
        or wrong_prescription.needs_no_asking(reply, question)
        or _is_told(reply, question)
    )


def _is_told(reply: Reply, question: str) -> bool:
    """What happens, of a visit that was cancelled by mistake, or whose doctor does not come."""
    known = reply.conversation
    told = TELLS_WHAT_HAPPENS.get(known.issue or "")
    words = (*known.words, *known.so_far, reply.message.text)
    return question == PAGE_OR_FEATURE and told is not None and any(told.is_in(one) for one in words)


def tells_nothing(reply: Reply, question: str) -> bool:
    """The device, where people have to change something in a profile; the day of a visit, where nobody could name the issue and no
    visit was named; and where and when something was seen, when data are only asked for, or to be deleted."""
    known = reply.conversation
    if question == DEVICE and known.issue == MANAGE_PROFILE and ACCOUNT_ACCESS_NEEDED in known.signals:
        return True
    if PRIVACY_REQUEST in known.signals and PHI_EXPOSURE not in known.signals and question in SEEN:
        return True
    if known.issue != UNKNOWN or question != "appointment_date":
        return False
    said = {word for words in known.words for word in WORD.findall(plain(words))}
    return "when_started" in known.known or not said & VISIT
