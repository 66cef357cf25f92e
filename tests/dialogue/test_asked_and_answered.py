"""Questions are answered by approved text, or stand on the request and are told to; nothing reopens and no step is put instead."""

import pytest

from tests.dialogue.chat import Chat


@pytest.fixture
def billed(chat: Chat) -> Chat:
    """A request about a charge of the 24th is with people."""
    chat.says("i was charged twice for my visit")
    chat.says("the 24th")
    while chat.last.request is None:
        chat.says("skip")
    chat.opens()
    return chat


@pytest.mark.parametrize("words", ["when do i get my money back", "can you see my bank statement from there?"])
def test_a_question_of_the_matter_is_no_question_how_far_it_is(billed: Chat, words: str) -> None:
    said = billed.says(words)
    assert "Your question is on your request #1001" in said and billed.last.for_ticket


def test_what_was_written_down_is_told(billed: Chat) -> None:
    said = billed.says("did you write down that it's the 24th?")
    assert "on your request #1001" in said and "Visit or day: the 24th" in said


def test_what_was_written_down_is_told_before_people_have_it_and_the_question_stays(chat: Chat) -> None:
    chat.says("i was charged twice for my visit")
    chat.says("the 24th")
    asking = chat.known.asking

    assert "the 24th" in chat.says("have you noted the day?") and chat.known.asking == asking


def test_whether_to_block_a_card_is_answered(billed: Chat) -> None:
    assert "Your bank can tell you" in billed.says("should i block my card?")


def test_a_question_after_the_end_is_answered_and_reopens_nothing(chat: Chat) -> None:
    chat.says("where do i see my prescription")
    chat.says("found it thanks")
    said = chat.says("one more thing, can the pharmacy see it too or do i need to bring it")

    assert chat.known.state == "solved" and "**Share**" in said and "Can you see the prescription" not in said


def test_what_no_text_answers_after_the_end_is_said_so_with_a_person_beside_it(chat: Chat) -> None:
    chat.says("where do i see my prescription")
    chat.says("found it thanks")
    said = chat.says("and is the doctor told when i open it?")

    assert chat.known.state == "solved" and "A person on our support team can tell you" in said
    assert "person" in {button.value for button in chat.known.buttons}


def test_a_fresh_code_is_no_backup_code_and_another_way_in_is_told(chat: Chat) -> None:
    chat.says("my sign in codes are refused")
    assert "only the newest counts" in chat.says("what's a fresh code?")
    assert "backup code" in chat.says("is there any way to get in today?")
