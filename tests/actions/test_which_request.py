"""Of several open requests of one person the one is answered for, added to and closed that the words name."""

import pytest

from bot.actions.deps import Deps
from bot.storage import tickets
from tests.actions.talks import says


@pytest.fixture
def two(deps: Deps) -> tuple[int, int]:
    """Somebody else's lab results, and beside them a charge: both are with people."""
    for words in ("I can see somebody elses blood test results under my name", "send it"):
        says(deps, words)
    for words in ("by the way I was charged twice on my card", "yes", "send it"):
        says(deps, words)
    with deps.reading.begin() as db:
        first, second = sorted(tickets.open_numbers(db))
    return first, second


def told(deps: Deps, words: str) -> str:
    """What is answered."""
    return " ".join(line.body for line in says(deps, words).answers)


def is_open(deps: Deps, number: int) -> bool:
    with deps.reading.begin() as db:
        return number in tickets.open_numbers(db)


@pytest.mark.parametrize(
    "words", ["when will someone look at the lab results thing?", "what about my request {}?", "any news of {}?"]
)
def test_the_request_that_is_named_is_told_of(deps: Deps, two: tuple[int, int], words: str) -> None:
    said = told(deps, words.format(two[0]))

    assert f"#{two[0]}" in said and f"#{two[1]}" not in said


def test_all_are_listed_where_none_is_named(deps: Deps, two: tuple[int, int]) -> None:
    said = told(deps, "any news?")

    assert all(f"#{number}" in said for number in two)


def test_an_addition_goes_to_the_request_that_it_is_about(deps: Deps, two: tuple[int, int]) -> None:
    told(deps, f"what about {two[0]}?")

    assert f"#{two[1]}" in told(deps, "my card was charged a third time too")


def test_no_request_is_closed_by_a_guess(deps: Deps, two: tuple[int, int]) -> None:
    said = told(deps, "please close my request")

    assert all(f"#{number}" in said for number in two) and all(is_open(deps, number) for number in two)


def test_the_request_that_is_named_is_closed_and_the_other_is_spoken_of_after(deps: Deps, two: tuple[int, int]) -> None:
    told(deps, f"close my request {two[1]}")
    if is_open(deps, two[1]):
        told(deps, "yes")

    assert not is_open(deps, two[1]) and is_open(deps, two[0])
    assert f"#{two[0]}" in told(deps, "how far is my request?")


def test_words_of_no_issue_are_added_and_open_no_second_request(deps: Deps) -> None:
    for words in ("I forgot my password", "nunca me llegó el correo, quiero hablar con alguien"):
        says(deps, words)
    with deps.reading.begin() as db:
        before = tickets.open_numbers(db)
    told(deps, "it never turned up")

    with deps.reading.begin() as db:
        assert before and tickets.open_numbers(db) == before
