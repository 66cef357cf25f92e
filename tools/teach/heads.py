"""Fits the heads anew on the encoder as it lies there: for new voices, without teaching the encoder again. Needs no torch.

Usage: python -m tools.teach.heads label act act_in_step button question signal danger tried
Writes bot/understanding/voices/taught.npz; 4 minutes on two cores.
Writers who are never learnt from teach nothing here either."""

import argparse
import os
import pickle
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.linalg import block_diag
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.neural_network import MLPClassifier
from sklearn.preprocessing import StandardScaler

from bot.authoring.wording_judge import COSTS
from bot.mind import open_the_encoder
from bot.understanding.encoding.encoder import Encoder, Vectors
from bot.understanding.intents.catalog import load_catalog
from bot.understanding.intents.names import EMERGENCY
from bot.understanding.replying.beside_step import in_step, texts_of, texts_of_button, with_button, with_ending
from bot.understanding.replying.replies import special_buttons
from bot.understanding.text.plain import plain
from bot.understanding.voices import heads
from bot.understanding.voices.lessons import states_nothing, tells_of_danger
from bot.understanding.voices.rows import Answered, Asked, load_voices
from handoff.data_files import cache_folder
from handoff.kept import keep
from tools.teach import issues, steps_done
from tools.teach.calibrate import CHOSEN_ON, parted
from tools.teach.reply_rows import replies_to_steps, taught_by


@dataclass(frozen=True)
class Shape:
    """A small network: units, how firmly it is held, rounds over all rows, and how many are averaged."""

    units: int
    held: float
    rounds: int
    averaged: int = 2


NETWORKS = {
    heads.ACT: Shape(256, 0.3, 12, 4),
    heads.ACT_IN_STEP: Shape(256, 0.1, 12, 4),
    heads.BUTTON: Shape(128, 0.3, 8),
    heads.QUESTION: Shape(256, 1.0, 15, 4),
    heads.SIGNAL: Shape(256, 0.3, 15),
}
"""Chosen on writers that were kept out; a line tells these tasks apart less well (docs/reader.md)."""
MOVES = 0.35
"""How far the line of the issue is moved at once: what was taught together with the encoder is surer where there are few voices."""
LINES = (heads.LABEL, heads.DANGER, heads.WORDING, heads.TRIED)
FIRMLY, CLOSELY = 0.3, 20.0
"""How firmly the line of danger is held: so it tells danger best from what is said in the midst of a conversation; and how closely
that of wording is fitted."""


ASIDES = "asides"


