"""The measure of work itself: what grows with the square of a text is seen, what grows with it is not."""

import re

from tests.growth import calls_of, grows_no_faster


def test_work_that_grows_with_the_square_of_a_text_is_told_from_work_that_grows_with_it() -> None:
    text = "a" * 4000

    assert not grows_no_faster(re.compile("a+b").search, text)
    assert grows_no_faster(re.compile("ab").search, text) and grows_no_faster(sorted, text)


def test_a_first_reading_that_was_slow_hides_no_such_work() -> None:
    search, slow = re.compile("a+b").search, iter([True])

    def work(text: str) -> None:
        for _ in range(40 if len(text) < 4000 and next(slow, False) else 1):
            search(text)

    assert not grows_no_faster(work, "a" * 4000)


def test_calls_are_counted_alike_each_time() -> None:
    assert calls_of(lambda: [len(str(n)) for n in range(10)]) == calls_of(lambda: [len(str(n)) for n in range(10)]) > 10
