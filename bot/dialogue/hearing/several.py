"""Several matters told in one breath: what its clauses name, each surely by itself, is taken up one after the other."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from bot.understanding.intents.intent_file import Intent
from bot.understanding.intents.names import PERSON
from bot.understanding.pieces import FEWEST_BYTES_ABROAD
from bot.understanding.reading import MAY_OPEN_MATTER, OPENS_MATTER, Candidate, Decision, Read, Reading
from bot.understanding.text.cuts import MATTERS_AND_CLAUSES
from bot.understanding.text.phrases import PHRASES
from bot.understanding.text.plain import plain, without_addresses
from handoff.policy.names import PRIORITIES

ENOUGH, FEWEST, MOST, SURELY, SURE = 6, 3, 6, 0.93, 0.7
"""So many words may tell two things, so many make a clause; so many clauses are read; how sure each must be of its matter, and how sure
one where it is said that there are several, or where the whole, torn between them, bears each out."""
SEVERAL, SURE_OF_GRAVE, BORNE_OUT = 2, 0.92, 0.1
"""So many matters are several; how sure a clause must be of a grave one, and how likely what is borne out is by the whole."""
TORN, PLAINLY = 0.8, 0.8
"""How likely the whole is of what its clauses name together, and of one alone."""
_CIRCUMSTANCE = re.compile(r"^(?:when|whenever|while|if|as soon as|each time|every time|after|before|once)\b")
"""A clause that begins so says only when the other happens."""
_SEVERAL = re.compile(rf"\b{PHRASES.any_joint('matter')}\b")
_CLAUSES_ABROAD = re.compile(
    rf"[.;,!?\n。！？，；؟،؛।]+|(?<!\w)(?:{PHRASES.any_joint('matter_abroad')}|{PHRASES.any_joint('abroad')})(?!\w)"
)
_SEVERAL_ABROAD = re.compile(rf"(?<!\w)(?:{PHRASES.any_joint('matter_abroad')})(?!\w)|另外|还有|而且")
LONG_UNSPACED, SURE_ABROAD = 12, 0.8
"""So many letters of a script without spaces may tell two things; how sure a clause must be of a matter for people there, where it is
said that there are several: of them the chances run lower."""
_DENIED = PHRASES.phrases["denied"]
LEAST_BY_WORDS = 0.2
"""How likely a matter must be by the words of a clause alone for the clause to be read: of 910 that surely told a
matter 907 are as likely, of all one in four."""
ByWords = Callable[[Sequence[str]], Sequence[Candidate] | None]
"""What the words of each text alone name; None where nothing tells."""


def with_all_named(reading: Reading, intents: Mapping[str, Intent], read: Read, by_words: ByWords) -> Reading:
    """The reading with every matter that is named: a person who is wanted, else the graver first, of equal ones what was told first."""
    if reading.decision not in MAY_OPEN_MATTER or not _is_long(reading.text):
        return reading
    named = _named(reading, intents, read, by_words)
    grave = next((issue for issue in named if intents[issue].is_grave), None)
    if len(named) < SEVERAL or (grave is None and reading.sure and reading.issue not in named):
        return reading
    order = _in_order(reading, named)
    first = grave or min(order, key=lambda issue: (issue != PERSON, PRIORITIES.index(intents[issue].priority)))
    for_people = (issue for issue in reading.also if intents[issue].route != "answer")
    also = tuple(one for one in dict.fromkeys([*for_people, *named]) if one != first)
    if reading.sure and first == reading.issue:
        return replace(reading, also=also)
    others = tuple(one for one in reading.candidates if one.issue != first)
    decision: Decision = "answer" if intents[first].route == "answer" else "handoff"
    best = Candidate(first, named[first])
    return replace(
        reading, decision=decision, candidates=(best, *others), confidence=named[first], also=also, sure=True
    )


def _in_order(reading: Reading, named: Mapping[str, float]) -> list[str]:
    """As they were told; but what nearly all of the message is about goes before what a clause of it brushes."""
    plainly = reading.sure and reading.candidates[0].confidence >= PLAINLY
    return sorted(named, key=lambda issue: not (plainly and issue == reading.issue))


def _tells(clause: str) -> bool:
    """So many words; in a script without spaces one may be a sentence."""
    return len(clause.split()) >= FEWEST or (not clause.isascii() and len(clause.encode()) >= FEWEST_BYTES_ABROAD)


def _is_long(text: str) -> bool:
    return len(text.split()) >= ENOUGH or (not text.isascii() and len(text.split()) == 1 and len(text) >= LONG_UNSPACED)


def _told(text: str, *, abroad: bool) -> list[str]:
    """The first clauses of a plain text that tell something, each by itself."""
    clauses = [one.strip() for one in (_CLAUSES_ABROAD if abroad else MATTERS_AND_CLAUSES).split(text)]
    told = [one for one in clauses if _tells(one) and (abroad or not _DENIED.is_in(one))]
    return [one for one in told if not _CIRCUMSTANCE.search(one)][:MOST]


def _worth_reading(
    told: Sequence[str], reading: Reading, intents: Mapping[str, Intent], by_words: ByWords
) -> Sequence[str]:
    """The clauses whose words name a matter of ours; none where all of them name the same, or none the one that is surely meant."""
    found = by_words(told) if len(told) > 1 else ()
    if found is None:
        return told
    likely = [
        (clause, intents[one.issue])
        for clause, one in zip(told, found, strict=False)
        if one.issue in intents and intents[one.issue].tier is not None and one.confidence >= LEAST_BY_WORDS
    ]
    matters = {intent.id for _, intent in likely}
    beside = reading.sure and reading.issue not in matters and not any(intent.is_grave for _, intent in likely)
    return () if len(matters) < SEVERAL or beside else [clause for clause, _ in likely]


def _named(reading: Reading, intents: Mapping[str, Intent], read: Read, by_words: ByWords) -> dict[str, float]:
    """Issues of which a clause surely tells, in the order they were told, with how sure each is; what is grave must be likely by the
    whole too."""
    text, abroad = plain(without_addresses(reading.text)), not reading.heard.in_english
    whole = {one.issue: one.confidence for one in reading.candidates}
    for_people = reading.sure and reading.decision == "handoff"
    several, named = (_SEVERAL_ABROAD if abroad else _SEVERAL).search(text) is not None, dict[str, float]()
    read_apart = [read(one) for one in _worth_reading(_told(text, abroad=abroad), reading, intents, by_words)]
    torn = sum(whole.get(issue, 0.0) for issue in {one.issue for one in read_apart if one.sure}) >= TORN
    for found in read_apart:
        intent, chance = intents.get(found.issue), found.candidates[0].confidence
        if intent is None or intent.tier is None or not found.sure or found.decision not in OPENS_MATTER or found.tried:
            continue
        if intent.is_grave:
            sure = chance >= SURE_OF_GRAVE and whole.get(intent.id, 0.0) >= BORNE_OUT
        else:
            borne_out = whole.get(intent.id, 0.0) >= BORNE_OUT
            enough = (several or (for_people and borne_out)) and found.decision == "answer"
            surely = SURE_ABROAD if several and abroad else SURELY
            sure = chance >= (SURE if enough or (torn and borne_out) else surely)
        if sure:
            named.setdefault(found.issue, chance)
    return named
