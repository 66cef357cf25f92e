"""Who objects and says what it is gets that, or people with their own words: never the next step of what they refused."""

from dataclasses import replace

import pytest

from bot.dialogue.hearing.objection import objection_in
from bot.mind import Mind
from tests.dialogue.chat import Chat
from tests.makers import MARIA

UNKNOWN = "escalate.unknown_issue"


@pytest.mark.parametrize(
    ("before", "words", "refused"),
    [
        (
            "cant open the pdf of my visit summary",
            "its not a prescription its the summary from the visit",
            "prescription.",
        ),
        ("my prescription wont open", "it's not a prescription, it's the letter for my school", "prescription."),
        (
            "How do i download my prescription to print",
            "nothing is wrong, where is the button to download",
            "prescription.pdf",
        ),
        ("i cant join my video visit", "no i just want to know which kind of visit it is", "appointment.join_video"),
        (
            "the dose on my prescription is wrong",
            "no no nothing is wrong, the pharmacy wants a code",
            "prescription.wrong",
        ),
        (
            "my booking failed at the end",
            "the booking is not failed, two people have the same time",
            "appointment.booking",
        ),
        ("i forgot my password", "you misunderstood, the hospital wants a parking permit", "account.forgot_password"),
    ],
)
def test_what_is_refused_is_left_and_what_was_told_is_read_anew(
    chat: Chat, before: str, words: str, refused: str
) -> None:
    chat.says(before)
    assert chat.known.step is not None
    answer = chat.says(words)
    assert not (chat.known.issue or "").startswith(refused)
    assert chat.known.issue != UNKNOWN or "misunderstood" in answer
    assert chat.known.refused


def test_people_get_the_users_own_words(chat: Chat) -> None:
    chat.says("How do i download my prescription to print")
    chat.says("nothing is wrong, where is the button to download")
    made = chat.last.request
    assert made is not None and made.issue == UNKNOWN
    assert "download" in made.summary


def test_what_was_refused_does_not_begin_again_by_likeness_alone(chat: Chat) -> None:
    for words in ("How do i download my prescription to print", "nothing is wrong, where is the button to download"):
        chat.says(words)
    chat.opens()
    chat.says("i just dont see a download button")
    assert chat.known.issue == UNKNOWN and chat.known.state == "with_support"


@pytest.mark.parametrize(
    ("before", "words"),
    [
        ("i cant open my prescription", "its not the browser, same in firefox"),
        ("the app crashes on my phone", "its not a phone, its a tablet"),
        ("the page stays white", "nothing is wrong with my wifi, still white"),
        ("i forgot my password", "no, it is the same as before"),
        ("I have no sound in my video visit", "none of that helped, still no sound"),
        ("my prescription wont open", "the rest are fine, it's just the antibiotic that stays shut"),
    ],
)
def test_an_answer_to_the_step_is_no_objection(chat: Chat, before: str, words: str) -> None:
    chat.says(before)
    issue = chat.known.issue
    chat.says(words)
    assert chat.known.issue == issue and not chat.known.refused


def test_a_mother_who_is_no_clinic_gets_nothing_of_the_clinics(chat: Chat) -> None:
    for words in (
        "i want to book a visit for my son",
        "how do i put him as the patient",
        "im not a clinic! im his mum. i want a visit for my son",
    ):
        chat.says(words)
        assert not (chat.known.issue or "").startswith("doctor.")


def test_a_doctor_is_still_one_by_their_words(mind: Mind) -> None:
    chat = Chat(mind, replace(MARIA, role="patient"))
    chat.says("I'm a doctor, how do I call in the next patient from the queue")
    assert chat.known.issue == "doctor.queue_management"


@pytest.mark.parametrize(
    ("words", "issue"),
    [
        ("I'm not sure how to cancel my appointment", "appointment.cancel"),
        ("dont know how to cancel my visit", "appointment.cancel"),
        ("I'm not certain where to cancel my visit", "appointment.cancel"),
        ("i am not able to cancel my appointment", "appointment.cancel"),
        ("we are not getting a reset mail, forgot my password", "account.forgot_password"),
        ("i'm not sure how to reset my password", "account.forgot_password"),
    ],
)
def test_who_does_not_know_how_or_cannot_refuses_nothing(chat: Chat, words: str, issue: str) -> None:
    chat.says(words)
    assert chat.known.issue == issue or any(issue in str(one.value) for one in chat.known.buttons)


@pytest.mark.parametrize(
    "words",
    [
        *("I'm not sure how to book a visit", "I don't need to book again, do I?", "we are not getting a reset mail"),
        *("i never received the reset mail", "i'm not finding where to cancel", "do i not need to cancel first?"),
    ],
)
def test_not_knowing_not_getting_and_asking_are_no_refusal(words: str) -> None:
    assert objection_in(words) is None


@pytest.mark.parametrize("words", ["i'm not going to cancel it", "i don't want to cancel my visit, can I keep it?"])
def test_a_will_is_still_a_refusal(words: str) -> None:
    found = objection_in(words)
    assert found is not None and "cancel" in found.deeds
