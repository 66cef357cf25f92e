"""What is written in letters that the assistant cannot read: whether anybody is in danger cannot be told, so the numbers come first."""

import pytest

from bot.dialogue.conversation import Conversation
from bot.mind import Mind
from bot.understanding.reading import Meant
from tests.dialogue.turns import text_of, turn
from tests.makers import MARIA


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("У меня сильно болит грудь и я не могу дышать", "звоните 911"),
        ("У мене дуже болить у грудях і я не можу дихати", "дзвоніть 911"),
        ("가슴이 너무 아파요", "911"),
        ("胸が痛くて息ができません", "911"),
        ("Πονάει πολύ το στήθος μου", "911"),
    ],
)
def test_the_numbers_come_first_and_people_get_the_words_as_they_are(mind: Mind, text: str, own: str) -> None:
    outcome = turn(mind, Conversation(MARIA, "in_app_chat"), mind.reader.read(text), Meant("unclear", 0.2), text=text)
    said = text_of(outcome)
    assert own in said and "call 911 now" in said and "988" in said
    assert outcome.request is not None and outcome.request.reason == "other_language"
    assert "unread_language" in outcome.request.signals
    assert outcome.request.language not in ("en", "ar", "hi", "zh")


@pytest.mark.parametrize("text", ["¿dónde veo mis recetas?", "وين ألاقي وصفاتي", "मेरा पर्चा कहाँ है", "我的处方在哪里"])
def test_a_language_that_is_read_is_not_refused(mind: Mind, text: str) -> None:
    outcome = turn(mind, Conversation(MARIA, "in_app_chat"), mind.reader.read(text), Meant("unclear", 0.2), text=text)
    assert mind.assistant.script.lines.texts["unread"].strip()[:30] not in text_of(outcome)


def test_what_cannot_be_read_later_gets_the_numbers_too_and_makes_the_request_urgent(mind: Mind) -> None:
    known = Conversation(MARIA, "in_app_chat", state="with_support", turn=2, issue="escalate.unknown_issue", ticket=7)
    text = "я хочу покончить с собой"
    outcome = turn(mind, known, mind.reader.read(text), Meant("add", 0.9), text=text)
    assert "звоните 911" in text_of(outcome) and "#7" in text_of(outcome)
    assert outcome.conversation.ticket == 7 and "unread_language" in outcome.new_signals


def test_a_person_who_is_answering_is_not_spoken_over(mind: Mind) -> None:
    known = Conversation(MARIA, "in_app_chat", state="with_staff", turn=4, issue="escalate.unknown_issue", ticket=7)
    text = "спасибо, теперь всё работает"
    assert not turn(mind, known, mind.reader.read(text), Meant("thanks", 0.9), text=text).says
