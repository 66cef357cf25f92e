"""The measure of work itself: what grows with the square of a text is seen, what grows with it is not."""

import re

from tests.growth import calls_of, grows_no_faster


def test_work_that_grows_with_the_square_of_a_text_is_told_from_work_that_grows_with_it() -> None:
    text = "a" * 4000

    assert not grows_no_faster(re.compile("a+b").search, text)
    assert grows_no_faster(re.compile("ab").search, text) and grows_no_faster(sorted, text)


def test_calls_are_counted_alike_each_time() -> None:
    assert calls_of(lambda: [len(str(n)) for n in range(10)]) == calls_of(lambda: [len(str(n)) for n in range(10)]) > 10
