"""What somebody objects to: `i dont want to reset it`, `NO not cancel`, `stop, it's not forgotten`. It is no order to do just that, and
no goodbye."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from bot.understanding.intents.intent_file import Intent, Step
from bot.understanding.reading import DANGEROUS, Reading
from bot.understanding.text.phrases import PHRASES
from bot.understanding.text.plain import plain, telling_words

LETS_BE, OBJECTS_TO = PHRASES.phrases["not_any_more"], PHRASES.phrases["objects_to"]
"""That it was wanted, and is not any more; and what is refused."""
ORDERS, BESIDE = PHRASES.group("orders"), PHRASES.group("beside_an_order")
"""Deeds that are a whole matter of ours (`cancel`), and what may stand before such a deed (`a new password`)."""
STEM = 4
"""So many letters of a step's name are the same in other forms of its word: `reinstalling`."""
Intents = Mapping[str, Intent]


@dataclass(frozen=True)
class Objection:
    """The words of what is refused, the deed or thing first of them, and what else is told."""

    words: frozenset[str]
    deeds: frozenset[str]
    left: str

    def is_of(self, intent: Intent) -> bool:
        """The matter itself is refused: its title or keywords name the deed, or all of a keyword is among the words."""
        keys = [{*telling_words(plain(one))} for one in intent.keywords]
        return not self.deeds.isdisjoint(named_by(intent)) or any(len(key) > 1 and key <= self.words for key in keys)

    def is_of_step(self, step: Step, intents: Iterable[Intent]) -> bool:
        """What the step wants done is refused, or the matter that it belongs to: `it's not forgotten`, to a new password."""
        wants = {*step.id.split("_")}
        named = any(len(part) >= STEM and word.startswith(part) for part in wants for word in self.words)
        return named or any(self.is_of(one) and wants <= named_by(one) for one in intents)


def objection_in(text: str) -> Objection | None:
    """What is refused in the text; None where nothing is, or what was wanted is let be."""
    return None if LETS_BE.is_in(text) else refusal_in(text)


def refusal_in(text: str) -> Objection | None:
    """The same, and what was wanted and is not any more."""
    said = plain(text)
    refused = [next(one for one in match.groups() if one) for match in OBJECTS_TO.expression.finditer(said)]
    told = [[*telling_words(one)] for one in refused]
    if not any(told):
        return None
    first = [next((word for word in words if word not in BESIDE), "") for words in told]
    left = OBJECTS_TO.expression.sub(" ", said).strip(" .,;!")
    return Objection(frozenset(word for words in told for word in words), ORDERS & frozenset(first), left)


def named_by(intent: Intent) -> frozenset[str]:
    """The words by which an issue is known: those of its title and keywords."""
    return frozenset(word for one in (intent.title, *intent.keywords) for word in telling_words(plain(one)))


def fitted(reading: Reading, intents: Intents) -> Reading:
    """The reading without the issues that are named only to be refused; where the first was one of them, nothing is sure."""
    found = objection_in(reading.text) if reading.decision not in DANGEROUS else None
    if found is None:
        return reading
    kept = tuple(one for one in reading.candidates if not found.is_of(intents[one.issue]))
    also = tuple(one for one in reading.also if not found.is_of(intents[one]))
    if not kept or kept[0] is reading.candidates[0]:
        return replace(reading, also=also)
    decision = "choose" if reading.decision == "answer" else reading.decision
    return replace(reading, candidates=kept, also=also, decision=decision, confidence=kept[0].confidence, sure=False)
