"""Words that may leave the store: an allow-list. What is not known to be harmless is hidden; nothing is looked for by model."""

import gzip
import ipaddress
import re
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Annotated

from phonenumbers import Leniency, PhoneNumberMatcher
from pydantic import Field

from bot.understanding.privacy_patterns import HARMLESS_NUMBER, HELP_PAGE, PATTERNS
from handoff.data_files import Strict, read_yaml, validated
from handoff.ticket import Excerpt

HERE = Path(__file__).parent
WORDS, VOCABULARY = HERE / "words" / "harmless.txt.gz", HERE / "privacy_words.yml"
MOST_CHARACTERS = 8000
PHONES_WITHIN = 1000
"""Phone numbers beyond this are still hidden, as long runs of digits."""
MASK, SHOWN = "\x00", "[…]"
NAME_LENGTH = 3
_MASKS = re.compile(rf"{MASK}(?:[\s,.'’-]{{0,3}}{MASK})*")
_TOKEN = re.compile(rf"{MASK}|{HELP_PAGE}\b|[^\W_]+(?:[.'’:/-][^\W_]+)*%?|\s|.")
_HELP_PAGE = re.compile(HELP_PAGE)
_DIGIT = re.compile(r"\d")
_ENDS_SENTENCE = frozenset(".!?\n")
_GAP = frozenset(" \n,.:'\"()-")
_BETWEEN = frozenset(" .-',/")
_HOUSE = re.compile(r"(?:[A-Z]-?)?\d{1,5}[a-z]?|\d{1,4}-\d{1,4}")
_PARTICLES = frozenset({"van", "den", "der", "de", "la", "le", "do", "bin", "pan"})
Words = Annotated[tuple[str, ...], Field(min_length=1)]


class Vocabulary(Strict):
    """Words of the product, and words that announce a name or a person's number."""

    product: Words
    name_follows: Words
    name_may_follow: Words
    id_follows: Words


class Allowed:
    """What may stand in an excerpt."""

    def __init__(self, words: Iterable[str], vocabulary: Vocabulary) -> None:
        marked = list(words)
        self.product = frozenset(vocabulary.product)
        self.names = frozenset(word[:-1] for word in marked if word.endswith("*")) - self.product
        """Words that are also names."""
        self.words = frozenset(word.removesuffix("*") for word in marked) | self.product
        self.strong = frozenset(vocabulary.name_follows)
        self.weak = frozenset(vocabulary.name_may_follow)
        self.before_ids = frozenset(vocabulary.id_follows)

    def word(self, part: str, *, starts: bool) -> bool:
        """True for a harmless word; one that is also a name only in lower case or at the start of a sentence."""
        lower = part.lower().replace("’", "'").removesuffix("'s")
        if "-" in lower or "/" in lower:
            return lower in self.words or all(
                self.word(piece, starts=False) for piece in re.split("[-/]", part) if piece
            )
        return lower in self.words and (part.islower() or lower not in self.names or (starts and part.istitle()))


@cache
def _allowed() -> Allowed:
    words = gzip.decompress(WORDS.read_bytes()).decode().split()
    return Allowed(words, validated(Vocabulary, read_yaml(VOCABULARY, HERE.parents[1])))


def load_excerpter() -> Callable[[str], Excerpt]:
    """A function from any text to what of it may be shown to a team, in mail and in reports; never raises."""
    allowed = _allowed()
    return lambda text: excerpt(text, allowed)


def excerpt(text: str, allowed: Allowed) -> Excerpt:
    """The harmless words of a text, `[…]` for the rest; at most 8,000 characters are looked at."""
    plain = " ".join(text[:MOST_CHARACTERS].replace(MASK, " ").split())
    parts = _TOKEN.findall(_hide_patterns(plain))
    kept = [_kept(part, parts, index, allowed) for index, part in enumerate(parts)]
    _hide_after_cues(kept, parts, allowed)
    _hide_beside_masks(kept, parts, allowed)
    return Excerpt(_MASKS.sub(SHOWN, "".join(kept)).strip())


def _hide_patterns(text: str) -> str:
    for pattern in PATTERNS:
        text = pattern.sub(MASK, text)
    if sum(character.isdigit() for character in text) >= NAME_LENGTH + 4:
        for found in reversed(list(PhoneNumberMatcher(text[:PHONES_WITHIN], "US", leniency=Leniency.POSSIBLE))):
            text = f"{text[: found.start]}{MASK}{text[found.end :]}"
    return text


