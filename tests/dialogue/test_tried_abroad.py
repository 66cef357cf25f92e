"""What somebody did before is on the request in another language too."""

import pytest

from tests.dialogue.chat import Chat


@pytest.mark.parametrize(
    ("words", "step"),
    [
        ("o app fecha sozinho, já desinstalei e instalei de novo", "reinstall"),
        ("l'app si chiude da sola, ho già reinstallato", "reinstall"),
        ("aplikacja się zamyka, już ją zainstalowałem ponownie", "reinstall"),
        ("j'ai deja renvoyé le mail de confirmation trois fois et rien", "resend"),
    ],
)
def test_a_step_told_with_the_matter_is_on_the_request(chat: Chat, words: str, step: str) -> None:
    chat.says(words)
    assert chat.last.request is not None
    assert [(one.step, one.outcome) for one in chat.last.request.tried] == [(step, "tried_before")]


def test_a_step_told_later_is_on_it_too(chat: Chat) -> None:
    chat.says("l'app si chiude da sola appena la apro")
    chat.opens()
    chat.says("ho già disinstallato e reinstallato l'app e si chiude lo stesso")
    assert [one.step for one in chat.known.tried] == ["reinstall"]


@pytest.mark.parametrize(
    "words",
    [
        "la app se cierra sola",
        "die app stürzt ab, soll ich sie neu installieren?",
        "l'app si chiude, non ho reinstallato",
    ],
)
def test_what_was_not_done_is_not(chat: Chat, words: str) -> None:
    chat.says(words)
    assert not chat.known.tried
