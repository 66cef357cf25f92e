"""The format of rules/*.yml, and how its patterns become regular expressions."""

import re
from collections.abc import Mapping, Sequence, Set
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field

from bot.understanding.intents.intent_file import Name
from handoff.data_files import DataFaults, Document, Fault, Strict
from handoff.text_files import Review

Reads = Literal["folded", "plain"]
_WORD = re.compile(r"<([a-z_]+)>")
_HEAD = re.compile(r"<[a-z_]+>")
_GROUPED = re.compile(r"\(\?:(<[a-z_]+>)\)")
_ENDLESS = re.compile(r"\)(?:[*+]|\{\d+,\})|(?<!\\)\.(?:[*+]|\{\d+,\})")
_SIGN = re.compile(r"\\.|[()|]")
_EDGES = ("(?<!\\w)", "(?!\\w)")
_EDGES_OR_MARKS = ("(?:(?<!\\w)|(?=[‹›]))", "(?:(?!\\w)|(?<=[‹›]))")


class Rule(Strict):
    """Words that are danger beyond doubt, with the sentences that prove it."""

    id: Name
    means: str
    patterns: Annotated[tuple[str, ...], Field(min_length=1)]
    unless: tuple[str, ...] = ()
    """Excuses near the hit, which stands between ‹ and ›: negation, idiom, somebody's past, a form to fill in."""
    unless_anywhere: tuple[str, ...] = ()
    """Excuses anywhere in the message."""
    whole_words: bool = True
    """False for scripts that put no space between words, or whose vowel signs are no letters to a regex."""
    hears: Annotated[tuple[str, ...], Field(min_length=4)]
    ignores: Annotated[tuple[str, ...], Field(min_length=3)]


class RuleFile(Strict):
    """Rules of one kind, and the groups of words that their patterns share as <name>."""

    review: Review
    reads: Reads = "folded"
    words: Mapping[Name, str | tuple[str, ...]] = Field(default_factory=dict)
    rules: Annotated[tuple[Rule, ...], Field(min_length=1)]


class Patterns:
    """A rule's patterns to search with; the excuses are made ready when the first hit asks for them."""

    def __init__(self, rule: Rule, words: Mapping[str, str]) -> None:
        self._rule, self._words = rule, words
        self.hits = _any_of(rule.patterns, words, _EDGES if rule.whole_words else ("", ""))

    @cached_property
    def near(self) -> re.Pattern[str] | None:
        """The excuses near a hit."""
        edges = _EDGES_OR_MARKS if self._rule.whole_words else ("", "")
        return _any_of(self._rule.unless, self._words, edges) if self._rule.unless else None

    @cached_property
    def anywhere(self) -> re.Pattern[str] | None:
        """The excuses anywhere in the message."""
        edges = _EDGES if self._rule.whole_words else ("", "")
        return _any_of(self._rule.unless_anywhere, self._words, edges) if self._rule.unless_anywhere else None


def check(file: RuleFile, document: Document) -> None:
    """Raises DataFaults with each pattern of a file that is wrong, and its line."""
    names = set(file.words)
    faults = [
        fault
        for name, meant in file.words.items()
        for fault in _faults_in(_joined(meant), names, document, "words", name)
    ]
    ids = [rule.id for rule in file.rules]
    for index, rule in enumerate(file.rules):
        if rule.id in ids[:index]:
            faults.append(document.fault(f"two rules are called `{rule.id}`", "rules", index, "id"))
        for field in ("patterns", "unless", "unless_anywhere"):
            for number, pattern in enumerate(getattr(rule, field)):
                faults += _faults_in(pattern, names, document, "rules", index, field, number)
    if faults:
        raise DataFaults(faults)


def patterns_of(file: RuleFile) -> list[Patterns]:
    """The patterns of every rule of a checked file, in its order."""
    words: dict[str, str] = {}
    for name, meant in file.words.items():
        words[name] = f"(?:{_written_out(_joined(meant), words)})"
    return [Patterns(rule, words) for rule in file.rules]


def _joined(meant: str | tuple[str, ...]) -> str:
    return meant if isinstance(meant, str) else "|".join(meant)


def _any_of(patterns: Sequence[str], words: Mapping[str, str], edges: tuple[str, str]) -> re.Pattern[str]:
    """One expression for all patterns; those that begin with the same <word> try it once, not once for each."""
    tails: dict[str, list[str]] = {}
    for pattern in patterns:
        for branch in _branches(_GROUPED.sub(r"\1", pattern)):
            head = _HEAD.match(branch)
            tails.setdefault(head[0] if head else "", []).append(branch[head.end() :] if head else branch)
    alone = tails.pop("", [])
    joined = "|".join([*(f"{head}(?:{'|'.join(rest)})" for head, rest in tails.items()), *alone])
    return re.compile(f"{edges[0]}(?:{_written_out(joined, words)}){edges[1]}")


def _branches(pattern: str) -> list[str]:
    """The parts of a pattern between the | that stand outside of every group."""
    depth, start, parts = 0, 0, []
    for sign in _SIGN.finditer(pattern):
        depth += {"(": 1, ")": -1}.get(sign[0], 0)
        if sign[0] == "|" and depth == 0:
            parts.append(pattern[start : sign.start()])
            start = sign.end()
    return [*parts, pattern[start:]]


def _written_out(pattern: str, words: Mapping[str, str]) -> str:
    return _WORD.sub(lambda found: words.get(found[1], ""), pattern)


def _faults_in(pattern: str, names: Set[str], document: Document, *place: str | int) -> list[Fault]:
    """What is wrong with a pattern: a <word> that is not there, an endless repetition, no regular expression."""
    unknown = [name for name in _WORD.findall(pattern) if name not in names]
    faults = [document.fault(f"`<{name}>` is not among the words of this file", *place) for name in unknown]
    if _ENDLESS.search(pattern):
        message = f"`{pattern}` can repeat without end: give a highest number, as in {{0,6}}"
        faults.append(document.fault(message, *place))
    try:
        re.compile(_WORD.sub("x", pattern))
    except re.error as error:
        faults.append(document.fault(f"`{pattern}` is not a regular expression: {error.msg}", *place))
    return faults
