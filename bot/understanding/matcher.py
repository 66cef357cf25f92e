"""Text -> ranked issues with one calibrated confidence: several bases, averaged, and a model of when they are right."""

import os
import pickle
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

import numpy as np
import numpy.typing as npt
import sklearn

from bot.understanding.danger import Alarm, Danger
from bot.understanding.encoder import Encoder
from bot.understanding.matcher_answer import FOREIGN, HIDDEN, KNOWN, AnswerModel, hints
from bot.understanding.matcher_bases import MOST_FOR_FUZZ, Bases, Scores, Seen, Words
from bot.understanding.reading import Candidate, Closest, Phrase, Ranked
from bot.understanding.text import plain

OUT_OF_SCOPE = "out_of_scope"
ROUNDS, ROUNDS_WHEN_LARGE = 4, 3
LARGE = 5000
SHARE_HIDDEN = 0.25
SHOWN = 10
CLOSEST = 3
WEIGHTS = {"joined": 1.5, "vector": 1.0, "near": 1.0, "fuzz": 0.35}
Progress = Callable[[str, float], None]
Held = tuple[dict[str, Scores], npt.NDArray[np.intp], Seen]
"""What the bases said of texts they had not seen, their labels (-1: an issue they had not seen, -2: out of scope), and the texts."""


@dataclass(frozen=True)
class Calibration:
    """What was learnt by holding phrases and whole issues out: temperatures, and when the top answer is right."""

    heat: Mapping[str, float]
    answer: AnswerModel


class Matcher:
    """The statistical reader of one set of phrases."""

    def __init__(
        self,
        phrases: Sequence[Phrase],
        words: Words,
        bases: Bases,
        names: list[str],
        how: Calibration,
        encoder: Encoder | None,
        danger: Danger | None = None,
    ) -> None:
        self.phrases, self.names, self.calibration = list(phrases), names, how
        self._words, self._bases, self._encoder, self._danger = words, bases, encoder, danger

    def rank(self, text: str) -> Ranked:
        """The issues for a message, best first."""
        return self.rank_many([text])[0]

    def rank_many(self, texts: Sequence[str]) -> list[Ranked]:
        """The issues for each of the messages."""
        said = [plain(text)[:2000] for text in texts]
        vectors = self._encoder.encode(said) if self._encoder else None
        asked = Seen(said, self._words.of(said), vectors)
        scores = self._bases.scores(asked)
        chances = mixed(scores, self.calibration.heat)
        right = self.calibration.answer.right(hints(chances, scores, asked))
        danger = self._danger.chances(asked) if self._danger else np.zeros(len(said))
        ranked = (self._ranked(asked, row, chances[row], float(right[row])) for row in range(len(said)))
        return [replace(found, danger=float(chance)) for found, chance in zip(ranked, danger, strict=True)]

    def _ranked(self, asked: Seen, row: int, chances: Scores, right: float) -> Ranked:
        order = np.argsort(chances)[::-1][:SHOWN]
        found = tuple(Candidate(self.names[label], float(chances[label])) for label in order)
        answer = self.calibration.answer
        return Ranked(found, right, answer.answer_at, answer.offer_at, self._closest(asked, row))

    def _closest(self, asked: Seen, row: int) -> tuple[Closest, ...]:
        seen = self._bases.seen
        if asked.vectors is not None and seen.vectors is not None:
            like = seen.vectors @ asked.vectors[row]
        else:
            like = np.asarray((seen.words @ asked.words[row].T).todense()).ravel() / 2
        order = np.argsort(like)[::-1][:CLOSEST]
        return tuple(Closest(self.phrases[index], float(like[index])) for index in order)


def mixed(scores: Mapping[str, Scores], heat: Mapping[str, float]) -> Scores:
    """The weighted mean of the bases' chances, each made soft by its own temperature."""
    whole = sum(WEIGHTS[name] * soft(values * heat[name]) for name, values in scores.items())
    return np.asarray(whole / sum(WEIGHTS[name] for name in scores), np.float32)


def soft(values: Scores) -> Scores:
    """Scores as chances."""
    raised = np.exp(values - values.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True), np.float32)


