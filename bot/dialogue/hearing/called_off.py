"""A visit that is called off because somebody is ill: the illness is why, and no call for help."""

from dataclasses import replace

from bot.understanding.intents.names import CANCEL_VISIT, CANT_RESCHEDULE
from bot.understanding.reading import Reading
from bot.understanding.text.cuts import LETTERS
from bot.understanding.text.phrases import PHRASES
from bot.understanding.text.plain import plain
from bot.understanding.worrying import worries, would_end_it

CALLS_OFF, SURE, DOUBTED = (CANCEL_VISIT, CANT_RESCHEDULE), 0.75, 0.5
"""What is wanted, how surely, and from which chance of danger on it is asked about all the same."""
ILL, CARED_FOR, OTHERS = PHRASES.group("ill"), PHRASES.group("cared_for"), frozenset(("he", "she", "they"))


def fitted(reading: Reading) -> Reading:
    """`my son can't attend, he is sick, please cancel`: of somebody else, with a common illness; never where a sign beyond doubt or
    despair is in it."""
    text = reading.text
    if reading.decision != "safety_check" or reading.heard.rules or worries(text) or would_end_it(text):
        return reading
    first, said = reading.candidates[0], {*LETTERS.findall(plain(text))}
    wanted = first.issue in CALLS_OFF and first.confidence >= SURE
    harmless = reading.ranked is not None and reading.ranked.danger < DOUBTED
    is_why = wanted and harmless and bool(said & ILL) and bool(said & (CARED_FOR | OTHERS))
    return replace(reading, decision="answer", sure=True) if is_why else reading
