"""What is written in letters that the assistant cannot read: whether anybody is in danger cannot be told, so the numbers come first."""

import pytest

from bot.dialogue.conversation import Conversation
from bot.mind import Mind
from bot.understanding.reading import Meant
from tests.dialogue.turns import text_of, turn
from tests.makers import MARIA

NOT_DANGEROUS = (
    ("Здравствуйте, не могу войти в аккаунт", "звоните 911"),
    ("Вітаю, не можу зайти в кабінет", "дзвоніть 911"),
    ("로그인이 안 돼요", "911"),
    ("ログインできません", "911"),
    ("Δεν μπορώ να συνδεθώ", "call 911 now"),
)


@pytest.mark.parametrize(("text", "own"), NOT_DANGEROUS)
def test_the_numbers_come_first_and_people_get_the_words_as_they_are(mind: Mind, text: str, own: str) -> None:
    outcome = turn(mind, Conversation(MARIA, "in_app_chat"), mind.reader.read(text), Meant("unclear", 0.2), text=text)
    said = text_of(outcome)
    assert own in said and "988" in said
    assert outcome.request is not None and outcome.request.reason == "other_language"
    assert "unread_language" in outcome.request.signals
    assert outcome.request.language not in ("en", "ar", "hi", "zh")


@pytest.mark.parametrize(
    "text",
    [
        *("я больше не хочу жить", "я більше не хочу жити", "мама упала в обморок", "мама знепритомніла"),
        *("принял двойную дозу", "я випила багато таблеток", "У меня сильно болит грудь и я не могу дышать"),
        *("У мене дуже болить у грудях", "가슴이 너무 아파요", "胸が痛くて息ができません", "아버지가 숨을 안 쉬어요"),
    ],
)
def test_danger_beyond_doubt_is_heard_all_the_same(mind: Mind, text: str) -> None:
    outcome = turn(mind, Conversation(MARIA, "in_app_chat"), mind.reader.read(text), Meant("unclear", 0.2), text=text)
    assert outcome.request is not None and outcome.request.reason == "emergency"
    assert "911" in text_of(outcome)


@pytest.mark.parametrize("text", ["у нас вся клиника не может войти в систему", "вся клініка не може зайти"])
def test_what_a_whole_clinic_has_is_an_outage(mind: Mind, text: str) -> None:
    outcome = turn(mind, Conversation(MARIA, "in_app_chat"), mind.reader.read(text), Meant("unclear", 0.2), text=text)
    assert outcome.request is not None and outcome.request.issue == "escalate.outage"


@pytest.mark.parametrize("text", ["¿dónde veo mis recetas?", "وين ألاقي وصفاتي", "मेरा पर्चा कहाँ है", "我的处方在哪里"])
def test_a_language_that_is_read_is_not_refused(mind: Mind, text: str) -> None:
    outcome = turn(mind, Conversation(MARIA, "in_app_chat"), mind.reader.read(text), Meant("unclear", 0.2), text=text)
    assert mind.assistant.script.lines.texts["unread"].strip()[:30] not in text_of(outcome)


def test_what_is_told_later_is_added_in_other_words_each_time_without_the_alarm(mind: Mind) -> None:
    known = Conversation(MARIA, "in_app_chat", state="with_support", turn=2, issue="escalate.unknown_issue", ticket=7)
    said = []
    for text in ("Забыл пароль", "спасибо"):
        outcome = turn(mind, known, mind.reader.read(text), Meant("add", 0.9), text=text)
        said.append(text_of(outcome))
        known = outcome.conversation
        assert "#7" in said[-1] and "911" not in said[-1] and outcome.for_ticket
    assert said[0] != said[1]


def test_despair_that_is_told_later_is_an_emergency(mind: Mind) -> None:
    known = Conversation(MARIA, "in_app_chat", state="with_support", turn=2, issue="escalate.unknown_issue", ticket=7)
    text = "я хочу покончить с собой"
    outcome = turn(mind, known, mind.reader.read(text), Meant("add", 0.9), text=text)
    assert "звоните 911" in text_of(outcome) and "emergency" in outcome.new_signals


def test_a_person_who_is_answering_is_not_spoken_over(mind: Mind) -> None:
    known = Conversation(MARIA, "in_app_chat", state="with_staff", turn=4, issue="escalate.unknown_issue", ticket=7)
    text = "спасибо, теперь всё работает"
    assert not turn(mind, known, mind.reader.read(text), Meant("thanks", 0.9), text=text).says
