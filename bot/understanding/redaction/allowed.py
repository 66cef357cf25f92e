"""Which words may stand in an excerpt: English ones, words of other languages, the product's own; and what is known of them."""

import gzip
import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field

from bot.languages.loading import load_languages
from bot.understanding.text.spelling import meant_by
from handoff.data_files import Strict, read_yaml, validated

HERE = Path(__file__).parent
WORDS, VOCABULARY = HERE.parent / "text" / "words" / "harmless.txt.gz", HERE / "words.yml"
MASK = "\x00"
SHORTEST_IN_CAPITALS = 4
"""A word of another language of so many letters may have a capital anywhere (`die App zeigt Fehler`)."""
SHORTEST_SLIP = 6
"""A word of so many letters in lower case may be one of English misspelt; what is shorter may be a name that is near one."""
LONGEST_ENDING = 6
LAST_LATIN = "\u036f"
_MARKS = re.compile(r"[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0640]")
_LETTERS = str.maketrans("ıłøđðßæœ’", "ilodd\u017fao'")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff々〆]")
_PREFIX = re.compile(r"[והבלמשכ]{1,3}|[وف]?[بكل]?(?:ال|لل)?")
LONGEST_PREFIX = 4
Words = Annotated[tuple[str, ...], Field(min_length=1)]


class Vocabulary(Strict):
    """Words of the product, and words by which a name, a number or a secret is known."""

    product: Words
    peoples: Words
    times: Words
    months_that_are_names: Words
    before_months: Words
    given_names: Words
    names_that_are_verbs: Words
    verbs_of_a_person: Words
    only_people: Words
    name_follows: Words
    titles: Words
    name_may_follow: Words
    people: Words
    what_people_do: Words
    before_a_person: Words
    questions: Words
    before_things: Words
    id_follows: Words
    faults: Words
    secrets: Words
    codes: Words
    other_codes: Words
    links_to_secrets: Words
    before_secrets: Words
    never_secret: Words


def folded(word: str) -> str:
    """A word in lower case without accents, as the lists have it."""
    lower = word.lower()
    if lower.isascii():
        return lower
    bare = _MARKS.sub("", unicodedata.normalize("NFD", lower))
    return unicodedata.normalize("NFC", bare).translate(_LETTERS).replace("\u017f", "ss")


def _forms(word: str) -> set[str]:
    """How a listed word may be written: as it is, and without accents where the script is not Latin."""
    return {word} if word[0] < "\u0370" else {word, folded(word)}


