"""What is told in several messages, and what stands beside a question without answering it."""

from dataclasses import replace

import pytest

from bot.dialogue import respond
from bot.dialogue.conversation import Conversation, Message
from bot.mind import Mind
from bot.understanding.reading import Reading
from tests.dialogue.chat import Chat
from tests.makers import MARIA, NINE

WRONG, CANT_VIEW = "prescription.wrong_information", "prescription.cant_view"


def said(mind: Mind, known: Conversation, text: str) -> tuple[Conversation, Reading, str]:
    """One typed turn, read as the product reads it."""
    reading = mind.assistant.in_context(known, mind.assistant.read(text))
    outcome = respond.respond(known, reading, Message(text), mind.assistant.script, NINE)
    return outcome.conversation, reading, "\n".join(say.text for say in (*outcome.says, *outcome.then))


@pytest.fixture
def choosing(mind: Mind) -> Conversation:
    """Which of these is it? is before Maria."""
    return Conversation(
        MARIA, "in_app_chat", state="choosing", turn=1, choices=(CANT_VIEW, WRONG), words=("my tablets",)
    )


def test_another_issue_that_comes_out_in_pieces_is_begun(mind: Mind) -> None:
    known = Conversation(
        MARIA,
        "in_app_chat",
        state="answering",
        issue=CANT_VIEW,
        step="permissions",
        words=("so my prescription", "from monday"),
    )
    known, _, _ = said(mind, known, "the name on it is wrong, he left a letter out")
    assert known.issue == WRONG


def test_a_clinical_question_ends_the_choice_between_issues(mind: Mind, choosing: Conversation) -> None:
    known, reading, told = said(mind, choosing, "may I eat grapefruit with these tablets in the morning?")
    assert reading.issue == "safety.medical_advice"
    assert known.state == "waiting" and not known.choices
    assert "Which of these" not in told


def test_nothing_is_solved_before_anything_was_tried(mind: Mind, choosing: Conversation) -> None:
    known, _, _ = said(mind, choosing, "it doesn't now, I asked our admin and she'd been through every setting")
    assert known.state != "solved"


@pytest.mark.parametrize(
    "text",
    [
        "He's beside me and signed in on his own tablet, I'm just the fingers.",
        "and the light in the kitchen is broken too, it's one of these weeks",
    ],
)
def test_a_story_is_no_doctors_name_and_no_date(mind: Mind, text: str) -> None:
    known = Conversation(
        MARIA,
        "in_app_chat",
        state="gathering",
        issue="appointment.cancel",
        asking="doctor_name",
        asked=("doctor_name",),
    )
    known, _, _ = said(mind, replace(known, reason="asked_for_person", words=("cancel my visit",)), text)
    assert "doctor_name" not in {detail.id for detail in known.gathered}


def test_how_to_reach_somebody_makes_a_request_no_more_urgent(mind: Mind) -> None:
    known = Conversation(MARIA, "in_app_chat", state="with_support", issue="escalate.human", ticket=7)
    known, _, _ = said(mind, known, "020 7946 0123, afternoons please, any day this week or next")
    assert "feature_fault" not in known.signals


def test_a_thank_you_at_a_question_sends_the_request_on_its_way_and_solves_nothing(mind: Mind) -> None:
    known = Conversation(
        MARIA,
        "in_app_chat",
        state="gathering",
        issue="escalate.compliance",
        asking="who_for",
        asked=("who_for",),
        reason="not_in_known_issues",
        words=("in which country are the records stored, and do you sign a BAA?",),
    )
    known, _, _ = said(mind, known, "Thank you, that's fine.")
    assert known.state == "with_support"


def test_anger_that_was_answered_is_not_heard_again_in_the_next_pieces(chat: Chat) -> None:
    chat.says("THIS IS RIDICULOUS I HAVE BEEN TRYING FOR AN HOUR TO LOG IN")
    chat.says("I HATE THIS APP")
    assert "frustrating" not in chat.says("the code")
    assert "truly sorry" not in chat.says("it never arrives")
    assert chat.known.issue == "account.mfa_not_working"


def test_a_ticket_told_in_pieces_is_not_named_by_the_first_of_them(chat: Chat) -> None:
    for piece in ("hi", "its about", "my prescription", "it wont", "no", "no"):
        chat.says(piece)
    while chat.last.request is None:
        chat.presses("Skip")
    assert "its about" not in chat.last.request.summary
