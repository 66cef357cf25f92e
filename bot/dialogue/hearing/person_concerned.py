"""Whose matter it is that somebody else writes about: `my patient Mrs Adeyemi`, `one of our patients`, `my mum`, with the age that
is told."""

import re
from collections.abc import Sequence

from bot.understanding.text.phrases import PHRASES
from bot.understanding.text.plain import neat

OF_THE_CLINIC = ("doctor", "staff")
"""Who writes for patients; everybody else writes for somebody of theirs."""
_NAME = r"(?:[A-Z]['’]?[\w-]+(?:['’](?!s\b)\w+)?)"
_TITLED = rf"(?:(?:Mrs|Mr|Ms|Miss|Mx)\.? {_NAME}(?: {_NAME})?)"
_OF_SOMEBODY = r"(?i:my|our|an?|the|this|that|one of (?:my|our|the))"
PATIENT = re.compile(
    rf"\b{_OF_SOMEBODY} (?:\w+ )?(?:patients?|client|pt)\b(?:,? {_TITLED}| {_NAME}(?: {_NAME})?)?|\b{_TITLED}"
)
_THEIRS = "|".join(sorted(PHRASES.group("cared_for")))
OF_THEIRS = re.compile(rf"\bmy (?:old |little |elderly )?(?:{_THEIRS})\b", re.IGNORECASE)
AGE = re.compile(
    r"\b(?:(?:she|he|patient|who)(?:'s| is)|aged?|is) (\d{1,3})(?: years old| y\.?o\.?)?\b"
    r"(?! ?(?:%|minutes?|times?|mg|am|pm|[:.]\d))",
    re.IGNORECASE,
)


def person_concerned(words: Sequence[str], role: str) -> str | None:
    """In the user's own words; None where they write for themselves."""
    told, which = [neat(one) for one in words], PATIENT if role in OF_THE_CLINIC else OF_THEIRS
    found = [one[0] for text in told for one in which.finditer(text)]
    if not found:
        return None
    age = next((one[1] for text in told if (one := AGE.search(text)) is not None), None)
    person = max(found, key=lambda one: len(one.split()))
    return f"{person}, {age}" if age else person
