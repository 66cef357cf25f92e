"""Sentence vectors on a CPU, in nine languages: multilingual-e5-small as an int8 ONNX file, built once by `encoder_build`."""

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
from tokenizers import Tokenizer

MODEL, WORDS = "model.onnx", "tokenizer.json"
ADAPTER = Path(__file__).parent / "encoder_adapter.npz"
"""What we taught the encoder (tools/teach): a low-rank change of its upper layers, and the heads that read it."""
ASKED = "query: "
"""How the model was taught that a sentence begins."""
MOST_TOKENS = 128
HOW_READ = b"each text alone; weights of seven bits"
"""Part of the version: what was read in another way cannot be compared either."""
FEW = 2
"""From so many texts on every core reads."""
MOST_KEPT = 256
SIZE = 384
Vectors = npt.NDArray[np.float32]


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
        self._session = session
        self._words = words
        self._middle = middle
        self._kept: dict[str, Vectors] = {}

    def encode_few(self, texts: Sequence[str]) -> Vectors:
        """The same for the few texts of one message; those of a moment ago are still at hand, whoever asks for them again."""
        kept = self._kept
        fresh = [text for text in dict.fromkeys(texts) if text not in kept]
        if fresh:
            new = dict(zip(fresh, self.encode(fresh), strict=True))
            kept = (
                {**kept, **new}
                if len(kept) < MOST_KEPT
                else {**{text: kept[text] for text in texts if text in kept}, **new}
            )
            self._kept = kept  # as a whole: other threads read it meanwhile
        return np.stack([kept[text] for text in texts])

    def remember(self, texts: Sequence[str], vectors: Vectors) -> None:
        """Have these vectors at hand for the next `encode_few`."""
        self._kept = {**self._kept, **dict(zip(texts, vectors, strict=True))}

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row of 384 numbers per text, in the order of the texts. Each text is read alone: in eight bits its vector would
        depend a little on the company that it is read in, and reading several at once is hardly quicker."""
        if len(texts) < FEW:
            return np.array([self._vector(text) for text in texts], np.float32).reshape(-1, SIZE)
        with ThreadPoolExecutor(os.cpu_count()) as threads:
            return np.array(list(threads.map(self._vector, texts)), np.float32)

    def _vector(self, text: str) -> Vectors:
        ids = np.array([self._words.encode(ASKED + text).ids], np.int64)
        inputs = {"input_ids": ids, "attention_mask": np.ones_like(ids)}
        vector: Vectors = self._session.run(None, inputs)[0][0] - self._middle
        return np.asarray(vector / max(float(np.linalg.norm(vector)), 1e-9), np.float32)


def default_folder(environ: Mapping[str, str]) -> Path:
    """Where the built encoder lies: ENCODER_DIR, else the user's cache."""
    if environ.get("ENCODER_DIR"):
        return Path(environ["ENCODER_DIR"])
    base = environ.get("XDG_CACHE_HOME") or f"{environ.get('HOME', '')}/.cache"
    return Path(base) / "smartmed-support-assistant" / f"encoder-{version()}"


@lru_cache(maxsize=1)
def version() -> str:
    """Changes with the pinned weights and with what we taught: vectors of another version cannot be compared."""
    parts = (ADAPTER, ADAPTER.with_name("encoder_wheel.txt"))
    return sha256(b"".join([*(part.read_bytes() for part in parts), HOW_READ])).hexdigest()[:8]


@lru_cache(maxsize=1)
def adapter() -> Mapping[str, Vectors]:
    """What we taught the encoder, by name."""
    with np.load(ADAPTER) as kept:
        return {name: kept[name] for name in kept.files}


def open_encoder(folder: Path) -> Encoder | EncoderFault:
    """The encoder of a folder, on one thread; or why there is none."""
    if not (folder / MODEL).exists() or not (folder / WORDS).exists():
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
