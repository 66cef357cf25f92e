"""The encoder as it was before we taught it: for sentences that are not about SmartMed, what we taught it only costs."""

from pathlib import Path
from typing import cast

import numpy as np
import onnx
from onnx import numpy_helper

from bot.understanding.encoder import MODEL, SIZE, Encoder, EncoderFault, Vectors, adapter, encoder_of

MOST = 127


def open_plain(folder: Path) -> Encoder | EncoderFault:
    """The encoder of a folder with our adapter taken out again, to the rounding of its eight bits; nothing is written."""
    if not (folder / MODEL).exists():
        return EncoderFault("not built yet: run `make install` with a network once")
    model = onnx.load(str(folder / MODEL))
    stored = {one.name: one for one in model.graph.initializer}
    for name, change in _changes().items():
        whole, scale = (numpy_helper.to_array(stored[f"{name}_{part}"]) for part in ("quantized", "scale"))
        weights = whole.astype(np.float32) * scale - change
        scale = np.maximum(np.abs(weights).max(axis=0) / MOST, 1e-9).astype(np.float32)
        rounded = np.round(weights / scale).astype(np.int8)
        for part, value in (("quantized", rounded), ("scale", scale)):
            stored[f"{name}_{part}"].CopyFrom(numpy_helper.from_array(value, f"{name}_{part}"))
    return encoder_of(model.SerializeToString(), folder, "multilingual-e5-small int8")


def _changes() -> dict[str, Vectors]:
    """What the adapter added to each matrix of the graph, turned as the graph holds it."""
    taught = adapter()
    added: dict[str, Vectors] = {}
    for key in taught:
        if key.endswith(".down"):
            name = key.removesuffix(".down")
            up, down = taught[f"{name}.up"].astype(np.float32), taught[key].astype(np.float32)
            added[name] = cast(Vectors, (up @ down).T)
    layers = sorted({name.partition(".")[0] for name in added}, key=lambda layer: int(layer[1:]))
    changes: dict[str, Vectors] = {}
    for layer in layers:
        none = np.zeros((SIZE, SIZE), np.float32)
        three = [added.get(f"{layer}.{part}", none) for part in ("q", "k", "v")]
        changes[f"qkv_{layer[1:]}"] = np.concatenate(three, axis=1)
        changes |= {
            f"{part}.w_{layer[1:]}": added[f"{layer}.{part}"]
            for part in ("ao", "fi", "fo")
            if f"{layer}.{part}" in added
        }
    return changes
