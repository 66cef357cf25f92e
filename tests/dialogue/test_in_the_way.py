"""When a visit is, is no matter: what stands in the way to it goes first, and within minutes people have it at once."""

import pytest

from tests.dialogue.chat import Chat

SOON = "visit_soon"


@pytest.mark.parametrize(
    ("words", "issue"),
    [
        ("cant log in, visit in 10 minutes", "account.cant_log_in"),
        ("my visit starts in ten minutes and I can't log in", "account.cant_log_in"),
        ("can't get into my account, doctor's appointment is in 10 minutes", "account.cant_log_in"),
        ("forgot my password and my appointment starts now", "account.forgot_password"),
        ("the code doesn't come and my visit is in five minutes", "account.mfa_not_working"),
        ("page is blank, visit in 10 minutes", "technical.page_not_loading"),
    ],
)
def test_what_keeps_somebody_from_a_visit_within_minutes_is_with_people_at_once(
    chat: Chat, words: str, issue: str
) -> None:
    chat.says(words)

    made = chat.last.request
    assert made is not None and made.issue == issue and SOON in made.signals


def test_a_visit_within_minutes_told_amid_signing_in_brings_people(chat: Chat) -> None:
    chat.says("cant log in")
    assert chat.last.request is None

    chat.says("my visit is in ten minutes")

    assert chat.last.request is not None and chat.last.request.issue == "account.cant_log_in"


@pytest.mark.parametrize(
    ("words", "issue"),
    [
        ("can't log in, my appointment is next week", "account.cant_log_in"),
        ("my appointment is tomorrow, how do I move it", "appointment.cant_reschedule"),
        ("my visit is on Friday and it shows the wrong time", "appointment.wrong_time"),
        ("need to cancel, my visit is in 10 minutes", "appointment.cancel"),
    ],
)
def test_with_time_left_or_of_the_visit_itself_the_steps_come(chat: Chat, words: str, issue: str) -> None:
    chat.says(words)

    assert chat.known.issue == issue and chat.known.step is not None
