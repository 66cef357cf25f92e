"""A question for a time, a name, a number or a choice is answered by one: anything else is kept as it was said."""

import pytest

from handoff.ticket import SKIPPED
from tests.dialogue.chat import Chat

HACKED = "someone hacked my account"


def _value(chat: Chat, detail: str) -> str | None:
    return next((one.value for one in chat.known.gathered if one.id == detail), None)


def _booking(chat: Chat) -> None:
    chat.says("the booking failed at the end")
    chat.presses("No")
    chat.presses("No")
    assert chat.known.asking == "doctor_name"


@pytest.mark.parametrize("words", ["because i saw it", "they changed my email address", "my gp", "my whole family"])
def test_what_tells_no_time_is_asked_for_in_other_words_and_then_left_open(chat: Chat, words: str) -> None:
    chat.says(HACKED)
    said = chat.says(words)
    assert "the day or the time" in said and chat.known.asking == "when_started"
    chat.says("how should i put it, they are in there")
    assert _value(chat, "when_started") == SKIPPED and chat.known.asking != "when_started"


@pytest.mark.parametrize(
    "words", ["since monday", "ever since i moved", "on the 5th", "whenever it was, last christmas"]
)
def test_a_time_is_taken_at_once(chat: Chat, words: str) -> None:
    chat.says(HACKED)
    chat.says(words)
    assert _value(chat, "when_started") not in (None, SKIPPED)


def test_a_time_that_is_told_later_answers_the_question_that_was_passed_over(chat: Chat) -> None:
    chat.says(HACKED)
    chat.presses("Skip")
    chat.says("since monday")
    assert _value(chat, "when_started") == "monday"


@pytest.mark.parametrize("words", ["you lot are the worst support i have ever seen", "they all cancelled on me today"])
def test_anger_is_no_name_of_a_doctor(chat: Chat, words: str) -> None:
    _booking(chat)
    chat.says(words)
    assert _value(chat, "doctor_name") is None and chat.known.asking == "doctor_name"


@pytest.mark.parametrize("words", ["lopez", "dr lopez", "the new dermatologist"])
def test_a_name_in_any_form_is_taken(chat: Chat, words: str) -> None:
    _booking(chat)
    chat.says(words)
    assert _value(chat, "doctor_name") is not None


def test_words_that_are_none_of_the_choices_are_put_to_them_once_more(chat: Chat) -> None:
    chat.says("I want to talk to a person")
    chat.says("my prescription is wrong")
    assert _value(chat, "description") == "my prescription is wrong" and chat.known.asking == "answer_by"
    assert "Which of these fits best" in chat.says("the site ate my homework")
    chat.says("by phone")
    assert chat.last.request is not None and chat.last.request.summary == "my prescription is wrong"


@pytest.mark.parametrize("words", ["what do you mean by that?", "why do you want to know that"])
def test_a_question_to_our_question_is_not_answered_with_who_we_are(chat: Chat, words: str) -> None:
    chat.says("I can see another patient's lab results in my account")
    assert chat.known.asking is not None
    assert "automated assistant" not in chat.says(words)


@pytest.mark.parametrize(
    ("issue", "question", "words"),
    [
        ("prescription.share_link", "device", "Mrs Alvarez, 72"),
        ("technical.error_message", "error_message", "a nurse from ward 4 called Ines"),
        ("billing.question", "where_charged", "Nov 3"),
    ],
)
def test_a_person_or_a_day_is_never_a_device_an_error_or_a_choice(
    chat: Chat, issue: str, question: str, words: str
) -> None:
    chat.goes_on(state="gathering", issue=issue, reason="not_in_known_issues", asking=question, asked=(question,))
    chat.says(words)
    chat.says(words)
    assert _value(chat, question) in (None, SKIPPED)


def test_a_day_told_to_another_question_stands_where_it_was_passed_over(chat: Chat) -> None:
    for words in ("i was charged twice", "skip", "45 dollars", "Nov 3"):
        chat.says(words)
    assert _value(chat, "appointment_date") == "Nov 3" and _value(chat, "where_charged") is None


def test_of_several_facts_in_one_answer_only_the_one_that_was_asked_for_is_taken(chat: Chat) -> None:
    chat.goes_on(
        state="gathering",
        issue="account.locked",
        reason="not_resolved_by_documentation",
        asking="lock_message",
        asked=("lock_message",),
    )
    chat.says("Firefox on a Windows laptop, error E-1234, since 8 am")
    assert _value(chat, "lock_message") == "E-1234"


def test_the_day_and_the_sum_of_a_charge_stand_each_in_its_place(chat: Chat) -> None:
    chat.says("I was charged twice, 49.90 on Nov 3")
    assert (_value(chat, "amount"), _value(chat, "appointment_date")) == ("49.90", "Nov 3")


@pytest.mark.parametrize(
    "words",
    [
        "somebody got into my account, their address badguy@mail.ru is now on my profile",
        "they changed my email to xx@yy.com",
    ],
)
def test_the_address_of_an_intruder_is_nobodys_contact(chat: Chat, words: str) -> None:
    chat.says(words)
    assert "contact_email" not in chat.known.known
