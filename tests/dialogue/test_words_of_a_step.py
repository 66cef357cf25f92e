"""What strangers ask most about a step, and an approved text answers: it is answered, and the step stays."""

import pytest

from tests.dialogue.chat import Chat

ASKED = [
    ("the home page stays white", "will it forget my passwords?", "saved passwords"),
    ("the home page stays white", "is history part of the cache or leave that?", "History and cookies"),
    ("the home page stays white", "last hour or all time?", "All time"),
    ("smartmed is so slow on every page", "what is a tab?", "pages that are open"),
    ("smartmed is so slow on every page", "will mobile data cost me a lot?", "phone plan"),
    ("the app crashes when I open it", "is Get the same as Install?", "put the app on your phone"),
    ("the app crashes when I open it", "does restart mean off and on?", "Off and on again"),
    ("the confirmation mail never came", "how do I add a contact?", "contacts"),
    ("the confirmation mail never came", "what's an inbox?", "new mails"),
    ("how do I turn on two-step sign-in", "is it the same as face id?", "besides your password"),
    ("how do I turn on two-step sign-in", "does an authenticator cost money?", "cost nothing"),
    ("my visits show at the wrong time, the hours are off", "what time zone am I in?", "large city"),
    ("I can't log in, it does not know my password", "which key is caps lock?", "left edge"),
]


@pytest.mark.parametrize(("first", "question", "answer"), ASKED)
def test_a_question_that_many_ask_is_answered_and_the_step_stays(
    chat: Chat, first: str, question: str, answer: str
) -> None:
    chat.says(first)
    step = chat.known.step
    assert step is not None
    assert answer in chat.says(question)
    assert chat.known.step == step and chat.last.request is None
