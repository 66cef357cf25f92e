"""Another matter that is asked for while a request is with people never only stands among that one's words."""

import pytest

from handoff.facts import OpenRequest
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


@pytest.mark.parametrize(
    "words",
    ["close my account", "i want to close my account", "delete my account please", "send me a copy of my records"],
)
def test_what_another_team_answers_is_a_request_of_its_own(waiting: Chat, words: str) -> None:
    waiting.says(words)
    assert waiting.last.request is not None and waiting.last.request.issue == "escalate.privacy"


@pytest.mark.parametrize(
    ("words", "issue"),
    [
        ("i also want to change my email address", "account.manage_profile"),
        ("also cancel my appointment tomorrow", "appointment.cancel"),
        ("also the video does not work", "appointment.join_video"),
    ],
)
def test_what_has_steps_of_its_own_begins_beside_the_request(waiting: Chat, words: str, issue: str) -> None:
    waiting.says(words)
    assert waiting.known.issue == issue and waiting.known.beside == 1001


def test_what_is_only_likely_another_matter_is_named_to_the_user_and_on_the_request(waiting: Chat) -> None:
    said = waiting.says("and delete my old account")
    assert "one more matter: **Privacy concern or request**" in said
    assert waiting.last.more is not None and waiting.last.more.also == ("Privacy concern or request",)


@pytest.mark.parametrize(
    "words",
    [
        "I called my bank and they say the same",
        "it says pending on my statement",
        "I cancelled the appointment in time",
        "i cancelled my visit the day before",
        "the doctor canceled that appointment",
        "my account shows two visits",
        "I couldn't log in that day so I booked twice",
        "the receipt went to my old email",
    ],
)
def test_what_belongs_to_the_request_is_added_to_it(waiting: Chat, words: str) -> None:
    said = waiting.says(words)
    assert "added that to your request #1001. The person" in said
    assert waiting.known.also == () and waiting.known.beside is None


@pytest.mark.parametrize(
    "words", ["please change my phone number to 555 0199", "my email is wrong, change it to a@b.com"]
)
def test_a_number_that_is_to_be_changed_is_also_named_as_that(waiting: Chat, words: str) -> None:
    waiting.says(words)
    assert waiting.last.more is not None and waiting.last.more.also == ("Change my profile or contact details",)


@pytest.mark.parametrize(
    "words",
    [
        *("i also want the dark mode back please", "and i need my receipt from march"),
        *("und ich will auch meinen Termin absagen", "gracias, pero tambien me cobraron dos veces"),
    ],
)
def test_after_what_was_looked_at_beside_it_ended_another_matter_is_told_to_people(chat: Chat, words: str) -> None:
    chat.goes_on(state="with_support", ticket=1001, issue=None, turn=3)
    chat.request = OpenRequest(1001, "technical.page_not_loading", "not_resolved_by_documentation", "Triaged", "soon")
    assert "1001" in chat.says(words) or chat.last.request is not None
    assert chat.last.for_ticket or chat.last.request is not None
