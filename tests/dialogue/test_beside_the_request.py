"""While people have a request: a wish of its own is none to close it, and a wait that is told is a complaint."""

import pytest

from tests.dialogue.chat import Chat

BILL = "I was charged twice on Monday, 40 euros"


@pytest.fixture
def waiting(chat: Chat) -> Chat:
    """A bill is with people."""
    chat.says(BILL)
    while chat.known.asking:
        chat.presses("Skip")
    chat.opens()
    return chat


@pytest.mark.parametrize("words", ["delete all my data", "pls erase everything you have on me", "delet all my records"])
def test_a_wish_to_have_data_deleted_is_a_request_of_its_own(waiting: Chat, words: str) -> None:
    assert "Shall I close it?" not in waiting.says(words)

    assert waiting.last.request is not None and waiting.last.request.issue == "escalate.privacy"


@pytest.mark.parametrize("words", ["close my account please", "cancel my friday visit"])
def test_what_else_shall_be_closed_is_not_the_request(waiting: Chat, words: str) -> None:
    said = waiting.says(words)

    assert "Shall I close it?" not in said and not waiting.last.withdrawn


@pytest.mark.parametrize(
    "words",
    [
        "three days and nobody wrote",
        "still waiting since Monday",
        "it's been a week and I heard nothing",
        "no one has contacted me since Friday",
    ],
)
def test_a_long_wait_that_is_told_is_named_and_marked(waiting: Chat, words: str) -> None:
    assert "still waiting for an answer" in waiting.says(words)

    assert "urgent" in waiting.last.new_signals


@pytest.mark.parametrize("words", ["any news since Monday?", "when do I hear from you?"])
def test_a_question_how_far_it_is_is_no_complaint(waiting: Chat, words: str) -> None:
    assert "still waiting for an answer" not in waiting.says(words)


def test_steps_that_are_told_with_what_leads_away_stand_on_the_ticket(chat: Chat) -> None:
    chat.says("the page won't load in chrome")
    chat.says("that didn't help, get me a human")
    while chat.known.asking:
        chat.presses("Skip")
    assert chat.last.request is not None
    assert [(one.step, one.outcome) for one in chat.last.request.tried] == [("clear_cache", "did_not_help")]

    chat.opens()
    chat.says("I tried another browser too")

    assert chat.last.more is not None
    assert ("other_browser", "tried_before") in [(one.step, one.outcome) for one in chat.last.more.tried]


def test_when_it_began_is_not_asked_of_who_said_today(chat: Chat) -> None:
    chat.says("the app is slow today")
    chat.says("I want a person")
    while chat.known.asking:
        chat.presses("Skip")

    assert chat.last.request is not None
    assert {one.id: one.value for one in chat.last.request.details}["when_started"] == "Today"


@pytest.mark.parametrize("words", ["all my patients see no free slots", "the whole clinic sees no free slots"])
def test_what_all_of_them_have_is_with_people_at_once(chat: Chat, words: str) -> None:
    chat.says(words)

    made = chat.last.request
    assert made is not None and made.issue == "appointment.no_slots" and "multiple_users_affected" in made.signals
