"""An emergency is told to people by its own words, to the user in their language, and once it is over it is not told again."""

import pytest

from handoff.desk_parts import fuller
from tests.dialogue.chat import Chat


@pytest.mark.parametrize("before", [[], ["i cant log in"], ["no puedo entrar a mi cuenta"]])
@pytest.mark.parametrize("told", ["me duele el pecho y no puedo respirar", "mi papá no puede respirar"])
def test_an_emergency_in_spanish_is_answered_in_spanish_alone(chat: Chat, before: list[str], told: str) -> None:
    for words in before:
        chat.says(words)

    text = chat.says(told)

    assert "llame ahora al 911" in text and "In the US" not in text


@pytest.mark.parametrize("before", [["the page gives me an error 500"], ["my password reset doesnt work"], []])
def test_an_emergency_is_summed_up_by_its_own_words_whatever_was_told_before(chat: Chat, before: list[str]) -> None:
    for words in before:
        chat.says(words)

    chat.says("there is no reason to live anymore")

    request = chat.last.request
    assert request is not None and request.issue == "safety.emergency"
    assert request.summary == "there is no reason to live anymore"


@pytest.mark.parametrize("yes", ["yes", "yes, right now"])
def test_a_yes_to_the_question_leaves_the_words_that_were_asked_about(chat: Chat, yes: str) -> None:
    chat.says("i was charged twice")
    chat.says("i dont see any reason to go on")
    chat.says(yes)

    assert chat.last.request is not None
    assert chat.last.request.summary == "i dont see any reason to go on"


@pytest.mark.parametrize("words", ["我不想活了", "je veux me suicider", "Ich will mich umbringen"])
def test_the_words_that_tell_the_danger_are_never_hidden_from_those_who_act(chat: Chat, words: str) -> None:
    chat.says("我忘记密码了")
    chat.says(words)
    told = chat.last.request or chat.last.more
    assert told is not None and told.issue == "safety.emergency" and told.summary == words


def test_an_open_request_that_becomes_an_emergency_is_about_it_from_then_on(chat: Chat) -> None:
    chat.says("i want a person about my bill")
    while chat.known.state == "gathering":
        chat.says("skip")
    held = chat.last.request
    chat.opens()

    chat.says("i want to kill myself")

    more = chat.last.more
    assert held is not None and more is not None and "emergency" in chat.last.new_signals
    now = fuller(held, more)
    assert (now.issue, now.title, now.summary) == ("safety.emergency", "Emergency", "i want to kill myself")
    assert held.title in now.also


def test_more_that_is_told_of_a_calm_request_leaves_its_issue(chat: Chat) -> None:
    chat.says("i want a person about my bill")
    while chat.known.state == "gathering":
        chat.says("skip")
    held = chat.last.request
    assert held is not None and fuller(held, held).issue == held.issue


def _poisoned(chat: Chat) -> Chat:
    chat.says("i took too many pills")
    chat.opens()
    assert chat.request is not None
    return chat


def test_who_is_well_again_gets_the_numbers_in_one_line_and_what_else_is_wanted(chat: Chat) -> None:
    text = _poisoned(chat).says("im ok now, how do i change my email address")
    assert "911" in text and "988" in text and "This chat can't give the help" not in text
    assert chat.known.issue == "account.manage_profile" and chat.known.step is not None


def test_an_appointment_is_not_forgotten_over_a_danger_that_is_past(chat: Chat) -> None:
    said = "i threw them up and the ER says im fine now. can you help me find my next appointment"
    text = _poisoned(chat).says(said)
    assert "911" in text and "This chat can't give the help" not in text
    assert "appointment.how_to_book" in chat.known.choices or chat.known.issue == "appointment.how_to_book"


@pytest.mark.parametrize(
    "worse",
    [
        "im ok now but i still want to die",
        "the ER says im fine now but i took all the rest of the tablets",
        "im fine now. my son is not breathing",
    ],
)
def test_new_danger_beside_good_news_is_an_emergency_as_ever(chat: Chat, worse: str) -> None:
    assert "This chat can't give the help" in _poisoned(chat).says(worse)
