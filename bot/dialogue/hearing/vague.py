"""Messages that name a thing and say nothing of it: `problem with my prescription`, `my account`."""

from collections.abc import Iterable

from bot.understanding.intents.names import CANT_VERIFY_EMAIL, FORGOT_PASSWORD, SHARE_LINK
from bot.understanding.text.phrases import PHRASES
from bot.understanding.text.plain import plain, telling_words

AREAS = ("account", "appointment", "prescription", "technical")
"""What issues are about, by the first word of their ids; each a button of the open question."""
AREA_OF = {word: area for area in AREAS if area in PHRASES.words for word in PHRASES.group(area)}
CUT_OFF = PHRASES.phrases["cut_off"]
VAGUE, THINGS, FAILING, EXPIRED = (PHRASES.group(name) for name in ("vague", "things", "failing", "expired"))
BUTTON, BUTTONS = ("button", "buttons", "icon"), PHRASES.group("buttons")
STEM = 4
"""So many letters of a name at least begin a word of its kin."""
LINK, LINKS = "link", (FORGOT_PASSWORD, CANT_VERIFY_EMAIL, SHARE_LINK)
"""What a link of ours may be for: the issues in which one fails."""


def only_area(text: str) -> str | None:
    """The area that the words name, where they say nothing beside it."""
    words = telling_words(plain(text))
    areas = {AREA_OF[word] for word in words if word in AREA_OF}
    only = len(areas) == 1 and all(word in AREA_OF or word in VAGUE for word in words)
    return areas.pop() if only else None


def says_nothing(text: str) -> bool:
    """Only things are named, and nothing is said of them: `my login code`; of such words nothing grave is believed."""
    words = telling_words(plain(text))
    return bool(words) and all(word in AREA_OF or word in VAGUE or word in THINGS for word in words)


def only_fails(text: str) -> bool:
    """It is only told that it does not work, and not what: `it does not work`; no issue is guessed of it."""
    words = telling_words(plain(text))
    return bool(words) and all(word in FAILING or word in VAGUE for word in words)


def only_a_button(text: str) -> bool:
    """`the button is grey`: of what it is a button is not said."""
    words = telling_words(plain(text))
    named = any(word in BUTTON for word in words)
    return named and all(word in BUTTONS or word in FAILING or word in VAGUE for word in words)


def only_link(text: str) -> bool:
    """`the link expired`: which of our links it is is not said."""
    words = telling_words(plain(text))
    return LINK in words and all(word in EXPIRED or word in FAILING or word in VAGUE for word in words)


def begins(word: str, names: Iterable[str]) -> bool:
    """A word is one of these, or of its kin: `signing`, of Sign-in."""
    return any(word == name or (len(name) >= STEM and word.startswith(name)) for name in names)


def is_piece(text: str) -> bool:
    """`my dr`, `but the pharmacy says`: the rest is still to come."""
    return CUT_OFF.is_in(text.strip())


def told_whole(words: tuple[str, ...]) -> tuple[str, ...]:
    """What was told in pieces as one sentence, without those that tell nothing."""
    if not any(is_piece(one) for one in words):
        return words
    return (" ".join(one for one in words if telling_words(plain(one))),)
