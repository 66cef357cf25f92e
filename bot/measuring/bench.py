"""Measures the reader on labelled rows: learns from one file, is asked the other, nothing of which it has seen."""

import gzip
import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sklearn.metrics import matthews_corrcoef, roc_auc_score

from bot.understanding.encoding.encoder import Encoder
from bot.understanding.matching.matcher import Matcher
from bot.understanding.matching.training import OUT_OF_SCOPE, Progress, train
from bot.understanding.reading import Phrase, Ranked

TIMED = 400
"""How many rows are read one by one for the latency figures."""
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class BenchResult:
    """The figures of one measurement; None where the rows do not tell (no row of that kind)."""

    raw_accuracy: float | None
    """In-scope rows whose best issue is right, with no threshold."""
    auroc: float | None
    """How well the confidence tells in-scope rows from the others."""
    mcc: float | None
    """Matthews correlation over all labels; a row that is not accepted counts as out of scope."""
    accuracy: float | None
    """All rows: in scope accepted and right, out of scope not accepted."""
    in_scope_accuracy: float | None
    """In-scope rows that are accepted and right."""
    oos_recall: float | None
    oos_precision: float | None
    train_seconds: float
    p50_ms: float
    p99_ms: float
    rss_mib: float
    encoder: str

    def as_json(self) -> dict[str, object]:
        """The figures, rounded, under the names of the interface."""
        return {name: round(value, 4) if isinstance(value, float) else value for name, value in asdict(self).items()}


def bench(
    train_file: Path,
    test_file: Path,
    encoder: Encoder | None,
    predictions: Path | None,
    progress: Progress | None = None,
) -> BenchResult:
    """Train on the rows of one file and measure on the other; raises OSError or ValueError for a file that is no use."""
    learned, asked = list(labelled(train_file)), list(labelled(test_file))
    if len({row.label for row in learned} - {OUT_OF_SCOPE}) < 2 or not asked:
        raise ValueError(
            f"{train_file.name}: rows of two labels or more are needed, and one row at least in {test_file.name}"
        )
    start = time.perf_counter()
    matcher = train(learned, encoder, progress=progress, caution=0.0)
    seconds = time.perf_counter() - start
    ranked = matcher.rank_many([row.text for row in asked])
    p50, p99 = _latency(matcher, [row.text for row in asked])
    if predictions is not None:
        predictions.write_text("".join(json.dumps(line) + "\n" for line in _predicted(asked, ranked)), encoding="utf-8")
    return BenchResult(
        **figures(asked, ranked),
        train_seconds=seconds,
        p50_ms=p50,
        p99_ms=p99,
        rss_mib=_memory(),
        encoder=encoder.name if encoder else "none",
    )


def figures(asked: Sequence[Phrase], ranked: Sequence[Ranked]) -> dict[str, float | None]:
    """Every figure on rightness, from the rows and what was said of them."""
    truth = np.array([row.label for row in asked])
    top = np.array([found.candidates[0].issue for found in ranked])
    sure = np.array([found.confidence for found in ranked])
    taken = np.array([accepted(found) for found in ranked])
    inside = truth != OUT_OF_SCOPE
    said = np.where(taken, top, OUT_OF_SCOPE)
    right = said == truth
    both = bool(inside.any() and not inside.all())
    return {
        "raw_accuracy": _share(top == truth, inside),
        "auroc": float(roc_auc_score(inside, sure)) if both else None,
        "mcc": float(matthews_corrcoef(truth, said)),
        "accuracy": float(right.mean()),
        "in_scope_accuracy": _share(right, inside),
        "oos_recall": _share(~taken, ~inside),
        "oos_precision": _share(~inside, ~taken),
    }


def accepted(found: Ranked) -> bool:
    """Whether the reader would act on its best issue alone."""
    return found.confidence >= found.answer_at


def labelled(path: Path) -> Iterator[Phrase]:
    """The rows of a JSON-lines file, gzipped or not; raises ValueError with the line that is no row."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except ValueError:
                row = None
            if not isinstance(row, dict):
                raise ValueError(f'{path.name}:{number}: not a row {{"text", "label"}}')
            for name in ("text", "label"):
                if row.get(name) is None:
                    raise ValueError(f"{path.name}:{number}: line {number} has no `{name}`")
            yield Phrase(str(row["text"]), str(row["label"]), path.name, number)


def shown(result: BenchResult) -> str:
    """The figures as a small table."""
    return "\n".join(f"{name:<18} {'-' if value is None else value}" for name, value in result.as_json().items())


def _share(good: Flags, among: Flags) -> float | None:
    return float(good[among].mean()) if among.any() else None


def _predicted(asked: Sequence[Phrase], ranked: Sequence[Ranked]) -> Iterator[dict[str, object]]:
    for row, found in zip(asked, ranked, strict=True):
        yield {
            "text": row.text,
            "label": row.label,
            "predicted": found.candidates[0].issue,
            "confidence": round(found.confidence, 4),
            "accepted": accepted(found),
        }


def _latency(matcher: Matcher, texts: Sequence[str]) -> tuple[float, float]:
    """Median and 99th percentile of one message, in milliseconds; the first ones warm up."""
    chosen = [texts[index] for index in np.linspace(0, len(texts) - 1, min(TIMED, len(texts))).astype(int)]
    matcher.rank_many(chosen[:3])
    took = []
    for text in chosen:
        start = time.perf_counter()
        matcher.rank(text)
        took.append(1000 * (time.perf_counter() - start))
    return float(np.percentile(took, 50)), float(np.percentile(took, 99))


def _memory() -> float:
    """What this process holds in memory now, in MiB."""
    status = Path("/proc/self/status")
    for line in status.read_text(encoding="ascii").splitlines() if status.exists() else ():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0
