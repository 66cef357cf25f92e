"""What tells nothing is not guessed, and what tells enough is heard: signs, a button, a thing, what a message says."""

import pytest

from tests.dialogue.chat import Chat


@pytest.mark.parametrize("signs", ["?", "??", "...", "!!"])
def test_signs_after_a_greeting_ask_what_it_is_about(chat: Chat, signs: str) -> None:
    chat.says("hello")

    said = chat.says(signs)

    assert "medicines" not in said and "What can I help you with" in said


def test_a_question_mark_to_a_step_puts_the_step_otherwise(chat: Chat) -> None:
    chat.says("i forgot my password")

    said = chat.says("?")

    assert "wasn't clear" in said and chat.known.step == "reset_link"


def test_after_a_clinical_question_a_question_about_us_is_answered(chat: Chat) -> None:
    chat.says("how many of these pills may I take a day")

    said = chat.says("are you a robot")

    assert "automated assistant" in said


@pytest.mark.parametrize("words", ["the button is grey", "the button doesn't work", "button is dead"])
def test_a_button_alone_is_asked_about(chat: Chat, words: str) -> None:
    chat.says(words)

    assert chat.known.issue is None and chat.known.state == "waiting"


def test_a_join_button_is_known(chat: Chat) -> None:
    chat.says("the join button is grey")

    assert chat.known.issue == "appointment.join_video"


def test_a_thing_that_is_only_named_was_not_tried(chat: Chat) -> None:
    chat.says("trouble with the phone app, it crashes")

    said = chat.says("the update")

    assert "already tried" not in said


def test_what_a_message_says_begins_its_own_steps(chat: Chat) -> None:
    chat.says("I can't book it, my booking fails")
    assert chat.known.issue == "appointment.booking_failed"

    chat.says("it says no slots")

    assert chat.known.issue == "appointment.no_slots" and chat.known.state == "answering"


def test_notifications_that_do_not_come_skip_the_update(chat: Chat) -> None:
    chat.says("notifications dont come")
    assert chat.known.step == "notifications"

    said = chat.says("how do i stop")

    assert "turn the others off" in said and chat.known.step == "notifications"


def test_a_phone_that_died_leads_to_the_backup_codes(chat: Chat) -> None:
    said = chat.says("My phone died. How do I sign in without it")

    assert chat.known.step == "backup_code" and "check the clock" not in said


def test_whether_a_day_suits_is_told_how_it_is_seen(chat: Chat) -> None:
    chat.says("I want to move my visit tomorrow")

    said = chat.says("does thursday at 3 work? confirm please")

    assert "**Reschedule** shows" in said


def test_who_is_short_of_time_is_not_told_to_take_it(chat: Chat) -> None:
    chat.says("my sign-in code is refused")

    said = chat.says("shift starts in ten minutes, hurry")

    assert "take your time" not in said


def test_what_was_reinstalled_already_is_not_asked_for_again(chat: Chat) -> None:
    chat.says("The app crashes when I open it")
    chat.presses("No, it still closes or fails")
    assert chat.known.step == "reinstall"

    chat.says("I have an iPhone 12, I reinstalled and restarted it already")

    assert chat.known.state == "gathering" and chat.known.asking != "device"


def test_a_day_put_right_is_noted_and_no_result_is_doubted(chat: Chat) -> None:
    chat.says("I want to move my visit tomorrow")

    said = chat.says("no, thursday")

    assert "not sure yet" not in said and chat.known.step == "reschedule_policy"
