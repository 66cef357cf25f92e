"""Right after a request was closed at its user's wish, `no wait, keep it` has it open again, under its number."""

import pytest

from bot.mind import Mind
from handoff.facts import OpenRequest
from tests.dialogue.chat import Chat


def closed(mind: Mind, told: str, close: str) -> Chat:
    """A request of people, closed by its user's words."""
    chat = Chat(mind)
    chat.says(told)
    chat.goes_on(ticket=1001, state="with_support", asking=None, buttons=(), reason="not_in_known_issues")
    chat.request = OpenRequest(1001, "billing.question", "not_in_known_issues", "Triaged", "soon")
    chat.says(close)
    assert chat.last.withdrawn and chat.known.ticket is None
    chat.request = None
    return chat


@pytest.mark.parametrize(
    "words",
    [
        "no wait dont",
        "wait no keep it open please",
        "hang on, not yet",
        "actually wait",
        "don't close it",
        "leave it open",
    ],
)
def test_it_is_open_again_under_its_number(mind: Mind, words: str) -> None:
    chat = closed(mind, "charged 2x for my visit", "close it pls")
    assert "#1001 is open again" in chat.says(words)
    assert chat.last.closing_taken_back
    assert (chat.known.ticket, chat.known.state, chat.known.issue) == (1001, "with_support", "billing.question")


@pytest.mark.parametrize(
    ("told", "close", "words"),
    [
        ("me cobraron dos veces", "cierre mi solicitud, por favor", "no espera, no la cierres"),
        ("ich wurde zweimal belastet", "schließen Sie bitte die Anfrage", "nein warten Sie, bitte offen lassen"),
        ("on m'a débité deux fois", "fermez ma demande", "attendez, non, ne la fermez pas"),
        ("pobrano mi opłatę dwa razy", "zamknijcie zgłoszenie", "poczekajcie, nie zamykajcie"),
    ],
)
def test_in_every_language_that_is_read(mind: Mind, told: str, close: str, words: str) -> None:
    chat = closed(mind, told, close)
    chat.says(words)
    assert chat.last.closing_taken_back and chat.known.ticket == 1001


@pytest.mark.parametrize("words", ["no thanks", "thank you", "no that's all", "by the way my app is slow"])
def test_leave_and_another_matter_leave_it_closed(mind: Mind, words: str) -> None:
    chat = closed(mind, "charged 2x for my visit", "close it pls")
    chat.says(words)
    assert not chat.last.closing_taken_back


@pytest.mark.parametrize(
    ("told", "close", "words"),
    [
        ("me cobraron dos veces", "cierre mi solicitud, por favor", "no, nada más"),
        ("me cobraron dos veces", "cierre mi solicitud, por favor", "no hay problema"),
        ("ich wurde zweimal belastet", "schließen Sie bitte die Anfrage", "kein Problem"),
        ("on m'a débité deux fois", "fermez ma demande", "non, c'est tout"),
        ("me cobraron dos veces", "cierre mi solicitud, por favor", "no necesito nada más"),
        ("ich wurde zweimal belastet", "schließen Sie bitte die Anfrage", "nein, sonst nichts"),
        ("on m'a débité deux fois", "fermez ma demande", "non merci"),
    ],
)
def test_a_friendly_no_leaves_it_closed(mind: Mind, told: str, close: str, words: str) -> None:
    chat = closed(mind, told, close)
    chat.says(words)
    assert not chat.last.closing_taken_back
