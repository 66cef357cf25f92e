"""Small words that decide much: a moment, please; tried it; I'll do it myself; what do I do. Met by a stranger who used it."""

from dataclasses import replace

import pytest

from bot.dialogue.conversation import Conversation
from bot.mind import Mind
from bot.understanding.reading import Meant
from handoff.facts import OpenRequest
from tests.dialogue.chat import Chat
from tests.dialogue.turns import MFA, reading, text_of, turn
from tests.makers import MARIA

NOTHING = reading("chat.greeting", "choose", 0.1, sure=False)
ASKED = Conversation(
    MARIA, "in_app_chat", state="gathering", turn=3, issue=MFA, asking="device", asked=("device",), reason="x"
)
CARE = "If anybody may be in danger, call 911 now."
REQUEST = OpenRequest(7, "safety.emergency", "emergency", "Triaged", "3 PM", care=CARE)


@pytest.mark.parametrize("words", ["tried it", "ok tried that", "did it"])
def test_that_it_was_tried_is_no_success(mind: Mind, before_step: Conversation, words: str) -> None:
    chat = Chat(mind)
    chat.known = before_step
    chat.says(words)
    assert chat.known.state == "answering" and chat.known.step == before_step.step


@pytest.mark.parametrize("words", ["hang on im looking", "one sec", "let me check"])
def test_who_asks_for_a_moment_has_answered_nothing(mind: Mind, words: str) -> None:
    outcome = turn(mind, ASKED, NOTHING, Meant("answer", 0.9), text=words)
    assert outcome.conversation.asking == "device" and not outcome.conversation.gathered


def test_who_asked_for_a_person_and_would_rather_do_it_alone_gets_no_request(mind: Mind) -> None:
    known = replace(ASKED, reason="asked_for_person", issue="escalate.human")
    outcome = turn(mind, known, NOTHING, Meant("answer", 0.6), text="no wait i can do it")
    assert outcome.request is None and outcome.conversation.state == "new"


@pytest.mark.parametrize("state", ["with_support", "gathering"])
def test_who_asks_what_to_do_is_told_again_and_not_only_that_it_was_added(mind: Mind, state: str) -> None:
    known = replace(ASKED, state=state, ticket=7, issue="safety.emergency")
    outcome = turn(mind, known, NOTHING, Meant("add", 0.6), text="what do i do", request=REQUEST)
    assert CARE in text_of(outcome)


def test_in_another_language_the_numbers_are_told_again_in_it(mind: Mind) -> None:
    known = replace(ASKED, state="with_support", ticket=7, issue="safety.emergency", language="es")
    read = reading("chat.greeting", "choose", 0.1, sure=False, language="es")
    outcome = turn(mind, known, read, Meant("add", 0.6), text="que hago", request=REQUEST)
    assert "911" in text_of(outcome) and "emergencia" in text_of(outcome)


def test_a_few_words_added_to_a_request_raise_nothing(chat: Chat) -> None:
    chat.says("my sister died last month and i still get reminders for her appointments")
    chat.opens()
    before = chat.known.signals
    chat.says("please stop them")
    assert chat.known.signals == before
    chat.says("my account got hacked")
    assert "security_breach_suspected" in chat.known.signals
