"""Rules kept as data (rules/*.yml): what certain words mean, whatever the statistics say of the message."""

import pickle
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from bot.understanding.rules.rule_files import Patterns, Reads, Rule, RuleFile, check, patterns_of
from bot.understanding.text.plain import folded, neat, plain
from handoff.data_files import DataFaults, Document, Fault, read_yaml, shown, validated, yaml_files
from handoff.kept import keep, recall

MOST_HITS = 60
"""Places in one message at which one rule is tried; a message that excuses itself so often says nothing more."""
AROUND = 120
"""Characters before and after a hit within which its excuses are sought."""
MOST_KEPT = 8000
"""So many sentences of the files are at hand as rules read them."""
_MARKS = str.maketrans("‹›", "  ")


@dataclass(frozen=True)
class Said:
    """A message in the forms that rules read."""

    folded: str
    plain: str
    neat: str

    @classmethod
    def of(cls, text: str) -> "Said":
        """The forms of a text; its own ‹ and › are taken out, because excuses use them as marks."""
        whole = text.translate(_MARKS)
        low, kept = plain(whole), neat(whole)
        return cls(folded(whole), low, kept if len(kept) == len(low) else low)

    def read_as(self, reads: Reads) -> str:
        """The form that a file of rules reads."""
        return self.folded if reads == "folded" else self.plain


@dataclass(frozen=True)
class Compiled:
    """A rule ready to be tried on messages."""

    rule: Rule
    file: str
    index: int
    reads: Reads
    patterns: Patterns

    @property
    def name(self) -> str:
        """What the rule is called in a reading: file/id."""
        return f"{self.file}/{self.rule.id}"

    def first(self, said: Said) -> re.Match[str] | None:
        """The first place at which the rule holds and nothing excuses it."""
        text, patterns = said.read_as(self.reads), self.patterns
        if not self.rule.whole_words and text.isascii():
            return None
        found = patterns.hits.search(text)
        if found is None or (patterns.anywhere is not None and patterns.anywhere.search(text)):
            return None
        for _ in range(MOST_HITS):
            if found is None or patterns.near is None or not patterns.near.search(_marked(text, found)):
                return found
            found = patterns.hits.search(text, found.start() + 1)
        return None


def _marked(text: str, found: re.Match[str]) -> str:
    """A hit between ‹ and ›, with the words around it."""
    start, end = found.span()
    return f"{text[max(0, start - AROUND) : start]}‹{found[0]}›{text[end : end + AROUND]}"


@dataclass(frozen=True)
class Rulebook:
    """Every rule."""

    rules: tuple[Compiled, ...]
    documents: Mapping[str, Document]

    def fired(self, text: str) -> tuple[str, ...]:
        """Names of the rules that hold; linear in the length of the text."""
        said = Said.of(text)
        return tuple(rule.name for rule in self.rules if rule.first(said) is not None)

    def faults(self) -> list[Fault]:
        """The rules' own tests that fail: sentences that must be heard and are not, or the other way round."""
        return sorted(fault for rule in self.rules for fault in self._faults_of(rule))

    def _faults_of(self, rule: Compiled) -> Iterator[Fault]:
        document = self.documents[rule.file]
        for number, sentence in enumerate(rule.rule.hears):
            message = _not_heard(rule, sentence)
            if message:
                yield document.fault(message, "rules", rule.index, "hears", number)
        for number, text in enumerate(rule.rule.ignores):
            if (found := rule.first(said_in_files(text))) is not None:
                message = f"`{text}` is heard as {rule.rule.id} (`{found[0]}`)"
                yield document.fault(message, "rules", rule.index, "ignores", number)


@lru_cache(maxsize=MOST_KEPT)
def said_in_files(sentence: str) -> Said:
    """A sentence of the files in all forms: every look at them asks for it. What people write is never kept."""
    return Said.of(sentence)


def _not_heard(rule: Compiled, sentence: str) -> str | None:
    return None if rule.first(said_in_files(sentence)) else f"`{sentence}` is not heard as {rule.rule.id}"


def load_rules(folder: Path, cache: Path | None = None) -> Rulebook:
    """The rules of a folder; raises DataFaults with every fault. `cache` keeps checked files, by their content."""
    root = folder.resolve().parents[2]
    rules: list[Compiled] = []
    documents: dict[str, Document] = {}
    faults: list[Fault] = []
    paths = list(yaml_files(folder.resolve()))
    for path in paths:
        try:
            file, documents[path.stem] = _read(path, root, cache)
        except DataFaults as error:
            faults += error.faults
            continue
        made = zip(file.rules, patterns_of(file), strict=True)
        rules += [Compiled(rule, path.stem, index, file.reads, found) for index, (rule, found) in enumerate(made)]
    if not paths:
        faults.append(Fault(shown(folder, root), 1, "no rules here: the folder holds no .yml file"))
    rulebook = Rulebook(tuple(rules), documents)
    if faults:
        raise DataFaults(faults, rulebook)
    return rulebook


def _read(path: Path, root: Path, cache: Path | None) -> tuple[RuleFile, Document]:
    """A file whose every pattern is right."""
    intents = Path(__file__).parents[1] / "intents" / "intent_file.py"
    sources = (path, Path(__file__), Path(__file__).with_name("rule_files.py"), intents)
    kept = cache / f"rules-{sha256(b''.join(map(_content, sources))).hexdigest()[:32]}.pickle" if cache else None
    if kept and (content := recall(kept)) is not None:
        file, document = pickle.loads(content)  # noqa: S301 - our own cache, keyed by content
        return file, document
    document = read_yaml(path, root)
    file = validated(RuleFile, document)
    check(file, document)
    if kept:
        keep(kept, pickle.dumps((file, document)))
    return file, document


def _content(path: Path) -> bytes:
    """The bytes of a file, or none: what cannot be read is told as a fault by whoever reads it next."""
    return path.read_bytes() if path.is_file() else b""
