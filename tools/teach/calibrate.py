"""Chooses the levels on writers that neither the heads nor the words had learnt from: how sure is sure, when is danger asked about.

Usage: python -m tools.teach.calibrate    (writes bot/understanding/voices/taught.npz)"""

import argparse
import os
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression

from bot.mind import open_the_encoder
from bot.understanding.intents.catalog import load_catalog
from bot.understanding.matching.cache import cached_matcher
from bot.understanding.matching.confidence_model import chance_of
from bot.understanding.recognizer import Recognizer, danger_hints
from bot.understanding.voices import heads
from bot.understanding.voices.models import soft
from bot.understanding.voices.rows import Voices, load_voices
from bot.understanding.voices.training import learnt
from handoff.data_files import cache_folder

CHOSEN_ON = frozenset(("x2", "s4"))
WRONG_COSTS = 3.5
"""What a wrong answer costs beside a right one."""
ALARMED, ASKED, ENOUGH = 0.002, 0.03, 10
DECLARED, ASKED_FROM = 0.9, 0.1
"""Below the first danger is not declared, only asked about beside the numbers: in ordinary talk half of what was declared was none.
From the second on it is asked about in any case: of 842 harmless messages of w5, w10 and w12 that asks in 13 (docs/reader.md)."""
"""Most of what is harmless that may raise the alarm, and be asked about; so many messages tell how sure a clause must be."""


def parted(voices: Voices, writers: frozenset[str], *, inside: bool) -> Voices:
    """The rows of these writers, or of all others."""
    return Voices(
        **{
            name: tuple(row for row in getattr(voices, name) if (row.writer in writers) == inside)
            for name in ("messages", "alarms", "signals", "done", "replies", "answers")
        },
        half_judged=voices.half_judged,
    )


def confidence(recognizer: Recognizer, rows: Voices) -> dict[str, npt.NDArray[np.float32]]:
    """The model of when the first issue is right, and from where on it is answered and offered."""
    facts, right = _facts(recognizer, [row.text for row in rows.messages], [row.label for row in rows.messages])
    scale = facts.std(axis=0) + 1e-6
    model = LogisticRegression(C=1.0, max_iter=500).fit(facts / scale, right)
    weights, offset = model.coef_[0] / scale, float(model.intercept_[0])
    chance = 1 / (1 + np.exp(-(facts @ weights + offset)))
    levels = np.linspace(0.2, 0.95, 76)
    gains = [((chance >= level) * np.where(right, 1.0, -WRONG_COSTS)).sum() for level in levels]
    answer_at = float(levels[int(np.argmax(gains))])
    print(
        f"issue right {right.mean():.3f} of {len(right)}; answered from {answer_at:.2f}: {(chance >= answer_at).mean():.3f}"
    )
    print(f"  of the answered wrong {(~right[chance >= answer_at]).mean():.3f}")
    return {
        "confidence.w": weights.astype(np.float32),
        "confidence.b": np.array([offset], np.float32),
        "confidence.levels": np.array([answer_at, 0.05], np.float32),
    }


def _facts(
    recognizer: Recognizer, texts: Sequence[str], labels: Sequence[str]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.bool_]]:
    rows, right = [], []
    said = recognizer.cut(texts)
    for label, one in zip(labels, recognizer.recognize(said, recognizer.vectors(said)), strict=True):
        rows.append(one.whole.hints)
        right.append(one.whole.ranked.candidates[0].issue == label)
    return np.array(rows, np.float64), np.array(right)


def danger(recognizer: Recognizer, rows: Voices) -> dict[str, npt.NDArray[np.float32]]:
    """How much each sign of danger counts, and from where on danger is certain, possible, or told by one clause."""
    told = [(row.text, row.danger) for row in rows.alarms]
    told += [(row.text, row.label == "safety.emergency") for row in rows.messages]
    truth = np.array([dangerous for _, dangerous in told])
    facts, within = _danger_facts(recognizer, [text for text, _ in told])
    scale = facts.std(axis=0) + 1e-6
    model = LogisticRegression(C=1.0, max_iter=1000).fit(facts / scale, truth)
    mix = np.append(model.coef_[0] / scale, model.intercept_[0]).astype(np.float32)
    own = chance_of(facts @ mix[:3] + mix[3])
    certain, possible = (float(np.quantile(own[~truth], 1 - share)) for share in (ALARMED, ASKED))
    possible = min(possible, ASKED_FROM)
    alone = np.array([max(chance_of(clauses @ mix[:3] + mix[3]), default=0.0) for clauses in within])
    beside = possible / 4
    left = (~truth) & (own < possible) & (own >= beside)
    clause = max(certain, float(np.quantile(alone[left], 0.9)) if left.sum() > ENOUGH else 0.0)
    shown = (own >= possible) | ((alone >= clause) & (own >= beside))
    print(f"danger {truth.sum()} of {len(truth)}: shown {shown[truth].mean():.3f}, harmless {shown[~truth].mean():.4f}")
    print(f"  mix {mix}; levels {certain:.3f} {possible:.3f} {clause:.3f} {beside:.3f}")
    levels = np.array([max(certain, DECLARED), possible, clause, beside], np.float32)
    return {"danger.mix": mix, "danger.levels": levels}


def _danger_facts(
    recognizer: Recognizer, texts: Sequence[str]
) -> tuple[npt.NDArray[np.float32], list[npt.NDArray[np.float32]]]:
    """What speaks for danger in each text, and in each of its clauses."""
    assert recognizer.voices is not None
    said = recognizer.cut(texts)
    vectors = recognizer.vectors(said)
    assert vectors is not None
    read = [one.whole for one in said] + [clause.text for one in said for clause in one.clauses]
    known = [rows[0] for rows in vectors] + [
        rows[1 + len(one.parts) + number]
        for one, rows in zip(said, vectors, strict=True)
        for number in range(len(one.clauses))
    ]
    words = recognizer.voices.message_words.of(read)
    chances = soft(recognizer.voices.of_messages(heads.LABEL, words, np.array(known)))
    facts = danger_hints(recognizer.voices, words, np.array(known), chances)
    edges = np.cumsum([len(one.clauses) for one in said])[:-1]
    return facts[: len(said)], np.split(facts[len(said) :], edges)


def main() -> None:
    """Choose and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.parse_args()
    writers = CHOSEN_ON
    voices = load_voices()
    encoder, _ = open_the_encoder(os.environ)
    catalog = load_catalog()
    matcher = cached_matcher(catalog.phrases, encoder, cache_folder(os.environ))
    recognizer = Recognizer(matcher, learnt(parted(voices, writers, inside=False), "calibration"))
    rows = parted(voices, writers, inside=True)
    kept = heads.everything() | confidence(recognizer, rows) | danger(recognizer, rows)
    np.savez_compressed(heads.TAUGHT, **kept)


if __name__ == "__main__":
    main()
