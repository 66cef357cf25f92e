"""What the encoder made of a text is kept between tests, workers and runs: most texts of the tests are read many times."""

import sqlite3
import threading
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import numpy as np
import onnxruntime

from bot.understanding.encoding import encoder as encoding
from bot.understanding.encoding.encoder import SIZE, Encoder, Span, Vectors

Asked = tuple[str, Sequence[Span]]


class KeptReadings:
    """Vectors by encoder and text, in a file that all workers share; read anew after any change of the code that reads."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        code = Path(encoding.__file__).read_bytes() + onnxruntime.__version__.encode()
        place = folder / f"readings-of-tests-{sha256(code).hexdigest()[:12]}.db"
        self._lock = threading.Lock()
        self._db = sqlite3.connect(place, timeout=60, isolation_level=None, check_same_thread=False)
        for told in ("PRAGMA journal_mode = WAL", "PRAGMA synchronous = OFF"):
            self._db.execute(told)
        self._db.execute("CREATE TABLE IF NOT EXISTS readings (asked BLOB PRIMARY KEY, rows BLOB) WITHOUT ROWID")

    def use(self) -> None:
        """From now on every encoder of this process asks here first."""
        pieces, few = Encoder.encode_pieces, Encoder.encode_few

        def encode_pieces(encoder: Encoder, texts: Sequence[Asked]) -> list[Vectors]:
            known = [self._known(encoder, text, spans) for text, spans in texts]
            missing = [asked for asked, rows in zip(texts, known, strict=True) if rows is None]
            fresh = iter(pieces(encoder, missing) if missing else ())
            found = [next(fresh) if rows is None else rows for rows in known]
            for (text, spans), before, rows in zip(texts, known, found, strict=True):
                if before is None:
                    self._keep(encoder, text, spans, rows)
            return found

        def encode_few(encoder: Encoder, texts: Sequence[str]) -> Vectors:
            known = {text: self._known(encoder, text, ()) for text in dict.fromkeys(texts)}
            missing = [text for text, rows in known.items() if rows is None]
            for text, row in zip(missing, few(encoder, missing) if missing else (), strict=True):
                known[text] = row[None]
                self._keep(encoder, text, (), row)
            return np.stack([rows[0] for text in texts if (rows := known[text]) is not None])

        Encoder.encode_pieces, Encoder.encode_few = encode_pieces, encode_few

    def close(self) -> None:
        """Nothing is asked any more."""
        self._db.close()

    def _known(self, encoder: Encoder, text: str, spans: Sequence[Span]) -> Vectors | None:
        with self._lock:
            found = self._db.execute(
                "SELECT rows FROM readings WHERE asked = ?", (_key(encoder, text, spans),)
            ).fetchone()
        return None if found is None else np.frombuffer(found[0], np.float32).reshape(-1, SIZE).copy()

    def _keep(self, encoder: Encoder, text: str, spans: Sequence[Span], rows: Vectors) -> None:
        written = (_key(encoder, text, spans), np.ascontiguousarray(rows, np.float32).tobytes())
        with self._lock:
            self._db.execute("INSERT OR IGNORE INTO readings VALUES (?, ?)", written)


def _key(encoder: Encoder, text: str, spans: Sequence[Span]) -> bytes:
    return sha256(repr((encoder.name, text, tuple(spans))).encode("utf-8", "surrogatepass")).digest()
