"""Somebody who is hit at home hears whom they may tell, and who may read along is answered; numbers that are private are warned of."""

from dataclasses import replace

import pytest

from tests.dialogue.chat import Chat


def is_emergency(chat: Chat) -> bool:
    """People were called in this turn."""
    return chat.last.request is not None and chat.last.request.issue == "safety.emergency"


@pytest.mark.parametrize("words", ["because they hit me at home", "my parents hit me", "i get hit at home"])
def test_a_child_who_is_hit_gets_a_number_for_that_and_hears_whom_they_may_tell(chat: Chat, words: str) -> None:
    chat.says("I can't log in")
    chat.says(words)
    said = chat.says("yes") if chat.known.state == "checking" else chat.last.says[0].text
    assert is_emergency(chat) and "1-800-422-4453" in said and "too much medicine" not in said
    chat.opens()
    assert "you may tell a doctor" in chat.says("is it safe to tell the doctor")


def test_whether_a_parent_can_read_along_is_a_calm_question(chat: Chat) -> None:
    said = chat.says("im 13. can my mom see what i wrote to the doctor here?")
    assert "read a message" in said and "Prescriptions" not in said


@pytest.mark.parametrize("words", ["Who at your company can read my messages?", "who in support can read my chats"])
def test_who_reads_messages_is_answered_and_no_complaint(chat: Chat, words: str) -> None:
    said = chat.says(words)
    assert "read a message" in said and chat.last.request is None
    chat.says("that's not what I asked. WHO")
    assert chat.known.issue == "escalate.privacy"


def test_a_social_security_number_is_warned_of(chat: Chat) -> None:
    chat.says("I was charged twice")
    assert "social security numbers" in chat.says("my social security number is 123-45-6789 if you need it")


def test_a_phone_number_is_not(chat: Chat) -> None:
    chat.says("I was charged twice")
    assert "social security" not in chat.says("call me at 555-123-4567")


def test_what_an_intruder_sees_is_a_question_for_those_who_have_the_request(chat: Chat) -> None:
    chat.says("someone is in my account")
    chat.opens()
    assert "can't answer that from here" in chat.says("can they see my hiv result?? please")


def test_who_sees_what_was_sent_wrongly_is_not_who_reads_this_chat(chat: Chat) -> None:
    chat.says("someone else's results are in my account, and mine went to the wrong doctor")
    chat.opens()
    chat.request = replace(chat.request, team="security") if chat.request else None
    said = chat.says("who can see it")
    assert "What you write here is for the people" not in said
