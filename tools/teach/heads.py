"""Fits the linear heads anew on the encoder as it lies there: for new voices, without teaching the encoder again. Needs no torch.

Usage: python -m tools.teach.heads act question signal    (writes bot/understanding/taught.npz; a minute on two cores)
Writers who are never learnt from teach nothing here either."""

import argparse
import os
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression

from bot.mind import open_the_encoder
from bot.understanding import heads
from bot.understanding.catalog import load_catalog
from bot.understanding.encoder import Encoder
from bot.understanding.replies import special_buttons
from bot.understanding.text import plain
from bot.understanding.voices import load_voices, states_nothing

FIRM = {heads.ACT: 0.3, heads.QUESTION: 0.3, heads.SIGNAL: 0.3}
"""How freely each head may follow its rows, chosen on writers that were kept out."""


def facts_told() -> list[tuple[str, tuple[str, ...]]]:
    """Every text that tells facts, with all that it tells; replies that state nothing urgent beside them."""
    voices = load_voices()
    replies = [*voices.replies, *voices.answers]
    return [
        *((plain(one.text), tuple(one.signals)) for one in voices.signals),
        *((plain(one.reply), ()) for one in replies if states_nothing(one)),
    ]


def taught_by(task: str) -> list[tuple[str, str]]:
    """Every text that teaches a task, with the name that is right."""
    voices = load_voices()
    if task == heads.QUESTION:
        return [(plain(one.reply), f"{one.kind}:{one.act}") for one in voices.answers]
    found = [(plain(one.reply), one.act) for one in voices.replies]
    for intent in load_catalog().intents.values():
        for step in intent.steps:
            special = special_buttons(step)
            options = [option for option in step.options if option.label in special]
            found += [(plain(said), "button") for option in options for said in option.says]
    return found


def one_of(task: str, encoder: Encoder) -> dict[str, npt.NDArray[Any]]:
    """The head of a task whose texts each have one name."""
    rows = taught_by(task)
    model = LogisticRegression(C=FIRM[task] * 100, max_iter=400)
    model.fit(encoder.encode([text for text, _ in rows]), [name for _, name in rows])
    print(f"{task}: {len(rows)} rows, {len(model.classes_)} names")
    return _head(task, model.coef_, model.intercept_, list(model.classes_))


def any_of(encoder: Encoder) -> dict[str, npt.NDArray[Any]]:
    """The head of the facts, of which a text can tell several or none."""
    rows = facts_told()
    vectors = encoder.encode([text for text, _ in rows])
    names = sorted({name for _, told in rows for name in told})
    models = [
        LogisticRegression(C=FIRM[heads.SIGNAL] * 100, max_iter=400).fit(vectors, [name in told for _, told in rows])
        for name in names
    ]
    print(f"{heads.SIGNAL}: {len(rows)} rows, {len(names)} names")
    return _head(
        heads.SIGNAL, np.vstack([m.coef_ for m in models]), np.concatenate([m.intercept_ for m in models]), names
    )


def _head(task: str, weights: npt.ArrayLike, offset: npt.ArrayLike, names: list[str]) -> dict[str, npt.NDArray[Any]]:
    return {
        f"{task}.w": np.asarray(weights, np.float16),
        f"{task}.b": np.asarray(offset, np.float32),
        f"{task}.names": np.array(names),
    }


def main() -> None:
    """Fit and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tasks", nargs="+", choices=sorted(FIRM))
    encoder, _ = open_the_encoder(os.environ)
    assert encoder is not None, "make install first"
    kept = dict(heads.taught())
    for task in parser.parse_args().tasks:
        kept |= any_of(encoder) if task == heads.SIGNAL else one_of(task, encoder)
    np.savez_compressed(heads.TAUGHT, **kept)


if __name__ == "__main__":
    main()
