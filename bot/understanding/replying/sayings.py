"""What a reply to a step is compared with, as vectors that were made once: those of one step would take half a second to make."""

import json
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np

from bot.understanding.encoding.encoder import Vectors

SAYINGS = Path(__file__).with_name("sayings.npz")
"""Made anew by `python -m tools.teach.sayings` when voices or steps change; what it lacks is made when it is asked for."""


def vectors_of(texts: Sequence[str], encoder: str, encode: Callable[[list[str]], Vectors]) -> Vectors:
    """One row per text, in their order: those that this encoder made before, and `encode` of the others."""
    known = _made_by(encoder)
    fresh = [text for text in dict.fromkeys(texts) if text not in known]
    new = dict(zip(fresh, encode(fresh), strict=True)) if fresh else {}
    return np.array([known[text] if text in known else new[text] for text in texts], np.float32)


def as_kept(encoder: str, vectors: Mapping[str, Vectors]) -> dict[str, np.ndarray]:
    """The arrays of the file."""
    rows = np.array(list(vectors.values()), np.float16)
    return {
        "encoder": np.array(encoder),
        "texts": np.array(json.dumps(list(vectors), ensure_ascii=False)),
        "vectors": rows,
    }


@lru_cache(maxsize=1)
def _made_by(encoder: str) -> Mapping[str, Vectors]:
    if not SAYINGS.is_file():
        return {}
    with np.load(SAYINGS) as kept:
        if str(kept["encoder"]) != encoder:
            return {}
        return dict(zip(json.loads(str(kept["texts"])), kept["vectors"], strict=True))
