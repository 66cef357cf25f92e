"""What a reply to a step is compared with was read once and lies in the tree: the first reply to a step waits for nothing."""

import os

import numpy as np

from bot.mind import open_the_encoder
from bot.understanding.encoding.encoder import Encoder, Vectors
from bot.understanding.replying.sayings import SAYINGS, vectors_of
from tools.teach.sayings import sayings

AS_ANOTHER_PROCESSOR = 0.99
TOLD = "after a change of voices, steps or buttons: `python -m tools.teach.sayings`"


def test_everything_that_replies_are_compared_with_has_its_vector_in_the_tree() -> None:
    read: list[str] = []

    vectors_of(sayings(), _encoder().name, lambda fresh: _noted(read, fresh))

    assert (read, SAYINGS.is_file()) == ([], True), TOLD


def test_the_vectors_in_the_tree_are_those_that_the_encoder_makes() -> None:
    encoder, some = _encoder(), sayings()[::400]

    kept = vectors_of(some, encoder.name, lambda fresh: _noted([], fresh))

    assert _are_alike(kept, encoder.encode(some)), TOLD


def test_what_is_not_kept_is_read_once_and_stands_in_its_place() -> None:
    encoder, asked = _encoder(), list[list[str]]()
    known, new = sayings()[0], "zebra crossings on a Tuesday"

    def encode(fresh: list[str]) -> Vectors:
        asked.append(fresh)
        return encoder.encode(fresh)

    found = vectors_of([new, known, new], encoder.name, encode)

    assert asked == [[new]]
    assert _are_alike(found, encoder.encode([new, known, new]))


def test_what_another_encoder_made_is_not_compared() -> None:
    read: list[str] = []

    vectors_of(sayings()[:3], "another one", lambda fresh: _noted(read, fresh))

    assert read == sayings()[:3]


def _are_alike(some: Vectors, others: Vectors) -> bool:
    """As two processors read the same text: whole numbers round otherwise there now and then, and it stays the same sentence."""
    return bool((np.sum(some * others, axis=1) >= AS_ANOTHER_PROCESSOR).all())


def _noted(read: list[str], fresh: list[str]) -> Vectors:
    read.extend(fresh)
    return np.zeros((len(fresh), 384), np.float32)


def _encoder() -> Encoder:
    encoder, why = open_the_encoder(os.environ)
    assert encoder is not None, why
    return encoder
