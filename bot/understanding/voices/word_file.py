"""Models over words as a file: in the tree for the voices in the tree, in the cache for others. A third of what pickles would take."""

import io
import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from bot.understanding.matching.bases import Words
from bot.understanding.matching.tfidf import Analyze, Tfidf, parts_of_words, word_pairs
from bot.understanding.voices.models import ByWords, VoiceModels

ANALYZERS: Mapping[str, Analyze] = {"words": word_pairs, "parts": parts_of_words}
VOCABULARIES = ("message", "reply")
BITS_LEFT_OUT = 4
"""Of the ten bits that tell a weight's size, so many are rounded away: a weight is true to one part in a hundred."""
_Arrays = dict[str, npt.NDArray[Any]]


def as_bytes(models: VoiceModels) -> bytes:
    """The models as they are kept."""
    kept: _Arrays = {"version": np.array(models.version), "tasks": np.array(list(models.tasks))}
    kept["sayings"] = _packed([[*place, *said] for place, said in models.sayings.items()])
    for name, words in zip(VOCABULARIES, (models.message_words, models.reply_words), strict=True):
        for kind in ANALYZERS:
            made: Tfidf = getattr(words, kind)
            kept[f"{name}.{kind}.terms"], kept[f"{name}.{kind}.rarity"] = _packed(list(made.columns)), made.rarity
    for task, model in models.tasks.items():
        kept |= {f"{task}.{part}": array for part, array in _parts(model).items()}
    written = io.BytesIO()
    np.savez_compressed(written, allow_pickle=False, **kept)
    return written.getvalue()


def version_in(path: Path) -> str | None:
    """Which voices a file was learnt from; None where there is no such file."""
    if not path.is_file():
        return None
    with np.load(path) as kept:
        return str(kept["version"])


@lru_cache(maxsize=1)
def words_of(path: Path, _version: str) -> VoiceModels:
    """The models of a file that holds this version; they lie in memory once, however often they are asked for."""
    return read_words(path)


def read_words(path: Path) -> VoiceModels:
    """The models of a file that `as_bytes` made."""
    with np.load(path) as kept:
        message, reply = (
            Words(**{kind: _tfidf(kept, f"{name}.{kind}", analyze) for kind, analyze in ANALYZERS.items()})
            for name in VOCABULARIES
        )
        tasks = {str(task): _model(kept, str(task)) for task in kept["tasks"]}
        sayings = {(row[0], row[1], row[2]): tuple(row[3:]) for row in _unpacked(kept["sayings"])}
        return VoiceModels(message, reply, tasks, sayings, str(kept["version"]))


def _parts(model: ByWords) -> _Arrays:
    return {
        "weights": rounded(model.weights.data),
        "columns": model.weights.indices.astype(np.uint16),
        "counts": np.diff(model.weights.indptr).astype(np.uint16),
        "offset": model.offset,
        "names": np.array(model.names),
    }


def _model(kept: Mapping[str, npt.NDArray[Any]], task: str) -> ByWords:
    names = tuple(str(name) for name in kept[f"{task}.names"])
    counts = kept[f"{task}.counts"]
    ends = np.concatenate([[0], np.cumsum(counts, dtype=np.int32)]).astype(np.int32)
    parts = (kept[f"{task}.weights"].astype(np.float32), kept[f"{task}.columns"].astype(np.int32), ends)
    return ByWords(sparse.csr_matrix(parts, shape=(len(counts), len(names))), kept[f"{task}.offset"], names)


def rounded(weights: npt.NDArray[np.float32]) -> npt.NDArray[np.float16]:
    """The weights with fewer bits, which take half the room."""
    bits = weights.astype(np.float16).view(np.uint16)
    half, mask = 1 << (BITS_LEFT_OUT - 1), (1 << BITS_LEFT_OUT) - 1
    return np.asarray((bits + half) & ~np.uint16(mask), np.uint16).view(np.float16)


def _tfidf(kept: Mapping[str, npt.NDArray[Any]], name: str, analyze: Analyze) -> Tfidf:
    terms = _unpacked(kept[f"{name}.terms"])
    return Tfidf(analyze, {str(term): column for column, term in enumerate(terms)}, kept[f"{name}.rarity"])


def _packed(value: list[Any]) -> npt.NDArray[np.uint8]:
    return np.frombuffer(json.dumps(value, ensure_ascii=False).encode(), np.uint8)


def _unpacked(array: npt.NDArray[Any]) -> list[Any]:
    found: list[Any] = json.loads(array.tobytes())
    return found
