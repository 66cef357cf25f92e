"""Of words that tell only that something fails, no issue is guessed."""

import pytest

from tests.dialogue.chat import Chat


@pytest.mark.parametrize(
    "words", ["it does not work", "it doesn't work", "not working", "help, it isn't working", "broken"]
)
def test_only_that_it_does_not_work_is_met_with_an_open_question(chat: Chat, words: str) -> None:
    chat.says(words)
    assert chat.known.issue is None and not chat.known.choices and chat.known.step is None
    assert "say_more" in chat.known.unsaid


@pytest.mark.parametrize("words", ["the video doesn't work", "my password does not work", "he is not breathing, help"])
def test_what_does_not_work_is_heard_where_it_is_told(chat: Chat, words: str) -> None:
    chat.says(words)
    assert "say_more" not in chat.known.unsaid


def test_that_a_step_did_not_work_is_an_answer_to_it(chat: Chat) -> None:
    chat.says("the two-step code never works for me")
    step = chat.known.step
    chat.says("it does not work")
    assert chat.known.issue == "account.mfa_not_working" and chat.known.step != step


@pytest.mark.parametrize("words", ["send me a copy of this talk", "can i get a transcript of our chat please"])
def test_a_copy_of_the_talk_stays_with_whoever_has_the_request(chat: Chat, words: str) -> None:
    chat.says("I was charged twice for one visit")
    while chat.last.request is None:
        chat.presses("Skip")
    chat.opens()
    assert "added that to your request" in chat.says(words)
    assert "privacy_request" not in chat.last.new_signals and chat.known.ticket == 1001


def test_a_copy_of_all_my_data_is_a_request_under_the_law_as_ever(chat: Chat) -> None:
    chat.says("send me a copy of all my data please")
    assert chat.known.issue == "escalate.privacy" and "privacy_request" in chat.known.signals
