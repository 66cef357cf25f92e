"""What a message in another language is about: without its greeting, and borne out by the lead's own examples, which are read by
meaning in every language."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from bot.understanding.intents.intent_file import Intent
from bot.understanding.intents.names import PRIVACY
from bot.understanding.reading import DANGEROUS, LIKELY, OPENS_MATTER, Candidate, Decision, Read, Reading
from bot.understanding.text.phrases import PHRASES
from bot.understanding.text.plain import plain
from handoff.policy.names import GRAVE_FACTS, PHI_EXPOSURE

GREETS = PHRASES.phrases["greets_abroad"]
OTHERS_DATA = PHRASES.phrases["others_data_abroad"]
ALL, MOST, LIKE, VERY_LIKE, MOST_LIKE, APART = 3, 2, 0.6, 0.65, 0.7, 0.05
"""All of the closest examples are of one issue, or most; how like the nearest of them must be then, and how much liker than any other
where it is alone."""
FEW, SAYS_SO, NEARLY_CERTAIN, SURELY_ONE, GRAVE_ENOUGH = 12, 0.25, 0.8, 0.65, 0.71
"""So many words name an issue plainly at most; how likely a grave matter must be that the closest example bears out; and from which
chance on no example speaks against an issue, it is surely one of two, and a grave one is begun with no question first: of 206
grave ones in other languages 4 in 100 are asked about then, and all harmless ones that were found."""


def read_plainly(known_language: str, reading: Reading, intents: Mapping[str, Intent], read: Read) -> Reading:
    """The reading of a message in another language that nothing of ours stands before; where it tells of danger, as it is."""
    if OTHERS_DATA.is_in(reading.text) and reading.decision not in DANGEROUS and PRIVACY in intents:
        return _of_others(reading)
    language = reading.heard.language if reading.heard.told else known_language
    if language == "en" or reading.heard.rules:
        return reading
    reading = _without_greeting(reading, read)
    if reading.decision in DANGEROUS:
        return reading
    return _as_examples_say(reading, intents)


def _of_others(reading: Reading) -> Reading:
    """Surely of privacy, and an exposure."""
    others = tuple(one for one in reading.candidates if one.issue != PRIVACY)
    first = Candidate(PRIVACY, max(NEARLY_CERTAIN, reading.candidates[0].confidence))
    signals = tuple(dict.fromkeys([*reading.signals, PHI_EXPOSURE]))
    return replace(reading, decision="handoff", sure=True, candidates=(first, *others), signals=signals)


def is_told(own: Reading, joined: Reading, intents: Mapping[str, Intent]) -> bool:
    """False where only words before these, read together with them, make something grave of a filler."""
    grave = intents[joined.issue].is_grave and joined.issue not in {one.issue for one in own.candidates[:2]}
    return joined is own or not grave or is_borne_out(joined) or joined.candidates[0].confidence >= NEARLY_CERTAIN


def _without_greeting(reading: Reading, read: Read) -> Reading:
    """`bonjour, je n'arrive pas à me connecter` is no greeting; what is told after it is read by itself."""
    said = plain(reading.text)
    rest = GREETS.expression.sub("", said)
    if rest == said or not _tells(rest):
        return reading
    after = read(rest)
    heard = replace(after.heard, language=reading.heard.language, told=reading.heard.told)
    return replace(after, text=reading.text, heard=heard)


def _tells(said: str) -> bool:
    """More than a word; in a script without spaces a word may be a sentence."""
    return len(said.split()) > 1 or (len(said) > 1 and not said[0].isascii())


def _as_examples_say(reading: Reading, intents: Mapping[str, Intent]) -> Reading:
    """The issue that the closest examples name, where none is sure; instead of a grave one that none of them bears out; and a grave
    one that the closest tells, where the first is not nearly certain (`mon compte est piraté` is not only locked)."""
    first, named = reading.candidates[0], _torn(reading, intents) or _named(reading, intents)
    if named is None or not _gives_way(reading, intents, named):
        return reading
    others = tuple(one for one in reading.candidates if one.issue != named)
    decision: Decision = "answer" if intents[named].route == "answer" else "handoff"
    return replace(reading, candidates=(Candidate(named, max(LIKELY, first.confidence)), *others), decision=decision)


def _gives_way(reading: Reading, intents: Mapping[str, Intent], named: str) -> bool:
    """What is sure gives way only where one of the two is grave."""
    first = reading.candidates[0]
    if not reading.sure:
        return True
    if first.confidence >= NEARLY_CERTAIN or named == first.issue or reading.decision not in OPENS_MATTER:
        return False
    return intents[named].is_grave or intents[first.issue].is_grave


def _torn(reading: Reading, intents: Mapping[str, Intent]) -> str | None:
    """Surely something grave, and not sure which of two: the one that the closest example is of."""
    two, closest = reading.candidates[:2], reading.ranked.closest[:1] if reading.ranked is not None else ()
    grave = len(two) > 1 and all(intents[one.issue].is_grave for one in two)
    if not (grave and closest) or sum(one.confidence for one in two) < SURELY_ONE:
        return None
    return next((one.issue for one in two if one.issue == closest[0].phrase.label), None)


def _named(reading: Reading, intents: Mapping[str, Intent]) -> str | None:
    """The issue of ours that the closest examples are of: all, most, or the one that is liker than the others; a grave one goes first
    where it is the closest."""
    closest = reading.ranked.closest if reading.ranked is not None else ()
    if not closest or not _tells(reading.text) or len(reading.text.split()) > FEW:
        return None
    issue, count = Counter(one.phrase.label for one in closest).most_common(1)[0]
    if closest[0].likeness >= MOST_LIKE and intents[closest[0].phrase.label].is_grave:
        issue, count = closest[0].phrase.label, 1
    if issue not in intents or intents[issue].tier is None:
        return None
    like = max(one.likeness for one in closest if one.phrase.label == issue)
    apart = like - max((one.likeness for one in closest if one.phrase.label != issue), default=0.0)
    needed = LIKE if count == ALL and not intents[issue].is_grave else VERY_LIKE
    return issue if like >= needed and (count >= MOST or apart >= APART) else None


def facts_that_hold(intent: Intent, signals: Iterable[str]) -> tuple[str, ...]:
    """No grave fact is kept of what the words only seemed to be about: `我看不到我的检查结果` is no exposure."""
    own = {intent.reason, *(rule.signal for rule in intent.signals)}
    return tuple(one for one in signals if intent.is_grave or one in own or one not in GRAVE_FACTS)


def says_so(reading: Reading) -> bool:
    """Of a grave matter, whose team is called: it is likely by itself, or the closest example is of it too."""
    return reading.candidates[0].confidence >= (SAYS_SO if is_borne_out(reading) else LIKELY)


def is_named(reading: Reading) -> bool:
    """The same where nothing was asked yet, and it may be harmless: a good deal likelier, or in the words of an example."""
    return reading.candidates[0].confidence >= (SAYS_SO if is_borne_out(reading) else GRAVE_ENOUGH)


def is_borne_out(reading: Reading) -> bool:
    """The closest of the lead's examples is of the likeliest issue, and very like."""
    closest = reading.ranked.closest if reading.ranked is not None else ()
    return bool(closest) and closest[0].phrase.label == reading.issue and closest[0].likeness >= VERY_LIKE
