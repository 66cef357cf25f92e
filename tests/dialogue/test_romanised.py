"""Arabic and Hindi in Latin letters, to a step: what worked is solved, what did not goes on or to people, and none is guessed."""

import json
from pathlib import Path

import pytest

from bot.understanding.replying import romanised
from bot.understanding.text.plain import plain
from tests.dialogue.chat import Chat

PAGE = "the page will not load at all"
ANSWERS = Path(__file__).parents[2] / "voices" / "replies"
MOST_OTHERWISE, LEAST_READ = 0, 10_000


@pytest.mark.parametrize(
    "words",
    ["khalas zabat", "sh8al delwa2ty", "ishtaghalet", "ho gaya", "haan ho gya", "chal gaya", "sahi ho gaya shukriya"],
)
def test_what_worked_is_solved(chat: Chat, words: str) -> None:
    chat.says(PAGE)
    chat.says(words)
    assert chat.known.state == "solved"


@pytest.mark.parametrize("words", ["mish shaghal", "lessa mesh sh8al", "mafish 7aga", "ma zabatet", "mish rady"])
def test_what_did_not_work_goes_on(chat: Chat, words: str) -> None:
    chat.says(PAGE)
    step = chat.known.step
    chat.says(words)
    assert [one.outcome for one in chat.known.tried if one.step == step] == ["did_not_help"]


@pytest.mark.parametrize("words", ["nahi hua", "nhi hua", "kaam nahi kar raha"])
def test_in_a_language_that_is_told_people_hear_that_it_did_not_help(chat: Chat, words: str) -> None:
    chat.says(PAGE)
    step = chat.known.step
    chat.says(words)
    assert chat.last.request is not None
    assert [one.outcome for one in chat.last.request.tried if one.step == step] == ["did_not_help"]


@pytest.mark.parametrize(
    "words", ["tamam", "meshi el 7al", "halat kharab hai", "nahi karna", "no problem now", "go on"]
)
def test_what_is_no_result_is_none(words: str) -> None:
    assert romanised.result(plain(words)) is None


@pytest.mark.parametrize(
    "words",
    [
        *("account lock ho gaya", "payment do baar ho gaya", "app band ho gaya", "phone kharab ho gaya"),
        *("galat otp mil gaya", "screen khul gaya lekin khali", "error aa gaya aur logout ho gaya"),
        *("naya error mil gaya", "sab delete ho gaya", "password change ho gaya kisi se"),
        *("ho gaya?", "chal gaya kya"),
    ],
)
def test_that_something_has_become_otherwise_is_no_success(words: str) -> None:
    assert romanised.result(plain(words)) in (None, "unclear")


@pytest.mark.parametrize(
    "words",
    [
        *(
            "the picture is huge",
            "it's a huge file",
            "huge",
            "where does the mail go",
            "how go",
            "why is that a problem?",
        ),
        *("why is it the same", "why is it not ready", "he go", "mail go", "why same", "the mesh is ready"),
    ],
)
def test_english_words_of_the_same_consonants_are_no_result(words: str) -> None:
    assert romanised.result(plain(words)) is None


@pytest.mark.parametrize(
    "words",
    [
        *("the picture is huge", "why is that a problem?", "account lock ho gaya", "app band ho gaya"),
        *("phone kharab ho gaya", "screen khul gaya lekin khali", "payment do baar ho gaya"),
    ],
)
def test_a_step_is_not_left_for_words_that_only_sound_so(chat: Chat, words: str) -> None:
    chat.says(PAGE)
    chat.says(words)
    assert chat.known.state != "solved" and "did_not_help" not in [one.outcome for one in chat.known.tried]


def test_what_strangers_wrote_in_other_languages_is_hardly_ever_taken_for_one() -> None:
    replies = [json.loads(line) for file in ANSWERS.glob("*.jsonl") for line in file.read_text("utf-8").splitlines()]
    assert len(replies) >= LEAST_READ
    told = [(romanised.result(plain(one["reply"])), one["act"]) for one in replies]
    assert sum(found not in (None, "unclear", act) for found, act in told) <= MOST_OTHERWISE
