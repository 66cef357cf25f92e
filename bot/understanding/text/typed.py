"""Text as it was typed, made storable: shown as it is, never interpreted."""

import re

_UNSHOWABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def displayable(text: str) -> str:
    """The same text without control characters and broken surrogates; line breaks and tabs stay."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return _UNSHOWABLE.sub("", whole.replace("\r\n", "\n").replace("\r", "\n"))
