"""Heads: columns over a vector, with or without a layer of units before them."""

import numpy as np
import pytest

from bot.understanding.replying.replies import ReplyReader, _led_on_alike
from bot.understanding.voices import heads
from bot.understanding.voices.heads import Head, Hidden


def test_a_layer_of_units_lets_a_head_tell_what_no_line_can() -> None:
    units = Hidden(np.array([[1.0, -1.0], [-1.0, 1.0]], np.float32), np.zeros(2, np.float32))
    either = Head(np.array([[2.0], [2.0]], np.float32), np.array([-1.0], np.float32), ("one_of_two",), units)
    corners = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], np.float32)
    assert (either.scores(corners)[:, 0] > 0).tolist() == [False, True, True, False]


@pytest.mark.parametrize("task", [heads.ACT, heads.ACT_IN_STEP, heads.BUTTON, heads.QUESTION, heads.SIGNAL])
def test_every_head_that_reads_replies_and_facts_was_taught_and_has_a_column_for_each_name(task: str) -> None:
    head = heads.head(task)
    assert head is not None and head.hidden is not None
    assert head.weights.shape == (head.hidden.offset.shape[0], len(head.names)) and head.offset.shape == (
        len(head.names),
    )


def test_a_button_that_leads_on_as_no_does_counts_with_it() -> None:
    chances = np.array([0.3, 0.25, 0.45])
    names = ("button", "not_helped", "helped")
    assert _led_on_alike(chances, names, onward=True).argmax() == 0
    assert _led_on_alike(chances, names, onward=False).argmax() == 2
    assert ReplyReader(None, None).to_question("", "gather").act == "unclear"
