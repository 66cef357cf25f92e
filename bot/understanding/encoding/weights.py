"""The packed four-bit file of multilingual-e5-small -> plain numbers: its pieces of words, and one array per matrix."""

import struct
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Weights = dict[str, npt.NDArray[np.float32]]
MAGIC = b"E5S1"
PACKED = 1
"""A tensor of this kind lies in blocks: a half-precision scale, then 32 weights of four bits (low halves first)."""
BLOCK, BLOCK_BYTES = 32, 18


@dataclass(frozen=True)
class Packed:
    """The vocabulary, each piece with its log probability, and the weights by name, flat."""

    pieces: tuple[tuple[str, float], ...]
    weights: Weights


class _Cursor:
    def __init__(self, raw: bytes) -> None:
        self.raw, self.at = raw, 0

    def take(self, kind: str) -> tuple[int | float, ...]:
        values = struct.unpack_from(f"<{kind}", self.raw, self.at)
        self.at += struct.calcsize(f"<{kind}")
        return values

    def array(self, kind: npt.DTypeLike, count: int) -> npt.NDArray[np.generic]:
        values = np.frombuffer(self.raw, kind, count, self.at)
        self.at += values.nbytes
        return values

    def words(self, count: int) -> bytes:
        self.at += count
        return self.raw[self.at - count : self.at]


def unpacked(raw: bytes) -> Packed:
    """Read the file; raises ValueError when it is not one. The format is told by the reader in C that lies beside it."""
    if raw[:4] != MAGIC:
        raise ValueError("the file with the weights is of another kind")
    cursor = _Cursor(raw)
    cursor.words(len(MAGIC))
    cursor.take("I7ifi")  # version, sizes, epsilon, block: fixed for the one pinned file
    count = int(cursor.take("i")[0])
    cursor.take("4i")  # the special pieces: 0 begin, 1 padding, 2 end, 3 unknown
    length = int(cursor.take("Q")[0])
    edges = cursor.array(np.uint32, count + 1).astype(np.int64)
    scores = cursor.array(np.float32, count)
    letters = cursor.words(length)
    cursor.take("i")
    cursor.words(int(cursor.take("I")[0]))  # its own table of normal forms: text.neat and NFKC do the same here
    pieces = tuple(
        (letters[edges[n] : edges[n + 1]].decode("utf-8", "replace"), float(scores[n])) for n in range(count)
    )
    return Packed(pieces, dict(_tensor(cursor) for _ in range(int(cursor.take("i")[0]))))


def _tensor(cursor: _Cursor) -> tuple[str, npt.NDArray[np.float32]]:
    name = cursor.words(int(cursor.take("H")[0])).decode()
    kind, count, start, length = (int(value) for value in cursor.take("BIQQ"))
    if kind != PACKED:
        return name, np.frombuffer(cursor.raw, np.float32, count, start)
    blocks = np.frombuffer(cursor.raw, np.uint8, length, start).reshape(-1, BLOCK_BYTES)
    scale = blocks[:, :2].copy().view(np.float16).astype(np.float32)
    halves = np.concatenate([blocks[:, 2:] & 15, blocks[:, 2:] >> 4], axis=1).astype(np.float32)
    return name, ((halves - 8) * scale).reshape(-1)


def with_adapter(
    weights: Mapping[str, npt.NDArray[np.float32]], adapter: Mapping[str, npt.NDArray[np.float16]]
) -> Weights:
    """The weights with a low-rank change added: for each matrix `X.w`, `X.up @ X.down`."""
    changed = dict(weights)
    for name in sorted({key.rpartition(".")[0] for key in adapter if key.endswith(".down")}):
        up, down = adapter[f"{name}.up"].astype(np.float32), adapter[f"{name}.down"].astype(np.float32)
        changed[f"{name}.w"] = weights[f"{name}.w"] + (up @ down).reshape(-1)
    return changed
