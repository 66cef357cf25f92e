"""Words of a user that may leave the store: nothing that belongs to a person, most of what does not."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from bot.__main__ import app
from bot.understanding.redaction.allowed import load_allowed
from bot.understanding.redaction.numbers import FAULT_CODE, HARMLESS_NUMBER
from bot.understanding.redaction.privacy import SHOWN, load_excerpter
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


ROWS = [
    json.loads(line)
    for name in ("private_rows.jsonl", "private_rows_second.jsonl")
    for line in (HERE / name).read_text(encoding="utf-8").splitlines()
]
"""Invented messages of many countries: what must be hidden, what must stay. The second was measured when the rules were done."""
LABELS = NO_SECRET | {
    "dob",
    "mrn",
    "gb",
    "iban",
    "ssn",
    "visa",
    "policy",
    "po",
    "box",
    "street",
    "a",
    "p",
    "dot",
    "al",
    "der",
    "de",
    "ms",
}


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


def test_of_messages_of_many_countries_98_of_100_private_words_are_hidden() -> None:
    count, shown = 0, []
    for row in ROWS:
        outside = words_of(row["text"])
        for span in row["spans"]:
            outside -= words_of(span)
        left = words_of(EXCERPT(row["text"])) - outside
        count += len(row["spans"])
        shown += [
            f"{span}: {EXCERPT(row['text'])}"
            for span in row["spans"]
            if set(words_of(span)) & set(left) - LABELS or span in left
        ]

    assert len(shown) <= 0.02 * count, shown


def test_of_messages_of_many_countries_90_of_100_useful_words_are_kept() -> None:
    lost = [
        f"{word}: {EXCERPT(row['text'])}" for row in ROWS for word in row["keep"] if word not in EXCERPT(row["text"])
    ]

    assert len(lost) <= 0.1 * sum(len(row["keep"]) for row in ROWS), lost


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Mark can't mark it", "[…] can't mark it"),
        ("Mark it as read", "Mark it as read"),
        ("May I see it in May", "May I see it in May"),
        ("for May's visit", "for […] visit"),
        ("my son jay is locked out", "my son […] is locked out"),
        ("my son will try again", "my son will try again"),
        ("the rose icon", "the rose icon"),
        ("Thanks, Bev", "Thanks, […]"),
        ("the passcode was sunflower nine, it failed", "the passcode was […], it failed"),
        ("my password is wrong", "my password is wrong"),
        ("born on the fourth of march nineteen eighty two, it fails", "born on […], it fails"),
        ("it took three hours", "it took three hours"),
        ("error E-4012 on screen", "error E-4012 on screen"),
        ("badge E-4012 on screen", "badge […] on screen"),
        ("write to tom dot lee at mail dot example please", "write to […] please"),
        (
            "Mi hijo Thiago no puede abrir la aplicación, error 504",
            "Mi hijo […] no puede abrir la aplicación, error 504",
        ),
        ("我叫李晓红，预约页面打不开", "[…]，预约页面打不开"),
    ],
)
def test_what_a_word_is_depends_on_where_it_stands(text: str, shown: str) -> None:
    assert EXCERPT(text) == shown


def test_the_command_gives_an_excerpt_for_each_row_in_the_same_order() -> None:
    rows = [{"text": "this is Rose Baker, error 403"}, {"text": ""}, {"text": "Chrome, Ünal"}]
    given = "\n".join(json.dumps(row) for row in rows)

    result = CliRunner().invoke(app, ["excerpt", "--jsonl"], input=given)

    assert [json.loads(line) for line in result.output.splitlines()] == [
        {"text": row["text"], "excerpt": EXCERPT(row["text"])} for row in rows
    ]


@pytest.mark.parametrize(("arguments", "given"), [([], ""), (["--jsonl"], '{"words": "x"}'), (["--jsonl"], "no json")])
def test_the_command_tells_wrong_use(arguments: list[str], given: str) -> None:
    assert CliRunner().invoke(app, ["excerpt", *arguments], input=given).exit_code == 2


@pytest.mark.parametrize(
    "harmless",
    ["error code is 101", "the battery is at 95%", "May I book two visits?", "iOS 17.4 and app 5.2.0", "at 10:30 it said 403",
     "see https://help.smartmed.com/login", "does it work 24/7", "the 2nd patient", "Dr is late", "i want a person. no bots",
     "I need help with precription", "whats the diffrence between basic and family plan", "forgot my pasword, acount locked",
     "my a1c lab still isnt here", "a stranger has my med list", "reçetemde yanlış doz yazıyor 5 yerine 50", "da steht 50 statt 5",
     "pone 50 en vez de 5", "5 की जगह 50 लिखा है"],
)  # fmt: skip
def test_a_harmless_number_or_word_is_shown_as_it_is(harmless: str) -> None:
    assert EXCERPT(harmless) == harmless


@pytest.mark.parametrize(
    "name",
    [
        "thackeray",
        "robinson",
        "lindqvist",
        "kowalski",
        "weller",
        "bianchi",
        "fontaine",
        "mercer",
        "wisniewski",
        "patterson",
    ],
)
def test_a_name_in_small_letters_is_no_misspelt_word(name: str) -> None:
    assert name not in EXCERPT(f"the bill of {name} is wrong")


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


def shows_no_more(one: str, other: str) -> bool:
    """Whether the first shows nothing that the other does not, piece by piece in its order."""
    start = 0
    for piece in one.split(SHOWN):
        start = other.find(piece.strip(), start) + len(piece.strip())
        if start < len(piece.strip()):
            return False
    return True


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=400))
def test_any_text_has_an_excerpt_and_the_excerpt_of_an_excerpt_shows_no_more(text: str) -> None:
    once = EXCERPT(text)

    assert shows_no_more(EXCERPT(once), once)
    assert all(word in text for word in re.findall(r"[^\W_]+", once))


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=400))
@example('Ò０a"È')
@example("Ivy forgot her security answer; it was probably Biscuit the beagle.")
@example("mi sento soffocare da tutte ste password")
@example("one […] two")
def test_of_one_line_an_excerpt_is_its_own_excerpt(text: str) -> None:
    once = EXCERPT(" ".join(text.splitlines()))

    assert EXCERPT(once) == once


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.sampled_from(sorted({part for line in LINES for part in SPAN.sub(r"\2", line).split()})), max_size=30)
)
def test_every_shown_word_is_on_the_list_or_a_harmless_number(parts: list[str]) -> None:
    shown = EXCERPT(" ".join(parts)).replace(SHOWN, " ")

    for part in re.findall(r"[^\W_]+(?:[.'’:/-][^\W_]+)*%?", shown):
        number = any(shape.fullmatch(part.lower()) for shape in (HARMLESS_NUMBER, FAULT_CODE))
        assert number or part.lower() in ALLOWED.words or ALLOWED.word(part, starts=2, loud=True)
