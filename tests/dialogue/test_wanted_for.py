"""The matter beside a wish for a person, or beside a bill, is never lost."""

import pytest

from tests.dialogue.chat import Chat

MATTER = "its about my claim being denied, insurer says smartmed sent wrong code"


@pytest.mark.parametrize("insists", ["no bot", "no robot please", "real person!!"])
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


def test_a_matter_of_its_own_is_beside_it_on_the_request(chat: Chat) -> None:
    chat.says("can i speak to someone")
    chat.says("no i want real person not you")
    chat.opens()
    chat.says("my refund of 80 dollars from october never came")
    assert chat.last.more is not None and "refund of 80" in chat.last.more.summary and chat.last.more.also


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
