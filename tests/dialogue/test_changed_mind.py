"""A change of mind is heard: what is let be is left, what is named instead begins, and a deed without a thing is no visit's."""

import pytest

from bot.mind import Mind
from handoff.ticket import User
from tests.dialogue.chat import Chat

DOCTOR = User(id="u-9", name="Dr Lee", role="doctor", email="lee@example.com")


def test_the_other_of_two_that_is_to_come_first_does(chat: Chat) -> None:
    chat.says("I need to change my appointment and also my invoice is wrong")

    chat.says("the invoice first")

    assert chat.known.issue == "billing.question" and chat.known.also == ("appointment.cant_reschedule",)
    assert not [one for one in chat.known.gathered if "invoice" in one.value]


@pytest.mark.parametrize(
    ("words", "issue"),
    [
        ("Actually forget the invoice. Just the appointment.", "appointment.cant_reschedule"),
        ("I said FORGET the invoice. Cancel my appointment!", "appointment.cancel"),
        ("leave the invoice for now, I forgot my password", "account.forgot_password"),
    ],
)
def test_the_matter_that_is_let_be_is_left_for_the_one_that_is_named(chat: Chat, words: str, issue: str) -> None:
    chat.says("I need to change my appointment and also my invoice is wrong")

    said = chat.says(words)

    assert chat.known.issue == issue and chat.known.state == "answering"
    assert "misunderstood" not in said and "differently" not in said


def test_cancel_it_not_move_it_is_of_the_visit_that_is_looked_at(chat: Chat) -> None:
    chat.says("I need to change my appointment and also my invoice is wrong")
    chat.says("forget the invoice, just the appointment")

    chat.says("cancel it, not move it")

    assert chat.known.issue == "appointment.cancel"


def test_who_forgets_a_password_lets_no_matter_be(chat: Chat) -> None:
    chat.says("i forgot my password")

    chat.says("I always forget my password, no mail arrived")

    assert chat.known.issue == "account.forgot_password"


@pytest.mark.parametrize("words", ["how do I cancel", "how to revoke it?"])
def test_how_it_is_cancelled_without_a_thing_is_asked_of_the_prescription(mind: Mind, words: str) -> None:
    chat = Chat(mind, DOCTOR)
    chat.says("Double dose on a prescription that I issued, 2x1000 instead of 2x500")
    chat.opens()
    chat.says("patient has not picked it up yet")

    said = chat.says(words)

    assert "Cancel appointment" not in said and "Only the doctor who wrote it can cancel it" in said
    assert chat.known.issue == "prescription.wrong_information"


def test_how_a_visit_is_cancelled_stays_a_visits(chat: Chat) -> None:
    chat.says("i forgot my password")

    chat.says("how do I cancel my visit")

    assert chat.known.issue == "appointment.cancel"


def test_the_thing_that_is_meant_after_a_wrong_guess_is_asked_about(chat: Chat) -> None:
    chat.says("I forgot my password")

    chat.says("no, the prescription!")

    assert chat.known.state == "choosing"
    assert all(one.startswith("prescription.") for one in chat.known.choices)


def test_a_word_after_a_request_was_made_is_added_to_it(chat: Chat) -> None:
    chat.says("I want my data. all of it, and who looked at it")
    chat.opens()

    chat.says("gdpr")

    assert chat.known.issue == "escalate.privacy" and chat.known.state == "with_support"


def test_a_visit_begun_by_mistake_is_left_for_the_prescription_that_people_have(mind: Mind) -> None:
    chat = Chat(mind, DOCTOR)
    chat.says("Double dose on a prescription that I issued, 2x1000 instead of 2x500")
    chat.opens()
    chat.says("patient has not picked it up yet")
    chat.says("how do I cancel my visit with Dr Lee tomorrow")
    assert chat.known.issue == "appointment.cancel"

    said = chat.says("no, the prescription!")

    assert "Is the visit cancelled" not in said
    assert chat.known.issue == "prescription.wrong_information" and chat.known.state == "with_support"


def test_no_the_thing_is_no_answer_to_yes_or_no(mind: Mind) -> None:
    chat = Chat(mind, DOCTOR)
    chat.says("Double dose on a prescription that I issued, 2x1000 instead of 2x500")
    chat.says("patient has not picked it up yet")
    assert chat.known.asking == "pharmacy"

    chat.says("no, the prescription!")

    assert "No" not in [one.value for one in chat.known.gathered]


@pytest.mark.parametrize("words", ["actually cancle it", "no, cansel it please", "leave it, cancell it"])
def test_a_misspelt_cancel_is_heard_where_a_visit_is_talked_about(chat: Chat, words: str) -> None:
    chat.says("I can't move my visit")

    chat.says(words)

    assert chat.known.issue == "appointment.cancel"
