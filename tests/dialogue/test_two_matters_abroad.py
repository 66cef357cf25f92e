"""A second matter that is told in another language is not lost: it stands on the request, or has one of its own."""

from dataclasses import replace

import pytest

from tests.dialogue.chat import Chat


def title(chat: Chat, issue: str) -> str:
    """What a request calls this issue."""
    return chat.mind.assistant.script.catalog.title(issue)


@pytest.mark.parametrize(
    ("words", "also"),
    [
        ("me cobraron dos veces y además no puedo cambiar mi cita", "appointment.cant_reschedule"),
        (
            "hi po double charge po ako sa consult kahapon tsaka gusto ko sana ilipat yung appointment ko",
            "billing.question",
        ),
        (
            "o link da receita que mandei pra farmacia deu expirado e também meu nome ta errado no cadastro",
            "account.manage_profile",
        ),
        ("mein konto ist gesperrt und außerdem habe ich das passwort vergessen", "account.forgot_password"),
    ],
)
def test_two_matters_in_one_breath_stand_on_the_request(chat: Chat, words: str, also: str) -> None:
    chat.says(words)
    made = chat.last.request
    assert made is not None and title(chat, also) in (made.title, *made.also) and made.also


@pytest.mark.parametrize(
    ("first", "then", "also"),
    [
        ("No puedo entrar en mi cuenta", "y además me cobraron dos veces", "billing.question"),
        (
            "Je n'arrive pas à me connecter à mon compte",
            "et aussi mon nom est mal écrit sur mon profil",
            "account.manage_profile",
        ),
        (
            "bonsoir on m'a débité 2 fois 45 euros",
            "et je veux changer mon adresse mail aussi",
            "account.manage_profile",
        ),
    ],
)
def test_one_that_is_told_later_stands_there_too(chat: Chat, first: str, then: str, also: str) -> None:
    chat.says(first)
    chat.opens()
    chat.says(then)
    more = chat.last.more
    assert more is not None and title(chat, also) in more.also


def test_what_that_team_does_not_do_has_a_request_of_its_own(chat: Chat) -> None:
    chat.says("quiero que borren todos mis datos")
    chat.opens()
    assert chat.request is not None
    chat.request = replace(chat.request, team="security")
    chat.says("y además me cobraron dos veces")
    made = chat.last.request
    assert made is not None and made.issue == "billing.question" and made.previous == 1001


@pytest.mark.parametrize(
    "words",
    ["la app se cierra sola y no puedo ver mis citas", "je ne reçois pas le code et je ne peux pas me connecter"],
)
def test_one_matter_in_two_clauses_is_one(chat: Chat, words: str) -> None:
    chat.says(words)
    made = chat.last.request
    assert made is not None and not made.also


@pytest.mark.parametrize("then", ["c'était pour la visite du 18 novembre avec dr Roche", "c'était avec ma carte visa"])
def test_what_tells_more_of_the_first_is_no_other_matter(chat: Chat, then: str) -> None:
    chat.says("bonsoir on m'a débité 2 fois 45 euros")
    chat.opens()
    chat.says(then)
    assert not chat.known.also