class ReadOnce:
    """Reads each different text once, however many tasks it teaches, and however often: what was read is kept in the cache."""

    def __init__(self, encoder: Encoder, cache: Path) -> None:
        self._encoder = encoder
        self._place = cache / f"read-for-teaching-{sha256(encoder.name.encode()).hexdigest()[:12]}.pickle"
        self._known: dict[str, npt.NDArray[np.float16]] = {}
        if self._place.is_file():
            self._known = pickle.loads(self._place.read_bytes())  # noqa: S301 - our own cache

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row per text, in their order."""
        return self.encode_with_endings(texts)[0]

    def encode_with_endings(self, texts: Sequence[str]) -> tuple[Vectors, Vectors]:
        """The same, and how each text ends."""
        fresh = [text for text in dict.fromkeys(texts) if text not in self._known]
        if fresh:
            rows = self._encoder.encode_pieces([with_ending(text) for text in fresh])
            self._known.update((text, row.astype(np.float16)) for text, row in zip(fresh, rows, strict=True))
            keep(self._place, pickle.dumps(self._known))
        both = np.array([self._known[text] for text in texts], np.float32)
        return both[:, 0], both[:, 1]


def facts_told(*, urgent: bool) -> list[tuple[str, tuple[str, ...]]]:
    """Every text that tells urgent facts, or the others, with all that it tells; replies that state nothing beside them."""
    voices = load_voices()
    replies: list[Answered | Asked] = [*voices.replies, *voices.answers]
    rows = [one for one in voices.signals if urgent or one.writer not in voices.half_judged]
    return [
        *((plain(one.text), tuple(name for name in one.signals if (name in voices.urgent) == urgent)) for one in rows),
        *((plain(one.reply), ()) for one in replies if states_nothing(one)),
    ]


def in_steps(encoder: ReadOnce) -> dict[str, npt.NDArray[Any]]:
    """The head of the acts, each reply beside its step."""
    rows, steps = replies_to_steps(), load_catalog().intents
    places = [steps[one.issue].step(one.step) for one in rows]
    whole, ends = encoder.encode_with_endings([plain(one.reply) for one in rows])
    asked, said = (encoder.encode([texts_of(step)[part] for step in places]) for part in (0, 1))
    return network(heads.ACT_IN_STEP, in_step(whole, ends, asked, said), [one.act for one in rows])


def buttons(encoder: ReadOnce) -> dict[str, npt.NDArray[Any]]:
    """The head that tells whether a reply means a button: every reply beside every special button of its step. What others
    said who meant it is without the reply itself."""
    rows, steps = replies_to_steps(), load_catalog().intents
    vectors = encoder.encode([plain(one.reply) for one in rows])
    meant: dict[tuple[str, str, str], list[int]] = {}
    for number, one in enumerate(rows):
        if one.button:
            meant.setdefault((one.issue, one.step, one.button), []).append(number)
    labels: dict[tuple[str, str, str], Vectors] = {}
    found, truth = [], []
    for number, one in enumerate(rows):
        step = steps[one.issue].step(one.step)
        for label in special_buttons(step):
            place = (one.issue, one.step, label)
            if place not in labels:
                labels[place] = encoder.encode(texts_of_button(step, label))
            asked, alone = labels[place]
            others = [other for other in meant.get(place, []) if rows[other].reply != one.reply]
            found.append(with_button(vectors[number], asked, alone, np.vstack([alone[None], vectors[others]])))
            truth.append(one.button == label)
    return network(heads.BUTTON, np.array(found, np.float32), truth)


def network(
    task: str, features: Vectors, truth: npt.ArrayLike, names: Sequence[str] = ()
) -> dict[str, npt.NDArray[Any]]:
    """A layer of units, then a column for each name: several networks that began differently, as one whose columns are their
    mean. What the features are measured in goes into the first weights."""
    shape = NETWORKS[task]
    scale = StandardScaler().fit(features)
    even = scale.transform(features).astype(np.float32)
    models = [
        MLPClassifier(
            (shape.units,),
            alpha=shape.held,
            learning_rate_init=5e-4,
            max_iter=shape.rounds,
            batch_size=128,
            random_state=seed,
        ).fit(even, truth)
        for seed in range(shape.averaged)
    ]
    first = np.hstack([model.coefs_[0] for model in models]) / scale.scale_[:, None]
    first_offset = np.concatenate([model.intercepts_[0] for model in models]) - scale.mean_ @ first
    columns = np.vstack([model.coefs_[1] for model in models]).T / shape.averaged
    offset = np.mean([model.intercepts_[1] for model in models], axis=0)
    of_columns = list(names) or ([task] if len(columns) == 1 else [str(name) for name in models[0].classes_])
    print(f"{task}: {len(features)} rows, {len(of_columns)} names")
    return _head(task, columns, offset, of_columns) | {
        f"{task}.hidden.w": first.astype(np.float16),
        f"{task}.hidden.b": first_offset.astype(np.float32),
    }


def one_of(task: str, encoder: ReadOnce) -> dict[str, npt.NDArray[Any]]:
    """The head of a task whose texts each have one name."""
    rows = taught_by(task)
    return network(task, encoder.encode([text for text, _ in rows]), [name for _, name in rows])


def any_of(encoder: ReadOnce) -> dict[str, npt.NDArray[Any]]:
    """The head of the facts, of which a text can tell several or none: urgent facts and others are taught by different rows, in
    networks of their own that lie side by side as one."""
    parts = []
    for urgent in (True, False):
        rows = facts_told(urgent=urgent)
        names = sorted({name for _, told in rows for name in told})
        truth = np.array([[name in told for name in names] for _, told in rows])
        parts.append(network(heads.SIGNAL, encoder.encode([text for text, _ in rows]), truth, names))
    first, second = parts
    named = {key: np.concatenate([first[key], second[key]]) for key in (f"{heads.SIGNAL}.b", f"{heads.SIGNAL}.names")}
    hidden = f"{heads.SIGNAL}.hidden"
    columns = block_diag(first[f"{heads.SIGNAL}.w"], second[f"{heads.SIGNAL}.w"]).astype(np.float16)
    return named | {
        f"{heads.SIGNAL}.w": columns,
        f"{hidden}.w": np.hstack([first[f"{hidden}.w"], second[f"{hidden}.w"]]),
        f"{hidden}.b": np.concatenate([first[f"{hidden}.b"], second[f"{hidden}.b"]]),
    }


def line_of_issues(encoder: ReadOnce) -> dict[str, npt.NDArray[Any]]:
    """The head of the issue: the line that lies there, moved towards the one that all voices teach now."""
    rows, kept = issues.told(), heads.everything()
    line = issues.fitted(encoder.encode([text for text, _ in rows]), [label for _, label in rows])
    names, places = [str(name) for name in line.classes_], [str(name) for name in kept[f"{heads.LABEL}.names"]]
    print(f"{heads.LABEL}: {len(rows)} rows, {len(names)} names")
    if names != sorted(places):
        return _head(heads.LABEL, line.coef_, line.intercept_, names)
    order = [places.index(name) for name in names]
    weights, offset = (kept[f"{heads.LABEL}.{part}"][order].astype(np.float64) for part in ("w", "b"))
    moved = [old + MOVES * (new - old) for old, new in ((weights, line.coef_), (offset, line.intercept_))]
    return _head(heads.LABEL, *moved, names)


def line_of_danger(encoder: ReadOnce) -> dict[str, npt.NDArray[Any]]:
    """The head of danger: a line, because a network gained nothing. The writers that its levels are chosen on teach nothing here."""
    voices = parted(load_voices(), CHOSEN_ON, inside=False)
    rows = [(plain(one.text), one.label == EMERGENCY) for one in voices.messages]
    rows += [(plain(one.text), one.danger) for one in voices.alarms]
    replies: list[Answered | Asked] = [*voices.replies, *voices.answers]
    rows += [(plain(one.reply), told) for one in replies if (told := tells_of_danger(one)) is not None]
    vectors = encoder.encode([text for text, _ in rows])
    model = LogisticRegression(C=FIRMLY, max_iter=2000).fit(vectors, [told for _, told in rows])
    print(f"{heads.DANGER}: {len(rows)} rows")
    return _head(heads.DANGER, model.coef_, model.intercept_, [heads.DANGER])


def line_of_wording(encoder: ReadOnce) -> dict[str, npt.NDArray[Any]]:
    """The head of what is wrong with a lead's texts: a line, because there are few rows."""
    rows = load_voices().wording
    model = LogisticRegression(C=CLOSELY, max_iter=3000, class_weight=COSTS).fit(
        encoder.encode([one.text for one in rows]), [one.wrong for one in rows]
    )
    print(f"{heads.WORDING}: {len(rows)} rows")
    return _head(heads.WORDING, model.coef_, model.intercept_, [str(name) for name in model.classes_])