def train(
    phrases: Sequence[Phrase],
    encoder: Encoder | None,
    *,
    calibration: Calibration | None = None,
    vectors: Scores | None = None,
    progress: Progress | None = None,
    caution: float = 1.0,
    alarm: Alarm | None = None,
) -> Matcher:
    """A matcher for these phrases. With an earlier calibration only the bases are fitted anew. `caution`: what a wrong
    answer costs, beside the right one that it might have been."""
    told = progress or (lambda _what, _part: None)
    inside = [phrase for phrase in phrases if phrase.label != OUT_OF_SCOPE]
    outside = [phrase for phrase in phrases if phrase.label == OUT_OF_SCOPE]
    names = sorted({phrase.label for phrase in inside})
    number = {name: index for index, name in enumerate(names)}
    labels = np.array([number[phrase.label] for phrase in inside], np.intp)
    texts = [plain(phrase.text) for phrase in [*inside, *outside]]
    told("vectors", 0.0)
    if vectors is None and encoder is not None:
        vectors = encoder.encode(texts)
    told("words", 0.3)
    words = Words(texts[: len(inside)])
    within, beyond = np.arange(len(inside)), np.arange(len(inside), len(texts))
    seen = Seen(texts[: len(inside)], words.matrix, None if vectors is None else vectors[within])
    foreign = (
        Seen(texts[len(inside) :], words.of(texts[len(inside) :]), None if vectors is None else vectors[beyond])
        if outside
        else None
    )
    fuzzy = len(inside) <= MOST_FOR_FUZZ
    if calibration is None:
        calibration = calibrated(seen, labels, len(names), foreign, fuzzy=fuzzy, progress=told, caution=caution)
    told("bases", 0.9)
    bases = Bases(seen, labels, len(names), fuzzy=fuzzy)
    danger = Danger(alarm, words, bases.joining, seen, [p.label for p in inside], encoder) if alarm else None
    told("done", 1.0)
    return Matcher(inside, words, bases, names, calibration, encoder, danger)


def calibrated(
    seen: Seen,
    labels: npt.NDArray[np.intp],
    count: int,
    foreign: Seen | None,
    *,
    fuzzy: bool,
    progress: Progress,
    caution: float,
) -> Calibration:
    """Learn temperatures and the answer model from phrases and whole issues that a round does not see."""
    random = np.random.default_rng(7)
    rounds = ROUNDS_WHEN_LARGE if len(labels) > LARGE else ROUNDS
    fold = folds(labels, rounds, random)
    hidden_orders = random.permutation(count)
    shown = random.random((rounds, len(labels))) < 0.6

    def held_out(turn: int) -> list[Held]:
        progress("held out", 0.3 + 0.6 * turn / rounds)
        hidden = hidden_orders[turn::rounds][: max(1, int(count * SHARE_HIDDEN))] if count > 3 else hidden_orders[:0]
        unknown = np.isin(labels, hidden)
        learn = np.flatnonzero((fold != turn) & ~unknown)
        if len(np.unique(labels[learn])) < 2:
            return []
        asked = np.flatnonzero((fold == turn) | (unknown & shown[turn]))
        bases = Bases(seen.part(learn), labels[learn], count, fuzzy=fuzzy)
        truth = np.where(unknown[asked], -1, labels[asked])
        part = seen.part(asked)
        found = [(bases.scores(part), truth, part)]
        if foreign is not None:
            mine = foreign.part(np.arange(turn, len(foreign.texts), rounds))
            found.append((bases.scores(mine), np.full(len(mine.texts), -2, np.intp), mine))
        return found

    with ThreadPoolExecutor(os.cpu_count()) as threads:
        kept = [held for round_ in threads.map(held_out, range(rounds)) for held in round_]
    heat = {name: temperature([(s[name], t) for s, t, _ in kept]) for name in kept[0][0]}
    rows = [hints(mixed(scores, heat), scores, part) for scores, _, part in kept]
    right = np.concatenate([mixed(scores, heat).argmax(axis=1) == truth for scores, truth, _ in kept])
    kinds = np.concatenate([np.select([truth >= 0, truth == -1], [KNOWN, HIDDEN], FOREIGN) for _, truth, _ in kept])
    return Calibration(heat, AnswerModel.fit(np.concatenate(rows), right, kinds, caution))


def folds(labels: npt.NDArray[np.intp], rounds: int, random: np.random.Generator) -> npt.NDArray[np.intp]:
    """A round for each phrase, so that every round holds out its share of every issue."""
    fold = np.zeros(len(labels), np.intp)
    for label in np.unique(labels):
        rows = random.permutation(np.flatnonzero(labels == label))
        fold[rows] = (np.arange(len(rows)) + random.integers(rounds)) % rounds
    return fold


