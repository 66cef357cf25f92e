"""What somebody objects to is no order to do just that, and no goodbye: it is passed over, and the matter goes on."""

import pytest

from bot.dialogue.hearing.objection import objection_in
from bot.mind import Mind
from tests.dialogue.chat import Chat

RESET, FORGOTTEN = "account.cant_log_in/reset_password", "account.forgot_password"


@pytest.mark.parametrize(
    "words", ["no i don't want a new password, mine is right", "stop, it's not forgotten", "i wont reset my password"]
)
def test_a_step_that_is_refused_before_it_comes_is_never_shown_and_the_matter_stays(chat: Chat, words: str) -> None:
    chat.says("can't log in")
    chat.says(words)
    assert (chat.known.issue, chat.known.step, chat.known.state) == ("account.cant_log_in", "verify_email", "answering")
    while chat.known.state == "answering":
        chat.presses("No")
    assert RESET not in chat.known.offered
    assert not any(place.startswith(FORGOTTEN) for place in chat.known.offered)


@pytest.mark.parametrize(
    "words", ["i dont want to reset it, the password is right", "stop. its not forgotten. i still need to get in"]
)
def test_the_step_before_the_user_that_is_refused_is_followed_by_the_next_or_by_people(chat: Chat, words: str) -> None:
    chat.says("can't log in")
    while chat.known.step != "reset_password":
        chat.presses("No")
    chat.says(words)
    assert chat.known.issue == "account.cant_log_in" and chat.known.step is None
    assert chat.last.request is not None or chat.known.state == "gathering"


@pytest.mark.parametrize(
    ("before", "words", "not_begun"),
    [
        ("please cancel my visit on friday", "NO not cancel. remove a doctor from my list", "appointment.cancel"),
        ("how do i book dermatology", "NO not book, I want to see my old visits", "appointment.how_to_book"),
        ("forgot my password", "its not forgotten, it is refused", FORGOTTEN),
    ],
)
def test_the_matter_itself_that_is_refused_is_left(chat: Chat, before: str, words: str, not_begun: str) -> None:
    chat.says(before)
    chat.says(words)
    assert chat.known.issue != not_begun and not_begun in chat.known.refused


def test_what_the_step_offers_beside_a_refusal_is_taken(chat: Chat) -> None:
    chat.says("I want to cancel my visit")
    chat.says("don't cancel it, I'd rather move it")
    assert chat.known.issue == "appointment.cant_reschedule"


@pytest.mark.parametrize("words", ["I don't want to cancel it after all", "i dont want to cancel"])
def test_a_matter_that_is_refused_with_nothing_beside_it_is_let_be(chat: Chat, words: str) -> None:
    chat.says("I want to cancel my visit")
    chat.says(words)
    assert chat.known.issue is None and chat.last.request is None


def test_a_visit_that_is_not_to_be_cancelled_closes_no_request_and_is_not_offered(chat: Chat) -> None:
    chat.says("new phone, so authentcator is gone. apointment tmrw 9am")
    chat.says("no backup codes")
    chat.goes_on(also=("appointment.cancel",))
    chat.says("cancel?? NO. i need to attend it, dont cancel")
    assert chat.known.also == () and chat.known.state in ("gathering", "with_support")


@pytest.mark.parametrize(
    ("before", "words"),
    [
        ("forgot password", "the reset goes to my old work mail, I left that job"),
        ("forgot password", "no mail. old address is shut down"),
        ("i never got the confirmation mail", "resend to what, i cant open the old one its closed down"),
    ],
)
def test_nobody_is_sent_into_a_mailbox_that_is_closed(chat: Chat, before: str, words: str) -> None:
    chat.says(before)
    chat.says(words)
    assert chat.known.step is None and "account_access_needed" in chat.known.signals


@pytest.mark.parametrize(
    "words",
    ["it won't let me cancel", "no, it is not cancelled yet", "I don't see where to book", "it's not slow any more"],
)
def test_what_only_denies_a_result_refuses_nothing(mind: Mind, words: str) -> None:
    found, intents = objection_in(words), mind.catalog.intents.values()
    assert found is None or not any(found.is_of(one) for one in intents)
