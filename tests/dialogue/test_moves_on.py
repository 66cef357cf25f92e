"""After a fact that tells no result the same question is not put again and again: the answers are named, then a person helps."""

import pytest

from tests.dialogue.chat import Chat


def test_the_answers_are_named_and_then_people_have_it(chat: Chat) -> None:
    chat.says("the app keeps closing")
    step = chat.known.step
    first, second = chat.says("it is a pixel 7"), chat.says("i bought it last year")
    assert chat.known.step == step and "noted" in first
    assert '"Yes"' in second and "a person can take over" in second

    chat.says("the battery is at 80")
    assert chat.known.reason == "not_resolved_by_documentation"


@pytest.mark.parametrize(
    ("first", "words"),
    [
        ("my visits page is very slow", "no, but it's only in the evenings i notice"),
        ("the templates tab is missing for me", "no. it's a templates tab under prescriptions"),
    ],
)
def test_a_no_with_more_behind_it_leads_on(chat: Chat, first: str, words: str) -> None:
    chat.says(first)
    step = chat.known.step
    chat.says(words)

    assert chat.known.step not in (None, step)


@pytest.mark.parametrize(
    ("first", "when"), [("its about my visit", "tomorrow"), ("about a prescription", "from last week")]
)
def test_a_day_chooses_nothing(chat: Chat, first: str, when: str) -> None:
    chat.says(first)
    choices = chat.known.choices
    chat.says(when)

    assert choices and chat.known.choices == choices and chat.known.step is None


@pytest.mark.parametrize(
    "words",
    [
        "I have NOT forgotten it, so kindly don't send me down that road",
        "i am not resetting it again, forget that",
        "i am not resetting it again",
    ],
)
def test_who_refuses_one_way_takes_no_leave(chat: Chat, words: str) -> None:
    chat.says("i forgot my password")
    said = chat.says(words)

    assert "misunderstood" in said or "understood you differently" in said


def test_a_way_that_was_not_begun_is_only_refused(chat: Chat) -> None:
    chat.says("my password isn't accepted, i'm certain it's right")
    step = chat.known.step
    chat.says("I have NOT forgotten it, so kindly don't send me down that road")

    assert chat.known.step == step and "account.forgot_password" in chat.known.refused


@pytest.mark.parametrize(
    ("words", "step"),
    [
        ("Need to block out 22-24 Dec, conference. where?", "block_time"),
        ("how do i get the app to stop sending me notifications at night", "notifications"),
    ],
)
def test_a_step_that_was_told_is_passed_over(chat: Chat, words: str, step: str) -> None:
    chat.says(words)
    assert chat.known.step == step


@pytest.mark.parametrize(
    ("first", "words"),
    [
        ("Any news on what I told you Tuesday?", "haven't got a number, I throw mails out"),
        ("is anyone looking at my request from last week", "no idea what the number was"),
    ],
)
def test_a_request_that_nobody_finds_is_looked_for_by_people(chat: Chat, first: str, words: str) -> None:
    chat.says(first)
    said = chat.says(words)

    assert "don't need a number" in said and chat.last.request is None
    chat.says("yes please")
    assert chat.known.issue == "escalate.human" and chat.known.reason == "asked_for_person"


def test_who_has_settled_it_is_offered_nobody(chat: Chat) -> None:
    chat.says("hi i opened a request yesterday about the calendar being in the wrong week")
    said = chat.says("dont need it any more, was looking at last months page like an eejit")

    assert "Shall I pass it to them" not in said


def test_who_would_rather_wait_calls_nobody(chat: Chat) -> None:
    chat.says("I wrote to you lot on Monday about my bill. Any movement?")
    chat.says("no I don't have the number, it was from this same account")
    chat.says("Right. I'll wait till tomorrow then.")

    assert chat.known.reason is None and chat.last.request is None


@pytest.mark.parametrize(
    "words",
    [
        "our whole clinic in Tulsa is slow since 8, charts take a minute to open",
        "everybody in the clinic says it crawls since the update this morning",
        "three of my colleagues and me have very slow charts",
    ],
)
def test_what_several_have_takes_no_step_of_one_person(chat: Chat, words: str) -> None:
    chat.says(words)

    assert chat.last.request is not None and "multiple_users_affected" in chat.last.request.signals


def test_one_person_has_the_steps(chat: Chat) -> None:
    chat.says("smartmed is so slow on every page")
    assert chat.known.step is not None


def test_what_is_meant_and_is_none_of_ours_is_no_leave_and_no_medicine(chat: Chat) -> None:
    chat.says("my appointment shows the wrong time")
    said = chat.says("sorry i meant the wrong doctor")

    assert "leave it there" not in said and "do not take it" not in said and chat.known.reason == "not_understood"


def test_a_no_to_a_list_names_none_of_it(chat: Chat) -> None:
    chat.says("i cant see my visit")
    offered = chat.known.choices
    chat.says("no, but my husband sees it")

    assert offered and chat.known.step is None and chat.known.issue not in offered


def test_a_button_of_others_needs_others(chat: Chat) -> None:
    chat.says("I can't find free times for Dr Lee")
    chat.says("any doctor is fine really")

    assert chat.last.request is None and chat.known.step == "date_range"
