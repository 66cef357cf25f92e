"""Words of a user that may leave the store: nothing that belongs to a person, most of what does not."""

import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.understanding.privacy import SHOWN, load_excerpter
from bot.understanding.privacy_allowed import load_allowed
from bot.understanding.privacy_numbers import FAULT_CODE, HARMLESS_NUMBER
from handoff.data_files import Strict, read_yaml, validated


class Marked(Strict):
    """Messages with what belongs to a person marked, and messages without any of it."""

    private: list[str]
    harmless: list[str]


HERE = Path(__file__).parent
EXCERPT = load_excerpter()
ALLOWED = load_allowed()
SPAN = re.compile(r"\[\[(\w+):([^\]]+)\]\]")
WORD = re.compile(r"[\w'-]+")
NO_SECRET = {"of", "the", "old", "years", "year", "dr", "mr", "mrs", "at", "in", "apt", "flat"}
SECOND = validated(Marked, read_yaml(HERE / "privacy_set.yml", HERE))
FIRST = [line for line in (HERE / "private.txt").read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
LINES: list[str] = [*FIRST, *SECOND.private]
HARMLESS: list[str] = [*(HERE / "harmless.txt").read_text(encoding="utf-8").splitlines(), *SECOND.harmless]


def words_of(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.lower()))


def hidden(kinds: set[str]) -> tuple[int, list[str]]:
    """How many spans of these kinds there are, and the messages that show a word of one."""
    count, shown = 0, []
    for line in LINES:
        text = SPAN.sub(r"\2", line)
        left = words_of(EXCERPT(text)) - words_of(SPAN.sub(" ", line))
        chosen = [words for kind, words in SPAN.findall(line) if kind in kinds]
        count += len(chosen)
        shown += [f"{text} -> {EXCERPT(text)}" for words in chosen if set(words_of(words)) & set(left) - NO_SECRET]
    return count, shown


@pytest.mark.guide("CX6", "O20")
def test_at_least_98_of_100_private_words_are_hidden() -> None:
    count, shown = hidden({"name", "id", "date", "place"})

    assert len(shown) <= 0.02 * count, shown


def test_every_number_and_address_of_a_person_is_hidden() -> None:
    _, shown = hidden({"id"})

    assert shown == []


def test_at_least_95_of_100_names_are_hidden() -> None:
    count, shown = hidden({"name"})

    assert len(shown) <= 0.05 * count, shown


def test_at_least_90_of_100_harmless_words_are_kept() -> None:
    said = sum(len(WORD.findall(line)) for line in HARMLESS)
    kept = sum(len(WORD.findall(EXCERPT(line).replace(SHOWN, " "))) for line in HARMLESS)

    assert kept >= 0.9 * said


@pytest.mark.parametrize(
    "harmless",
    ["error code is 101", "the battery is at 95%", "May I book two visits?", "iOS 17.4 and app 5.2.0", "at 10:30 it said 403",
     "see https://help.smartmed.com/login", "does it work 24/7", "the 2nd patient", "Dr is late"],
)  # fmt: skip
def test_a_harmless_number_or_word_is_shown_as_it_is(harmless: str) -> None:
    assert EXCERPT(harmless) == harmless


@pytest.mark.parametrize(
    ("private", "shown"),
    [
        ("3 Marshall Estate, N64 2SX", "[…]"),
        ("see https://help.smartmed.com/maria-gonzalez", "see […]"),
        ("dear A. Rose, hello", "dear […], hello"),
        ("will turner is my name", "[…] is my name"),
        ("my password is Sunny#Day77 now", "my password is […] now"),
        ("my grandmother is 99, she waits", "my grandmother is […], she waits"),
        ("Maria Gonzalez, Lucia Perez", "[…]"),
        ("iban DE89 3704 0044 0532 0130 00", "iban […]"),
    ],
)
def test_a_mask_takes_its_neighbours_and_no_more(private: str, shown: str) -> None:
    assert EXCERPT(private) == shown


@pytest.mark.parametrize(
    "hostile",
    ["Kowalski " * 900, "A." * 4000, "1#" * 4000, "rue de la " * 800, "he is 99 " * 900, "i am " * 1600, "aa11 1111 " * 800,
     "mrn " * 2000, "mrn" + " " * 8000, "1" * 8000, "a@" * 4000, "1-" * 4000, ":" * 8000, "12 a st " * 1000, "Dr " * 2600, "x." * 4000,
     "March 3 " * 1000, "+1 (" * 2000, "http://" * 1100, "\u202e" * 8000, "\ud800" * 100, "é" * 8000],
)  # fmt: skip
def test_hostile_text_gives_a_short_answer(hostile: str) -> None:
    assert len(EXCERPT(hostile)) <= 4 * 8000  # how long it takes: `make bench`


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=400))
def test_any_text_has_an_excerpt_and_the_excerpt_of_an_excerpt_shows_no_more(text: str) -> None:
    once = EXCERPT(text)

    assert set(re.findall(r"[^\W_]+", EXCERPT(once))) <= set(re.findall(r"[^\W_]+", once))
    assert all(word in text for word in re.findall(r"[^\W_]+", once))


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.sampled_from(sorted({part for line in LINES for part in SPAN.sub(r"\2", line).split()})), max_size=30)
)
def test_every_shown_word_is_on_the_list_or_a_harmless_number(parts: list[str]) -> None:
    shown = EXCERPT(" ".join(parts)).replace(SHOWN, " ")

    for part in re.findall(r"[^\W_]+(?:[.'’:/-][^\W_]+)*%?", shown):
        number = any(shape.fullmatch(part.lower()) for shape in (HARMLESS_NUMBER, FAULT_CODE))
        assert number or part.lower() in ALLOWED.words or ALLOWED.word(part, starts=2, loud=True)
