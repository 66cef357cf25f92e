"""It is not what we look at: `nothing is slow, it signs me out`, `none of that, i can't find her` are read without that matter, with
what was told before."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from bot.dialogue.conversation import LOOKED_AT, Conversation
from bot.dialogue.hearing import vague
from bot.dialogue.hearing.correction import is_marked, righted
from bot.dialogue.hearing.objection import objection_in
from bot.understanding.intents.intent_file import Intent
from bot.understanding.intents.names import UNKNOWN
from bot.understanding.reading import OPENS_MATTER, Candidate, Decision, Meant, Read, Reading
from bot.understanding.text.cuts import MATTERS
from bot.understanding.text.phrases import PHRASES
from bot.understanding.text.plain import plain, telling_words

DENIES_MATTER, LETS_BE = PHRASES.phrases["denies_matter"], PHRASES.phrases["lets_matter_be"]
TROUBLES, MOST_READ = PHRASES.group("troubles"), 3
OBJECTS, INSISTS, TURNS = (PHRASES.phrases[name] for name in ("objects", "insists", "changes_mind"))
BESIDE = 0.9
"""How sure it is of a matter that was told before, and is named again."""
NAMES_IT = 2
"""So many telling words beside an objection say what it is."""
SURE_OF_THIS, HARDLY_THIS = 0.8, 0.35
"""So likely what is looked at is meant all the same, by the words alone; and so unlikely where another matter is only put beside it."""
ANSWERS, SURELY_ANSWERS, BUTTON = ("helped", "stop", "did_before", "later", "person"), 0.9, "button"
"""What answers the step all the same, and how surely; a button only where the words are not surely of something else."""
Intents = Mapping[str, Intent]


@dataclass(frozen=True)
class Refused:
    """The issues that are not meant, the word by which they were denied, and what is told beside that."""

    issues: frozenset[str]
    word: str
    left: str


def read_without(
    known: Conversation, reading: Reading, intents: Intents, read: Read, meant: Callable[[], Meant]
) -> Reading | None:
    """The reading of all that was told, without the matter that is denied; of no issue of ours where nothing else is surely meant.
    None where no matter that we look at is denied, and where that is a result (`it is not slow any more`)."""
    if known.ticket is not None or _puts_a_fact_right(known, reading):
        return None
    looked_at = known.choices if known.state == "choosing" else (known.issue or "",)
    if let_be := _let_be(looked_at, reading, intents):
        return _left_after(known, reading, intents, read, let_be)
    if waiting := _let_be(known.also, reading, intents):
        return _beside_what_waits(known, reading, read, waiting)
    refused = _by_word(known, reading, intents) or _by_deed(known, reading, intents, meant)
    refused = refused or _by_objection(known, reading, meant)
    if refused is None:
        return None
    before = known.so_far[-MOST_READ:]
    told = [one for one in (*before, refused.left) if telling_words(plain(one)) and not _has(one, refused.word)]
    whole = read(". ".join(told) or refused.left or reading.text)
    others = tuple(
        one for one in whole.candidates if one.issue not in refused.issues and intents[one.issue].tier is not None
    )
    sure = _is_sure(whole, refused.issues)
    if sure:
        return _as_meant(reading, whole, whole.candidates)
    return replace(_as_meant(reading, whole, (Candidate(UNKNOWN, 0.0), *others)), decision="handoff", sure=False)


def _let_be(told: Iterable[str], reading: Reading, intents: Intents) -> Refused | None:
    """One of several matters is let be by its name."""
    found = LETS_BE.expression.search(plain(reading.text))
    denied = frozenset(one for one in told if found and one in intents and _is_of(intents[one], found))
    left = plain(reading.text).replace(found[0], " ").strip(" .,;!") if found else ""
    return Refused(denied, found["thing"], left) if found and denied else None


def _left_after(
    known: Conversation, reading: Reading, intents: Intents, read: Read, refused: Refused
) -> Reading | None:
    """What is meant by who lets one of several matters be: what the other words say by themselves, what was told beside it, or both
    together; None where they tell nothing else."""
    left = refused.left
    alone = read(left) if telling_words(left) else None
    if alone is not None and _is_sure(alone, refused.issues):
        return _as_meant(reading, alone, alone.candidates)
    beside = _told_beside(known, refused.issues, left)
    if beside is not None:
        decision: Decision = "answer" if intents[beside].route == "answer" else "handoff"
        return replace(
            reading, decision=decision, candidates=(Candidate(beside, BESIDE),), sure=True, matter=(), put_right=True
        )
    if alone is None:
        return None
    parts = [part.strip() for one in known.so_far[-MOST_READ:] for part in MATTERS.split(plain(one))]
    told = [one for one in (*parts, left) if telling_words(one) and not _has(one, refused.word)]
    whole = read(". ".join(told))
    return _as_meant(reading, whole, whole.candidates) if _is_sure(whole, refused.issues) else None


def _beside_what_waits(known: Conversation, reading: Reading, read: Read, refused: Refused) -> Reading | None:
    """`leave the invoice for now, I forgot my password`: what waits goes on waiting, and what is surely new is read by itself."""
    alone = read(refused.left) if telling_words(refused.left) else None
    if alone is None or not _is_sure(alone, refused.issues) or alone.issue in (known.issue, *known.also):
        return None
    return replace(alone, text=reading.text, heard=reading.heard)


def _told_beside(known: Conversation, denied: frozenset[str], left: str) -> str | None:
    """The only other matter that waits its turn, where the other words name its area, or nothing."""
    area, others = vague.only_area(left), [one for one in known.also if one not in denied]
    named = [one for one in others if area is None or one.startswith(f"{area}.")]
    return named[0] if len(named) == 1 and (area is not None or not telling_words(left)) else None


def _is_sure(whole: Reading, denied: frozenset[str]) -> bool:
    return whole.sure and whole.decision in OPENS_MATTER and whole.issue not in denied


def _as_meant(reading: Reading, whole: Reading, candidates: tuple[Candidate, ...]) -> Reading:
    return replace(whole, text=reading.text, heard=reading.heard, matter=(), candidates=candidates, put_right=True)


def _by_word(known: Conversation, reading: Reading, intents: Intents) -> Refused | None:
    """The trouble that is denied, or the thing that it is not about; with a thing that an area is called by, all of that area."""
    found = DENIES_MATTER.expression.search(plain(reading.text))
    looked_at = known.choices if known.state == "choosing" else (known.issue or "",)
    denied = {one for one in looked_at if found and one in intents and _is_of(intents[one], found)}
    if found is None or not denied:
        return None
    area = vague.AREA_OF.get(found["thing"] or "")
    also = {one for one in intents if area is not None and one.startswith(f"{area}.")}
    left = plain(reading.text).replace(found[0], " ").strip(" .,;!")
    return Refused(frozenset(denied | also), found["trouble"] or found["thing"], left)


def _by_deed(known: Conversation, reading: Reading, intents: Intents, meant: Callable[[], Meant]) -> Refused | None:
    """What is looked at is refused by its deed (`NO not cancel, remove a doctor`), and no way out that the step offers is meant."""
    found, intent = objection_in(reading.text), intents.get(known.issue or "")
    if found is None or intent is None or known.state not in LOOKED_AT or not found.is_of(intent):
        return None
    if not telling_words(found.left):
        return None
    answer = meant()
    if answer.act in (*ANSWERS, BUTTON) and answer.act != "stop" and answer.chance >= SURELY_ANSWERS:
        return None
    return Refused(frozenset((intent.id,)), next(iter(found.deeds), ""), found.left)


def _by_objection(known: Conversation, reading: Reading, meant: Callable[[], Meant]) -> Refused | None:
    """Somebody objects and says what it is, or, to a question of ours, that nothing of it is wrong; an answer to the step is none."""
    here = next((one.confidence for one in reading.candidates if one.issue == known.issue), 0.0)
    objects = OBJECTS.is_in(reading.text) and here < SURE_OF_THIS
    put_beside = INSISTS.is_in(reading.text) and not TURNS.is_in(reading.text)
    insists = put_beside and here < HARDLY_THIS and not reading.heard.details
    if known.issue is None or known.state not in LOOKED_AT or not (objects or insists):
        return None
    rest = OBJECTS.expression.sub(" ", plain(reading.text))
    if len(telling_words(rest)) < NAMES_IT and known.state == "answering":
        return None
    answer, elsewhere = meant(), objects or (reading.sure and reading.issue != known.issue)
    if answer.chance >= SURELY_ANSWERS and (answer.act in ANSWERS or (answer.act == BUTTON and not elsewhere)):
        return None
    return Refused(frozenset((known.issue,)), "", rest.strip(" .,;!"))


def _puts_a_fact_right(known: Conversation, reading: Reading) -> bool:
    """`it's not a phone, it's a tablet`, `i mean says 2 should be 3`: what was told is put right, and no matter."""
    right = righted(reading.text, known.so_far)
    heard_again = is_marked(reading.text) and bool(reading.heard.details.keys() & known.known.keys())
    return heard_again or (right is not None and any(right(value) != value for value in known.known.values()))


def _is_of(intent: Intent, found: re.Match[str]) -> bool:
    """The issue's title or one of its keywords has the trouble that is denied, or the thing that it is not about."""
    trouble, thing = found.groupdict().get("trouble"), found["thing"]
    words = {word for one in (intent.title, *intent.keywords) for word in telling_words(plain(one))}
    return (trouble in TROUBLES and trouble in words) or thing in words


def _has(text: str, word: str) -> bool:
    return bool(word) and word in plain(text).replace(",", " ").replace(".", " ").split()
