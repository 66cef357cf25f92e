"""Who types a password, a code or a card number is told once not to, with the answer; danger goes first."""

from dataclasses import replace

import pytest

from tests.dialogue.chat import MFA, Chat

TOLD = "Please don't write passwords"


@pytest.mark.parametrize(
    "before",
    [(), (MFA,), ("I was charged twice",), ("it doesn't work",)],
    ids=["first", "step", "question", "waiting"],
)
def test_it_is_told_once_and_the_answer_comes_with_it(chat: Chat, before: tuple[str, ...]) -> None:
    for words in before:
        chat.says(words)

    said = chat.says("my password is Sommer2024!")
    again = chat.says("I said the password is Sommer2024!")

    assert said.startswith(TOLD) and len(said.partition("\n\n")[2]) > 0
    assert TOLD not in again


def test_who_writes_to_a_person_is_told_too_and_nothing_else_is_said(chat: Chat) -> None:
    chat.known = replace(chat.known, ticket=1001, state="with_staff")

    said = chat.says("the code is 482913")

    assert said.startswith(TOLD) and "\n\n" not in said and chat.last.for_ticket


@pytest.mark.parametrize("words", ["I took too many pills, my pin is 4821", "he can't breathe, the code is 482913"])
def test_danger_goes_first_and_nothing_stands_before_the_numbers(chat: Chat, words: str) -> None:
    assert TOLD not in chat.says(words)


def test_the_button_stays_with_the_answer(chat: Chat) -> None:
    chat.says(MFA)
    chat.says("the code was 482913")

    assert {button.label for button in chat.last.says[-1].buttons} >= {"Yes", "No"}
