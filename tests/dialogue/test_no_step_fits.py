"""Told in a sentence that no step fits: a visit cancelled by mistake, a doctor who does not come, minutes left before a visit."""

import pytest

from tests.dialogue.chat import Chat


@pytest.mark.parametrize(
    "words",
    [
        "oh no wrong one!! i cancelled the wrong visit",
        "I canceled my appointment by mistake",
        "i didn't mean to cancel the one on friday",
        "i cancelled my appointment and want it back",
    ],
)
def test_who_cancelled_by_mistake_hears_how_to_have_it_back_and_gets_people(chat: Chat, words: str) -> None:
    said = chat.says(words)

    assert "Let's cancel" not in said and "doctor's office" in said and "**Book appointment**" in said
    assert chat.known.state == "gathering" and chat.known.issue == "appointment.cancel"
    assert chat.known.asking != "page_or_feature"


def test_it_is_heard_after_the_visit_was_told_to_be_cancelled(chat: Chat) -> None:
    chat.says("how do I cancel my visit tomorrow")
    chat.presses("Yes, it's cancelled")

    said = chat.says("oh no, that was the wrong one! I cancelled the wrong visit")

    assert "Let's cancel" not in said and chat.known.state == "gathering"


def test_a_charge_for_a_cancelled_visit_stays_a_charge(chat: Chat) -> None:
    chat.says("you charged me for a visit that I had cancelled")

    assert chat.known.issue == "billing.question"


@pytest.mark.parametrize(
    "words",
    ["This waiting room is killing me", "I'm waiting for the doctor in the video visit since 3, she doesn't come"],
)
def test_who_waits_for_the_doctor_is_told_to_stay_and_whom_to_ask(chat: Chat, words: str) -> None:
    said = chat.says(words)

    assert "kept waiting" in said and "find the way into the visit" not in said
    assert [one.value for one in chat.known.buttons] == ["person"]


def test_who_still_waits_gets_people_as_for_a_visit_that_runs(chat: Chat) -> None:
    chat.says("This waiting room is killing me")

    chat.says("40 minutes i am waiting, doctor doesn't come")

    assert chat.last.request is not None and "visit_soon" in chat.last.request.signals
    assert chat.known.asking != "page_or_feature"


def test_how_long_somebody_waits_is_no_thanks(chat: Chat) -> None:
    chat.says("What medicine should I take against the pain? doctor is late in the video room")
    chat.says("ok so when will he come")

    said = chat.says("40 minutes!")

    assert "You're welcome" not in said and chat.last.request is not None


def test_a_code_that_does_not_come_is_no_doctor(chat: Chat) -> None:
    chat.says("the sign-in code never comes to my phone")

    assert chat.known.issue == "account.mfa_not_working"


@pytest.mark.parametrize(
    "words",
    ["i dont have backup codes!!", "what do i do about the visit NOW", "2 minutes left", "i'm deaf, can't phone"],
)
def test_minutes_before_a_visit_what_cannot_be_done_brings_people_at_once(chat: Chat, words: str) -> None:
    chat.says("my sign-in code is refused")
    chat.goes_on(signals=("visit_soon",))
    assert chat.known.issue == "account.mfa_not_working"

    said = chat.says(words)

    assert chat.last.request is not None and "visit_soon" in chat.last.request.signals
    assert "backup codes you saved" not in said and "book a visit" not in said


def test_without_a_visit_in_minutes_the_next_step_comes(chat: Chat) -> None:
    chat.says("my sign-in code is refused")

    chat.presses("No")

    assert chat.last.request is None and chat.known.step == "backup_code"


def test_a_picture_that_does_not_come_is_no_late_doctor(chat: Chat) -> None:
    said = chat.says("Good afternoon, I am 81, and the picture with the doctor does not come on my telephone")

    assert "kept waiting" not in said


def test_who_does_not_hear_the_doctor_is_not_asked_what_happens(chat: Chat) -> None:
    chat.says("I can't hear the doctor")
    while chat.last.request is None and chat.known.state == "answering":
        chat.says("no")

    assert {one.id: one.value for one in chat.known.gathered}["page_or_feature"] == "No sound"


@pytest.mark.parametrize("words", ["No", "what now", "there is no time", "none of these"])
def test_minutes_before_a_visit_nobody_is_asked_twice_what_it_is(chat: Chat, words: str) -> None:
    chat.says("something with my code or my password, my visit is in 10 minutes")
    assert chat.known.state == "choosing"

    chat.says(words)

    assert chat.last.request is not None and "visit_soon" in chat.last.request.signals
