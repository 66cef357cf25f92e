"""What the first words tell already is not asked: the walk goes on as if the button had been pressed, and says so."""

import pytest

from tests.dialogue.chat import Chat

SAYS_SO = "From what you wrote"


@pytest.mark.parametrize(
    ("words", "step"),
    [
        ("the reset mail never came", "no_mail"),
        ("reset email never shows up", "no_mail"),
        ("I don't get the SMS code", "text_message"),
        ("new phone, the authenticator app is empty", "backup_code"),
        ("there is no Join button on my visit", "no_join"),
        ("my update is stuck on pending", "make_room"),
        ("I get no notifications from the app", "notifications"),
        ("the sign in button is greyed out", "fresh_page"),
        ("login works on my phone but not on my computer", "fresh_page"),
    ],
)
def test_who_opens_with_the_answer_is_not_asked_the_question(chat: Chat, words: str, step: str) -> None:
    said = chat.says(words)

    assert chat.known.step == step
    assert said.count(SAYS_SO) == 1


def test_the_text_names_the_answer_that_was_understood(chat: Chat) -> None:
    assert "fits: No mail arrived" in chat.says("the reset mail never came")


def test_what_the_words_tell_may_lead_to_people_at_once(chat: Chat) -> None:
    said = chat.says("my date of birth is wrong in my profile")

    assert chat.known.state == "with_support" and "account_access_needed" in chat.known.signals
    assert SAYS_SO in said and "You can change most of your details yourself" not in said


def test_the_step_that_was_passed_over_is_not_told_to_have_been_tried(chat: Chat) -> None:
    chat.says("I get no notifications from the app")

    assert not chat.known.tried


@pytest.mark.parametrize(
    ("words", "step"),
    [
        ("I forgot my password", "reset_link"),
        ("the reset mail came and I still don't know what to do", "reset_link"),
        ("my sign-in code is refused", "time_sync"),
        ("the two-step code never works for me", "time_sync"),
        ("my address is wrong in my profile", "edit"),
        ("I see no times for any doctor", "doctor_availability"),
        ("the app keeps crashing", "update_app"),
        ("how do I get into my video appointment", "find_join"),
        ("The Join button does nothing", "allow_camera"),
        ("I press Join in my visit and nothing happens", "allow_camera"),
    ],
)
def test_who_tells_no_answer_gets_the_step(chat: Chat, words: str, step: str) -> None:
    said = chat.says(words)

    assert chat.known.step == step
    assert SAYS_SO not in said


def test_what_comes_of_a_step_is_told_after_it_alone(chat: Chat) -> None:
    chat.says("the app still closes, it shuts the second I tap it")

    assert chat.known.step == "update_app"


def test_the_words_before_a_choice_count_once_it_is_made(chat: Chat) -> None:
    chat.says("reset link has expired, it says")
    if chat.known.state == "choosing":
        chat.presses("Forgotten password")

    assert chat.known.step == "fresh_link"


@pytest.mark.parametrize("words", ["my link has expired", "the link doesn't work", "it says link expired"])
def test_a_link_that_is_not_named_is_asked_about(chat: Chat, words: str) -> None:
    chat.says(words)

    assert set(chat.known.choices) == {
        "account.forgot_password",
        "account.cant_verify_email",
        "prescription.share_link",
    }


def test_a_link_that_is_named_is_not_asked_about(chat: Chat) -> None:
    chat.says("my prescription link expired")

    assert chat.known.issue == "prescription.share_link"


@pytest.mark.parametrize(
    "words",
    [
        "my sign-in code never works, I have a new phone and no backup codes",
        "he got a new phone and lost the backup codes, can't sign in",
        "my phone broke and I never saved backup codes, the code page won't let me in",
    ],
)
def test_who_tells_at_first_that_every_step_is_ruled_out_gets_people_at_once(chat: Chat, words: str) -> None:
    said = chat.says(words)

    assert chat.known.step is None and chat.known.reason == "account_access_needed"
    assert "account_access_needed" in chat.known.signals and "Date & time" not in said
