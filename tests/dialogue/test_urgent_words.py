"""That it is urgent is heard in every language while people have the request, and the team sees the mark."""

import pytest

from handoff.facts import CANNOT_WAIT
from tests.dialogue.chat import Chat

ABROAD = [
    ("merhaba, hesabima giremiyorum", "çok acil lütfen", "acil olarak"),
    ("ich komme nicht in mein Konto", "es ist dringend", "dringend"),
    ("bonjour je ne peux pas ouvrir mon ordonnance", "c'est urgent svp", "urgente"),
    ("não consigo ver a minha receita", "urgente!!", "urgente"),
    ("no puedo ver mi receta", "es urgente por favor", "urgente"),
    ("non riesco ad entrare nel mio account", "è urgente", "urgente"),
    ("我登录不了", "很急", "紧急"),
    ("لا أستطيع تسجيل الدخول", "عاجل", "عاجل"),
]


@pytest.mark.parametrize(("first", "urgent", "told"), ABROAD)
def test_urgency_is_marked_and_told_in_their_own_language(chat: Chat, first: str, urgent: str, told: str) -> None:
    chat.says(first)
    chat.opens()
    said = chat.says(urgent)
    assert told in said and "#1001" in said
    assert CANNOT_WAIT in chat.last.new_signals


@pytest.mark.parametrize("words", ["its urgent, please hurry", "this is urgent", "asap please", "it can't wait"])
def test_urgency_is_marked_in_english(chat: Chat, words: str) -> None:
    chat.says("my account is locked")
    chat.opens()
    assert "can't wait" in chat.says(words) and CANNOT_WAIT in chat.last.new_signals


def test_urgency_told_to_a_question_is_marked_and_the_question_stays(chat: Chat) -> None:
    chat.says("my account is locked")
    asking = chat.known.asking
    chat.opens()
    chat.goes_on(state="gathering", asking=asking)
    chat.says("please hurry")
    assert CANNOT_WAIT in chat.last.new_signals and chat.known.asking == asking


@pytest.mark.parametrize("words", ["it is not urgent", "no hurry at all", "is it urgent?"])
def test_what_is_not_urgent_is_not_marked(chat: Chat, words: str) -> None:
    chat.says("my account is locked")
    chat.opens()
    chat.says(words)
    assert CANNOT_WAIT not in chat.last.new_signals
