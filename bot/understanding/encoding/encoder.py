"""Sentence vectors on a CPU, in nine languages: multilingual-e5-small as an int8 ONNX file, built once by `build`."""

import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime
from tokenizers import Encoding, Tokenizer

from bot.understanding.encoding import MODEL, WORDS, is_built

ADAPTER = Path(__file__).parent / "adapter.npz"
"""What we taught the encoder (tools/teach): a low-rank change of its upper layers, and the heads that read it."""
ASKED = "query: "
"""How the model was taught that a sentence begins."""
MOST_TOKENS = 128
HOW_READ = b"each text alone, its pieces within it; weights of seven bits"
"""Part of the version: what was read in another way cannot be compared either."""
FEW = 2
"""From so many texts on every core reads."""
MOST_KEPT, MOST_PASSES = 256, 32
"""So many texts are at hand as vectors, and so many as they were read: a message and the clauses that one turn looks at."""
MOST_WINDOWS = 4
"""A longer text is read in so many windows at most; the first speaks for the whole."""
SIZE = 384
Vectors = npt.NDArray[np.float32]


Span = tuple[int, int, bool]
"""Where a stretch of a text begins and ends, and whether it is read by itself."""


@dataclass(frozen=True)
class _Pass:
    """A text, or a window of a long one, as it was read: the state of each piece of a word, its place in the text, and whether
    it is of the text at all."""

    states: Vectors
    places: npt.NDArray[np.int64]
    of_text: npt.NDArray[np.bool_]


@dataclass(frozen=True)
class EncoderFault:
    """Why there is no encoder, in words."""

    reason: str

    def __str__(self) -> str:
        return self.reason


class Encoder:
    """Turns sentences into vectors of length one; near in meaning is near in direction, whatever the language."""

    def __init__(self, session: onnxruntime.InferenceSession, words: Tokenizer, middle: Vectors) -> None:
        self.name = f"multilingual-e5-small int8 {version()}"
        self.session = session
        self.words = words
        self.middle = middle
        self._kept: dict[str, Vectors] = {}
        self._passes: dict[str, tuple[_Pass, ...]] = {}

    def encode_few(self, texts: Sequence[str]) -> Vectors:
        """The same as `encode` for the few texts of one message; those of a moment ago are still at hand, whoever asks again."""
        kept = self._kept
        fresh = [text for text in dict.fromkeys(texts) if text not in kept]
        if fresh:
            new = {text: self._vectors(text, self._read(text), ())[0] for text in fresh}
            kept = (
                {**kept, **new}
                if len(kept) < MOST_KEPT
                else {**{text: kept[text] for text in texts if text in kept}, **new}
            )
            self._kept = kept  # as a whole: other threads read it meanwhile
        return np.stack([kept[text] for text in texts])

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row of 384 numbers per text, in the order of the texts. Each text is read alone: in eight bits its vector would
        depend a little on the company that it is read in, and reading several at once is hardly quicker."""
        return np.array([found[0] for found in self.encode_pieces([(text, ()) for text in texts])], np.float32).reshape(
            -1, SIZE
        )

    def encode_pieces(self, texts: Sequence[tuple[str, Sequence[Span]]]) -> list[Vectors]:
        """For each text its vector, and one for each of its stretches, (1 + stretches, 384): in the light of the whole, all
        from one reading, but for those that are to be read by themselves."""
        if len(texts) < FEW:
            return [self._vectors(text, self._read(text), spans) for text, spans in texts]
        with ThreadPoolExecutor(os.cpu_count()) as threads:
            return list(threads.map(lambda asked: self._vectors(asked[0], self._passed(asked[0]), asked[1]), texts))

    def _read(self, text: str) -> tuple[_Pass, ...]:
        """The text as it was read; the last few are still at hand."""
        found = self._passes.get(text)
        if found is None:
            found = self._passed(text)
            before = list(self._passes.items())[-MOST_PASSES:]
            self._passes = {**dict(before), text: found}  # as a whole: other threads read it meanwhile
        return found

    def _passed(self, text: str) -> tuple[_Pass, ...]:
        first = self.words.encode(ASKED + text)
        return tuple(self._pass(one) for one in (first, *first.overflowing[: MOST_WINDOWS - 1]))

    def _pass(self, pieces: Encoding) -> _Pass:
        ids = np.array([pieces.ids], np.int64)
        places = np.array(pieces.offsets) - len(ASKED)
        of_text = (places[:, 1] > places[:, 0]) & (places[:, 0] >= 0)
        return _Pass(self.session.run(None, {"input_ids": ids})[0][0], places, of_text)

    def _vectors(self, text: str, passes: tuple[_Pass, ...], spans: Sequence[Span]) -> Vectors:
        means = [passes[0].states.mean(axis=0)]
        for start, end, apart in spans:
            means.append(self._pass_of(text[start:end]) if apart else _mean(passes, start, end))
        vectors = np.array(means, np.float32) - self.middle
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(vectors / np.maximum(lengths, 1e-9), np.float32)

    def _pass_of(self, text: str) -> Vectors:
        return np.asarray(self._pass(self.words.encode(ASKED + text)).states.mean(axis=0), np.float32)


def _mean(passes: tuple[_Pass, ...], start: int, end: int) -> Vectors:
    """The mean over a stretch's pieces, with the marks that stand around every sentence as where it is read alone."""
    found = [(one, one.of_text & (one.places[:, 0] >= start - 1) & (one.places[:, 1] <= end + 1)) for one in passes]
    best, inside = max(found, key=lambda pair: int(pair[1].sum()))
    chosen = inside | ~best.of_text if inside.any() else np.ones(len(inside), bool)
    return np.asarray(best.states[chosen].mean(axis=0), np.float32)


def default_folder(environ: Mapping[str, str]) -> Path:
    """Where the built encoder lies: ENCODER_DIR, else the user's cache."""
    if environ.get("ENCODER_DIR"):
        return Path(environ["ENCODER_DIR"])
    base = environ.get("XDG_CACHE_HOME") or f"{environ.get('HOME', '')}/.cache"
    return Path(base) / "smartmed-support-assistant" / f"encoder-{version()}"


@lru_cache(maxsize=1)
def version() -> str:
    """Changes with the pinned weights and with what we taught: vectors of another version cannot be compared."""
    parts = (ADAPTER, ADAPTER.with_name("wheel.txt"))
    return sha256(b"".join([*(part.read_bytes() for part in parts), HOW_READ])).hexdigest()[:8]


@lru_cache(maxsize=1)
def adapter() -> Mapping[str, Vectors]:
    """What we taught the encoder, by name."""
    with np.load(ADAPTER) as kept:
        return {name: kept[name] for name in kept.files}


def open_encoder(folder: Path) -> Encoder | EncoderFault:
    """The encoder of a folder, on one thread; or why there is none."""
    if not is_built(folder):
        return EncoderFault("not built yet: run `make install` with a network once")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.enable_cpu_mem_arena = False
    try:
        session = onnxruntime.InferenceSession(str(folder / MODEL), options, providers=["CPUExecutionProvider"])
        words = Tokenizer.from_file(str(folder / WORDS))
    except Exception as error:  # noqa: BLE001 - both libraries raise bare exceptions of their own for a broken file
        return EncoderFault(f"the files in {folder.name} cannot be used ({type(error).__name__}): build them again")
    words.no_padding()
    words.enable_truncation(MOST_TOKENS)
    return Encoder(session, words, adapter()["middle"].astype(np.float32))
