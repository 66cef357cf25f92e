"""Sentences as vectors: the encoder, and how it is built once."""

from pathlib import Path

MODEL, NUMBERS, WORDS = "model.onnx", "model.data", "tokenizer.json"


def is_built(folder: Path) -> bool:
    """Whether an encoder lies in this folder."""
    return all((folder / name).is_file() for name in (MODEL, WORDS))
