"""Danger that is told behind a few words that answer us: `it works, my waters broke`; in the light of the answer it is hardly seen."""

import re
from collections.abc import Callable
from dataclasses import replace

from bot.dialogue.conversation import Conversation
from bot.understanding.intents.names import EMERGENCY
from bot.understanding.reading import DANGEROUS, Reading
from bot.understanding.text.phrases import PHRASES

TAKES_BACK, REFUSES_HELP = PHRASES.phrases["takes_back"], PHRASES.phrases["refuses_help"]
STOP = re.compile(r"[,.;:!?。！？，\n]+\s*|\s-+\s|\s+(?:and|but|though|only|while|so|because)\s+", re.IGNORECASE)
FEW_BEFORE, TELLS, SURE = 4, 2, 0.2
"""So many words at most answer us, so many tell something behind them, and from which chance on they may tell of danger by themselves
(docs/reader.md)."""
ANSWERS_US = ("answering", "choosing", "gathering", "with_support", "resolved", "solved")
"""Where few words may be an answer to us."""


def read(known: Conversation, reading: Reading, read_alone: Callable[[str], Reading]) -> Reading | None:
    """The words, with the danger that those behind the answer tell by themselves; None where they tell of none."""
    rest = rest_of(reading.text) if reading.decision not in DANGEROUS and _may_answer(known) else None
    if rest is None or reading.ranked is None or _only_takes_leave(reading.text, rest):
        return None
    alone = read_alone(rest)
    danger = alone.ranked.danger if alone.ranked is not None else 0.0
    if alone.decision not in DANGEROUS or not (danger >= SURE or alone.heard.rules):
        return None
    heard = replace(reading.heard, rules=alone.heard.rules)
    return replace(reading, decision=alone.decision, heard=heard, ranked=replace(reading.ranked, danger=danger))


def _may_answer(known: Conversation) -> bool:
    """People who have an emergency already read each word of it as it is."""
    return known.state in ANSWERS_US and not (known.ticket is not None and known.issue == EMERGENCY)


def _only_takes_leave(text: str, rest: str) -> bool:
    """`no leave it, I don't want help`: said of what we offer, which the words before it tell, and of nothing else."""
    return TAKES_BACK.is_in(text) and REFUSES_HELP.is_in(rest)


def rest_of(text: str) -> str | None:
    """What stands behind the first few words, where it tells something."""
    stop = STOP.search(text.strip())
    if stop is None:
        return None
    before, rest = text.strip()[: stop.start()].split(), text.strip()[stop.end() :]
    return rest if 0 < len(before) <= FEW_BEFORE and len(rest.split()) >= TELLS else None
