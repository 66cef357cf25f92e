"""A message cut into pieces: parts that could each name something, clauses that could tell of danger, of a fact or of a step done."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.understanding.text.cuts import MATTERS
from bot.understanding.text.language import language_of
from bot.understanding.text.phrases import PHRASES
from bot.understanding.text.plain import plain, without_addresses
from bot.understanding.text.spelling import mended

LONGEST = 2000
FEWEST_WORDS_OF_A_PART, MOST_PARTS = 3, 3
FEWEST_WORDS_OF_A_CLAUSE, FEWEST_WORDS_TOLD, FEWEST_WORDS_OF_AN_END, MOST_CLAUSES = 4, 2, 3, 6
LONG_WHOLE = 8
"""A message of so many words is also read clause by clause for danger."""
FEWEST_BYTES_ABROAD = 9
"""So long is a clause that tells something in any script: three signs of Chinese, nine letters."""
WRAPPED = 50
"""A line of more letters may have been broken by a mail program; a shorter one ends what it says."""
_STOPS = re.compile(rf"[.,:;!?\n。！？，؟،]+| - |\b{PHRASES.any_joint('clause')}\b")
_STOPS_ABROAD = re.compile(rf"[.,:;!?\n。！？，、；؟،؛।]+| - |(?<!\w){PHRASES.any_joint('abroad')}(?!\w)")
_FIRST = re.compile(rf"{_STOPS_ABROAD.pattern}|\b{PHRASES.any_joint('clause')}\b")
_TOLD = re.compile(rf"[.;,!?\n]+\s*|\s{PHRASES.any_joint('told')}\s")
_NO_DANGER = [
    PHRASES.phrases[name].expression
    for name in ("no_emergency", "no_such_danger", "ordinary_beside_it", "figure_of_speech")
]
_DENIED = PHRASES.phrases["denied"]


@dataclass(frozen=True)
class Piece:
    """A stretch of a message: its words, and where they begin."""

    text: str
    start: int
    apart: bool = False
    """Whether it is read by itself, and not in the light of the whole."""

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)

    @property
    def words(self) -> int:
        """How many words it has."""
        return len(self.text.split())


@dataclass(frozen=True)
class Pieces:
    """A message in plain words, with what could name something, tell of danger, and tell of a fact or of a step done."""

    whole: str
    parts: tuple[Piece, ...]
    clauses: tuple[Piece, ...]
    told: tuple[Piece, ...]

    @property
    def spans(self) -> tuple[tuple[int, int, bool], ...]:
        """Where every piece begins and ends, in this order, and whether it is read by itself."""
        return tuple((piece.start, piece.end, piece.apart) for piece in (*self.parts, *self.clauses, *self.told))


def cut(text: str) -> Pieces:
    """A message without addresses and slips of the keyboard, and its pieces."""
    said = mended(in_sentences(without_addresses(text)))
    whole = _without_denials(said)[:LONGEST].strip() or in_sentences(text)
    parts = [part for part in _between(MATTERS, whole) if part.words >= FEWEST_WORDS_OF_A_PART]
    told = [piece for piece in _between(_TOLD, whole) if piece.words >= FEWEST_WORDS_TOLD]
    named = tuple(parts[:MOST_PARTS]) if len(parts) > 1 else ()
    clauses = _clauses(whole, named) if language_of(text) == "en" else _clauses_abroad(whole)
    return Pieces(whole, named, clauses, tuple(told[:MOST_CLAUSES]))


def _without_denials(whole: str) -> str:
    """The words without those that say of a danger that it is none, which statistics take for the danger itself."""
    for denial in _NO_DANGER:
        whole = denial.sub("", whole)
    return whole


def ending(text: str) -> tuple[int, int, bool]:
    """Where the last clause of a reply stands: `first it spun, then it opened` ends otherwise than it begins."""
    starts = [joint.end() for joint in _TOLD.finditer(text)]
    last = next((start for start in reversed(starts) if len(text[start:].split()) >= FEWEST_WORDS_OF_AN_END), 0)
    return last, len(text), False


def first_clause(text: str) -> str:
    """What stands before the first stop or joint, in plain words; the whole where there is none."""
    whole = plain(text)
    return next((piece.text for piece in _between(_FIRST, whole)), whole)


def in_sentences(text: str) -> str:
    """Plain words in which the ends of short lines before others end a sentence."""
    *lines, last = [line.strip() for line in text.strip().splitlines()] or [""]
    ended = [f"{line}." if 0 < len(line) <= WRAPPED and line[-1].isalnum() else line for line in lines]
    return plain(" ".join([*ended, last]))


def _clauses(whole: str, parts: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """The clauses of a longer message, each of which could tell of danger; of many the first and the last."""
    if len(whole.split()) < LONG_WHOLE:
        return ()
    found = [one for one in _between(_STOPS, whole) if one.words >= FEWEST_WORDS_OF_A_CLAUSE]
    found = [one for one in found if not _DENIED.is_in(one.text)]
    return tuple(one for one in _first_and_last(found) if one.text != whole and one not in parts)


def _clauses_abroad(whole: str) -> tuple[Piece, ...]:
    """The same in another language, each to be read by itself: in the light of a request danger is hardly seen there
    (docs/reader.md)."""
    found = [one for one in _between(_STOPS_ABROAD, whole) if len(one.text.encode()) >= FEWEST_BYTES_ABROAD]
    return tuple(replace(one, apart=True) for one in _first_and_last(found) if one.text != whole)


def _first_and_last(found: Sequence[Piece]) -> Sequence[Piece]:
    half = MOST_CLAUSES // 2
    return found if len(found) <= MOST_CLAUSES else [*found[:half], *found[-half:]]


def _between(joints: re.Pattern[str], text: str) -> Iterator[Piece]:
    """What stands between the joints, without spaces and commas at its ends."""
    start = 0
    for end, following in [*((joint.start(), joint.end()) for joint in joints.finditer(text)), (len(text), 0)]:
        said = text[start:end]
        left = said.lstrip(" ,")
        if kept := left.rstrip(" ,"):
            yield Piece(kept, end - len(left))
        start = following
