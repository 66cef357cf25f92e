"""What is told behind a greeting or a thank-you is heard, however long that is."""

import pytest

from tests.dialogue.chat import Chat


@pytest.mark.parametrize(
    ("words", "issue"),
    [
        ("hi good morning dear how are you, my app keeps crashing", "technical.mobile_app"),
        ("hello good evening, hope you are well. I need my password reset please", "account.forgot_password"),
        ("thank you so much for being there. my appointment is at the wrong time", "appointment.wrong_time"),
        (
            "Hello hello is anybody there I am speaking into the machine my daughter said I should ask you what day is my "
            "visit with the heart doctor",
            "navigation.cant_find_feature",
        ),
    ],
)
def test_the_matter_behind_it_begins(chat: Chat, words: str, issue: str) -> None:
    chat.says(words)
    assert chat.known.issue == issue


@pytest.mark.parametrize(
    "words",
    [
        "hello hello? is anyone there? can anybody hear me?",
        "hi this is Maria from the front desk, good morning everyone",
        "good morning, I hope you can help me today, I'm new to this",
        "thanks a lot for the quick help you people are great",
    ],
)
def test_politeness_alone_begins_nothing(chat: Chat, words: str) -> None:
    chat.says(words)
    assert chat.known.issue is None and chat.last.request is None