def temperature(rounds: Sequence[tuple[Scores, npt.NDArray[np.intp]]]) -> float:
    """The factor that makes a base's chances most honest on what it had not seen (least log loss)."""
    best, least = 1.0, np.inf
    for factor in np.geomspace(0.3, 60, 24):
        losses = []
        for scores, truth in rounds:
            known = truth >= 0
            if known.any():
                chances = soft(scores[known] * np.float32(factor))
                losses.append(-np.log(chances[np.arange(known.sum()), truth[known]] + 1e-9))
        loss = float(np.concatenate(losses).mean()) if losses else np.inf
        if loss < least:
            best, least = float(factor), loss
    return best


def version_of(phrases: Sequence[Phrase], encoder: Encoder | None, alarm: Alarm | None = None) -> str:
    """Changes with every phrase, with the encoder, and with the code and libraries that train."""
    sources = [*sorted(Path(__file__).parent.glob("matcher*.py")), Path(__file__).with_name("danger.py")]
    code = "".join(path.read_text(encoding="utf-8") for path in sources)
    parts = [f"{p.label}\t{p.text}\t{p.file}\t{p.line}" for p in phrases]
    parts += [*alarm.more, "-", *alarm.unlike] if alarm else []
    parts += [encoder.name if encoder else "no encoder", sklearn.__version__, np.__version__, code]
    return sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()[:24]


def cached_matcher(
    phrases: Sequence[Phrase],
    encoder: Encoder | None,
    cache: Path | None,
    *,
    keywords: Mapping[str, Sequence[str]] | None = None,
    alarm: Alarm | None = None,
) -> Matcher:
    """A trained matcher: from the cache when nothing changed; quickly, when little changed; else from nothing."""
    whole = [
        *phrases,
        *(Phrase(word, issue) for issue, words in (keywords or {}).items() for word in words if " " in word),
    ]
    if cache is None:
        return train(whole, encoder, alarm=alarm)
    cache.mkdir(parents=True, exist_ok=True)
    kept = cache / f"matcher-{version_of(whole, encoder, alarm)}.pickle"
    if kept.exists():
        matcher: Matcher = pickle.loads(kept.read_bytes())  # noqa: S301 - our own cache, keyed by content
        matcher._encoder = encoder
        return matcher
    vectors = cached_vectors([plain(p.text) for p in whole], encoder, cache) if encoder else None
    matcher = train(whole, encoder, vectors=vectors, calibration=_earlier(whole, encoder, cache), alarm=alarm)
    matcher._encoder = None
    _write(kept, pickle.dumps(matcher))
    _write(cache / f"calibration-{_family(encoder)}.pickle", pickle.dumps((_contents(whole), matcher.calibration)))
    matcher._encoder = encoder
    return matcher


def _contents(phrases: Sequence[Phrase]) -> frozenset[tuple[str, str]]:
    return frozenset((phrase.label, phrase.text) for phrase in phrases)


def _family(encoder: Encoder | None) -> str:
    return version_of([], encoder)


def _earlier(phrases: Sequence[Phrase], encoder: Encoder | None, cache: Path) -> Calibration | None:
    """The last calibration, when at most one phrase in fifty is another now: it would come out the same."""
    path = cache / f"calibration-{_family(encoder)}.pickle"
    if not path.exists():
        return None
    before, calibration = pickle.loads(path.read_bytes())  # noqa: S301 - our own cache
    now = _contents(phrases)
    same_issues = {label for label, _ in before} == {label for label, _ in now}
    return calibration if same_issues and len(before ^ now) * 50 <= len(now) else None


def cached_vectors(texts: Sequence[str], encoder: Encoder, cache: Path) -> Scores:
    """A vector per text; those of texts that were seen before come from the cache."""
    path = cache / f"vectors-{sha256(encoder.name.encode()).hexdigest()[:12]}.pickle"
    known: dict[str, Scores] = pickle.loads(path.read_bytes()) if path.exists() else {}  # noqa: S301 - our own cache
    fresh = sorted({text for text in texts if text not in known})
    if fresh:
        known |= dict(zip(fresh, encoder.encode(fresh), strict=True))
        used = set(texts)
        _write(
            path, pickle.dumps({text: vector for text, vector in known.items() if text in used or len(known) < 20_000})
        )
    return np.stack([known[text] for text in texts])


def _write(path: Path, content: bytes) -> None:
    part = path.with_suffix(f".{os.getpid()}.{threading.get_ident()}")  # several processes may write the same
    part.write_bytes(content)
    part.replace(path)
