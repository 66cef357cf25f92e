"""Day, time, amount, device, doctor and error are heard in every language, and a short answer in one is not asked for again."""

import pytest

from bot.understanding.details import day_in, facts_of
from tests.dialogue.chat import Chat


@pytest.mark.parametrize(
    ("words", "name", "value"),
    [
        ("klikam w recepte od wczoraj i nic", "when_started", "wczoraj"),
        ("từ hôm qua không mở được", "when_started", "hôm qua"),
        ("pobrano mi 120 zł dwa razy", "amount", "120 zł"),
        ("250 lira çekildi", "amount", "250 lira"),
        ("bị trừ 500.000đ", "amount", "500.000đ"),
        ("la dottoressa Bianchi ha scritto la ricetta", "doctor_name", "Bianchi"),
        ("bác sĩ Hùng nghỉ phép", "doctor_name", "Hùng"),
        ('"hata 403" yazıyor', "error_message", "hata 403"),
        ('pisze "brak dostępu"', "error_message", "brak dostępu"),
        ("na komputerze nie działa", "device", "komputerze"),
    ],
)
def test_a_fact_is_heard(words: str, name: str, value: str) -> None:
    assert facts_of(words).get(name) == value


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("mes congés du 22 au 29 décembre dans le planning", "22 au 29 décembre"),
        ("I need to block off Dec 24 to Jan 2 for vacation", "Dec 24 to Jan 2"),
        ("vom 22. bis 29. Dezember bin ich weg", "22. bis 29. Dezember"),
        ("del 22 al 29 de diciembre", "22 al 29 de diciembre"),
        ("seen on 3 May", "3 May"),
    ],
)
def test_of_days_from_one_to_another_both_are_heard(words: str, day: str) -> None:
    assert day_in(words) == day


@pytest.mark.parametrize(
    "words", ["ha 3 anni", "the bill is due days after", "temu order never came", "o banco não liberou"]
)
def test_what_only_looks_like_one_is_none(words: str) -> None:
    assert not {"when_started", "amount", "doctor_name"} & facts_of(words).keys()


@pytest.mark.parametrize(
    "words",
    [
        *(
            "ayer por la tarde",
            "hier soir",
            "seit gestern",
            "dün akşam",
            "18.30",
            "15:30",
            "lúc 3 giờ chiều",
            "ieri sera",
        ),
        *(
            "wczoraj wieczorem",
            "昨天晚上",
            "下午三点",
            "أمس مساء",
            "कल शाम",
            "kagabi",
            "ontem à noite",
            "3. Mai",
            "tối hôm qua",
        ),
    ],
)
def test_a_short_answer_to_which_day_is_not_asked_for_again(chat: Chat, words: str) -> None:
    chat.is_asked("billing.question", "appointment_date")
    chat.says(words)
    assert words in [one.value for one in chat.known.gathered if one.id == "appointment_date"]


@pytest.mark.parametrize("words", ["45 euros", "19,99 €", "120 zł", "250 lira", "500.000đ", "200元", "500 rupaye"])
def test_an_amount_in_any_money_is_one(chat: Chat, words: str) -> None:
    chat.is_asked("billing.question", "amount")
    chat.says(words)
    assert words in [one.value for one in chat.known.gathered if one.id == "amount"]
