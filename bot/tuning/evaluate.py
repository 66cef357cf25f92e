"""How well the intents stand apart: every phrase is read by a reader that has not seen it; what goes wrong, and why."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.understanding.catalog import Catalog
from bot.understanding.encoder import Encoder
from bot.understanding.matcher_bases import Words
from bot.understanding.matcher_training import Progress, folds, train
from bot.understanding.reading import Phrase
from bot.understanding.rules import Rulebook
from bot.understanding.text import plain

FOLDS = 4
NEARLY_THE_SAME = 0.92
MOST_SHOWN = 40
FEWEST_PULLS = 3
_pages = Environment(
    loader=FileSystemLoader(Path(__file__).with_name("templates")), undefined=StrictUndefined, autoescape=True
)


@dataclass(frozen=True)
class Score:
    """One issue: of what was read as it, how much is it (precision); of what is it, how much was read so (recall)."""

    issue: str
    phrases: int
    precision: float
    recall: float


@dataclass(frozen=True)
class Misread:
    """A phrase that was taken for another issue, because of the rule named, or else of that issue's nearest phrase."""

    phrase: Phrase
    taken_for: str
    rule: str
    because_of: Phrase | None
    likeness: float

    @property
    def why(self) -> str:
        """The cause as a lead reads it: the rule's name, or the phrase with its place and how like it is."""
        near = self.because_of
        return f"{self.likeness:.2f} like: {near.text}  ({_place(near)})" if near else f"by the rule {self.rule}"


@dataclass(frozen=True)
class Evaluation:
    """What a lead needs in order to mend the intents."""

    accuracy: float
    scores: tuple[Score, ...]
    misread: tuple[Misread, ...]
    twins: tuple[tuple[Phrase, Phrase, float], ...]
    """Phrases of different issues that are nearly the same."""
    pulling: tuple[tuple[Phrase, int], ...]
    """Phrases that draw others to their issue which belong elsewhere, and how many."""

    def confusions(self) -> list[tuple[str, str, int]]:
        """Issue, the issue it was taken for, how often; most frequent first."""
        counted = Counter((one.phrase.label, one.taken_for) for one in self.misread)
        return [(right, wrong, count) for (right, wrong), count in counted.most_common()]


def evaluate(
    catalog: Catalog, rules: Rulebook, encoder: Encoder | None, progress: Progress | None = None
) -> Evaluation:
    """Cross-validate the examples of a catalogue, rules included; takes about as long as learning it four times."""
    told = progress or (lambda _what, _part: None)
    phrases = list(catalog.phrases)
    texts = [plain(phrase.text) for phrase in phrases]
    told("vectors", 0.0)
    vectors = encoder.encode(texts) if encoder else None
    features = vectors if vectors is not None else np.asarray(Words.learnt(texts)[1].todense(), np.float32)
    features = features / np.maximum(np.linalg.norm(features, axis=1, keepdims=True), 1e-9)
    read = _read_by_others(phrases, rules, encoder, vectors, told)
    like = features @ features.T
    misread = [
        _misread(phrases, like, row, issue, rule)
        for row, (issue, rule) in enumerate(read)
        if issue != phrases[row].label
    ]
    pulls = Counter(one.because_of for one in misread if one.because_of)
    return Evaluation(
        accuracy=1 - len(misread) / len(phrases),
        scores=tuple(_scores(phrases, [issue for issue, _ in read])),
        misread=tuple(sorted(misread, key=lambda one: (one.phrase.label, -one.likeness))),
        twins=tuple(_twins(phrases, like)),
        pulling=tuple((phrase, count) for phrase, count in pulls.most_common() if count >= FEWEST_PULLS),
    )


