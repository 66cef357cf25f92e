"""Words that only tell something never end the talk: a loss, a fact, a visit that is to be cancelled."""

import pytest

from tests.dialogue.chat import Chat

LEFT, SORRY = "we'll leave it there", "very sorry for your loss"


@pytest.mark.parametrize(
    "words", ["my mother just died", "My dad passed away on Sunday", "we lost our baby", "he died"]
)
def test_a_loss_is_named_and_people_are_offered(chat: Chat, words: str) -> None:
    said = chat.says(words)
    assert SORRY in said and "Talk to a person" in {button.label for button in chat.known.buttons}
    assert "911" in said and "988" in said


@pytest.mark.parametrize("before", ["i can't log in", "something is broken", "hello"])
def test_a_loss_ends_nothing_that_is_before_the_user(chat: Chat, before: str) -> None:
    chat.says(before)
    was = (chat.known.issue, chat.known.step, chat.known.choices)
    said = chat.says("my mother just died")
    assert SORRY in said and LEFT not in said
    assert (chat.known.issue, chat.known.step, chat.known.choices) == was


def test_a_loss_told_with_an_issue_is_named_before_its_steps(chat: Chat) -> None:
    said = chat.says("my mother just died and I need to cancel her appointments")
    assert said.startswith("I'm very sorry for your loss") and chat.known.issue == "appointment.cancel"


def test_danger_beside_a_loss_goes_first(chat: Chat) -> None:
    assert "call **911**" in chat.says("my mother died and I want to kill myself")
    assert chat.last.request is not None


@pytest.mark.parametrize("fact", ["i switched to wifi", "i restarted the phone", "i lost my job today"])
def test_a_fact_told_to_a_choice_ends_nothing(chat: Chat, fact: str) -> None:
    chat.says("something is broken")
    assert chat.known.state == "choosing"
    assert LEFT not in chat.says(fact) and chat.known.state in ("choosing", "answering", "waiting")


@pytest.mark.parametrize("words", ["never mind", "don't bother", "i'll ask the pharmacy instead", "ok i give up"])
def test_who_lets_it_be_is_still_let_go(chat: Chat, words: str) -> None:
    chat.says("something is broken")
    assert LEFT in chat.says(words)


@pytest.mark.parametrize("asked", ["i want to move my visit", "how do i cancel my visit on friday"])
@pytest.mark.parametrize("words", ["actually leave it, cancel it", "forget it, just cancel it"])
def test_a_visit_that_is_to_be_cancelled_ends_no_talk(chat: Chat, asked: str, words: str) -> None:
    chat.says(asked)
    assert LEFT not in chat.says(words)
    assert (chat.known.issue, chat.known.step) == ("appointment.cancel", "cancel_online")


def test_who_does_not_want_to_cancel_any_more_is_let_go(chat: Chat) -> None:
    chat.says("how do i cancel my visit on friday")
    assert LEFT in chat.says("i don't want to cancel it any more, leave it")


def test_none_of_these_guesses_nothing_from_the_no(chat: Chat) -> None:
    chat.says("can you share it")
    guessed = chat.known.guesses
    if chat.known.state == "choosing":
        chat.says("no")
    assert chat.known.guesses == guessed
