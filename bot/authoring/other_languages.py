"""Short texts in the languages that nobody here may read: each holds what the others hold, and means what they mean."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bot.authoring.content_paths import ContentPaths
from bot.authoring.must_tell import MUST_TELL
from bot.authoring.wording import SLOT
from bot.languages.loading import language_documents
from bot.understanding.encoding.encoder import Encoder, Vectors
from bot.understanding.matching.cache import cached_vectors
from bot.understanding.text.language import language_of
from handoff.data_files import Document, Fault, read_yaml
from handoff.policy.model import Policy

LEAST_ALIKE = 0.4
"""So near a sentence is at least to what the languages next to it say in the same place; all 350 are, short thanks apart."""
MUST_NOT_BE_NEARER = 0.1
"""So much nearer a text may be to another place than to its own: a yes and the button of a close are much alike."""
FEWEST_LANGUAGES, NEXT, FEWEST_LETTERS = 4, 4, 4
SHORT_THANKS = 2
UNTOLD, FEWEST_TOLD_BY = "en", 6
"""What a text is told to be of when it cannot be told, as one of so few words cannot."""
ALIKE = {"es", "pt"}
"""Languages of which a sentence of the one is easily taken for one of the other."""
_SENTENCE = re.compile(r"(?<=[.!?।؟。?!])\s*|\n+")
_SHORT_NUMBER = re.compile(r"(?<![\w-])\d{3}(?![\w-])")
_ENGLISH = re.compile(r"\b(?:you|your|the|we|our|please|and|here|it|with|for|this|have|anything|need)\b", re.IGNORECASE)
ENGLISH_WORDS = 3
"""So many different ones of these words stand in no text of another language."""
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True)
class _Row:
    language: str
    key: str
    text: str
    whole: bool


def holding_faults(places: ContentPaths, policy: Policy) -> Iterator[Fault]:
    """Texts that lost a slot that the same text has in the other languages, or a number for an emergency."""
    documents = language_documents(places.languages)
    texts = _texts(documents)
    carried = _carried(texts)
    emergency, crisis = policy.words.emergency_number, policy.words.crisis_number
    needed = {"emergency": (emergency, crisis), "safety_check": (emergency, crisis), "safety_check_again": (emergency,)}
    needed |= {"medical": (emergency,), "numbers_stay": (emergency, crisis), "emergency_told": (emergency,)}
    needed |= {"numbers_once_more": (emergency, crisis)}
    for (language, key), text in texts.items():
        told = [
            *(_lost(slot) for slot in sorted(carried[key] - _slots(text))),
            *_foreign_words(language, text),
            *(
                f"{number} is no number for an emergency that communication.yml knows"
                for number in _SHORT_NUMBER.findall(text)
                if number not in policy.communication.links.telephones
            ),
            *(f"it must tell people to call {number}" for number in needed.get(key, ()) if number not in text),
            *_promised(key, text),
        ]
        yield from (documents[language].fault(f"{key}: {one}", "said", key) for one in told)


def _slots(text: str) -> set[str]:
    return {match.strip("{} ") for match in SLOT.findall(text)}


def _carried(texts: Mapping[tuple[str, str], str]) -> dict[str, set[str]]:
    """By the name of a text: the slots that it has in more than half of the languages."""
    slots: dict[str, Counter[str]] = {}
    for (_, key), text in texts.items():
        slots.setdefault(key, Counter()).update(_slots(text))
    of_key = Counter(key for _, key in texts)
    return {key: {slot for slot, count in found.items() if 2 * count > of_key[key]} for key, found in slots.items()}


def _lost(slot: str) -> str:
    return f"`{{{{ {slot} }}}}` stands in the other languages: put it back, or people are not told it"


def _foreign_words(language: str, text: str) -> Iterator[str]:
    """What is told of a text that is written in another language than the one that it is for."""
    if len({word.lower() for word in _ENGLISH.findall(text)}) >= ENGLISH_WORDS:
        yield f"`{text}` is English: write it in the language that it is for"
    if (written := _written_in(text)) not in (language, UNTOLD) and {written, language} != ALIKE:
        yield f"this is written in another language (`{written}`): write it in the one that it stands under"


def _promised(key: str, text: str) -> Iterator[str]:
    """What is told of a text that says when something is done, where nobody is to act at once."""
    own = read_yaml(MUST_TELL, MUST_TELL.parents[2])
    if key in map(str, own.entries("promises_elsewhere", "but")):
        return
    if hit := re.search(str(own.at("promises_elsewhere", "words")), text, re.IGNORECASE):
        yield f"`{hit[0]}` makes a promise we may not keep: let times come from the clock"


def meaning_faults(places: ContentPaths, encoder: Encoder, cache: Path | None) -> Iterator[Fault]:
    """Texts that mean something else than the same text in the other languages."""
    documents = language_documents(places.languages)
    texts = _texts(documents)
    rows = [_Row(*at, SLOT.sub("…", text), whole=True) for at, text in texts.items()]
    rows += [_Row(*at, one, whole=False) for at, text in texts.items() for one in _sentences(SLOT.sub("…", text))]
    if len({row.language for row in rows}) < FEWEST_LANGUAGES:
        return
    beside = _Beside(rows, cached_vectors([row.text for row in rows], encoder, cache))
    for number, row in enumerate(rows):
        told = beside.elsewhere(number) if row.whole else beside.strange(number)
        if told:
            yield documents[row.language].fault(told, "said", row.key)


class _Beside:
    """All texts and sentences, with how like each is to the others."""

    def __init__(self, rows: Sequence[_Row], vectors: Vectors) -> None:
        self._rows = rows
        length = np.linalg.norm(vectors, axis=1, keepdims=True)
        unit = vectors / np.where(length == 0, 1, length)
        self._alike = unit @ unit.T
        self._of: dict[tuple[str, str, bool], list[int]] = {}
        for number, row in enumerate(rows):
            self._of.setdefault((row.language, row.key, row.whole), []).append(number)
        self._languages = sorted({row.language for row in rows})
        self._keys = sorted({row.key for row in rows})

    def strange(self, number: int) -> str | None:
        """What to say of a sentence that no other language says there; None for one that some say, or that says little."""
        row = self._rows[number]
        thanks = row.key == "thanks" and len(row.text.split()) <= SHORT_THANKS
        near = self._near(number, row.key, whole=False)
        if thanks or len(row.text) < FEWEST_LETTERS or not near or float(np.mean(near[:NEXT])) >= LEAST_ALIKE:
            return None
        return f"{row.key}: `{row.text}` is said there in no other language: it must mean what the others mean"

    def elsewhere(self, number: int) -> str | None:
        """What to say of a text that means what another place of the other languages means; None for one in its place."""
        row = self._rows[number]
        scores = {key: float(np.mean(near)) for key in self._keys if (near := self._near(number, key, whole=True))}
        if row.key not in scores:
            return None
        nearest = max(scores, key=lambda key: scores[key])
        if scores[nearest] - scores[row.key] <= MUST_NOT_BE_NEARER:
            return None
        return f"{row.key}: `{row.text}` says what the other languages say as `{nearest}`: it must mean what they mean here"

    def _near(self, number: int, key: str, *, whole: bool) -> list[float]:
        """How near the nearest text of each other language is, the nearest first."""
        own = self._rows[number].language
        found = [
            float(self._alike[number, at].max())
            for language in self._languages
            if language != own and (at := self._of.get((language, key, whole)))
        ]
        return sorted(found, reverse=True)


def _written_in(text: str) -> str:
    said = SLOT.sub(" ", text)
    return language_of(said) if len(said.split()) >= FEWEST_TOLD_BY else UNTOLD


def _texts(documents: Mapping[str, Document]) -> Mapping[tuple[str, str], str]:
    """What is said, by language and name; where the letters cannot be read nothing else is said."""
    return {
        (code, str(key)): str(text)
        for code, document in documents.items()
        for key, text in document.table("said").items()
    }


def _sentences(text: str) -> list[str]:
    parts = (part.replace("**", "").strip() for part in _SENTENCE.split(text))
    return [part for part in parts if _LETTER.search(part)]
