"""Rules kept as data (rules/*.yml): what certain words mean, whatever the statistics say of the message."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, model_validator

from bot.understanding.intent_file import IntentId, Name, Review
from bot.understanding.language import language_of
from bot.understanding.reading import Heard
from bot.understanding.text import folded, neat, plain
from handoff.data_files import DataFaults, Document, Fault, Strict, read_yaml, validated, yaml_files

MOST_HITS = 60
"""Places in one message at which one rule is tried; what lies behind is heard by no rule of that name."""
AROUND = 120
"""Characters before and after a hit within which its excuses are sought."""
_WORD = re.compile(r"<([a-z_]+)>")
_ENDLESS = re.compile(r"\)(?:[*+]|\{\d+,\})|(?<!\\)\.(?:[*+]|\{\d+,\})")
_BRACKETS = str.maketrans("‹›", "  ")


class Told(Strict):
    """A sentence, and the detail that must be heard in it."""

    text: str
    value: str


class Rule(Strict):
    """One thing that words can mean, with the sentences that prove it."""

    id: Name
    means: str
    patterns: Annotated[tuple[str, ...], Field(min_length=1)]
    unless: tuple[str, ...] = ()
    """Excuses near the hit, which stands between ‹ and ›: negation, idiom, somebody's past, a form to fill in."""
    unless_anywhere: tuple[str, ...] = ()
    """Excuses anywhere in the message."""
    whole_words: bool = True
    """False for scripts that put no space between words, or whose vowel signs are no letters to a regex."""
    signals: tuple[Name, ...] = ()
    issue: IntentId | None = None
    act: Name | None = None
    detail: Name | None = None
    value: str | None = None
    """The detail itself, where the words only point to it; otherwise it is what the first group holds."""
    language: Annotated[str, Field(pattern=r"^[a-z]{2}$")] | None = None
    hears: Annotated[tuple[str | Told, ...], Field(min_length=8)]
    ignores: Annotated[tuple[str, ...], Field(min_length=5)]

    @model_validator(mode="after")
    def _says_something(self) -> "Rule":
        if not (self.signals or self.issue or self.act or self.detail):
            raise ValueError("a rule needs a result: `signals`, `issue`, `act` or `detail`")
        return self


class RuleFile(Strict):
    """Rules of one kind, and the groups of words that their patterns share as <name>."""

    review: Review
    reads: Literal["folded", "plain"] = "folded"
    words: dict[Name, str | tuple[str, ...]] = {}
    rules: Annotated[tuple[Rule, ...], Field(min_length=1)]


@dataclass(frozen=True)
class Said:
    """A message in the forms that rules read."""

    folded: str
    plain: str
    neat: str

    @classmethod
    def of(cls, text: str) -> "Said":
        """The forms of a text; its own ‹ and › are taken out, because excuses use them as marks."""
        whole = text.translate(_BRACKETS)
        low, kept = plain(whole), neat(whole)
        return cls(folded(whole), low, kept if len(kept) == len(low) else low)


@dataclass(frozen=True)
class Compiled:
    """A rule ready to be tried on messages."""

    rule: Rule
    name: str
    reads: Literal["folded", "plain"]
    hits: re.Pattern[str]
    near: re.Pattern[str] | None
    anywhere: re.Pattern[str] | None

    def first(self, said: Said) -> re.Match[str] | None:
        """The first place at which the rule holds and nothing excuses it."""
        text = said.folded if self.reads == "folded" else said.plain
        found = self.hits.search(text)
        if found is None or (self.anywhere is not None and self.anywhere.search(text)):
            return None
        for _ in range(MOST_HITS):
            if found is None or self.near is None or not self.near.search(_marked(text, found)):
                return found
            found = self.hits.search(text, found.start() + 1)
        return None

    def told(self, found: re.Match[str], said: Said) -> str:
        """The detail that a hit tells, in the user's own words and case."""
        if self.rule.value is not None or found.lastindex is None:
            return self.rule.value or found[0]
        start, end = found.span(found.lastindex)
        return (said.neat if self.reads == "plain" else said.folded)[start:end].strip(" .,;:!?'\"")


def _marked(text: str, found: re.Match[str]) -> str:
    """A hit between ‹ and ›, with the words around it."""
    start, end = found.span()
    return f"{text[max(0, start - AROUND) : start]}‹{found[0]}›{text[end : end + AROUND]}"


