"""What an emergency's clauses name besides: its ordinary matter is not lost (`cancel my visit, i swallowed them all`)."""

import re

from bot.understanding.recognizer import Recognized, Recognizer

SHORTEST, MOST, NO_TRACE = 3, 6, 0.05
"""Words that a clause has, and so many clauses, that are read by themselves; under this chance they speak of no danger."""
CLAUSES = re.compile(r"[,;，、]\s*|[.!?\n。！？]+|\s+(?:and|but|because|so)\s+")


def calm_clauses(text: str, recognizer: Recognizer) -> list[Recognized]:
    """The clauses of a message with no trace of danger, each read by itself; none of a message of one clause."""
    clauses = [one for one in CLAUSES.split(text) if len(one.split()) >= SHORTEST][:MOST]
    if len(clauses) < 2:
        return []
    said = recognizer.cut(clauses)
    found = recognizer.recognize(said, recognizer.vectors(said))
    return [one.whole for one in found if one.whole.ranked.danger < NO_TRACE]
