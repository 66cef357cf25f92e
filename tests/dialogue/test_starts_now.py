"""A visit that starts now is no success, and one to which nobody came is for people."""

import pytest

from tests.dialogue.chat import Chat

GLAD, SOON, UNKNOWN = "I'm glad that helped", "visit_soon", "escalate.unknown_issue"
NO_BUTTON = "theres no join button"


@pytest.mark.parametrize("words", ["it starts now", "its starting", "my visit starts", "it's about to begin"])
@pytest.mark.parametrize("before", [(), (NO_BUTTON,)])
def test_it_starts_now_brings_people_and_is_no_success(chat: Chat, words: str, before: tuple[str, ...]) -> None:
    for told in ("cant join my video visit", *before, words):
        said = chat.says(told)
    made = chat.last.request
    assert GLAD not in said and made is not None and SOON in made.signals


def test_it_starts_now_wins_over_what_else_a_reply_presses(chat: Chat) -> None:
    chat.says("cant join my video visit")
    chat.says("hi its me from yesterday. no join button again and it starts now")
    assert chat.last.request is not None and SOON in chat.last.request.signals


def test_a_first_message_that_tells_a_missing_button_and_the_start_goes_to_people(chat: Chat) -> None:
    chat.says("my join button is missing and the visit starts now")
    assert chat.last.request is not None and SOON in chat.last.request.signals


@pytest.mark.parametrize("words", ["it starts at 5", "my visit starts on friday"])
def test_a_start_at_another_time_calls_nobody(chat: Chat, words: str) -> None:
    chat.says("cant join my video visit")
    assert GLAD not in chat.says(words) and chat.last.request is None


@pytest.mark.parametrize("words", ["yes it starts now", "it starts now"])
def test_an_app_that_starts_now_is_a_success(chat: Chat, words: str) -> None:
    chat.says("the app shuts down when i open it")
    assert GLAD in chat.says(words)


@pytest.mark.parametrize("words", ["it starts in 5 minutes", "yes my visit starts now", "my visit starts now"])
def test_a_visit_that_starts_while_an_app_is_looked_at_is_no_success(chat: Chat, words: str) -> None:
    chat.says("the app shuts down when i open it")
    assert GLAD not in chat.says(words)


@pytest.mark.parametrize(
    "words",
    ["i was in. nobody came", "i WAS in. nobody came. what now", "the doctor never turned up", "she never joined"],
)
def test_who_was_in_and_met_nobody_is_not_told_that_it_helped(chat: Chat, words: str) -> None:
    chat.says("cant join my video visit")
    said = chat.says(words)
    assert GLAD not in said and "sorry that nobody came" in said and chat.known.issue == UNKNOWN


@pytest.mark.parametrize(
    "words",
    [
        "the doctor never turned up!! waited 25 mins on the video",
        "i was in my video visit and the doctor never came",
        "the doctor didnt show up for my video appointment",
    ],
)
def test_a_doctor_who_never_came_is_for_people_from_the_first_words_on(chat: Chat, words: str) -> None:
    assert "Join visit" not in chat.says(words) and chat.known.issue == UNKNOWN


@pytest.mark.parametrize("words", ["the doctor has not come yet", "the code never came", "nobody came back to me"])
def test_other_things_that_never_came_are_not_taken_for_it(chat: Chat, words: str) -> None:
    chat.says("cant join my video visit")
    assert "sorry that nobody came" not in chat.says(words)
