"""The gate: what must be true before anything goes live. `check`, hot reload and every other way ask this, and only this."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from bot.actions import alert_words
from bot.actions.message_limits import read_limits
from bot.authoring import (
    audience,
    button_labels,
    buttons,
    danger_told,
    examples,
    excuses,
    letter_blocks,
    must_stop,
    must_tell,
    on_screen,
    opposites,
    other_languages,
    phrases,
    pinned,
    references,
    required_tests,
    results,
    reviews,
    risk_checks,
    safety_lines,
    slots,
    step_texts,
    walks,
)
from bot.authoring.content_paths import ContentPaths
from bot.authoring.gate_run import GateRun
from bot.authoring.strangers import IssueFiles
from bot.authoring.wording_checks import meant_faults, worded_faults
from bot.dialogue.assistant import Assistant
from bot.mind import HELP, Mind, build_mind
from bot.understanding.articles import Library, load_library
from bot.understanding.encoding.encoder import Encoder
from bot.understanding.encoding.remembering import remembering
from bot.understanding.intents.catalog import Catalog, load_catalog
from bot.understanding.rules.rulebook import Rulebook, load_rules
from handoff.data_files import Document, Fault, read_yaml
from handoff.kept import keep, recall
from handoff.policy.loading import load_policy
from handoff.policy.model import Policy

Told = Callable[[str, float], None]
"""Told what is being looked at, and the part that is done (0 to 1)."""


@dataclass(frozen=True)
class _Known:
    """What tells the meaning of words, or as much of it as could be read."""

    policy: Policy
    catalog: Catalog
    documents: Mapping[str, Document]


@dataclass(frozen=True)
class _Whole(_Known):
    """Everything that could be read, when all of it could."""

    library: Library


class _Read(NamedTuple):
    """As much as could be read."""

    policy: Policy | None
    catalog: Catalog | None
    library: Library | None
    rulebook: Rulebook | None
    all_rules: bool


OF_FILES = (
    *(slots.slot_faults, on_screen.file_faults, button_labels.label_faults, opposites.opposite_faults),
    *(letter_blocks.block_faults, results.kind_faults, audience.audience_faults),
    *(reviews.owner_faults, reviews.signed_faults),
    *(risk_checks.answer_faults, must_tell.told_faults, must_tell.line_faults, safety_lines.safety_faults),
)
"""What is asked of the files alone."""


def faults_of(
    places: ContentPaths, encoder: Encoder | None, cache: Path | None, told: Told | None = None
) -> list[Fault]:
    """Every fault of every file, sorted by place; empty when all may go live. What is written is looked at first: only from
    files without a fault is anything learnt, so that a wrong word is told within seconds."""
    say = told or (lambda _what, _part: None)
    looking = GateRun(places, cache)
    read, whole = _looked_through(looking, say)
    if read is not None and encoder is not None:
        looking.add(lambda: meant_faults(looking, read.policy, IssueFiles(read.catalog, read.documents), encoder))
    if whole is None or looking.faults:
        return _in_order(looking)
    tried = _tried_place(places, whole, encoder, cache)
    if tried is None or recall(tried) is None:
        say("learning", 0.3)
        with remembering(encoder, cache) as reading:
            mind = looking.opened(lambda: _mind(places, whole, reading, cache))
            if mind is not None:
                looking.add(lambda: _tried(mind, whole, say))
        if tried is not None and not looking.faults:
            keep(tried, b"")
    return _in_order(looking)


WORDING: dict[str, Any] = {
    "answer": True,
    "review": True,
    "kb": True,
    "steps": {"__all__": {"say", "say_for", "always"}},
    "glossary": {"__all__": {"say"}},
}
"""What of an intents file people read and nothing else hangs on."""


def _tried_place(places: ContentPaths, whole: _Whole, encoder: Encoder | None, cache: Path | None) -> Path | None:
    """Where it is kept that all sentences and walks went well with this meaning: new wording alone tries none of them again."""
    if cache is None:
        return None
    bare = [intent.model_dump_json(exclude=WORDING) for intent in whole.catalog.intents.values()]
    named = "\n".join([encoder.name if encoder else "", *bare])
    return cache / f"tried-{places.meaning(named.encode())}"


def written_faults(places: ContentPaths, cache: Path | None = None) -> list[Fault]:
    """The part of the gate that learns nothing: for tests, and for what is only proposed."""
    looking = GateRun(places, cache)
    _looked_through(looking, lambda _what, _part: None)
    return _in_order(looking)


def _in_order(looking: GateRun) -> list[Fault]:
    return sorted({_placed(fault, looking.places) for fault in looking.faults})


def _looked_through(looking: GateRun, say: Told) -> tuple[_Known | None, _Whole | None]:
    """What is asked without learning; what could be read, and all of it when it is whole. One file's fault hides no other's."""
    places = looking.places
    say("words", 0.0)
    policy, catalog, library, rulebook, all_rules = _read(looking)
    all_read = looking.all_read
    for asked in OF_FILES:
        looking.add(partial(asked, places))
    looking.opened(lambda: read_limits(places.limits))
    looking.add(lambda: alert_words.file_faults(places.troubles, places.channels))
    looking.add(lambda: danger_told.late_faults(looking.texts[0]))
    looking.add(lambda: results.result_faults(looking.texts[0]))
    looking.add(lambda: step_texts.item_faults(looking.texts[0]))
    if policy is not None:
        looking.add(lambda: worded_faults(looking, policy))
        looking.add(lambda: other_languages.holding_faults(places, policy))
        looking.add(lambda: danger_told.number_faults(places, policy))
    if library is not None:
        looking.add(lambda: on_screen.article_faults(library))
        looking.add(lambda: step_texts.named_twice_faults(library))
        looking.add(lambda: reviews.article_faults(library))
    missing = list(references.needed_by_code(places))
    looking.faults += missing
    documents = _documents(places, catalog) if catalog is not None else {}
    if catalog is not None:
        _issues_looked_through(looking, policy, catalog, documents)
    say("rules", 0.1)
    if all_rules and rulebook is not None:
        looking.add(lambda: must_stop.unheard_faults(places, rulebook))
    if rulebook is not None:
        _rules_looked_through(looking, catalog, documents, rulebook)
    if policy is None or catalog is None:
        return None, None
    known = _Known(policy, catalog, documents)
    if not all_read or library is None:
        return known, None
    looking.add(lambda: buttons.written_faults(catalog, documents))
    looking.add(lambda: references.reference_faults(places, policy, catalog, documents, library))
    return known, None if missing else _Whole(policy, catalog, documents, library)


def _issues_looked_through(
    looking: GateRun, policy: Policy | None, catalog: Catalog, documents: Mapping[str, Document]
) -> None:
    """What can be asked of each issue by itself."""
    places = looking.places
    looking.add(lambda: phrases.phrase_faults(catalog, documents))
    looking.add(lambda: examples.twin_faults(catalog))
    looking.add(lambda: step_texts.issue_faults(catalog, documents))
    looking.add(lambda: required_tests.test_faults(catalog, documents))
    looking.add(lambda: must_tell.calm_faults(places, catalog, documents))
    looking.add(lambda: danger_told.step_faults(catalog, documents))
    if policy is not None:
        looking.add(lambda: on_screen.issue_faults(places, policy, catalog, documents))
        looking.add(lambda: risk_checks.number_faults(places, policy, catalog, documents))
        looking.add(lambda: pinned.issue_faults(policy, catalog, documents))


def _rules_looked_through(
    looking: GateRun, catalog: Catalog | None, documents: Mapping[str, Document], rulebook: Rulebook
) -> None:
    """The rules' own sentences, and what they hear in the issues."""
    places, cache = looking.places, looking.cache
    looking.add(lambda: iter(rulebook.faults()))
    looking.add(lambda: excuses.excuse_faults(rulebook))
    if catalog is not None:
        looking.add(lambda: pinned.danger_faults(catalog, documents, rulebook, phrases.rules_key(places)))
        looking.add(lambda: phrases.rule_faults(catalog, rulebook, rulebook.documents, places, cache))


