"""What else is told while a request waits: its own steps, and never the gravity of the request it stands beside."""

import pytest

from tests.dialogue.chat import MFA, Chat

EMERGENCY, HACKED, LOST = (
    "my father collapsed, he is not breathing",
    "someone hacked my account",
    "all my visits are deleted",
)


@pytest.mark.parametrize("grave", [EMERGENCY, HACKED, LOST, "I can see somebody else's test results"])
def test_a_calm_question_beside_a_grave_request_has_its_steps(chat: Chat, grave: str) -> None:
    chat.says(grave)
    chat.opens()
    said = chat.says("also, how do I download my prescription as PDF?")
    assert chat.known.issue == "prescription.pdf_download" and chat.known.state == "answering"
    assert "added" not in said and not chat.last.for_ticket


def test_what_may_be_news_of_the_grave_matter_has_its_steps_and_is_seen_there_too(chat: Chat) -> None:
    chat.says(LOST)
    chat.opens()
    said = chat.says("my prescription is gone too")
    assert chat.known.issue == "prescription.cant_view" and "#1001 can see this too" in said
    assert chat.last.for_ticket


def test_news_of_the_grave_matter_is_only_added(chat: Chat) -> None:
    chat.says(HACKED)
    chat.opens()
    assert "added that to your request" in chat.says("they changed my email address")
    assert chat.known.state == "with_support"


def test_a_calm_matter_for_people_is_asked_about_beside_a_grave_one(chat: Chat) -> None:
    chat.says(EMERGENCY)
    chat.opens()
    said = chat.says("also I was charged twice last month")
    assert "added" in said and "Shall a person" in said
    chat.says("yes please")
    assert chat.known.issue == "billing.question" and "charged twice" in " ".join(chat.known.words)


def test_two_likely_issues_beside_a_request_are_asked_about(chat: Chat) -> None:
    chat.says(HACKED)
    chat.opens()
    chat.says("another question, something with my prescription is off")
    assert chat.known.state == "choosing"
    assert "added" in chat.presses("None of these") and chat.known.state == "with_support"


def test_another_issue_is_not_urgent_because_the_request_beside_it_is(chat: Chat) -> None:
    chat.says(HACKED)
    chat.opens()
    chat.says("also, how do I download my prescription as PDF?")
    while chat.last.request is None:
        chat.presses("Skip" if chat.known.asking else "No")
    assert "security_breach_suspected" not in chat.last.request.signals
    assert chat.last.request.summary.startswith("also, how do I download")


def test_a_few_words_that_tell_of_a_break_in_are_never_taken_for_solved(chat: Chat) -> None:
    chat.says(MFA)
    chat.says("my account was hacked")
    assert chat.known.issue == "escalate.security" and chat.last.request is not None


def test_a_plain_question_is_no_news_of_the_grave_matter(chat: Chat) -> None:
    chat.says("I can see another man's file")
    chat.opens()
    assert "can see this too" not in chat.says("also how do i book a visit")
    assert chat.known.issue == "appointment.how_to_book" and not chat.last.for_ticket


def test_the_request_can_be_closed_while_the_steps_of_something_else_stand_beside_it(chat: Chat) -> None:
    chat.says("i was charged twice")
    while chat.last.request is None:
        chat.presses("Skip")
    chat.opens()
    chat.says("also I can't hear the doctor during video calls")
    assert "Shall I close your request #1001?" in chat.says("actually close the ticket, the bank refunded me")
    chat.says("yes")
    assert chat.known.state == "solved" and chat.last.withdrawn
