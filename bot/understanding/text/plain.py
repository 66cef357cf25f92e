"""Text made plain for reading: one case, one kind of quote and space."""

import re
import unicodedata
from functools import lru_cache
from pathlib import Path

MOST_AT_HAND = 2048
"""So many texts are at hand as they were read: a turn asks some hundred times for the same few."""
_UNSEEN = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad\ufe0f]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_MARKS = str.maketrans({
    "’": "'", "‘": "'", "´": "'", "`": "'", "ʼ": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
    "–": "-", "—": "-", "‐": "-", "‑": "-", "…": "...",
})  # fmt: skip
_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_SPACE = re.compile(r"\s+")
ACCENTS = re.compile(r"[\u0300-\u036f]")
_SYMBOLS = re.compile(r"[^\w\s'.,;:!?\u0900-\u0dff\u3002-]")
_DOTS = re.compile(r"\.{2,}|(?<=\s)-+(?=\s)|--+")
COMMON = frozenset((Path(__file__).parent / "words" / "common.txt").read_text(encoding="utf-8").split())
_WORD = re.compile(r"\w+")
_DRAWN_OUT = re.compile(r"([a-z])\1{2,}")


def neat(text: str) -> str:
    """NFKC, straight quotes, no control, unseen or broken characters, single spaces; case is kept; linear in time."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").translate(_MARKS)
    shown = _UNSEEN.sub("", unicodedata.normalize("NFKC", whole).translate(_MARKS))
    return _SPACE.sub(" ", _CONTROL.sub(" ", shown)).strip()


@lru_cache(MOST_AT_HAND)
def plain(text: str) -> str:
    """Neat and in lower case: the form in which sentences are compared."""
    return neat(text).lower()


def without_addresses(text: str) -> str:
    """The same without e-mail addresses, whose letters say nothing of what somebody wants; a bare one is put in words."""
    left = _ADDRESS.sub(" ", text)
    return left if left.strip(" .,;:") else "here is my address"


def folded(text: str) -> str:
    """Plain words alone: no accents or symbols, `heeelp` as `help`; a blank line ends a sentence."""
    said = ACCENTS.sub("", unicodedata.normalize("NFD", plain(re.sub(r"\n[ \t\r]*\n\s*", ". ", text))))
    words = _DOTS.sub(" ", _SYMBOLS.sub(" ", unicodedata.normalize("NFC", said)))
    return _SPACE.sub(" ", _DRAWN_OUT.sub(r"\1", words)).strip()


def tells_something(text: str) -> bool:
    """True where a text, of any case, has a telling word: `i dont know what to do` has none."""
    return bool(telling_words(plain(text)))


def telling_words(text: str) -> list[str]:
    """The words of a plain text without those that every text has."""
    return [word for word in _WORD.findall(text) if word not in COMMON]
