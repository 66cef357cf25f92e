"""Whether words are angry: surely, or likely where they come after anger already (`i said garbage`)."""

from bot.understanding.intents.names import FRUSTRATION
from bot.understanding.reading import Reading

STILL = 0.35
"""From which chance on words after angry ones are angry too."""


def is_heard(reading: Reading, before: int) -> bool:
    """True for angry words; `before` is how many of the turns before them were angry."""
    if "angry" in reading.signals or (reading.issue == FRUSTRATION and reading.sure):
        return True
    return before > 0 and reading.issue == FRUSTRATION and reading.candidates[0].confidence >= STILL