def _read_by_others(
    phrases: Sequence[Phrase],
    rules: Rulebook,
    encoder: Encoder | None,
    vectors: npt.NDArray[np.float32] | None,
    told: Progress,
) -> list[tuple[str, str]]:
    """What each phrase is read as by a reader that learnt from the other folds, and the rule that decided, if one did."""
    names = sorted({phrase.label for phrase in phrases})
    labels = np.array([names.index(phrase.label) for phrase in phrases])
    fold = folds(labels, FOLDS, np.random.default_rng(3))
    read = [("", "")] * len(phrases)
    calibration = None
    for turn in range(FOLDS):
        told("reading", 0.2 + 0.8 * turn / FOLDS)
        known, asked = np.flatnonzero(fold != turn).tolist(), np.flatnonzero(fold == turn).tolist()
        part = None if vectors is None else vectors[known]
        matcher = train([phrases[row] for row in known], encoder, calibration=calibration, vectors=part)
        calibration = matcher.calibration
        for row, ranked in zip(asked, matcher.rank_many([phrases[row].text for row in asked]), strict=True):
            read[row] = rules.decides(phrases[row].text) or (ranked.candidates[0].issue, "")
    return read


def _scores(phrases: Sequence[Phrase], read: Sequence[str]) -> list[Score]:
    of, taken, right = Counter(p.label for p in phrases), Counter(read), Counter[str]()
    for phrase, issue in zip(phrases, read, strict=True):
        right[issue] += issue == phrase.label
    return [
        Score(issue, count, right[issue] / max(1, taken[issue]), right[issue] / count)
        for issue, count in sorted(of.items())
    ]


def _misread(phrases: Sequence[Phrase], like: npt.NDArray[np.float32], row: int, issue: str, rule: str) -> Misread:
    if rule:
        return Misread(phrases[row], issue, rule, None, 0.0)
    others = np.array([phrase.label == issue for phrase in phrases])
    nearest = int(np.where(others, like[row], -1).argmax())
    return Misread(phrases[row], issue, "", phrases[nearest], float(like[row, nearest]))


def _twins(phrases: Sequence[Phrase], like: npt.NDArray[np.float32]) -> list[tuple[Phrase, Phrase, float]]:
    found = [
        (phrases[one], phrases[other], float(like[one, other]))
        for one, other in np.argwhere(np.triu(like, 1) >= NEARLY_THE_SAME)
        if phrases[one].label != phrases[other].label
    ]
    return sorted(found, key=lambda pair: -pair[2])


def shown(found: Evaluation) -> str:
    """The evaluation as text."""
    lines = [f"{found.accuracy:.1%} of the examples are read right by a reader that has not seen them.", ""]
    lines += [f"{'issue':34} {'phrases':>7} {'precision':>9} {'recall':>7}"]
    lines += [
        f"{s.issue:34} {s.phrases:7} {s.precision:9.2f} {s.recall:7.2f}"
        for s in sorted(found.scores, key=lambda score: score.recall)
    ]
    lines += ["", "Taken for another issue:"]
    lines += [f"  {count:3} × {right} → {wrong}" for right, wrong, count in found.confusions()[:MOST_SHOWN]]
    lines += ["", "The phrases behind it (file:line), and the phrase that draws each:"]
    lines += [
        f"  {_place(m.phrase)}  {m.phrase.text}\n      → {m.taken_for}, {m.why}"
        for m in sorted(found.misread, key=lambda one: -one.likeness)[:MOST_SHOWN]
    ]
    lines += ["", "Nearly the same under two issues:"]
    lines += [
        f"  {like:.2f}  {one.text}  ({_place(one)})\n        {other.text}  ({_place(other)})"
        for one, other, like in found.twins
    ] or ["  none"]
    lines += ["", "Phrases that draw others away from their issue:"]
    lines += [f"  {count:3} × {phrase.text}  ({_place(phrase)})" for phrase, count in found.pulling] or ["  none"]
    return "\n".join(lines)


def page(found: Evaluation) -> str:
    """The evaluation as an HTML page with the confusions as a picture."""
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    for right, wrong, count in found.confusions():
        counts[right][wrong] = count
    issues = [score.issue for score in found.scores]
    recall = {score.issue: score.recall for score in found.scores}
    most = max((count for row in counts.values() for count in row.values()), default=1)
    return _pages.get_template("evaluation.html.j2").render(
        found=found, issues=issues, counts=counts, recall=recall, most=most, place=_place
    )


def _place(phrase: Phrase) -> str:
    return f"{phrase.file}:{phrase.line}"