class Foreign:
    """The harmless words of other languages: whole words, stems, and the phrases of scripts that have no spaces."""

    def __init__(self, words: Iterable[str], people: Iterable[str] = ()) -> None:
        self.people = frozenset(people)
        """Names that begin with a stem: `marcus` with that of `marcar`."""
        known = {form for word in words for form in _forms(word)}
        self.phrases = re.compile("|".join(sorted(filter(_UNSPACED.match, known), key=len, reverse=True)) or r"(?!)")
        self.words = frozenset(word for word in known if not word.endswith("*") and not _UNSPACED.match(word))
        stems = {word[:-1] for word in known if word.endswith("*")}
        self.stems = frozenset(stems)
        self.shortest, self.longest = min(map(len, stems), default=0), max(map(len, stems), default=0)

    def has(self, word: str) -> bool:
        """True for a word in lower case that is on the list, begins with a stem of it, or is one after a grown-on article."""
        if word.isascii():
            return word in self.words or self._has_stem(word)
        bare = folded(word)
        if word in self.words or bare in self.words or self._has_stem(bare):
            return True
        if not "\u0590" <= word[0] <= "\u06ff":
            return False
        return any(
            _PREFIX.fullmatch(bare[:size]) and (bare[size:] in self.words or self._has_stem(bare[size:]))
            for size in range(1, min(LONGEST_PREFIX, len(bare) - 2) + 1)
        )

    def _has_stem(self, word: str) -> bool:
        if word in self.people:
            return False
        sizes = range(
            max(self.shortest, len(word) - LONGEST_ENDING, (len(word) + 1) // 2), min(self.longest, len(word)) + 1
        )
        return any(word[:size] in self.stems for size in sizes)

    def shown(self, run: str) -> str:
        """A run of a script without spaces: its known phrases, a mask for the rest."""
        pieces, end = [], 0
        for found in self.phrases.finditer(run):
            pieces += [MASK] * (found.start() > end) + [found.group()]
            end = found.end()
        return "".join(pieces) + MASK * (end < len(run))


class Allowed:
    """What may stand in an excerpt."""

    def __init__(self, words: Iterable[str], vocabulary: Vocabulary, foreign: Iterable[str]) -> None:
        marked = list(words)
        self.told = {name: frozenset(getattr(vocabulary, name)) for name in Vocabulary.model_fields}
        """The lists of the vocabulary."""
        self.given = self.told["given_names"] | self.told["months_that_are_names"]
        """What people are called that is a word as well."""
        self.brands = self.told["product"] | self.told["peoples"] | self.told["times"]
        self.names = (frozenset(word[:-1] for word in marked if word[-1] == "*") | self.given) - self.brands
        """Words that are also names, surnames too."""
        self.screen = (self.brands | frozenset(word[:-1] for word in marked if word[-1] == "!")) - self.given
        """Words that may have a capital anywhere."""
        self.foreign = Foreign(
            (word for word in foreign if word not in self.given), (word[:-1] for word in marked if word[-1] == "-")
        )
        self.words = frozenset(word.rstrip("*!") for word in marked if word[-1] != "-") | self.screen | self.given

    def word(self, part: str, *, starts: int = 0, loud: bool = False, foreign: bool = True) -> bool:
        """True for a harmless word; in mid-sentence only a word of a screen may have a capital, for others may be names.

        `starts`: 2 at the start of a sentence, 1 after a colon or a quote. `loud`: a text in which capitals say nothing.
        `foreign`: a text in another language, so that words of those count.
        """
        lower = part.lower().replace("’", "'").removesuffix("'s")
        if lower in self.screen:
            return True
        if "-" in lower or "/" in lower:
            pieces = [piece for piece in re.split("[-/]", part) if piece]
            if lower in self.words or (foreign and self.foreign.has(lower)):
                return True
            return all(self.word(piece, foreign=foreign) for piece in pieces)
        if "_" in lower and part.isupper():
            return all(piece in self.words and piece not in self.names for piece in lower.split("_") if piece)
        if part.islower() and self._is_slip(part):
            return True
        if lower in self.words:
            return part.islower() or self._may_have_capital(part, lower, starts, loud=loud, foreign=foreign)
        return (foreign or part[0] > LAST_LATIN) and self.known_abroad(part, starts)

    def _is_slip(self, part: str) -> bool:
        """A long English word misspelt, which nobody is called: `diffrence`."""
        if len(part) < SHORTEST_SLIP or part in self.words or self.foreign.has(part):
            return False
        meant = meant_by(part)
        return meant != part and meant in self.words and meant not in self.names

    def _may_have_capital(self, part: str, lower: str, starts: int, *, loud: bool, foreign: bool) -> bool:
        title = part[1:].islower() or len(part) == 1
        if starts > 1 and title:
            return True
        if lower in self.names:
            return False
        if loud or not title or starts > 0:
            return True
        return foreign and len(lower) >= SHORTEST_IN_CAPITALS and self.foreign.has(lower)

    def known_abroad(self, part: str, starts: int = 2) -> bool:
        """True for a harmless word of another language."""
        lower = unicodedata.normalize("NFC", part.lower()).replace("’", "'")
        bare = lower.rpartition("'")[2]
        if not self.foreign.has(lower) and not (bare and bare[0] <= LAST_LATIN and self.foreign.has(bare)):
            return False
        return part.islower() or starts > 1 or len(bare) >= SHORTEST_IN_CAPITALS or bare[0] > LAST_LATIN


@cache
def load_allowed() -> Allowed:
    """The lists of the repository."""
    words = gzip.decompress(WORDS.read_bytes()).decode().split()
    root = HERE.parents[1]
    foreign = {word for language in load_languages().values() for word in language.shown.split()}
    return Allowed(words, validated(Vocabulary, read_yaml(VOCABULARY, root)), foreign)
