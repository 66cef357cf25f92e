"""Fits the linear heads anew on the encoder as it lies there: for new voices, without teaching the encoder again. Needs no torch.

Usage: python -m tools.teach.heads act act_in_step button question signal
Writes bot/understanding/voices/taught.npz; 4 minutes on two cores.
Writers who are never learnt from teach nothing here either."""

import argparse
import os
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression

from bot.mind import open_the_encoder
from bot.understanding.encoding.encoder import Encoder, Vectors
from bot.understanding.intents.catalog import load_catalog
from bot.understanding.replying.beside_step import in_step, texts_of, texts_of_button, with_button
from bot.understanding.replying.replies import special_buttons
from bot.understanding.text.plain import plain
from bot.understanding.voices import heads
from bot.understanding.voices.rows import Answered, Asked, load_voices, states_nothing

FIRM = {heads.ACT: 0.3, heads.QUESTION: 0.3, heads.SIGNAL: 0.3, heads.ACT_IN_STEP: 0.1, heads.BUTTON: 0.03}
"""How freely each head may follow its rows, chosen on writers that were kept out."""


def facts_told() -> list[tuple[str, tuple[str, ...]]]:
    """Every text that tells facts, with all that it tells; replies that state nothing urgent beside them."""
    voices = load_voices()
    replies: list[Answered | Asked] = [*voices.replies, *voices.answers]
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


def replies_to_steps() -> list[Answered]:
    """Every reply to a step, and what the intents files say who means a button."""
    found = list(load_voices().replies)
    for intent in load_catalog().intents.values():
        for step in intent.steps:
            special = special_buttons(step)
            for option in step.options:
                told = option.says if option.label in special else ()
                found += [_says(said, intent.id, step.id, option.label) for said in told]
    return found


def _says(said: str, issue: str, step: str, button: str) -> Answered:
    return Answered(issue=issue, step=step, reply=said, act="button", button=button, writer="own")


def in_steps(encoder: Encoder) -> dict[str, npt.NDArray[Any]]:
    """The head of the acts, each reply beside its step."""
    rows, steps = replies_to_steps(), load_catalog().intents
    places = [steps[one.issue].step(one.step) for one in rows]
    vectors = encoder.encode([plain(one.reply) for one in rows])
    asked, said = (_spread([texts_of(step)[part] for step in places], encoder) for part in (0, 1))
    model = LogisticRegression(C=FIRM[heads.ACT_IN_STEP] * 100, max_iter=400)
    model.fit(in_step(vectors, asked, said), [one.act for one in rows])
    print(f"{heads.ACT_IN_STEP}: {len(rows)} rows, {len(model.classes_)} names")
    return _head(heads.ACT_IN_STEP, model.coef_, model.intercept_, list(model.classes_))


def _spread(texts: list[str], encoder: Encoder) -> Vectors:
    """One vector a text; each different text is read once."""
    different = list(dict.fromkeys(texts))
    vectors = encoder.encode(different)
    place = {text: row for row, text in enumerate(different)}
    return vectors[[place[text] for text in texts]]


def buttons(encoder: Encoder) -> dict[str, npt.NDArray[Any]]:
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
    model = LogisticRegression(C=FIRM[heads.BUTTON] * 100, max_iter=400).fit(np.array(found), truth)
    print(f"{heads.BUTTON}: {len(found)} rows, {sum(truth)} meant")
    return _head(heads.BUTTON, model.coef_, model.intercept_, [heads.BUTTON])


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
    special = {heads.SIGNAL: any_of, heads.ACT_IN_STEP: in_steps, heads.BUTTON: buttons}
    for task in parser.parse_args().tasks:
        kept |= special[task](encoder) if task in special else one_of(task, encoder)
    np.savez_compressed(heads.TAUGHT, **kept)


if __name__ == "__main__":
    main()