def _read(looking: GateRun) -> _Read:
    places, cache = looking.places, looking.cache
    policy = looking.opened(lambda: load_policy(places.guide))
    looking.add(lambda: references.file_names(places))
    looking.add(lambda: references.unread_words(places.intents))
    catalog = looking.opened(lambda: load_catalog(places.intents, cache, references.ids_in_code()))
    before = len(looking.faults)
    looking.add(lambda: references.article_files(places))
    library, tree = None, getattr(policy, "knowledge_base", None)
    if tree is not None and len(looking.faults) == before:
        library = looking.opened(lambda: load_library(tree, places.articles))
    before = len(looking.faults)
    rulebook = looking.opened(lambda: load_rules(places.rules, cache))
    return _Read(policy, catalog, library, rulebook, len(looking.faults) == before)


def _documents(places: ContentPaths, catalog: Catalog) -> dict[str, Document]:
    root = places.intents.resolve().parent
    return {issue: read_yaml(places.intents.resolve() / Path(file).name, root) for issue, file in catalog.files.items()}


def _mind(places: ContentPaths, whole: _Whole, encoder: Encoder | None, cache: Path | None) -> Mind:
    """What would go live, as it is on the day of the newest review: so that the verdict follows from the files alone."""
    day: date = max(article.about.reviewed for article in whole.library.articles.values())
    folders = (places.intents, places.articles)
    spoken = {"rules": places.rules, "lines": places.lines, "languages": places.languages}
    return build_mind(whole.policy, *folders, encoder, cache, HELP, day, **spoken)


def _tried(mind: Mind, whole: _Whole, say: Told) -> Iterator[Fault]:
    """Every file's own sentences, near-misses and walks."""
    assistant = _having_read(mind, walks.said_in(mind.catalog.intents.values()))
    for number, (issue, intent) in enumerate(mind.catalog.intents.items()):
        say("sentences and walks", 0.5 + 0.5 * number / len(whole.documents))
        told = [
            *walks.sentence_faults(assistant, issue, intent),
            *walks.heard_faults(assistant, whole.policy, intent),
            *walks.walk_faults(assistant, whole.policy, intent),
            *buttons.read_faults(assistant, intent),
        ]
        yield from (whole.documents[issue].fault(message, *place) for place, message in told)


def _having_read(mind: Mind, texts: Sequence[str]) -> Assistant:
    """An assistant that has read these texts at once."""
    read = dict(zip(texts, mind.reader.read_many(texts), strict=True))
    return replace(mind.assistant, read=read.__getitem__)


def _placed(fault: Fault, places: ContentPaths) -> Fault:
    """A fault that was told for a whole file stands where the name that it is about stands."""
    if fault.line != 1 or "`" not in fault.message:
        return fault
    path = next((path for path in places.files() if path.as_posix().endswith(fault.file)), None)
    try:
        rows = path.read_text(encoding="utf-8").splitlines() if path else []
    except (OSError, UnicodeDecodeError):
        return fault
    name = fault.message.split("`")[1]
    return replace(fault, line=next((n for n, row in enumerate(rows, 1) if name in row), 1))
