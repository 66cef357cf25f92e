"""Examples that belong to another issue: almost in its words, or by what strangers mean; and those that say nothing of their own."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from bot.authoring.phrases import CHAT, EMPTY_WORDS, plain
from bot.authoring.strangers import IssueFiles, Strangers
from bot.understanding.encoding.encoder import Vectors
from bot.understanding.intents.catalog import Catalog
from bot.understanding.intents.intent_file import Intent
from bot.understanding.intents.names import UNKNOWN
from bot.understanding.matching.cache import cached_vectors
from bot.understanding.reading import Phrase
from bot.understanding.text.cuts import WORD_OR_SHORT
from handoff.data_files import Fault, read_yaml

FEWEST_ALIKE, FEWEST_NEAR = 3, 4
"""So many words make two sentences the same in another order, and so many in common make them nearly the same."""
NEAREST = 5
"""Among so many of the nearest examples is one of its own, for nearly every example that stands in the files."""
MEANT, NEARER, NEXT_TO = 0.8, 0.2, 0.78
"""From which chance on strangers mean another issue, and how much nearer than any of its own (or how near at all) an example of that
lies: of 1,900 that stand in the files none comes to it, outside the issues that are about the talk or about anything else."""
TALK = 0.6
"""From which chance on a sentence is a reply or a part of the talk, where no word of it is borne out by its issue."""
ONLY_AN_ANSWER = "only_an_answer"
STEM, SHORTEST = 5, 3


@dataclass(frozen=True)
class _Nearest:
    """How near the nearest of its own and of any other issue lie, which that is, and how many of the nearest are its own."""

    own: float
    other: float
    issue: str
    of_own: int


def twin_faults(catalog: Catalog) -> Iterator[Fault]:
    """Examples of two issues that are nearly the same: other order, a please more, a word changed that tells nothing."""
    seen: dict[frozenset[str], Phrase] = {}
    for phrase in catalog.phrases:
        words = _told(phrase.text)
        keys = {words} if len(words) >= FEWEST_ALIKE else set()
        keys |= {words - {word} for word in words & _empty("words") if len(words) > FEWEST_NEAR}
        twin = next((seen[key] for key in keys if key in seen and seen[key].label != phrase.label), None)
        if twin is not None:
            told = f"`{phrase.text}` is nearly `{twin.text}` in {twin.file}:{twin.line} ({twin.label}): keep one"
            yield Fault(phrase.file, phrase.line, told)
        for key in keys:
            seen.setdefault(key, phrase)


def elsewhere_faults(files: IssueFiles, strangers: Strangers, issues: Collection[str]) -> Iterator[Fault]:
    """Examples of these issues by which strangers mean another, and that lie among the examples of that one; or that are only
    talk. Each is judged beside all others as they are when it is written."""
    intents, phrases = files.catalog.intents, list(files.catalog.phrases)
    judged = [number for number, one in enumerate(phrases) if one.label in issues and not _is_of_anything(one.label)]
    if strangers.models is None or not judged:
        return
    vectors = cached_vectors([plain(phrase.text) for phrase in phrases], strangers.encoder, strangers.cache)
    meant = strangers.understood([phrases[number].text for number in judged])
    borne_out = {issue: _borne_out(intents[issue]) for issue in issues}
    for number, (issue, chance, _), near in zip(judged, meant, _nearest(phrases, vectors, judged), strict=True):
        phrase = phrases[number]
        if near.of_own:
            continue
        place = ("examples", _number(intents[phrase.label], phrase))
        close = near.other - near.own >= NEARER or near.other >= NEXT_TO
        if issue == near.issue and chance >= MEANT and close:
            told = f"`{phrase.text}` is what people write who mean {issue}: put it there, or say what is meant here"
            yield files.documents[phrase.label].fault(told, *place)
        elif chance >= TALK and _is_talk(issue) and not _is_borne_out(phrase.text, borne_out[phrase.label]):
            told = f"`{phrase.text}` says nothing of {phrase.label}: say what the trouble is, or take it out"
            yield files.documents[phrase.label].fault(told, *place)


def _is_of_anything(issue: str) -> bool:
    return issue.startswith(CHAT) or issue == UNKNOWN


def _is_talk(issue: str) -> bool:
    return issue == ONLY_AN_ANSWER or issue.startswith(CHAT)


def _number(intent: Intent, phrase: Phrase) -> int:
    return intent.examples.index(phrase.text) if phrase.text in intent.examples else 0


def _nearest(phrases: Sequence[Phrase], vectors: Vectors, judged: Sequence[int]) -> Iterator[_Nearest]:
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit = vectors / np.where(length == 0, 1, length)
    alike = unit[list(judged)] @ unit.T
    alike[np.arange(len(judged)), list(judged)] = -1.0
    labels = np.array([phrase.label for phrase in phrases])
    for row, number in zip(alike, judged, strict=True):
        own = labels == labels[number]
        others = np.where(own, -1.0, row)
        nearest = np.argpartition(-row, min(NEAREST, len(row) - 1))[:NEAREST]
        mine = float(row[own].max())
        yield _Nearest(mine, float(others.max()), str(labels[others.argmax()]), int(own[nearest].sum()))


def _borne_out(intent: Intent) -> Counter[str]:
    """In how many places of its file each word stands that tells something."""
    said = [intent.title, *intent.keywords, *intent.examples]
    said += [text for rule in intent.signals for text in rule.when]
    for step in intent.steps:
        said += [step.say, *step.tried]
        said += [text for option in step.options for text in (option.label, *option.says)]
    said += [text for explained in intent.glossary for text in explained.asks]
    return Counter(word for text in said for word in _stems(text))


def _is_borne_out(text: str, words: Counter[str]) -> bool:
    return any(words[word] > 1 for word in _stems(text))


@lru_cache(maxsize=20_000)
def _stems(text: str) -> frozenset[str]:
    """The beginnings of the words that tell something."""
    empty = _empty("alone") | _empty("words")
    words = WORD_OR_SHORT.findall(plain(text).replace("’", "'"))
    return frozenset(word[:STEM] for word in words if word not in empty and len(word) >= SHORTEST)


@lru_cache(maxsize=20_000)
def _told(text: str) -> frozenset[str]:
    """The words of a sentence without greetings, thanks and please, one or many of a thing being the same."""
    empty = _empty("alone")
    words = (word for word in WORD_OR_SHORT.findall(plain(text).replace("’", "'")) if word not in empty)
    return frozenset(
        word.removesuffix("s") if len(word) > STEM - 1 and word not in _empty("words") else word for word in words
    )


@lru_cache(maxsize=4)
def _empty(name: str) -> frozenset[str]:
    return frozenset(str(read_yaml(EMPTY_WORDS, EMPTY_WORDS.parents[2]).at(name)).split())
