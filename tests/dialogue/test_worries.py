"""Despair and fear of somebody, told in few words and in the midst of something: the numbers and one question, in every state."""

import pytest

from tests.dialogue.chat import Chat

BEFORE = [
    [],
    ["i cant log in"],
    ["i cant log in", "No"],
    ["i was charged twice"],
    ["talk to a person please", "skip", "skip"],
    ["something is wrong"],
]
DESPAIR = [
    "i can't take it any more",
    "i can't go on like this",
    "i dont see any reason to go on",
    "im so done. with everything",
    "there is no point anymore",
    "I have no hope left",
]


@pytest.mark.parametrize("before", BEFORE)
@pytest.mark.parametrize("despair", DESPAIR)
def test_despair_in_few_words_is_asked_about_with_the_numbers_in_every_state(
    chat: Chat, before: list[str], despair: str
) -> None:
    for words in before:
        chat.says(words)

    text = chat.says(despair)

    assert "911" in text and "988" in text
    assert chat.known.state == "checking" or chat.last.request is not None


@pytest.mark.parametrize(
    ("despair", "own"),
    [
        ("ya no puedo más", "¿Hay alguien en peligro"),
        ("je n'en peux plus", "en danger en ce moment"),
        ("ich kann einfach nicht mehr", "Gefahr"),
        ("我活不下去了", "988"),
    ],
)
def test_despair_in_another_language_is_answered_in_it(chat: Chat, despair: str, own: str) -> None:
    chat.says("i cant log in")
    assert own in chat.says(despair)


@pytest.mark.parametrize(
    "calm",
    [
        "i can't go on to the next page",
        "i can't take it any further in the form",
        "i can't do this anymore on my phone, it needs a computer",
        "i see no reason to do that again",
        "i'm done with everything, still nothing",
    ],
)
def test_what_cannot_be_done_in_a_step_raises_no_question(chat: Chat, calm: str) -> None:
    chat.says("i cant log in")
    chat.says(calm)
    assert chat.known.state != "checking" and chat.last.request is None


@pytest.mark.parametrize(
    "fear", ["my husband reads my messages in the app, i'm scared of him", "i am afraid of my ex, he knows my password"]
)
def test_who_is_afraid_of_somebody_is_asked_about_danger_and_then_given_people_without_a_menu(
    chat: Chat, fear: str
) -> None:
    asked = chat.says(fear)
    assert "911" in asked and chat.known.state == "checking"

    chat.presses("No")

    assert chat.known.state != "choosing"
    assert chat.last.request is not None or chat.known.state == "gathering"


def test_after_a_no_the_question_that_was_before_the_user_comes_back(chat: Chat) -> None:
    chat.says("i was charged twice")
    chat.says("i can't go on like this")
    text = chat.presses("No")
    assert chat.known.state == "gathering" and "Which visit" in text


def test_who_cannot_go_on_has_not_said_no(chat: Chat) -> None:
    chat.says("it hurts that nobody answers me and i dont see any reason to go on")
    text = chat.says("no, i can't go on")
    assert chat.known.state != "new" and "988" in text
