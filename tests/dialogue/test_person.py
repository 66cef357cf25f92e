"""A person whenever one is wanted or needed, with what was said and tried, and asked for nothing twice."""

from dataclasses import replace

import pytest

from bot.mind import Mind
from handoff.ticket import SKIPPED, User
from tests.dialogue.chat import MFA, Chat


@pytest.mark.guide("EA1", "EC1", "EC6")
def test_when_no_step_helps_a_person_gets_the_steps_with_their_outcomes(chat: Chat) -> None:
    chat.says(MFA)
    chat.presses("No")
    chat.says("no, still refused")
    chat.says("Android phone")
    chat.says("skip")

    request = chat.last.request
    assert request is not None and request.reason == "not_resolved_by_documentation"
    assert [(tried.step, tried.outcome) for tried in request.tried] == [
        ("time_sync", "did_not_help"),
        ("backup_code", "did_not_help"),
    ]
    assert [(detail.id, detail.value) for detail in request.details] == [
        ("device", "Android phone"),
        ("last_worked", SKIPPED),
    ]


@pytest.mark.guide("EA4", "O21")
def test_a_person_is_given_at_any_turn_and_the_issue_is_kept(chat: Chat) -> None:
    chat.says(MFA)
    chat.says("just let me talk to a real person please")
    while chat.known.state == "gathering":
        chat.says("skip")

    assert chat.last.request is not None
    assert (chat.last.request.issue, chat.last.request.reason) == ("account.mfa_not_working", "asked_for_person")


@pytest.mark.guide("O13", "CH4")
@pytest.mark.parametrize("before", [[], [MFA], [MFA, "No"], ["talk to a person"]])
def test_an_emergency_comes_before_everything_in_every_state(chat: Chat, before: list[str]) -> None:
    for words in before:
        chat.says(words)

    text = chat.says("i have chest pain and i can't breathe")

    assert "911" in text and "988" in text and "1-800-SMARTMED" in text and "?" not in text
    assert chat.last.request is not None and chat.last.request.issue == "safety.emergency"
    assert "emergency" in chat.last.request.signals


@pytest.mark.guide("EC2")
def test_somebody_who_is_not_signed_in_is_asked_who_they_are_and_others_never(mind: Mind) -> None:
    stranger, known = Chat(mind, User()), Chat(mind)
    for chat in (stranger, known):
        chat.says(MFA)
        chat.says("talk to a person")

    asked = []
    while stranger.known.state == "gathering":
        asked.append(stranger.known.asking)
        stranger.says("skip")
    assert "contact" in asked
    while known.known.state == "gathering":
        assert known.known.asking != "contact"
        known.says("skip")


@pytest.mark.guide("DA1", "DA2", "DA3", "CD2", "CD1")
def test_anger_is_acknowledged_and_apologised_for_before_the_next_step_in_the_same_message(chat: Chat) -> None:
    text = chat.says("this is ridiculous, my authenticator code is refused every single time")

    told = [text.find(words) for words in ("I can see how frustrating this is", "sorry for the trouble", "Date & time")]
    assert -1 < told[0] < told[1] < told[2]


@pytest.mark.guide("DA4")
def test_the_second_angry_turn_is_offered_a_person(chat: Chat) -> None:
    chat.says("this is ridiculous, my authenticator code is refused every single time")
    chat.says("this is ridiculous, i am furious")

    assert {button.value for button in chat.known.buttons} == {"person", "go_on"}


def test_what_was_said_on_the_way_is_not_asked_again(chat: Chat) -> None:
    chat.says(MFA)
    chat.says("talk to a person")
    chat.says("Android phone")
    chat.says("skip")

    asked = chat.known.asked
    assert len(asked) == len(set(asked))


def test_a_no_to_a_question_that_wants_words_passes_it_over(chat: Chat) -> None:
    chat.says("the app keeps crashing since the update")
    chat.says("please let me talk to a person")
    while chat.known.state == "gathering":
        chat.says("nope")

    assert chat.last.request is not None
    assert "nope" not in {detail.value for detail in chat.last.request.details}


@pytest.mark.guide("EA4")
def test_who_asks_for_a_person_while_we_ask_gets_one_without_another_question(chat: Chat) -> None:
    chat.says("my account is locked")
    assert chat.known.state == "gathering" and chat.known.asking
    chat.says("just get me a person")
    assert chat.last.request is not None and chat.last.request.issue == "account.locked"


def test_what_a_request_is_about_is_not_asked_of_who_has_said_it(chat: Chat) -> None:
    chat.says("I need a sick note for my employer")
    assert chat.known.asking != "description"
    while chat.last.request is None:
        chat.says("skip")
        assert chat.known.asking != "description"
    assert "sick note" in chat.last.request.summary


@pytest.mark.parametrize("words", ["today", "the weather here is bad", "it is green"])
def test_a_stray_word_to_an_open_ticket_is_kept_for_people_and_not_declined(chat: Chat, words: str) -> None:
    chat.says("my account is locked")
    chat.says("just get me a person")
    chat.known = replace(chat.known, ticket=1001)
    assert "added that to your request" in chat.says(words) and chat.last.for_ticket


@pytest.mark.parametrize("words", ["delete my account please", "i want my account gone for good"])
def test_who_wants_the_account_gone_reaches_the_team_for_privacy_at_once(chat: Chat, words: str) -> None:
    chat.says(words)
    assert chat.known.issue == "escalate.privacy"


def test_a_step_of_another_issue_named_in_passing_does_not_stand_on_the_ticket(chat: Chat) -> None:
    chat.says(
        "we installed the app on a new tablet, and the sign-in code goes to her old phone which we no longer have"
    )
    for _ in range(2):
        chat.says("just get me a person")
    assert chat.last.request is not None and chat.last.request.issue == "account.mfa_not_working"
    assert {step.issue for step in chat.last.request.tried} <= {"account.mfa_not_working"}
