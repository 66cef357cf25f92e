"""Who says that a grave matter is none is believed: it stands on the request, and nothing more is asked; only people lower it."""

import pytest

from tests.dialogue.chat import Chat


@pytest.fixture
def taken_for_grave(chat: Chat) -> Chat:
    """A request of the security team is open, and its first question is before the user."""
    chat.says("someone hacked my account i think")
    asking = chat.known.asking
    chat.opens()
    chat.goes_on(state="gathering", asking=asking)
    return chat


@pytest.mark.parametrize(
    "words",
    [
        "no no nobody hacked me. it just logs me out all the time",
        "i'm telling you this is NOT security. it's a login bug",
        "nothing is stolen, I only want to sign in",
    ],
)
def test_a_grave_matter_that_is_denied_is_noted_and_asked_about_no_more(taken_for_grave: Chat, words: str) -> None:
    said = taken_for_grave.says(words)

    assert "I misunderstood" in said and taken_for_grave.known.asking is None
    assert taken_for_grave.last.more is not None
    assert words in [detail.value for detail in taken_for_grave.last.more.details]


@pytest.mark.parametrize(
    "words", ["yes, nobody else knows my password", "no, it was this morning", "I can still sign in"]
)
def test_an_answer_denies_nothing(taken_for_grave: Chat, words: str) -> None:
    assert "I misunderstood" not in taken_for_grave.says(words)


def test_what_is_meant_in_its_place_begins_beside_it(chat: Chat) -> None:
    chat.says("SmartMed is down for me")
    asking = chat.known.asking
    chat.opens()
    chat.goes_on(state="gathering", asking=asking)
    said = chat.says("it's not down, only slow")

    assert "I misunderstood" in said and chat.known.issue == "technical.slow_performance" and chat.known.step


def test_what_is_nobody_elses_is_their_own(chat: Chat) -> None:
    chat.says("i can see a file of somebody else in my documents")
    asking = chat.known.asking
    chat.opens()
    chat.goes_on(state="gathering", asking=asking)

    assert "it is your own" in chat.says("it isn't somebody else's, it's mine from 2019")


def test_the_title_that_a_word_begins_is_chosen_and_nothing_grave(chat: Chat) -> None:
    chat.says("my session got murdered again, have to log in every two minutes")
    chat.goes_on(state="choosing", choices=("escalate.security", "technical.mobile_app", "account.cant_log_in"))
    chat.says("signing in every two minutes. that one")

    assert chat.known.issue == "account.cant_log_in"


@pytest.mark.parametrize(
    "words",
    [
        "the last letters of every line in my prescription are cut off",
        "the label text in the app is cut off",
        "the buttons are cut off on my small phone",
        "the words at the end of the line don't fit on my screen",
    ],
)
def test_text_that_a_screen_cuts_off_is_no_lost_data(chat: Chat, words: str) -> None:
    said = chat.says(words)

    assert "fit on the screen" in said and chat.known.issue == "escalate.unknown_issue"
    assert "minor_ui_issue" in chat.known.signals and "data_loss" not in chat.known.signals
