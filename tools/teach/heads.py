"""Fits the linear heads anew on the encoder as it lies there: for new voices, without teaching the encoder again. Needs no torch.

Usage: python -m tools.teach.heads act question    (writes bot/understanding/taught.npz; a minute on two cores)
Writers who are never learnt from teach nothing here either."""

import argparse
import os

import numpy as np
from sklearn.linear_model import LogisticRegression

from bot.mind import open_the_encoder
from bot.understanding import heads
from bot.understanding.catalog import load_catalog
from bot.understanding.replies import special_buttons
from bot.understanding.text import plain
from bot.understanding.voices import load_voices

FIRM = {heads.ACT: 0.3, heads.QUESTION: 0.3}
"""How freely each head may follow its rows, chosen on writers that were kept out."""


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


def main() -> None:
    """Fit and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tasks", nargs="+", choices=sorted(FIRM))
    encoder, _ = open_the_encoder(os.environ)
    assert encoder is not None, "make install first"
    kept = dict(heads.taught())
    for task in parser.parse_args().tasks:
        rows = taught_by(task)
        vectors = encoder.encode([text for text, _ in rows])
        names = [name for _, name in rows]
        model = LogisticRegression(C=FIRM[task] * 100, max_iter=400).fit(vectors, names)
        kept[f"{task}.w"] = model.coef_.astype(np.float16)
        kept[f"{task}.b"] = model.intercept_.astype(np.float32)
        kept[f"{task}.names"] = np.array(model.classes_)
        print(f"{task}: {len(rows)} rows, {len(model.classes_)} names")
    np.savez_compressed(heads.TAUGHT, **kept)


if __name__ == "__main__":
    main()
