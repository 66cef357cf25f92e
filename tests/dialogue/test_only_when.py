"""A day, a time or the answer to a question of ours ends nothing; only words that tell that it works do."""

import pytest

from tests.dialogue.chat import Chat


@pytest.fixture
def asked_of_the_pharmacy(chat: Chat) -> Chat:
    """The question whether a pharmacy has the prescription is before Maria."""
    for words in ("The dose on my prescription looks wrong", "can't reach the doctor", "how much", "Dr. Kay"):
        chat.says(words)
    assert chat.known.asking == "pharmacy"
    return chat


@pytest.mark.parametrize(
    ("words", "value"),
    [("yes it has", "Yes"), ("yes, since monday", "Yes"), ("no they haven't got it yet", "No")],
)
def test_a_yes_or_no_with_more_words_is_the_answer(asked_of_the_pharmacy: Chat, words: str, value: str) -> None:
    asked_of_the_pharmacy.says(words)
    made = asked_of_the_pharmacy.last.request
    assert made is not None and {detail.id: detail.value for detail in made.details}["pharmacy"] == value


@pytest.mark.parametrize("words", ["no i can't sign in any more", "no i can't get in at all"])
def test_a_no_with_its_reason_answers_whether_they_can_sign_in(chat: Chat, words: str) -> None:
    chat.says("somebody logged into my account from Brazil")
    chat.says("this morning")
    chat.says(words)
    assert ("still_has_access", "No") in {(detail.id, detail.value) for detail in chat.known.gathered}


@pytest.mark.parametrize("words", ["Wednesday 9:30 was the one i wanted", "Wednesday the 9th at 9:30", "just now"])
def test_a_time_solves_no_step(chat: Chat, words: str) -> None:
    chat.says("booking fails with BK-409")
    chat.says("not in my appointments and every other time gives the same")
    step = chat.known.step
    assert "glad" not in chat.says(words) and chat.known.step == step


@pytest.mark.parametrize("words", ["Wednesday the 9th 9:30, I said that", "now", "it's tomorrow at 9"])
def test_a_time_closes_no_request(asked_of_the_pharmacy: Chat, words: str) -> None:
    asked_of_the_pharmacy.says("no")
    asked_of_the_pharmacy.opens()
    assert "close" not in asked_of_the_pharmacy.says(words).lower()


@pytest.mark.parametrize("words", ["works now", "it does now", "at last!", "fine now"])
def test_a_result_told_with_a_time_solves_it(chat: Chat, words: str) -> None:
    chat.says("i cant get into my video visit")
    assert "glad" in chat.says(words) and chat.known.state == "solved"
