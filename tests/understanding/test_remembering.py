"""What was read before an edit is not read again after it."""

import os
from pathlib import Path

import numpy as np
import pytest

from bot.mind import open_the_encoder
from bot.understanding.encoding.encoder import Encoder
from bot.understanding.encoding.remembering import remembering

TEXTS = [("my code never came", ()), ("the page is blank and the code is gone", ((0, 17, False), (22, 38, True)))]


def test_it_reads_as_the_encoder_does_and_never_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    encoder = _encoder()
    with remembering(encoder, tmp_path) as reading:
        assert reading is not None
        first = reading.encode_pieces(TEXTS)
        few = reading.encode_few([TEXTS[0][0], TEXTS[0][0]])

    assert all(np.array_equal(one, other) for one, other in zip(first, encoder.encode_pieces(TEXTS), strict=True))
    assert np.array_equal(few, encoder.encode_few([TEXTS[0][0]] * 2))
    monkeypatch.setattr(Encoder, "_passed", _never)
    with remembering(encoder, tmp_path) as reading:
        assert reading is not None
        again = reading.encode_pieces(TEXTS)
    assert all(np.array_equal(one, other) for one, other in zip(first, again, strict=True))


def test_without_a_cache_it_is_the_encoder_itself() -> None:
    encoder = _encoder()
    with remembering(encoder, None) as reading:
        assert reading is encoder


def _never(*_: object) -> None:
    raise AssertionError("it was read before")


def _encoder() -> Encoder:
    encoder, why = open_the_encoder(os.environ)
    assert encoder is not None, why
    return encoder
