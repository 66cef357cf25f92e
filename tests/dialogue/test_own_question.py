"""A question of the user's, asked in the same breath as an answer to ours, is answered too."""

import pytest

from tests.dialogue.chat import Chat


@pytest.fixture
def asked(chat: Chat) -> Chat:
    """The first question of a security request that people have is before the user."""
    chat.says("i think somebody is in my account")
    asking = chat.known.asking
    chat.opens()
    chat.goes_on(state="gathering", asking=asking, asked=(asking,))
    return chat


def test_a_question_beside_an_answer_is_answered_and_ours_goes_on(asked: Chat) -> None:
    said = asked.says("ten minutes ago. and its my visa, should i ring the bank")
    assert "call the number on your card now" in said and asked.known.asking == "still_has_access"

    said = asked.says("yes. can he see this chat")
    assert "I can't tell from here whether somebody else can read this chat" in said and asked.known.asking == "device"


@pytest.mark.parametrize("words", ["what happens next", "who's calling me back"])
def test_what_comes_next_is_told_as_the_clocks_say_it(asked: Chat, words: str) -> None:
    said = asked.says(words)
    assert "#1001" in said and "I don't want to guess" not in said


def test_that_it_was_not_answered_goes_to_people(asked: Chat) -> None:
    assert "a person will answer it" in asked.says("that didn't answer my question")


def test_a_question_with_the_first_words_is_answered_before_the_steps(chat: Chat) -> None:
    said = chat.says("want to join, have no email, only a mobile. possible?")
    assert "a phone number alone is not enough" in said and chat.known.step == "sign_up"


def test_what_comes_next_in_a_step_is_told_honestly(chat: Chat) -> None:
    chat.says("my two-step code never works")
    step = chat.known.step
    assert "Nobody on our team has this yet" in chat.says("what happens next") and chat.known.step == step
    assert "A person on our support team can tell you" in chat.says("that's not what i asked")


def test_a_question_about_support_is_answered_on_the_way_to_people(chat: Chat) -> None:
    chat.says("i was charged twice for my visit")
    asking = chat.known.asking
    said = chat.says("don't you need my name or something?")

    assert "You are signed in" in said and chat.known.asking == asking


def test_what_is_seen_instead_of_a_menu_is_explained(chat: Chat) -> None:
    chat.says("where do i see my prescriptions")
    step = chat.known.step
    said = chat.says("I do not see a menu, dear. There are only some pictures at the bottom.")

    assert "are the menu on a phone" in said and chat.known.step == step
