"""What several clinics have is down for all, what one has is several people's; what spreads grows and is no result."""

import pytest

from tests.dialogue.chat import Chat

ALL = "system_unavailable"


@pytest.mark.parametrize(
    "words",
    [
        "our clinic and the sister site across town: nobody gets in",
        "all four clinics of our group can't reach SmartMed",
    ],
)
def test_down_for_all_is_on_the_request_at_once(chat: Chat, words: str) -> None:
    chat.says(words)
    assert chat.last.request is not None and ALL in chat.last.request.signals


@pytest.mark.parametrize(
    "words",
    [
        "Nobody can log in. Whole clinic. 14 doctors, waiting room is full",
        "Nobody in the clinic can log in",
        "several doctors can't open the schedule, the other office works normally",
        "two of our nurses can't join video visits",
    ],
)
def test_what_some_have_is_not_down_for_all(chat: Chat, words: str) -> None:
    chat.says(words)
    assert ALL not in chat.known.signals


def test_a_second_site_makes_it_down_for_all(chat: Chat) -> None:
    chat.says("several of us can't open the schedule, down for three doctors")
    assert chat.known.issue == "escalate.outage"
    chat.opens()
    chat.goes_on(state="gathering", asking="how_many_affected", asked=("how_many_affected",))
    chat.says("our sister site across town has the same since about 9:40")
    assert ALL in chat.last.new_signals


def test_what_spreads_is_no_result(chat: Chat) -> None:
    chat.says("my prescription won't open for me")
    if chat.known.state != "answering":
        chat.goes_on(state="answering")
    chat.says("ok now it's three doctors")
    assert chat.last.request is not None and chat.last.request.issue == "escalate.outage"
