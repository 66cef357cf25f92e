"""What is told behind a greeting or a thank-you, however long that is: `good morning dear, how are you, my app keeps crashing`."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from bot.dialogue.conversation import Conversation
from bot.understanding.intents.intent_file import Intent
from bot.understanding.intents.names import GREETING, THANKS
from bot.understanding.reading import DANGEROUS, MAY_OPEN_MATTER, Read, Reading
from bot.understanding.text.plain import telling_words

ENOUGH, FEWEST, MOST, SURE, LIKELY, TELLS = 6, 3, 10, 0.6, 0.25, 4
"""So many words may tell more than a greeting, so many make a rest, so many are read; how sure its matter must be to begin; and how
likely, of a rest that tells so much, to be offered."""
_BEGINS = re.compile(
    r"(?<=[,.;:!?\n])\s+|\s+(?=(?:i|i'm|i've|im|my|our|we|what|when|where|which|why|how|can|could|because|please|the|it|it's)\b)",
    re.IGNORECASE,
)


def fitted(known: Conversation, reading: Reading, intents: Mapping[str, Intent], read: Read) -> Reading:
    """The reading of what stands behind the politeness, where that is a matter of ours; a thank-you only where nothing was told before
    that it may be for."""
    polite = reading.issue == GREETING or (reading.issue == THANKS and known.turn == 0)
    if reading.decision != "smalltalk" or not polite or not reading.heard.in_english:
        return reading
    found = [read(rest) for rest in _rests(reading.text)]
    if dangerous := next((one for one in found if one.decision in DANGEROUS), None):
        return replace(dangerous, text=reading.text)
    ours = [one for one in found if _is_ours(one, intents)]
    sure = next((one for one in ours if one.sure and one.candidates[0].confidence >= SURE), None)
    likely = (one for one in ours if one.candidates[0].confidence >= LIKELY and len(telling_words(one.text)) >= TELLS)
    meant = sure or next(likely, None)
    if meant is None:
        return reading
    signals = tuple(dict.fromkeys([*meant.signals, *reading.signals]))
    decision = meant.decision if sure else "choose"
    return replace(meant, text=reading.text, heard=reading.heard, signals=signals, decision=decision)


def _is_ours(one: Reading, intents: Mapping[str, Intent]) -> bool:
    intent = intents.get(one.issue)
    return intent is not None and intent.tier is not None and one.decision in MAY_OPEN_MATTER


def _rests(text: str) -> Iterator[str]:
    """The longest first."""
    if len(text.split()) < ENOUGH:
        return
    begins = [found.end() for found in _BEGINS.finditer(text)]
    rests = [text[at:] for at in begins if len(text[at:].split()) >= FEWEST]
    yield from rests[:MOST]
