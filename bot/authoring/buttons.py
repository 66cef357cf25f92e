"""What a button does, and what its words say: a good end, another issue, a fact. What is grave is tried by a walk of its file."""

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

from bot.dialogue.assistant import Assistant
from bot.understanding.intents.catalog import Catalog
from bot.understanding.intents.intent_file import Intent, Option, Step, Turn, Walk
from handoff.data_files import Document, Fault

EMERGENCY = "emergency"
NEAREST = 2
"""Among so many of the likeliest issues by the words of a button is the one that it leads to."""
_WELL = re.compile(
    r"\b(?:yes|fine|works?|worked|helps?|helped|solved|done|found|ok(?:ay)?|good|right|all set|i'?m in)\b", re.I
)
_NOT_WELL = re.compile(
    r"^no\b|\b(?:not|never|nothing|nobody|still|keeps?|wrong|fails?|failed|refuses?|cannot)\b|\b\w+n'?t\b",
    re.IGNORECASE,
)


def leads_away(option: Option) -> bool:
    """Whether a button leads to another issue."""
    return "." in option.go


def is_grave(option: Option) -> bool:
    """Whether much hangs on a button: it leads to an emergency, or states a fact that sets a priority."""
    return option.go == EMERGENCY or option.signal is not None


def written_faults(catalog: Catalog, documents: Mapping[str, Document]) -> Iterator[Fault]:
    """Buttons that would close what is not solved, and those that no walk tries although much hangs on them."""
    for issue, intent in catalog.intents.items():
        for number, step in enumerate(intent.steps):
            for place, option in enumerate(step.options):
                told = _ends_well(option) or _tried(catalog, intent, step, option)
                if told:
                    yield documents[issue].fault(told, "steps", number, "options", place)


def _ends_well(option: Option) -> str | None:
    if option.go != "solved" or (_WELL.search(option.label) and not _NOT_WELL.search(option.label)):
        return None
    return f"`{option.label}` would close it as solved, and does not say that it is: begin it with Yes, or lead on"


def _tried(catalog: Catalog, intent: Intent, step: Step, option: Option) -> str | None:
    if not is_grave(option):
        return None
    pressed = [(walk, turn) for walk in intent.tests.walks for turn in _pressed(walk, step, option)]
    if not pressed:
        return (
            f"no walk presses `{option.label}`: add one, with `step: {step.id}` before it and what must follow "
            f"(of another issue its `step`, or the `ticket`)"
        )
    if not any(_tells(catalog, option, walk, turn) for walk, turn in pressed):
        wanted = "the `step` of the other issue" if _has_steps(catalog, option) else "the `ticket`"
        return f"the walk that presses `{option.label}` does not tell what must follow: write {wanted} there"
    return None


def _pressed(walk: Walk, step: Step, option: Option) -> Iterator[Turn]:
    """The turns of a walk that press this button while this step is before the user."""
    for before, turn in pairwise(walk.turns):
        if before.step == step.id and turn.user == option.label:
            yield turn


def _has_steps(catalog: Catalog, option: Option) -> bool:
    return option.go in catalog.intents and bool(catalog.intents[option.go].steps)


def _tells(catalog: Catalog, option: Option, walk: Walk, turn: Turn) -> bool:
    """Whether a walk says where the button led."""
    if _has_steps(catalog, option):
        return turn.step in {step.id for step in catalog.intents[option.go].steps}
    return walk.ticket is not None


def labels_of(intent: Intent) -> list[str]:
    """The buttons of an issue that lead to another, as they are read."""
    return [option.label for step in intent.steps for option in step.options if leads_away(option)]


def read_faults(assistant: Assistant, intent: Intent) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Buttons whose words are read as another issue than the one that they lead to; each with its place in the file."""
    for number, step in enumerate(intent.steps):
        for place, option in enumerate(step.options):
            if not leads_away(option):
                continue
            nearest = [candidate.issue for candidate in assistant.read(option.label).candidates]
            if option.go not in nearest[:NEAREST]:
                told = f"`{option.label}` leads to {option.go} and is read as {nearest[0]}: mend `go`, or put it in other words"
                yield ("steps", number, "options", place), told
