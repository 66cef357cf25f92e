"""A message cut into what can be read by itself: sentences that could each name something, clauses that could tell of danger."""

import re

from bot.understanding.text import plain

FEWEST_WORDS_OF_A_PART, MOST_PARTS = 3, 3
FEWEST_WORDS_OF_A_CLAUSE, MOST_CLAUSES = 4, 6
LONG_WHOLE = 8
"""A message of more words is also read clause by clause for danger."""
WRAPPED = 50
"""A line of more letters may have been broken by a mail program; a shorter one ends what it says."""
_STOPS = re.compile(r"[.,:;!?\n。！？，؟،]+| - |\b(?:and|but|because|so)\b")
_JOINTS = re.compile(
    r"[.;!?\n]+|\b(?:and also|also|plus|another thing|second(?:ly)?|on top of that|besides|and then|as well as)\b"
)
_DENIED = re.compile(
    r"(?:(?:i|he|she|we|they|there) (?:have|has|had|feel|feels|is|are) )?(?:no|not|without|never|i don't have)\b"
)
"""How a clause begins that says what is not there: alone it tells of no danger (the rules know "no pulse")."""


def in_sentences(text: str) -> str:
    """Plain words in which the ends of short lines, and blank lines, end a sentence."""
    lines = [line.strip() for line in text.splitlines()]
    return plain(" ".join(f"{line}." if 0 < len(line) <= WRAPPED and line[-1].isalnum() else line for line in lines))


def parts_of(text: str) -> list[str]:
    """The first parts of a message that could each name something; none of a message in one part."""
    parts = [part.strip(" ,") for part in _JOINTS.split(in_sentences(text))]
    parts = [part for part in parts if len(part.split()) >= FEWEST_WORDS_OF_A_PART]
    return parts[:MOST_PARTS] if len(parts) > 1 else []


def clauses_of(text: str) -> list[str]:
    """The clauses of a longer message, each of which could tell of danger; of many the first and the last."""
    whole = in_sentences(text)
    if len(whole.split()) < LONG_WHOLE:
        return []
    parts = [one.strip() for one in _STOPS.split(whole)]
    parts = [one for one in parts if len(one.split()) >= FEWEST_WORDS_OF_A_CLAUSE and not _DENIED.match(one)]
    half = MOST_CLAUSES // 2
    kept = parts if len(parts) <= MOST_CLAUSES else [*parts[:half], *parts[-half:]]
    return [one for one in dict.fromkeys(kept) if one != whole]
