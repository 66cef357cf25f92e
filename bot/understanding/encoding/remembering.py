"""The encoder with what it read before at hand: for whoever reads nearly the same again, as the gate does after every edit."""

import pickle
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from bot.understanding.encoding.encoder import Encoder, Span, Vectors
from handoff.kept import keep, recall

MOST = 20_000
"""So many texts are kept that were not asked for this time."""
Asked = tuple[str, tuple[Span, ...]]
"""A text, and the stretches of it that are read too."""


class Remembering(Encoder):
    """Reads like the encoder that it is made from, and each text once."""

    def __init__(self, own: Encoder, known: dict[Asked, Vectors]) -> None:
        super().__init__(own.session, own.words, own.middle)
        self._known = known
        self.used: dict[Asked, Vectors] = {}
        self.learnt = False

    def encode_few(self, texts: Sequence[str]) -> Vectors:
        return self.encode(texts)

    def encode_pieces(self, texts: Sequence[tuple[str, Sequence[Span]]]) -> list[Vectors]:
        asked = [(text, tuple(spans)) for text, spans in texts]
        fresh = [one for one in dict.fromkeys(asked) if one not in self._known]
        if fresh:
            self.learnt = True
            self._known.update(zip(fresh, super().encode_pieces(fresh), strict=True))
        self.used.update((one, self._known[one]) for one in asked)
        return [self._known[one] for one in asked]


@contextmanager
def remembering(encoder: Encoder | None, cache: Path | None) -> Iterator[Encoder | None]:
    """An encoder for one long look; what it read is kept in the cache for the next one. Where there is none, or no cache, as it is."""
    if encoder is None or cache is None:
        yield encoder
        return
    path = cache / f"read-{sha256(encoder.name.encode()).hexdigest()[:12]}.pickle"
    content = recall(path)
    known: dict[Asked, Vectors] = {} if content is None else pickle.loads(content)  # noqa: S301 - our own cache
    reading = Remembering(encoder, known)
    yield reading
    if reading.learnt:
        others = list(known.items())[-MOST:]
        keep(path, pickle.dumps({**dict(others), **reading.used}))
