"""Words that only tell something never end the talk: a loss, a fact, a visit that is to be cancelled."""

from dataclasses import replace

import pytest

from handoff.triage import triage
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
    said = chat.says("my father died and I forgot my password")
    assert said.startswith("I'm very sorry for your loss") and chat.known.issue == "account.forgot_password"


@pytest.mark.parametrize(
    "words",
    [
        "my mother just died and I need to cancel her appointments",
        "my husband died on friday. please stop sending him reminders for his visits",
        "my wife died. how do i close her account",
        "my father died yesterday. i need his records for the funeral home",
    ],
)
def test_what_is_wanted_for_somebody_who_died_goes_to_people_without_steps_or_questions(chat: Chat, words: str) -> None:
    said = chat.says(words)

    made = chat.last.request
    assert made is not None and words in made.summary and chat.known.buttons == ()
    assert said.startswith("I'm very sorry for your loss") and "don't have to do anything" in said and "1." not in said
    assert triage(chat.mind.assistant.script.policy, made).priority == "medium"


def test_a_wish_after_the_loss_goes_to_people_with_the_whole_story(chat: Chat) -> None:
    chat.says("My dad passed away on Sunday")
    said = chat.says("i need to close his account")

    assert "don't have to do anything" in said and chat.last.request is not None
    assert "My dad passed away on Sunday" in chat.known.words


def test_nobody_in_danger_and_a_loss_was_told_so_people_are_offered_and_no_menu(chat: Chat) -> None:
    chat.known = replace(chat.known, state="checking", checked=1, turn=1, so_far=("my wife died",))
    said = chat.says("no")

    assert SORRY in said and [button.label for button in chat.known.buttons] == ["Talk to a person"]


def test_a_word_on_who_died_is_no_good_news(chat: Chat) -> None:
    chat.says("i just lost my son. please cancel his appointment with dr brown tomorrow")
    chat.opens()

    assert "close" not in chat.says("thank you. he was 19")


def test_danger_beside_a_loss_goes_first(chat: Chat) -> None:
    assert "call **911**" in chat.says("my mother died and I want to kill myself")
    assert chat.last.request is not None


@pytest.mark.parametrize("fact", ["i switched to wifi", "i restarted the phone", "i lost my job today"])
def test_a_fact_told_to_a_choice_ends_nothing(chat: Chat, fact: str) -> None:
    chat.says("this app is a joke, i cant get in since monday")
    assert chat.known.state == "choosing"
    assert LEFT not in chat.says(fact) and chat.known.state in ("choosing", "answering", "waiting")


@pytest.mark.parametrize("words", ["never mind", "don't bother", "i'll ask the pharmacy instead", "ok i give up"])
def test_who_lets_it_be_is_still_let_go(chat: Chat, words: str) -> None:
    chat.says("who can see my messages?")
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
