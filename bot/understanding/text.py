"""Text made plain for reading: one case, one kind of quote and space."""

import re
import unicodedata

_UNSEEN = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "´": "'", "`": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "..."})
_SPACE = re.compile(r"\s+")


def plain(text: str) -> str:
    """NFKC, lower case, straight quotes, no control or unseen characters, single spaces; linear in time."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").translate(_QUOTES)
    folded = unicodedata.normalize("NFKC", whole).translate(_QUOTES).lower()
    seen = "".join(" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in _UNSEEN.sub("", folded))
    return _SPACE.sub(" ", seen).strip()