def _kept(part: str, parts: list[str], index: int, allowed: Allowed) -> str:
    if len(part) == 1 and not part.isalnum():
        return part
    if _DIGIT.search(part):
        harmless = HARMLESS_NUMBER.fullmatch(part.lower()) or part.lower() in allowed.words
        return part if harmless and not _is_address(part) else MASK
    if _HELP_PAGE.fullmatch(part):
        names = re.split("[/-]", part.partition(".com")[2])
        return part if all(allowed.word(word, starts=False) for word in names if word) else MASK
    return part if allowed.word(part, starts=_starts(parts, index)) else MASK


def _is_address(part: str) -> bool:
    if part.count(":") < NAME_LENGTH - 1:
        return False
    try:
        ipaddress.ip_address(part)
    except ValueError:
        return False
    return True


def _hide_after_cues(kept: list[str], parts: list[str], allowed: Allowed) -> None:
    """Hide what stands where a name or a person's number is announced."""
    places = [index for index, part in enumerate(parts) if part.strip() and part not in _GAP]
    lower = [parts[index].lower().replace("’", "'") for index in places]
    for at, _ in enumerate(places):
        cues = {" ".join(lower[max(0, at - size + 1) : at + 1]) for size in (1, 2, 3)}
        following = places[at + 1 : at + 1 + NAME_LENGTH]
        if cues & allowed.strong:
            _hide_name(kept, parts, following, allowed, sure=True)
        elif cues & allowed.weak:
            _hide_name(kept, parts, following, allowed, sure=False)
        if cues & allowed.before_ids:
            for index in following[:2]:
                if _DIGIT.search(parts[index]):
                    kept[index] = MASK


def _hide_name(kept: list[str], parts: list[str], following: list[int], allowed: Allowed, *, sure: bool) -> None:
    """Hide the words of a name: those that can be names, while they follow each other."""
    for place, index in enumerate(following):
        part = parts[index]
        a_name = part.lower() in allowed.names and (sure or not part.islower() or _stands_alone(parts, index))
        capital = sure and part[:1].isupper() and part.lower() not in {"i", "i'm"}
        if not (a_name or capital or kept[index] == MASK):
            return
        if place and any(parts[between] in _ENDS_SENTENCE for between in range(following[place - 1], index)):
            return
        kept[index] = MASK


def _stands_alone(parts: list[str], index: int) -> bool:
    """True when nothing, or a comma, a full stop or `here` or `from`, follows: `this is rose, ...`."""
    following = [part for part in parts[index + 1 : index + 4] if part != " "]
    return not following or following[0].lower() in {",", ".", "!", "here", "from"}


def _hide_beside_masks(kept: list[str], parts: list[str], allowed: Allowed) -> None:
    """Hide what belongs to a hidden neighbour: initials, house numbers, the rest of a name or of an address."""
    for index, part in enumerate(parts):
        if kept[index] == MASK or not part[0].isalnum():
            continue
        before, after = _hidden_beside(kept, parts, index, -1), _hidden_beside(kept, parts, index, 1)
        if not (before or after):
            continue
        word = part.lower().removesuffix("'s")
        capital = part.istitle() and not _starts(parts, index) and word not in allowed.product | allowed.strong
        a_name = word in allowed.names and (before or part.istitle())
        initial = len(part) == 1 and part.isupper() and part != "I"
        house = _HOUSE.fullmatch(part) and (before or after[:1].isupper())
        state = len(part) == 2 and part.isupper() and before and word not in allowed.product
        if capital or a_name or initial or house or state or word in _PARTICLES:
            kept[index] = MASK


def _hidden_beside(kept: list[str], parts: list[str], index: int, step: int) -> str:
    """What was hidden next to a place on that side, with at most a space and a point or so between; "" for nothing."""
    for place in range(index + step, index + 4 * step, step):
        if not 0 <= place < len(kept):
            return ""
        if kept[place] == MASK:
            return parts[place]
        if kept[place] not in _BETWEEN:
            return ""
    return ""


def _starts(parts: list[str], index: int) -> bool:
    """True at the start of a sentence."""
    return index == 0 or next((part for part in reversed(parts[:index][-2:]) if part != " "), ".") in _ENDS_SENTENCE
