"""Who tells the security team's request that a secret was given away hears once more what to do now."""

from dataclasses import replace

from handoff.facts import OpenRequest
from tests.dialogue.chat import Chat

CARE = "**Until we have answered:** change your password now."


def _reported(chat: Chat) -> None:
    chat.says("I got a mail that my data was leaked, is that from you?")
    made = chat.last.request
    assert made is not None
    chat.request = OpenRequest(1001, made.issue, made.reason, "Triaged", "soon", care=CARE, team="security")
    chat.known = replace(chat.known, ticket=1001)


def test_a_password_that_was_given_away_is_answered_with_what_to_do(chat: Chat) -> None:
    _reported(chat)

    said = chat.says("I clicked and gave my password")

    assert said.startswith(CARE)
    assert CARE not in chat.says("I clicked the link on my phone too")


def test_what_is_told_besides_is_not(chat: Chat) -> None:
    _reported(chat)

    assert CARE not in chat.says("yesterday evening")
