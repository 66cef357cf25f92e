"""It works after all while people have the request: whether to close it is asked, and it never hangs with "no more questions"."""

import pytest

from tests.dialogue.chat import Chat

SHALL_I_CLOSE, SETTLED = "Shall I close your request", "Is that settled"
WORKS = (
    "got in",
    "thanks i got in",
    "im good now thanks",
    "sorted",
    "i can log in again",
    "oh its working, never mind",
    "stop, im in",
)


def locked(chat: Chat) -> None:
    """A locked account, which people have from the first word on, and a question about it is before Maria."""
    chat.says("my account is locked")
    asking, state, buttons = chat.known.asking, chat.known.state, chat.known.buttons
    chat.opens()
    chat.goes_on(asking=asking, state=state, buttons=buttons)


@pytest.mark.parametrize("words", WORKS)
def test_told_to_a_question_about_an_open_request_it_is_asked_whether_to_close_it(chat: Chat, words: str) -> None:
    locked(chat)
    assert SHALL_I_CLOSE in chat.says(words)
    assert chat.known.ticket is not None
    chat.says("yes")
    assert chat.last.withdrawn and chat.known.ticket is None


@pytest.mark.parametrize("words", [one for one in WORKS if not one.startswith("stop")])
def test_told_while_the_request_waits_too(chat: Chat, words: str) -> None:
    chat.says("my account is locked")
    chat.opens()
    assert SHALL_I_CLOSE in chat.says(words)


@pytest.mark.parametrize("words", ["sorted", "problem solved", "thank you, it works again"])
def test_told_before_anybody_has_it_it_is_asked_whether_it_is_settled(chat: Chat, words: str) -> None:
    chat.says("i was charged twice for my visit")
    assert SETTLED in chat.says(words)
    chat.says("yes")
    assert chat.last.request is None and chat.known.state == "solved"


@pytest.mark.parametrize("words", ["it is not fixed", "is it fixed?", "thanks", "tell me when it works again"])
def test_what_tells_no_such_thing_closes_nothing_and_asks_nothing_of_the_kind(chat: Chat, words: str) -> None:
    chat.says("my account is locked")
    chat.opens()
    assert SHALL_I_CLOSE not in chat.says(words)
    assert chat.known.ticket is not None


def test_what_people_look_at_in_any_case_is_not_offered_to_be_closed(chat: Chat) -> None:
    chat.says("someone hacked my account")
    chat.opens()
    assert SHALL_I_CLOSE not in chat.says("got in")
    assert not chat.last.withdrawn
