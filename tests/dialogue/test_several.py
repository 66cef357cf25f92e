"""Several matters in one message: none of them is lost."""

from dataclasses import replace

import pytest

from bot.dialogue.conversation import Conversation
from bot.mind import Mind
from bot.understanding.reading import Reading
from handoff.ticket import User
from tests.dialogue.chat import Chat


@pytest.mark.parametrize(
    ("told", "first", "then"),
    [
        ("can't open my prescription. Also, I've been charged twice", "prescription.cant_view", "billing.question"),
        ("can't open my prescription, and I've been charged twice", "prescription.cant_view", "billing.question"),
        ("the video has no sound and I was billed twice", "appointment.join_video", "billing.question"),
        ("I can't book a visit and the pdf won't open", "appointment.booking_failed", "prescription.pdf_download"),
        ("I was billed twice, and I can't open my prescription", "prescription.cant_view", "billing.question"),
        ("the app keeps crashing, and my visit shows the wrong time", "technical.mobile_app", "appointment.wrong_time"),
        ("the pdf won't download and the app is super slow", "prescription.pdf_download", "technical.slow_performance"),
    ],
)
def test_the_second_matter_is_taken_up_when_the_first_is_solved(chat: Chat, told: str, first: str, then: str) -> None:
    chat.says(told)
    assert chat.known.issue == first
    said = chat.says("it works now, thanks")
    assert "You also mentioned" in said and (chat.known.issue == then or "Shall a person" in said)
    if chat.known.issue != then:
        chat.presses("Yes, please")
    assert chat.known.issue == then and told in chat.known.words


def test_the_second_matter_is_offered_when_the_first_is_with_people(chat: Chat) -> None:
    chat.says("the pdf won't download and the app is super slow")
    chat.says("I want a person")
    said = ""
    while chat.last.request is None:
        said = chat.presses("Skip")
    assert chat.last.request.also == ("SmartMed is slow",)
    assert "SmartMed is slow" in said and "Shall we look at it now?" in said
    chat.opens()


def test_the_second_matter_is_on_the_ticket_of_the_first_where_it_is_for_people(chat: Chat) -> None:
    chat.says("can't open my prescription. Also, I've been charged twice")
    chat.says("no")
    chat.says("no")
    while chat.last.request is None:
        chat.presses("Skip")
    assert chat.last.request.also == ("A charge, invoice or refund",)


@pytest.mark.parametrize(
    "told",
    [
        "i forgot my password and the reset mail does not arrive",
        "I tried to book a visit, and it failed with an error",
        "when I open my prescription, the app crashes",
        "i changed my phone, and now the codes don't work",
    ],
)
def test_one_matter_in_several_clauses_stays_one(chat: Chat, told: str) -> None:
    chat.says(told)
    assert chat.known.also == ()


def test_of_three_matters_those_with_steps_go_before_those_for_people(chat: Chat) -> None:
    chat.says("the app crashes. i also can't find my prescription. and i need an invoice")
    chat.says("it works")
    assert chat.known.issue == "prescription.cant_view" and chat.known.also == ("billing.question",)


def test_what_is_still_not_well_is_no_refusal_of_the_next_matter(chat: Chat) -> None:
    chat.says("can't open my prescription. Also, I've been charged twice")
    chat.says("it works now, thanks")
    assert "You're welcome" not in chat.says("still can't find it")
    assert chat.known.issue == "prescription.cant_view"


@pytest.mark.parametrize(
    ("told", "grave", "then"),
    [
        ("i was hacked and my prescription won't open", "escalate.security", "prescription.cant_view"),
        (
            "how do i book a visit, and i can see another patient's records",
            "escalate.privacy",
            "appointment.how_to_book",
        ),
    ],
)
def test_what_is_grave_goes_first_and_the_other_is_not_lost(chat: Chat, told: str, grave: str, then: str) -> None:
    chat.says(told)
    assert chat.known.issue == grave and chat.last.request is not None
    assert chat.mind.assistant.script.catalog.title(then) in chat.last.request.also
    said = ""
    while chat.known.asking:
        said = chat.presses("Skip")
    assert "Shall we look at it now?" in said


@pytest.mark.parametrize("also", ["also my password reset mail never came", "and also i never got the password mail"])
def test_what_is_told_beside_a_matter_comes_first_and_the_matter_after_it(chat: Chat, also: str) -> None:
    chat.says("i want to cancel my visit tomorrow")
    assert "come back to the other one" in chat.says(also) and chat.known.issue == "account.forgot_password"
    assert "You also mentioned" in chat.says("got it, i am in now") and chat.known.issue == "appointment.cancel"


def test_who_turns_to_something_else_is_not_led_back(chat: Chat) -> None:
    chat.says("i want to cancel my visit tomorrow")
    assert "instead" in chat.says("actually i forgot my password")
    assert "You also mentioned" not in chat.says("got it, i am in now")


@pytest.mark.parametrize(
    ("told", "first", "then"),
    [
        ("No me llega el código y me han cobrado dos veces", "account.mfa_not_working", "billing.question"),
    ],
)
def test_in_another_language_both_are_on_the_ticket(chat: Chat, told: str, first: str, then: str) -> None:
    chat.says(told)

    made, titles = chat.last.request, chat.mind.assistant.script.catalog.title
    assert made is not None and {titles(made.issue), *made.also} == {titles(first), titles(then)}


@pytest.mark.parametrize(
    "told",
    [
        "No puedo entrar en mi cuenta y no me llega el código",
        "ich habe mein passwort vergessen und die mail kommt nicht an",
    ],
)
def test_in_another_language_one_matter_in_two_clauses_stays_one(chat: Chat, told: str) -> None:
    chat.says(told)

    assert chat.last.request is not None and chat.last.request.also == ()


@pytest.mark.parametrize(
    ("told", "apart"),
    [
        ("my prescription won't open on the tablet, I tried it twice this morning, and my son tried it as well", 0),
        ("the pdf won't download and the app is super slow, it rained all morning", 2),
    ],
)
def test_only_clauses_whose_words_name_a_matter_beside_another_are_read_by_themselves(
    mind: Mind, told: str, apart: int
) -> None:
    read = list[str]()

    def counted(text: str) -> Reading:
        read.append(text)
        return mind.assistant.read(text)

    first = mind.assistant.read(told)
    replace(mind.assistant, read=counted).in_context(Conversation(User("u", "Ana"), "in_app_chat"), first)
    assert len(read) == apart, read