def asked_about_steps(encoder: ReadOnce) -> dict[str, npt.NDArray[Any]]:
    """What strangers asked about steps, as vectors beside the answers that two readers found."""
    rows = load_voices().asides
    print(f"asides: {len(rows)} rows")
    return {
        f"{heads.ASIDE}vectors": encoder.encode([plain(one.ask) for one in rows]).astype(np.float16),
        f"{heads.ASIDE}issues": np.array([one.issue for one in rows]),
        f"{heads.ASIDE}steps": np.array([one.step for one in rows]),
        f"{heads.ASIDE}answers": np.array([one.answer or "" for one in rows]),
    }


def lines_of_steps(encoder: ReadOnce) -> dict[str, npt.NDArray[Any]]:
    """The head of the steps done: a line for each step, because there are few rows of it."""
    texts, done = zip(*steps_done.told(), strict=True)
    names, weights, offsets = steps_done.fitted(encoder.encode(texts), done)
    return _head(heads.TRIED, weights, offsets, names)


def _head(task: str, weights: npt.ArrayLike, offset: npt.ArrayLike, names: list[str]) -> dict[str, npt.NDArray[Any]]:
    return {
        f"{task}.w": np.asarray(weights, np.float16),
        f"{task}.b": np.asarray(offset, np.float32),
        f"{task}.names": np.array(names),
    }


def main() -> None:
    """Fit and write. The networks stop after their rounds, which the library warns of."""
    warnings.simplefilter("ignore", ConvergenceWarning)
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tasks", nargs="+", choices=sorted([*NETWORKS, *LINES, ASIDES]))
    encoder, _ = open_the_encoder(os.environ)
    assert encoder is not None, "make install first"
    reader = ReadOnce(encoder, cache_folder(os.environ))
    kept = heads.everything()
    special = {
        heads.SIGNAL: any_of,
        heads.ACT_IN_STEP: in_steps,
        heads.BUTTON: buttons,
        heads.LABEL: line_of_issues,
        heads.DANGER: line_of_danger,
        heads.WORDING: line_of_wording,
        heads.TRIED: lines_of_steps,
        ASIDES: asked_about_steps,
    }
    for task in parser.parse_args().tasks:
        kept |= special[task](reader) if task in special else one_of(task, reader)
    np.savez_compressed(heads.TAUGHT, **kept)


if __name__ == "__main__":
    main()
