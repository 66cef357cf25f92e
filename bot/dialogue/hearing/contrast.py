"""What is put right by naming both: `not the password, the code`; what was meant takes the place of what is denied."""

import re
from dataclasses import dataclass

from bot.understanding.matching.semantic_match import SAYING
from bot.understanding.text.phrases import PHRASES
from bot.understanding.text.plain import plain, telling_words

DENIED_FIRST = tuple(PHRASES.phrases[name] for name in ("not_this_but_that", "this_is_fine_that_fails"))
MEANT_FIRST = tuple(PHRASES.phrases[name] for name in ("that_not_this", "that_this_is_fine"))
MOST_WORDS = 14
"""Longer words tell more than what is put right."""
_NUMBER = re.compile(r"(\d+(?:[.,:]\d+)*)(?:st|nd|rd|th)?")


@dataclass(frozen=True)
class Contrast:
    """What is meant, and what it is not."""

    meant: str
    denied: str

    def in_place(self, text: str) -> str:
        """A text with what is meant in the place of what is denied; the same text where that is not in it."""
        return self._denied.sub(lambda _: self.meant, text)

    @property
    def _denied(self) -> re.Pattern[str]:
        """A number is the same with and without its ending, and no part of another: `the 9th` of `december 9`."""
        if (number := _NUMBER.fullmatch(self.denied)) is not None:
            return re.compile(rf"(?<![\w.,:]){re.escape(number[1])}(?:st|nd|rd|th)?(?![\w:]|[.,]\d)", re.IGNORECASE)
        return re.compile(rf"\b{re.escape(self.denied)}\b", re.IGNORECASE)


def contrast_in(text: str) -> Contrast | None:
    """The two that a short message names; None where it names no two."""
    said = plain(text)
    if len(said.split()) > MOST_WORDS:
        return None
    for phrases, swapped in ((DENIED_FIRST, False), (MEANT_FIRST, True)):
        for found in (phrase.expression.search(said) for phrase in phrases):
            if found is not None:
                denied, meant = (found[2], found[1]) if swapped else (found[1], found[2])
                if meant.split()[-1] in SAYING:  # `the link is not valid` denies, and names nothing in its place
                    return None
                return Contrast(meant.strip(" .,"), denied.strip(" .,")) if telling_words(f"{denied} {meant}") else None
    return None
