"""A person's name and words as they may stand in a sentence of ours, so that no renderer makes a link of them."""

import re
import unicodedata

LONGEST = 60
MOST_WORDS = 6
MOST_DIGITS = 4
_NO_NAME = re.compile(r"@|//|\bwww\b|\bhttps?\b|\bmailto\b", re.IGNORECASE)
_JOINED = re.compile(r"\.(?=\S)")
_JOINING = "'’‘ʼ-‐.,"


def plain_name(name: str) -> str:
    """The name without anything that could be markup or a link; nothing at all when it is no name but an address, a number or
    a whole sentence."""
    folded = unicodedata.normalize("NFKC", name)
    kept = "".join(letter if _may_stand(letter) else " " for letter in folded)
    kept = " ".join(_JOINED.sub(". ", kept).split()).strip(" ,-.") + ("." if kept.rstrip().endswith(".") else "")
    spoken = any(letter.isalpha() for letter in kept) and sum(letter.isdigit() for letter in kept) <= MOST_DIGITS
    short = len(kept) <= LONGEST and len(kept.split()) <= MOST_WORDS
    return kept if spoken and short and not _NO_NAME.search(folded) else ""


def with_id(name: str, own_id: str) -> str:
    """Who it is, also where two people have one name: Alex Morgan (alex)."""
    return f"{name} ({own_id})" if name and own_id and own_id != name else name


def unlinked(words: str) -> str:
    """A user's words in which no link of Markdown can be."""
    return words.replace("](", "] (").replace("][", "] [")


def _may_stand(letter: str) -> bool:
    return letter in _JOINING or unicodedata.category(letter)[0] in "LMN"
