"""An alarm is taken back by a plain denial, illness is why a visit is called off, and who has answered is not asked again."""

from dataclasses import replace

import pytest

from bot.mind import Mind
from tests.dialogue.chat import Chat
from tests.makers import MARIA

DOSE = "I've just sent Mrs Hale's script and noticed I put 50 mg instead of 5"


def test_what_a_doctor_wrote_was_taken_by_nobody_yet(mind: Mind) -> None:
    chat = Chat(mind, replace(MARIA, role="doctor"))
    chat.says(DOSE)
    assert chat.last.request is not None and chat.last.request.issue == "prescription.wrong_information"
    assert "medicine_taken" not in chat.known.signals
    chat.goes_on(ticket=1001)

    for words in (
        "she hasn't taken any, pharmacy is closed till tomorrow. I just need to recall it",
        "how do I cancel it",
    ):
        chat.says(words)
        assert chat.known.state != "checking" and chat.known.issue != "safety.emergency"


@pytest.mark.parametrize(
    "words", ["I prescribed 50 instead of 5 and she has had two doses", "i put 50 mg for 5 and pt already took it"]
)
def test_what_was_taken_all_the_same_is_an_emergency(mind: Mind, words: str) -> None:
    chat = Chat(mind, replace(MARIA, role="doctor"))
    chat.says(words)
    assert chat.known.issue == "safety.emergency"


def test_that_nothing_was_taken_takes_the_alarm_back(chat: Chat) -> None:
    chat.says("my prescription says 50 mg instead of 5 and my mother has already taken it")
    assert chat.known.issue == "safety.emergency"
    chat.opens()
    said = chat.says("sorry, she hasn't taken any, I looked in the box")
    assert "#1001" in said and "I want to be sure" not in said
    assert "911" not in chat.says("how do i get the right one")


@pytest.mark.parametrize(
    "words",
    [
        "hi my son cant attend his video visit today he is sick please cancel",
        "please cancel my little girls visit tomorrow, she is ill",
        "my daughter has fever so she cant come to her appointment today, pls move it to next week",
    ],
)
def test_illness_is_why_a_visit_is_called_off(chat: Chat, words: str) -> None:
    chat.says(words)
    assert chat.known.state == "answering" and (chat.known.issue or "").startswith("appointment.")


@pytest.mark.parametrize(
    "words",
    [
        "my dad collapsed this morning, cancel his visit",
        "my wife has chest pain so we cant come, cancel",
        "she's unconscious cancel the visit",
        "he is having trouble breathing so we cancel",
    ],
)
def test_danger_beside_it_is_an_alarm(chat: Chat, words: str) -> None:
    chat.says(words)
    assert chat.known.state == "checking" or chat.known.issue == "safety.emergency"


@pytest.mark.parametrize(
    "words", ["nah im ok i think. so the link?", "im ok. so the link?", "nope were all ok, what about my link"]
)
def test_who_has_answered_is_not_asked_again_and_what_was_told_before_counts(chat: Chat, words: str) -> None:
    chat.says(
        "link my dermatologist sent you isnt opening she says expired, i pressed share on my prescription last week"
    )
    chat.says(
        "made a new one still same for her. btw i think i took my metformin twice this morning because of all this lol"
    )
    assert chat.known.state == "checking"

    said = chat.says(words)

    assert chat.known.state != "checking" and chat.known.issue == "prescription.share_link"
    assert "medicines" not in said and "Does the new link open?" not in said
