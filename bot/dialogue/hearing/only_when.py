"""Words that tell only when something is or was, or what was wanted: no evidence that anything works."""

from bot.dialogue.hearing.times import TELLS_TIME
from bot.understanding.text.cuts import SPOKEN_WORD
from bot.understanding.text.phrases import PHRASES
from bot.understanding.text.plain import plain

WANTED = PHRASES.phrases["wanted_or_said"]
BESIDE = PHRASES.group("beside_a_time")


def is_all(text: str) -> bool:
    """`now`, `Friday 10:15`, `Friday 10:15 was the one I wanted`: a day or a time, and nothing beside it."""
    said = plain(text)
    if not TELLS_TIME.is_in(said):
        return False
    left = said
    for one in (WANTED, TELLS_TIME):
        left = one.expression.sub(" ", left)
    return set(SPOKEN_WORD.findall(left)) <= BESIDE
