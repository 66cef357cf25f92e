"""The matter beside a wish for a person, or beside a bill, is never lost."""

import pytest

from handoff.desk_parts import fuller
from tests.dialogue.chat import Chat

MATTER = "its about my claim being denied, insurer says smartmed sent wrong code"


@pytest.mark.parametrize("insists", ["no bot", "no robot please", "no robots, a person", "real person!!"])
def test_who_insists_gets_a_person_and_what_it_is_about_stands_on_the_request(chat: Chat, insists: str) -> None:
    chat.says("get me a human")
    chat.says(insists)
    made = chat.last.request
    assert made is not None and insists not in [one.value for one in made.details]
    chat.opens()

    chat.says(MATTER)

    assert chat.last.more is not None and MATTER in [one.value for one in chat.last.more.details]


def test_told_to_the_question_after_it_it_is_the_answer_to_its_own(chat: Chat) -> None:
    chat.says("get me a human")
    chat.presses("Skip")
    chat.says(MATTER)
    assert chat.known.asking == "answer_by"
    chat.presses("By phone")
    made = chat.last.request
    assert made is not None and MATTER in [one.value for one in made.details]


def test_the_request_is_about_what_is_surely_told_after_it(chat: Chat) -> None:
    chat.says("can i speak to someone")
    chat.says("no i want real person not you")
    chat.opens()
    chat.says("my refund of 80 dollars from october never came")
    assert chat.last.more is not None and "refund of 80" in chat.last.more.summary
    assert chat.last.more.issue == "billing.question" and chat.last.matter is not None


@pytest.mark.parametrize("words", ["thanks", "when will they call", "Mike 0412"])
def test_what_tells_no_matter_is_none(chat: Chat, words: str) -> None:
    chat.says("get me a human")
    chat.says("real person!!")
    chat.opens()
    chat.says(words)
    assert not [one for one in chat.known.gathered if one.value == words]


def test_a_booking_that_failed_stays_beside_the_charge_for_it(chat: Chat) -> None:
    chat.says("i tried to book dr adeyemi for my mum since morning, it is debiting me but no booking is showing")
    chat.says("they have debited me two times now")
    assert chat.known.issue == "billing.question" and "appointment.booking_failed" in chat.known.also


@pytest.mark.parametrize(
    ("words", "about"),
    [
        ("my lab results are missing from my account. can I talk to a human please", "my lab results are missing"),
        ("get me a human. my lab results are missing from my account", "my lab results are missing"),
    ],
)
def test_a_matter_told_with_the_wish_is_not_asked_for(chat: Chat, words: str, about: str) -> None:
    said = chat.says(words)
    assert "what is it about" not in said
    assert any(about in one.value for one in chat.known.gathered if one.id == "description")


@pytest.mark.parametrize("words", ["get me an agent. i am in no mood for this", "can i talk to a human. please. now."])
def test_what_is_no_matter_is_still_asked_about(chat: Chat, words: str) -> None:
    assert "what is it about" in chat.says(words)


@pytest.mark.parametrize(
    ("matter", "title"),
    [
        ("my invoice is wrong", "A charge, invoice or refund"),
        ("it's about the app crashing", "Trouble with the phone app"),
        ("changing my date of birth", "Change my profile or contact details"),
        ("it's personal", "Talk to a person"),
        ("my daughter's account", "Talk to a person"),
    ],
)
def test_the_request_is_named_by_what_the_person_is_wanted_for(chat: Chat, matter: str, title: str) -> None:
    chat.says("can i talk to a person")
    chat.says(matter)
    chat.presses("By phone")
    assert chat.last.request is not None and chat.last.request.title == title


def test_what_is_told_later_beside_it_does_not_name_the_request(chat: Chat) -> None:
    chat.says("can i talk to a person")
    chat.says("my invoice is wrong")
    chat.goes_on(also=("account.manage_profile",))
    chat.presses("By phone")
    assert chat.last.request is not None and chat.last.request.title == "A charge, invoice or refund"


def test_told_after_the_request_was_made_it_names_it_too(chat: Chat) -> None:
    chat.says("i need a person")
    chat.presses("Skip")
    chat.presses("Skip")
    made = chat.last.request
    chat.opens()
    chat.says("it's about the app crashing")
    assert made is not None and chat.last.more is not None
    assert fuller(made, chat.last.more).title == "Trouble with the phone app"


def test_what_a_person_is_wanted_for_in_another_language_names_the_request(chat: Chat) -> None:
    chat.says("quiero hablar con una persona, mi factura está mal")
    assert chat.last.request is not None and chat.last.request.title == "A charge, invoice or refund"
