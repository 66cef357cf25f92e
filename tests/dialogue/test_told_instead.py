"""What is neither a yes nor a no to whether somebody is in danger is heard as it is: asked once more, then told to people, and no
emergency is made of a harmless fact; what tells of somebody's state still is one."""

import pytest

from handoff.policy.names import CRITICAL_WORKFLOW_BLOCKED
from tests.dialogue.chat import Chat

WRONG_DOSE = {
    "it": "c'è la dose sbagliata sulla mia ricetta",
    "pl": "mam zla dawke na recepcie",
    "vi": "bác sĩ ghi sai liều thuốc của tôi",
    "tr": "reçetemde doz yanlış",
}


def is_emergency(chat: Chat) -> bool:
    """People have one now."""
    return chat.known.issue == "safety.emergency"


def _asked(chat: Chat, language: str, times: int = 1) -> None:
    chat.says(WRONG_DOSE[language])
    chat.opens()
    chat.goes_on(state="checking", before="with_support", checked=times)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("it", "il farmacista si chiama Conti, l'ho chiamato un'ora fa"),
        ("it", "il paziente si chiama Rossi, l'ho inviata un'ora fa"),
        ("pl", "lekarz nazywa sie Nowak"),
        ("pl", "wnuczek mi pomoze ale jutro"),
        ("tr", "numaram neydi"),
        ("it", "lo studio è in via Roma"),
    ],
)
def test_a_harmless_fact_is_asked_once_more_and_then_told_to_people(chat: Chat, language: str, words: str) -> None:
    _asked(chat, language)
    said = chat.says(words)
    assert chat.known.state == "checking" and "911" in said
    said = chat.says(words)
    assert chat.known.state == "with_support" and not is_emergency(chat)
    assert "911" in said and "danger_unanswered" in chat.last.new_signals


def test_without_a_request_people_get_one_that_says_so(chat: Chat) -> None:
    chat.goes_on(state="checking", before="new", language="pl", checked=2, turn=3, plan=("appointment.how_to_book",))
    said = chat.says("wnuczek mi pomoze ale jutro")
    assert chat.last.request is not None and chat.last.request.reason == "danger_unanswered"
    assert chat.last.request.issue == "appointment.how_to_book" and "911" in said


@pytest.mark.parametrize(
    ("language", "words"),
    [
        *(("pl", "na podłodze leży"), ("pl", "w kuchni leży"), ("tr", "yerde yatıyor"), ("tr", "bebek çok sıcak")),
        *(("it", "è caduto in bagno"), ("pl", "nie jest dobrze"), ("vi", "tôi không biết")),
    ],
)
def test_what_tells_how_somebody_is_is_no_such_fact(chat: Chat, language: str, words: str) -> None:
    _asked(chat, language, times=2)
    chat.says(words)
    assert is_emergency(chat)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        *(("vi", "dạ chưa uống ạ"), ("vi", "không, chưa uống"), ("vi", "chưa uống viên nào")),
        *(("it", "no non l'ha ancora presa, l'ho chiamato"), ("it", "no, non l'ha presa")),
        *(("pl", "jeszcze nie brałam"), ("tr", "hayır almadım")),
        ("it", "il paziente sta bene, non l'ha presa"),
    ],
)
def test_that_nothing_was_taken_of_a_wrong_medicine_is_a_no(chat: Chat, language: str, words: str) -> None:
    _asked(chat, language)
    chat.says(words)
    assert chat.known.state == "with_support" and not is_emergency(chat)
    # that the medicine is wrong still is High by itself
    assert set(chat.known.signals) <= {CRITICAL_WORKFLOW_BLOCKED}


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("vi", "mẹ tôi chưa uống insulin hai ngày, bà mê man"),
        ("it", "sì ne ha prese due"),
        ("it", "non l'ha presa ma respira male"),
    ],
)
def test_a_medicine_that_is_needed_or_taken_is_no_such_no(chat: Chat, language: str, words: str) -> None:
    _asked(chat, language)
    chat.says(words)
    assert is_emergency(chat)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        *(("it", "non so quante ha prese"), ("it", "non so se l'ha presa")),
        *(("pl", "nie wiem ile wziął"), ("pl", "nie wiem czy wziął")),
    ],
)
def test_who_does_not_know_what_was_taken_tells_no_all_clear(chat: Chat, language: str, words: str) -> None:
    _asked(chat, language)
    chat.says(words)
    assert chat.known.state == "checking" or is_emergency(chat)


@pytest.mark.parametrize("words", ["juste une grippe, 39 de fièvre", "c'est juste un rhume"])
def test_no_answer_goes_on_and_alarms_at_once(chat: Chat, words: str) -> None:
    chat.says("Je voudrais annuler mon rdv de demain avec Dr Petit")
    chat.opens()
    chat.says("15h30. je suis trop malade pour venir")
    assert chat.known.state == "checking"
    chat.says(words)
    assert chat.known.state == "with_support" and "emergency" not in (*chat.known.signals, *chat.last.new_signals)


@pytest.mark.parametrize(
    "words",
    [
        "hindi naman sobrang sakit, parang may nakadagan",
        "medyo masakit lang, parang may nakadagan",
        "hindi naman, mabigat lang ang dibdib",
    ],
)
def test_a_no_that_describes_the_danger_is_none(chat: Chat, words: str) -> None:
    chat.says("sumasakit dibdib ko since kahapon")
    assert chat.known.state == "checking"
    chat.says(words)
    assert is_emergency(chat)


@pytest.mark.parametrize("words", ["nope nobody woke up", "no, he isn't talking to us", "no she still can't move"])
def test_who_does_not_wake_answer_or_move_is_no_all_clear(chat: Chat, words: str) -> None:
    chat.says("my dad is acting strange after the new pill, how do i book")
    assert chat.known.state == "checking"
    for _ in range(2):
        said = chat.says(words)
        assert "911" in said
    assert is_emergency(chat)
