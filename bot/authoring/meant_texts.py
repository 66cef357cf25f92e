"""The words of an intents file by which something is meant there: a button, a step that was tried, a question, a fact, the issue."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from bot.understanding.intents.intent_file import Intent, Step
from handoff.yaml_text import Place


@dataclass(frozen=True)
class MeantText:
    """Words, their place, and what they are there; of a button also where it leads, of a button and a fact what it states."""

    text: str
    place: Place
    by: Literal["label", "says", "tried", "asks", "when", "keyword", "choice"]
    go: str = ""
    signal: str | None = None


def meant_texts(intent: Intent) -> Iterator[MeantText]:
    """All of them, in the order of the file."""
    for number, step in enumerate(intent.steps):
        yield from _of_step(step, ("steps", number))
    for number, explained in enumerate(intent.glossary):
        yield from (MeantText(text, ("glossary", number, "asks"), "asks") for text in explained.asks)
    for number, rule in enumerate(intent.signals):
        yield from (MeantText(text, ("signals", number, "when"), "when", signal=rule.signal) for text in rule.when)
    for number, text in enumerate(intent.keywords):
        yield MeantText(text, ("keywords", number), "keyword")
    for number, detail in enumerate(intent.details):
        yield from (MeantText(text, ("details", number, "choices"), "choice") for text in detail.choices)


def _of_step(step: Step, place: Place) -> Iterator[MeantText]:
    for index, option in enumerate(step.options):
        at: Place = (*place, "options", index, "says")
        yield MeantText(option.label, at, "label", option.go, option.signal)
        yield from (MeantText(text, at, "says", option.go, option.signal) for text in option.says)
    yield from (MeantText(text, (*place, "tried"), "tried") for text in step.tried)
