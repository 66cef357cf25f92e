"""Everything that can be wrong in the files that leads edit: schema, names, wording, near-duplicates; with file and line."""

import re
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

from jinja2 import Environment, TemplateSyntaxError
from rapidfuzz import fuzz

from bot.dialogue.lines import load_lines
from bot.understanding.articles import load_library
from bot.understanding.catalog import Catalog, load_catalog
from bot.understanding.intent_file import Intent
from bot.understanding.rules import load_rules
from bot.understanding.text import plain
from handoff.data_files import DataFaults, Document, Fault, Parsed, read_yaml, shown
from handoff.notices import TEMPLATES
from handoff.policy import Communication, Policy, load_policy

RULES = Path(__file__).resolve().parents[1] / "understanding" / "rules"
GUIDE = Path(__file__).resolve().parents[2] / "handoff" / "guide"
LINES = Path(__file__).resolve().parents[1] / "dialogue" / "lines.yml"
TOO_ALIKE = 96.0
FOR_STAFF = ("tier2_card", "weekly_report", "action_item")
"""Templates that only staff read, in the guide's own words: tiers, SLA."""


class Wording:
    """The guide's communication rules over any text that a person can read."""

    def __init__(self, rules: Communication) -> None:
        self._rules = [(name, rule.say, rule.do, _matcher(rule.words)) for name, rule in rules.rules.items()]
        self._secrets = _matcher(rules.asks_for_secrets.words)

    def faults(self, text: str) -> Iterator[str]:
        """What is wrong with the wording, in words."""
        for _, say, do, words in self._rules:
            found = words.search(text)
            if found:
                yield f"`{found[0]}` {say}: {do}"
        found = self._secrets.search(text)
        if found:
            yield f"`{found[0]}` asks for a secret: never ask for a password, a code or a card number"


def _matcher(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{'|'.join(words)})(?![\w-])", re.IGNORECASE)


def check_everything(intents: Path, articles: Path) -> list[Fault]:
    """Every fault of every file, sorted by place; empty when all is well."""
    faults: list[Fault] = []
    try:
        policy = load_policy()
    except DataFaults as error:
        return error.faults
    wording = Wording(policy.communication)
    faults += check_intents(intents, policy)
    faults += _articles(articles, policy, wording)
    faults += _lines(wording)
    faults += list(_templates(wording))
    faults += list(_kinds(policy, wording))
    try:
        faults += load_rules(RULES).faults()
    except DataFaults as error:
        faults += error.faults
    return sorted(set(faults))


def check_intents(folder: Path, policy: Policy) -> list[Fault]:
    """Every fault of the intents files alone."""
    wording = Wording(policy.communication)
    try:
        catalog = load_catalog(folder, Parsed.folder)
    except DataFaults as error:
        return error.faults
    faults: list[Fault] = []
    root = folder.resolve().parent
    for intent in catalog.intents.values():
        path = (
            root / catalog.files[intent.id]
            if (root / catalog.files[intent.id]).exists()
            else Path(catalog.files[intent.id])
        )
        document = read_yaml(path, root)
        faults += _names(intent, document, policy)
        faults += _worded(intent, document, wording)
        faults += _tests_apart(intent, document, catalog)
    faults += _too_alike(catalog)
    return faults


def _names(intent: Intent, document: Document, policy: Policy) -> Iterator[Fault]:
    signals = policy.priorities.signals
    for index, rule in enumerate(intent.signals):
        if rule.signal not in signals:
            yield document.fault(f"signal `{rule.signal}` is not in handoff/guide/priorities.yml", "signals", index)
    for index, step in enumerate(intent.steps):
        for number, option in enumerate(step.options):
            if option.signal and option.signal not in signals:
                yield document.fault(
                    f"signal `{option.signal}` is not in handoff/guide/priorities.yml",
                    "steps",
                    index,
                    "options",
                    number,
                )
    for index, page in enumerate(intent.kb):
        if page.partition("#")[0] not in policy.knowledge_base.pages():
            yield document.fault(f"`{page}` is no page of the knowledge base", "kb", index)
    if intent.reason and intent.reason not in policy.escalation.to_tier_2:
        yield document.fault(f"reason `{intent.reason}` is not in handoff/guide/escalation.yml", "reason")
    known = {row.id for row in policy.escalation.gather}
    for index, name in enumerate(intent.gather):
        if name not in known:
            yield document.fault(f"`{name}` is no question of handoff/guide/escalation.yml", "gather", index)


