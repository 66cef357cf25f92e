"""In another language too a denied danger is none, and that help is coming gets thanks, not the alarm once more."""

import pytest

from tests.dialogue.chat import Chat

WRONG = {
    "hi": "मेरे पर्चे में दवा की खुराक गलत है",
    "tl": "mali yung dose sa reseta ko",
    "ar": "الجرعة في الوصفة غلط",
    "es": "la dosis de la receta está mal",
    "pt": "a dose na receita está errada",
}
DENIED = (
    ("hi", "nahi nahi koi danger nahi"),
    ("hi", "nahi koi khatra nahi"),
    ("hi", "arey nahi bhai sab theek hai"),
    ("tl", "wala naman pong danger"),
    ("tl", "wala naman pong nanganganib"),
    ("tl", "wala po emergency"),
    ("ar", "لا مفيش خطر"),
    ("ar", "لا الحمد لله ما في خطر"),
    ("es", "no nadie en peligro"),
    ("pt", "não, sem perigo"),
)
NO_BREATH = {
    "ar": "أبي لا يتنفس",
    "tl": "hindi na siya humihinga",
    "fr": "mon père ne respire plus",
    "de": "mein Vater atmet nicht",
    "hi": "पापा को सांस नहीं आ रही",
    "es": "mi papá no puede respirar",
    "zh": "我妈妈没有呼吸了",
}


@pytest.mark.parametrize(("language", "words"), DENIED)
def test_a_danger_that_is_named_to_deny_it_is_none(chat: Chat, language: str, words: str) -> None:
    chat.says(WRONG[language])
    chat.goes_on(state="checking", before="with_support", checked=1)
    chat.says(words)
    made = chat.last.request
    assert chat.known.state != "checking" and (made is None or made.issue != "safety.emergency")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        *(("tl", "hindi ok si nanay"), ("hi", "theek nahi hai"), ("es", "no, pero le duele el pecho")),
        *(("pt", "não está bem"), ("es", "no hay peligro pero no respira")),
    ],
)
def test_a_no_with_danger_behind_it_is_none(chat: Chat, language: str, words: str) -> None:
    chat.says(WRONG[language])
    chat.goes_on(state="checking", before="with_support", checked=2)
    chat.says(words)
    assert chat.last.request is not None and chat.last.request.issue == "safety.emergency"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        *(("ar", "كلمت الاسعاف"), ("tl", "papunta na po kami ng er"), ("fr", "le samu arrive")),
        *(("de", "der notarzt kommt gleich"), ("hi", "ambulance aa rahi hai"), ("zh", "救护车马上到")),
        ("es", "la ambulancia está en camino"),
    ],
)
def test_that_help_is_coming_gets_thanks_and_not_the_alarm(chat: Chat, language: str, words: str) -> None:
    chat.says(NO_BREATH[language])
    chat.opens()
    chat.says(words)
    assert chat.last.says[0].sources[0].id == f"{language}.numbers_stay"


@pytest.mark.parametrize(
    ("language", "words"),
    [("de", "wann kommt der Krankenwagen"), ("es", "la ambulancia no llega"), ("zh", "救护车还没来")],
)
def test_help_that_does_not_come_brings_the_numbers(chat: Chat, language: str, words: str) -> None:
    chat.says(NO_BREATH[language])
    chat.opens()
    said = chat.says(words)
    assert "911" in said and chat.last.says[0].sources[0].id != f"{language}.numbers_stay"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        *(("de", "er bekommt kaum Luft"), ("de", "er bekommt krämpfe"), ("de", "er bekommt einen anfall")),
        *(("de", "er ist da umgefallen"), ("de", "er kommt mir ganz blau vor"), ("de", "er kommt nicht zu sich")),
        ("es", "viene la ambulancia pero sangra mucho"),
        ("fr", "le samu arrive mais il est tout bleu"),
    ],
)
def test_danger_that_is_told_in_words_of_coming_is_never_good_news(chat: Chat, language: str, words: str) -> None:
    chat.says(NO_BREATH[language])
    chat.opens()
    chat.says(words)
    assert chat.last.says[0].sources[0].id != f"{language}.numbers_stay"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        *(("es", "no hay peligro pero sangra"), ("de", "kein Notfall aber bewusstlos")),
        *(("en", "false alarm, unconscious again"), ("en", "not in danger anymore, dead")),
        *(("hi", "nahi danger nahi pata"), ("pt", "sem perigo mas desmaiada"), ("fr", "aucun danger mais évanouie")),
        ("de", "keine Gefahr, tot"),
    ],
)
def test_few_words_beside_a_denied_danger_may_be_the_danger(chat: Chat, language: str, words: str) -> None:
    chat.says(WRONG.get(language, "the dose on my prescription is wrong"))
    chat.goes_on(state="checking", before="with_support", checked=1, language=language)
    chat.says(words)
    made = chat.last.request
    assert chat.known.state == "checking" or (made is not None and made.issue == "safety.emergency")
