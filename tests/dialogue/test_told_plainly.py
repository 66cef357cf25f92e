"""Grave matters told in plain words go to their team at once, with its words and no others."""

import pytest

from tests.dialogue.chat import Chat


def opened(chat: Chat) -> tuple[str, str]:
    """The issue and the reason of the request that was opened with the last words."""
    request = chat.last.request
    assert request is not None
    return request.issue, request.reason


@pytest.mark.parametrize(
    "words",
    ["got in, and now everything is under a stranger's name", "oh. it's all in somebody else's name since i signed in"],
)
@pytest.mark.parametrize("before", [None, "I forgot my password"])
def test_all_of_it_in_a_strangers_name_is_privacy_at_once(chat: Chat, before: str | None, words: str) -> None:
    if before:
        chat.says(before)
    chat.says(words)
    request = chat.last.request
    assert request is not None and request.issue == "escalate.privacy" and "phi_exposure" in request.signals


def test_a_code_that_somebody_else_may_have_set_up_is_security_at_once(chat: Chat) -> None:
    chat.says("it won't let me log in")
    chat.says("now it wants a code and I never turned that on")
    chat.says("could another person have turned it on")
    assert opened(chat) == ("escalate.security", "security_breach_suspected")


def test_that_somebody_else_shall_set_it_up_is_none(chat: Chat) -> None:
    chat.says("how do I turn on the two-step code")
    chat.says("could somebody else set it up for me")
    assert chat.known.issue != "escalate.security"


@pytest.mark.parametrize("words", ["You lot deleted my visit with the skin doctor", "your update wiped all my notes"])
def test_what_was_taken_away_is_lost_data_and_no_question_comes_first(chat: Chat, words: str) -> None:
    chat.says(words)
    assert opened(chat) == ("escalate.data_loss", "data_loss")


def test_a_fact_of_another_grave_matter_goes_when_it_is_clear_which_one_it_is(chat: Chat) -> None:
    chat.says("can't see the records")
    chat.goes_on(signals=("phi_exposure",))
    chat.says("It was there yesterday. I opened the list and it's not there")
    assert opened(chat) == ("escalate.data_loss", "data_loss")


def test_a_visit_that_is_not_found_is_looked_for(chat: Chat) -> None:
    chat.says("i can't find my appointment with the counselor")
    assert chat.known.issue == "navigation.cant_find_feature"


def test_one_that_is_gone_is_not_only_looked_for(chat: Chat) -> None:
    chat.says("i can't find my visit tomorrow, it's gone from my list")
    assert chat.known.issue != "navigation.cant_find_feature"
