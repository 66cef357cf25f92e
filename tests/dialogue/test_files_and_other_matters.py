"""What comes while a question is before the user and is no answer to it: a screenshot, another matter."""

import pytest

from bot.dialogue.respond import respond_to_file
from tests.dialogue.chat import Chat
from tests.makers import NINE


@pytest.fixture
def asked(chat: Chat) -> Chat:
    """The file of a prescription will not open, no step helped, and the first question is before the user."""
    chat.says("my prescription pdf will not download")
    chat.presses("No")
    chat.presses("No")
    assert chat.known.state == "gathering" and chat.known.asking
    return chat


def test_a_screenshot_is_no_answer_and_the_question_stays_before_the_user(asked: Chat) -> None:
    before = asked.known

    outcome = respond_to_file(before, "shot.png", asked.mind.assistant.script, NINE)

    after = outcome.conversation
    assert (after.state, after.asking, after.gathered, after.known) == (
        *(before.state, before.asking, before.gathered, before.known),
    )
    assert outcome.says[0].buttons == before.buttons and "shot.png" not in outcome.says[0].text


def test_another_matter_told_in_the_place_of_an_answer_is_no_answer(asked: Chat) -> None:
    asked.says("I cant log in since yesterday")

    told = [detail.value for detail in asked.known.gathered]
    assert "I cant log in since yesterday" not in told
    heard = (asked.known.issue, *asked.known.also, *asked.known.guesses)
    assert any(issue and issue.startswith("account.") for issue in heard)
