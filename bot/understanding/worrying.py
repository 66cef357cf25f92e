"""Words that may mean danger whatever the statistics say of them: despair that names nothing, fear of somebody near, a threat to
somebody, a wrong medicine that was taken."""

from bot.understanding.text.phrases import PHRASES

_DESPAIR = (PHRASES.phrases["despair"], PHRASES.phrases["despair_elsewhere"])
_ENDS_IT = PHRASES.phrases["threatens_oneself"]
_AFRAID = PHRASES.phrases["afraid_of_somebody"]
_OF_HARM = (PHRASES.phrases["threatens_somebody"], PHRASES.phrases["took_wrong_medicine"])


def is_despair(text: str) -> bool:
    """True for words of despair about oneself, in any language that is read."""
    return any(phrase.is_in(text) for phrase in _DESPAIR)


def would_end_it(text: str) -> bool:
    """True for despair, and for how somebody would end it; the latter is said in jest too, and alone raises no question."""
    return is_despair(text) or _ENDS_IT.is_in(text)


def is_afraid(text: str) -> bool:
    """True for fear of a person who is near, or for violence by one."""
    return _AFRAID.is_in(text)


def worries(text: str) -> bool:
    """True for words after which danger is asked about, in every state."""
    return is_despair(text) or is_afraid(text) or any(phrase.is_in(text) for phrase in _OF_HARM)
