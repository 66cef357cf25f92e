"""A conversation keeps its language until a whole sentence of another comes."""

import pytest

from bot.dialogue.button_values import ButtonValue, ChooseOption, NoneOfThese
from bot.dialogue.conversation import Button, State
from tests.dialogue.chat import Chat


@pytest.mark.parametrize(
    ("first", "language", "then"),
    [
        ("fui cobrado duas vezes pela consulta", "pt", "no celular android pelo chrome"),
        ("fui cobrado duas vezes pela consulta", "pt", "uso o app versao 3.2"),
        ("non riesco ad entrare nel mio account", "it", "anzi me l'hanno rubato in treno ieri"),
        ("di makapasok sa account ko", "tl", "laptop po edge browser"),
        ("mujhe prescription dikh nahi raha", "hi", "chrome browser, redmi phone"),
        ("Rechnung ist falsch", "de", "Visa Karte, 30.11., SmartMed 2x 45 Euro"),
        ("no puedo entrar a mi cuenta", "es", "login error 403"),
    ],
)
def test_loans_and_names_turn_nobody_to_english(chat: Chat, first: str, language: str, then: str) -> None:
    chat.says(first)
    chat.says(then)
    assert chat.known.language == language


@pytest.mark.parametrize("then", ["please answer in english, i can't read spanish", "it still does not work for me"])
def test_a_whole_sentence_does(chat: Chat, then: str) -> None:
    chat.says("no puedo entrar a mi cuenta")
    chat.says(then)
    assert chat.known.language == "en"


@pytest.mark.parametrize(
    ("state", "does"),
    [("answering", ChooseOption("", "", "handoff", "")), ("choosing", NoneOfThese())],
    ids=["people from a step", "none of these"],
)
def test_that_something_is_on_the_request_is_said_in_the_language_of_its_user(
    chat: Chat, state: State, does: ButtonValue
) -> None:
    chat.says("me cobraron dos veces la consulta")
    chat.opens()
    chat.goes_on(state=state, beside=1001 if state == "choosing" else None, buttons=(Button.that("x", does),))
    assert chat.presses("x") == "Gracias, lo he añadido a su solicitud #1001."