def _worded(intent: Intent, document: Document, wording: Wording) -> Iterator[Fault]:
    read: list[tuple[str, tuple[str | int, ...]]] = [(intent.title, ("title",)), (intent.answer, ("answer",))]
    for index, step in enumerate(intent.steps):
        read += [(step.say, ("steps", index, "say")), (step.ask, ("steps", index, "ask"))]
        read += [(text, ("steps", index, "say_for", role)) for role, text in step.say_for.items()]
        read += [(option.label, ("steps", index, "options", n)) for n, option in enumerate(step.options)]
    for index, detail in enumerate(intent.details):
        read += [(text, ("details", index)) for text in (detail.ask, detail.label, *detail.choices)]
    for text, place in read:
        for message in wording.faults(text):
            yield document.fault(message, *place)


def _tests_apart(intent: Intent, document: Document, catalog: Catalog) -> Iterator[Fault]:
    examples = {plain(phrase.text): phrase for phrase in catalog.phrases}
    sentences = [(text, ("tests", "match", n)) for n, text in enumerate(intent.tests.match)]
    sentences += [(miss.text, ("tests", "near_miss", n)) for n, miss in enumerate(intent.tests.near_miss)]
    for text, place in sentences:
        twin = examples.get(plain(text))
        if twin is not None:
            yield document.fault(
                f"`{text}` is also an example ({twin.file}:{twin.line}): a test must not train", *place
            )


def _too_alike(catalog: Catalog) -> Iterator[Fault]:
    """The same sentence under two issues pulls both the wrong way."""
    seen: dict[str, tuple[str, str, int]] = {}
    for phrase in catalog.phrases:
        key = " ".join(sorted(plain(phrase.text).split()))
        twin = seen.get(key)
        if twin is not None:
            yield Fault(
                phrase.file, phrase.line, f"`{phrase.text}` also stands in {twin[1]}:{twin[2]} ({twin[0]}): keep one"
            )
        seen[key] = (phrase.label, phrase.file, phrase.line)
    by_length: dict[int, list[tuple[str, str, str, int]]] = {}
    for phrase in catalog.phrases:
        text = plain(phrase.text)
        by_length.setdefault(len(text) // 8, []).append((text, phrase.label, phrase.file, phrase.line))
    for group in by_length.values():
        for one, other in combinations(group, 2):
            if one[1] != other[1] and one[0] != other[0] and fuzz.ratio(one[0], other[0], score_cutoff=TOO_ALIKE) > 0:
                yield Fault(
                    other[2], other[3], f"`{other[0]}` is nearly `{one[0]}` in {one[2]}:{one[3]} ({one[1]}): keep one"
                )


def _articles(folder: Path, policy: Policy, wording: Wording) -> list[Fault]:
    try:
        library = load_library(policy.knowledge_base, folder)
    except DataFaults as error:
        return error.faults
    faults = []
    root = folder.resolve().parent
    for article in library.articles.values():
        path = folder / f"{article.page}.md"
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            faults += [Fault(shown(path.resolve(), root), number, message) for message in wording.faults(line)]
    return faults


def _lines(wording: Wording) -> list[Fault]:
    try:
        load_lines()
        document = read_yaml(LINES, LINES.parents[2])
    except DataFaults as error:
        return error.faults
    return [
        document.fault(message, "lines", name)
        for name, text in document.data["lines"].items()
        for message in wording.faults(text)
    ]


def _kinds(policy: Policy, wording: Wording) -> Iterator[Fault]:
    """The words by kind of ticket, and those about the way of the answer, which users read."""
    document = read_yaml(GUIDE / "kinds.yml", GUIDE.parents[1])
    for name, kind in policy.kinds.kinds.items():
        for text in (kind.care, kind.meanwhile, *kind.updates, kind.solved, kind.afterwards, kind.subject):
            yield from (document.fault(message, "kinds", name) for message in wording.faults(text))
    document = read_yaml(GUIDE / "reach.yml", GUIDE.parents[1])
    for route, text in policy.reach.routes.items():
        yield from (document.fault(message, "routes", route) for message in wording.faults(text))


def _templates(wording: Wording) -> Iterator[Fault]:
    environment = Environment(autoescape=True)
    for path in sorted(TEMPLATES.glob("*.j2")):
        text = path.read_text(encoding="utf-8")
        file = shown(path, TEMPLATES.parents[1])
        try:
            environment.parse(text)
        except TemplateSyntaxError as error:
            yield Fault(file, error.lineno, f"not a valid template: {error.message}")
            continue
        if path.stem in FOR_STAFF:
            continue
        for number, line in enumerate(text.splitlines(), start=1):
            for message in wording.faults(line):
                yield Fault(file, number, message)
