"""In another language, to whether somebody is in danger, only a clear no is one; still so is a yes, also without accents."""

from dataclasses import replace

import pytest

from tests.dialogue.chat import Chat
from tests.dialogue.test_emergency_rules import is_emergency


def _asked(chat: Chat, language: str) -> None:
    chat.known = replace(chat.known, state="checking", language=language, checked=1, turn=2, words=("it hurts a bit",))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("es", "sigue igual"),
        ("fr", "toujours pareil"),
        ("de", "noch immer so"),
        ("it", "ancora"),
        ("pt", "ainda esta tremendo"),
        ("pl", "no, ciagle ma"),
        ("tr", "hala devam ediyor"),
        ("vi", "no van con giat"),
        ("vi", "co"),
        ("tl", "ganun pa rin po"),
        ("hi", "haan abhi bhi"),
        ("ar", "لسه بيتشنج"),
        ("zh", "还在抽"),
        ("fr", "je ne sais pas"),
        ("vi", "khong biet"),
    ],
)
def test_still_so_and_what_is_no_clear_no_are_danger(chat: Chat, language: str, words: str) -> None:
    _asked(chat, language)
    chat.says(words)
    assert is_emergency(chat)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("es", "no está bien"),
        ("es", "no contesta"),
        ("it", "non sta bene"),
        ("pt", "não está bem"),
        ("pl", "nie jest dobrze"),
        ("hi", "ठीक नहीं है"),
        ("ar", "لا يستجيب"),
        ("zh", "没反应"),
    ],
)
def test_a_no_that_denies_a_verb_is_no_no(chat: Chat, language: str, words: str) -> None:
    _asked(chat, language)
    chat.says(words)
    assert is_emergency(chat)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("es", "no, estamos bien"),
        ("es", "nadie, gracias"),
        ("fr", "non non tout va bien"),
        ("de", "nein alles gut, ich brauche noch den Termin"),
        ("it", "no no stiamo tutti bene"),
        ("pt", "nao, esta tudo bem"),
        ("pl", "nikt"),
        ("tr", "hayir, kimse yok"),
        ("vi", "khong, moi nguoi deu on"),
        ("tl", "hindi po, okay naman kami"),
        ("hi", "नहीं, सब ठीक है"),
        ("zh", "没有,大家都好"),
        ("de", "es war nur ein Witz"),
        ("es", "quiero cambiar mi cita del viernes"),
        ("pl", "muszę przełożyć wizytę na piątek"),
    ],
)
def test_a_clear_no_goes_on(chat: Chat, language: str, words: str) -> None:
    _asked(chat, language)
    chat.says(words)
    assert chat.known.state != "checking" and not is_emergency(chat)


def test_a_question_back_is_asked_once_more(chat: Chat) -> None:
    _asked(chat, "de")
    text = chat.says("was meinen Sie?")
    assert chat.known.state == "checking" and "911" in text


@pytest.mark.parametrize(
    "words",
    [
        "be dang sot cao qua, nay gio co giat",
        "con toi bi co giat",
        "dziecko mialo drgawki",
        "cocugum havale geciriyor",
        "mein Vater hat einen Schlaganfall",
        "मेरे बच्चे को दौरा पड़ रहा है",
    ],
)
def test_a_fit_or_a_stroke_alarms_in_every_language_also_without_accents(chat: Chat, words: str) -> None:
    text = chat.says(words)
    assert is_emergency(chat) and "911" in text


@pytest.mark.parametrize("words", ["thuoc co giat cua con toi het roi", "mio padre ha avuto un ictus anni fa"])
def test_a_medicine_for_it_and_one_of_years_ago_do_not(chat: Chat, words: str) -> None:
    chat.says(words)
    assert not is_emergency(chat)
