"""It is not what we look at: `nothing is slow, it signs me out` is read without that matter, with what was told before."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.dialogue import vague
from bot.dialogue.conversation import Conversation
from bot.understanding.intents.intent_file import Intent
from bot.understanding.reading import Candidate, Decision, Reading
from bot.understanding.text.phrases import PHRASES
from bot.understanding.text.plain import plain, telling_words

DENIES_MATTER, LETS_BE = PHRASES.phrases["denies_matter"], PHRASES.phrases["lets_matter_be"]
TROUBLES, MOST_READ = PHRASES.group("troubles"), 3
_PARTS = re.compile(rf"[.;!?\n]+|\b{PHRASES.any_joint('matter')}\b")
UNKNOWN, BESIDE = "escalate.unknown_issue", 0.9
"""How sure it is of a matter that was told before, and is named again."""
OPEN = ("answer", "handoff")
Read = Callable[[str], Reading]


def read_without(known: Conversation, reading: Reading, intents: Mapping[str, Intent], read: Read) -> Reading | None:
    """The reading of all that was told, without the matter that is denied or let be; of no issue of ours where nothing else is surely
    meant. None where no matter that we look at is denied, and where that is a result (`it is not slow any more`)."""
    said = plain(reading.text)
    let_be = LETS_BE.expression.search(said)
    found = let_be or DENIES_MATTER.expression.search(said)
    looked_at = known.choices if known.state == "choosing" else (known.issue or "",)
    denied = frozenset(one for one in looked_at if found and one in intents and _is_of(intents[one], found))
    if found is None or not denied or known.ticket is not None:
        return None
    left = said.replace(found[0], " ").strip(" .,;!")
    if let_be is not None:
        return _left_after(known, reading, intents, read, denied, let_be["thing"], left)
    word = found["trouble"] or found["thing"]
    told = [one for one in (*known.so_far[-MOST_READ:], left) if telling_words(plain(one)) and not _has(one, word)]
    whole = read(". ".join(told) or left or reading.text)
    others = tuple(one for one in whole.candidates if one.issue not in denied and intents[one.issue].tier is not None)
    if _is_sure(whole, denied):
        return _as_meant(reading, whole, whole.candidates)
    return replace(_as_meant(reading, whole, (Candidate(UNKNOWN, 0.0), *others)), decision="handoff", sure=False)


def _left_after(
    known: Conversation,
    reading: Reading,
    intents: Mapping[str, Intent],
    read: Read,
    denied: frozenset[str],
    word: str,
    left: str,
) -> Reading | None:
    """What is meant by who lets one of several matters be: what the other words say by themselves, what was told beside it, or both
    together; None where they tell nothing else."""
    alone = read(left) if telling_words(left) else None
    if alone is not None and _is_sure(alone, denied):
        return _as_meant(reading, alone, alone.candidates)
    beside = _told_beside(known, denied, left)
    if beside is not None:
        decision: Decision = "answer" if intents[beside].route == "answer" else "handoff"
        return replace(
            reading, decision=decision, candidates=(Candidate(beside, BESIDE),), sure=True, matter=(), put_right=True
        )
    if alone is None:
        return None
    parts = [part.strip() for one in known.so_far[-MOST_READ:] for part in _PARTS.split(plain(one))]
    told = [one for one in (*parts, left) if telling_words(one) and not _has(one, word)]
    whole = read(". ".join(told))
    return _as_meant(reading, whole, whole.candidates) if _is_sure(whole, denied) else None


def _told_beside(known: Conversation, denied: frozenset[str], left: str) -> str | None:
    """The only other matter that waits its turn, where the other words name its area, or nothing."""
    area, others = vague.only_area(left), [one for one in known.also if one not in denied]
    named = [one for one in others if area is None or one.startswith(f"{area}.")]
    return named[0] if len(named) == 1 and (area is not None or not telling_words(left)) else None


def _is_sure(whole: Reading, denied: frozenset[str]) -> bool:
    return whole.sure and whole.decision in OPEN and whole.issue not in denied


def _as_meant(reading: Reading, whole: Reading, candidates: tuple[Candidate, ...]) -> Reading:
    return replace(whole, text=reading.text, heard=reading.heard, matter=(), candidates=candidates, put_right=True)


def _is_of(intent: Intent, found: re.Match[str]) -> bool:
    """The issue's title or one of its keywords has the trouble that is denied, or the thing that it is not about."""
    trouble, thing = found.groupdict().get("trouble"), found["thing"]
    words = {word for one in (intent.title, *intent.keywords) for word in telling_words(plain(one))}
    return (trouble in TROUBLES and trouble in words) or thing in words


def _has(text: str, word: str) -> bool:
    return word in plain(text).replace(",", " ").replace(".", " ").split()
