"""What is plainly told is read so: a phone that is gone, a browser or a colleague beside what is looked at."""

import pytest

from tests.dialogue.chat import Chat


def test_a_new_phone_without_the_authenticator_is_not_asked_about_its_clock(chat: Chat) -> None:
    chat.says("new phone. authenticator gone. and i cant get in")
    assert chat.known.step == "backup_code"


@pytest.mark.parametrize("words", ["edge", "firefox", "me and my colleague, i said"])
def test_a_mere_fact_begins_no_other_issue(chat: Chat, words: str) -> None:
    chat.says("the website is so slow today")
    chat.says(words)

    assert chat.known.issue == "technical.slow_performance"
