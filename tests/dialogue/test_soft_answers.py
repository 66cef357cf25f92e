"""To whether somebody is in danger a soft no is a no, a soft yes a yes, and what leaves it open is never calm; in every language."""

from dataclasses import replace

import pytest

from tests.dialogue.chat import Chat
from tests.dialogue.test_emergency_rules import is_emergency


def _asked(chat: Chat, language: str, *before: str) -> None:
    words = before or ("it hurts a bit",)
    chat.known = replace(chat.known, state="checking", language=language, checked=1, turn=2, words=words)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "i dont think so"),
        ("en", "I guess not"),
        ("en", "not really, just worried about the bill"),
        ("en", "nope not really"),
        ("en", "not that im aware"),
        ("en", "I don't think anyone is in danger"),
        ("en", "i do not think so. just the login thing"),
        ("es", "creo que no"),
        ("es", "yo creo que no, es solo por el pago"),
        ("fr", "je crois pas"),
        ("fr", "pas vraiment, je m'inquiète juste pour la facture"),
        ("de", "ich glaube eigentlich nicht"),
        ("de", "denke nicht, es geht um mein Passwort"),
        ("pt", "creio que não"),
        ("it", "mi sa di no"),
        ("it", "non credo, è solo la password"),
        ("pl", "raczej nie"),
        ("tr", "sanmıyorum"),
        ("tr", "pek sayılmaz, sadece faturayı merak ettim"),
        ("vi", "mình nghĩ không"),
        ("tl", "parang hindi"),
        ("hi", "नहीं लगता"),
        ("hi", "mujhe nahi lagta"),
        ("ar", "ما اعتقد"),
        ("ar", "ma azon"),
        ("zh", "我想没有"),
        ("zh", "不是,只是担心账单"),
    ],
)
def test_a_soft_no_is_a_no_and_what_was_before_goes_on(chat: Chat, language: str, words: str) -> None:
    _asked(chat, language)
    chat.says(words)
    assert not is_emergency(chat) and chat.known.state != "checking"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "kind of, yes"),
        ("en", "I'm afraid so"),
        ("en", "yeah kinda"),
        ("es", "me parece que sí"),
        ("fr", "je crois bien"),
        ("de", "ich glaube schon"),
        ("pt", "penso que sim"),
        ("it", "mi sa di sì"),
        ("pl", "chyba tak"),
        ("tr", "evet sanırım"),
        ("vi", "mình nghĩ có"),
        ("tl", "parang oo"),
        ("hi", "shayad haan"),
        ("ar", "اظن نعم"),
        ("zh", "我觉得有"),
    ],
)
def test_a_soft_yes_is_danger(chat: Chat, language: str, words: str) -> None:
    _asked(chat, language)
    chat.says(words)
    assert is_emergency(chat)


@pytest.mark.parametrize(
    "words",
    [
        "not really ok",
        "not really breathing well",
        "i dont think he's breathing",
        "I don't think so, but my chest hurts",
        "not really, just tired of living",
        "I guess not anymore, I already took the pills",
        "not yet",
        "nobody, just me",
        "not sure i want to live",
        "maybe",
        "hard to say",
        "not me",
        "maybe, but my bill is what I wrote about",
    ],
)
def test_what_only_begins_like_a_soft_no_or_leaves_it_open_is_not_let_go(chat: Chat, words: str) -> None:
    _asked(chat, "en")
    chat.says(words)
    assert is_emergency(chat) or chat.known.state == "checking"


@pytest.mark.parametrize("words", ["no creo que respire", "je ne crois pas qu'il respire", "我不知道", "tal vez"])
def test_the_same_in_other_languages(chat: Chat, words: str) -> None:
    _asked(chat, {"n": "es", "j": "fr", "我": "zh", "t": "es"}[words[0]])
    chat.says(words)
    assert is_emergency(chat) or chat.known.state == "checking"


def test_after_words_of_despair_a_soft_no_is_asked_about_once_more(chat: Chat) -> None:
    _asked(chat, "en", "there's no point to anything anymore")
    chat.says("I guess not")
    assert chat.known.state == "checking"


def test_to_people_who_have_an_emergency_a_soft_no_takes_nothing_back(chat: Chat) -> None:
    chat.says("my chest hurts and my arm is numb")
    chat.opens()
    said = chat.says("i dont think so")
    assert "911" in said
