"""First light: no encoder yet."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class EncoderFault:
    """Why there is no encoder."""

    reason: str

    def __str__(self) -> str:
        return self.reason


class Encoder:
    """Sentence vectors."""

    name = "none"


def default_folder(environ: Mapping[str, str]) -> Path:
    """Where the encoder lies."""
    return Path(environ.get("ENCODER_DIR", "/nonexistent"))


def open_encoder(folder: Path) -> Encoder | EncoderFault:
    """The encoder, or why there is none."""
    return EncoderFault("not built")