@dataclass(frozen=True)
class Rulebook:
    """Every rule; where two name an issue, the one that stands first in its file wins."""

    rules: tuple[Compiled, ...]
    documents: Mapping[str, Document]

    def hear(self, text: str) -> Heard:
        """What the rules hear in a message; linear in its length."""
        said = Said.of(text)
        fired = [(rule, found) for rule in self.rules if (found := rule.first(said)) is not None]
        issues = (rule.rule.issue for rule, _ in fired if rule.rule.issue)
        spoken = next((rule.rule.language for rule, _ in fired if rule.rule.language), None)
        details: dict[str, str] = {}
        for rule, found in fired:
            if rule.rule.detail and (value := rule.told(found, said)):
                details.setdefault(rule.rule.detail, value)
        return Heard(
            signals=tuple(dict.fromkeys(signal for rule, _ in fired for signal in rule.rule.signals)),
            issue=next(issues, None),
            details=details,
            acts=tuple(dict.fromkeys(rule.rule.act for rule, _ in fired if rule.rule.act)),
            rules=tuple(rule.name for rule, _ in fired),
            language=spoken or language_of(text),
        )

    def faults(self) -> list[Fault]:
        """The rules' own tests that fail: sentences that must be heard and are not, or must be ignored and are heard."""
        return sorted(fault for rule in self.rules for fault in self._faults_of(rule))

    def _faults_of(self, rule: Compiled) -> Iterator[Fault]:
        file, _, _ = rule.name.partition("/")
        document = self.documents[file]
        index = next(n for n, entry in enumerate(document.data["rules"]) if entry["id"] == rule.rule.id)
        for number, sentence in enumerate(rule.rule.hears):
            said = Said.of(sentence if isinstance(sentence, str) else sentence.text)
            found = rule.first(said)
            if found is None:
                yield document.fault(f"`{said.neat}` is not heard as {rule.rule.id}", "rules", index, "hears", number)
            elif isinstance(sentence, Told) and rule.told(found, said) != sentence.value:
                told = rule.told(found, said)
                message = f"`{said.neat}` tells `{told}` instead of `{sentence.value}`"
                yield document.fault(message, "rules", index, "hears", number)
        for number, text in enumerate(rule.rule.ignores):
            if (found := rule.first(Said.of(text))) is not None:
                message = f"`{text}` is heard as {rule.rule.id} (`{found[0]}`)"
                yield document.fault(message, "rules", index, "ignores", number)


def load_rules(folder: Path) -> Rulebook:
    """The rules of a folder; raises DataFaults with every fault of every file and its line."""
    rules: list[Compiled] = []
    documents: dict[str, Document] = {}
    faults: list[Fault] = []
    for path in yaml_files(folder):
        try:
            document = read_yaml(path, folder.parents[2] if len(folder.parents) > 2 else folder)
            documents[path.stem] = document
            rules += _compiled(path.stem, validated(RuleFile, document), document)
        except DataFaults as error:
            faults += error.faults
    if not documents and not faults:
        faults.append(Fault(folder.as_posix(), 1, "no rules here: the folder holds no .yml file"))
    if faults:
        raise DataFaults(faults)
    return Rulebook(tuple(rules), documents)


def _compiled(stem: str, file: RuleFile, document: Document) -> list[Compiled]:
    faults: list[Fault] = []
    words: dict[str, str] = {}
    for name, meant in file.words.items():
        source = meant if isinstance(meant, str) else "|".join(meant)
        words[name] = f"(?:{_written_out(source, words, document, faults, 'words', name)})"
    rules = []
    seen: set[str] = set()
    for index, rule in enumerate(file.rules):
        if rule.id in seen:
            faults.append(document.fault(f"two rules are called `{rule.id}`", "rules", index, "id"))
        seen.add(rule.id)
        parts = [
            [
                _written_out(pattern, words, document, faults, "rules", index, field, n)
                for n, pattern in enumerate(getattr(rule, field))
            ]
            for field in ("patterns", "unless", "unless_anywhere")
        ]
        if not faults:
            edges = ("(?<!\\w)", "(?!\\w)") if rule.whole_words else ("", "")
            marks = ("(?:(?<!\\w)|(?=[‹›]))", "(?:(?!\\w)|(?<=[‹›]))") if rule.whole_words else ("", "")
            hits, near, anywhere = _any_of(parts[0], edges), _any_of(parts[1], marks), _any_of(parts[2], edges)
            assert hits is not None
            rules.append(Compiled(rule, f"{stem}/{rule.id}", file.reads, hits, near, anywhere))
    if faults:
        raise DataFaults(faults)
    return rules


def _any_of(patterns: list[str], edges: tuple[str, str]) -> re.Pattern[str] | None:
    return re.compile(f"{edges[0]}(?:{'|'.join(patterns)}){edges[1]}") if patterns else None


def _written_out(
    pattern: str, words: Mapping[str, str], document: Document, faults: list[Fault], *place: str | int
) -> str:
    """A pattern with its <words> in place; what is wrong with it goes to the faults."""
    for name in _WORD.findall(pattern):
        if name not in words:
            faults.append(document.fault(f"`<{name}>` is not among the words of this file", *place))
    written = _WORD.sub(lambda found: words.get(found[1], ""), pattern)
    if _ENDLESS.search(pattern):
        faults.append(document.fault(f"`{pattern}` can repeat without end: give a highest number, as in {{0,6}}", *place))
    try:
        re.compile(written)
    except re.error as error:
        faults.append(document.fault(f"`{pattern}` is not a regular expression: {error.msg}", *place))
    return written
