"""What is said on the way to people fits what was: nobody tried together after one step, and who asked for a person is not held up."""

from tests.dialogue.chat import Chat

TOGETHER = "settle this together"


def test_after_one_step_nothing_was_tried_together(chat: Chat) -> None:
    chat.says("how do i change my phone number on here?")
    said = chat.says("there's no edit next to the phone, the box is locked")

    assert chat.known.state == "gathering" and TOGETHER not in said


def test_after_several_steps_it_was(chat: Chat) -> None:
    chat.says("the confirmation mail never came")
    chat.presses("No")

    assert TOGETHER in chat.presses("No")


def test_a_grave_matter_is_no_failed_attempt(chat: Chat) -> None:
    chat.says("my video visit started 5 minutes ago and i have no sound")
    while chat.last.request is None:
        said = chat.says("that did not help")

    assert TOGETHER not in said and "I'm sorry about this" in said


def test_who_asks_for_a_person_is_not_told_of_questions_that_come_first(chat: Chat) -> None:
    said = chat.says("I need a person. It's about a share link")
    assert "first" not in said and "no more questions" in said

    chat.says("no more questions")
    assert chat.last.request is not None
