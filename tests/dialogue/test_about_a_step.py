"""A question about a step stays with the step, is never answered twice in the same words, and the same matter is not offered twice."""

import pytest

from tests.dialogue.chat import Chat

PERSON = "Talk to a person"


@pytest.mark.parametrize(
    "told", ["i can't join my video visit", "i cant log in", "the pdf of my prescription won't download"]
)
@pytest.mark.parametrize(
    "asked",
    [
        "what's a browser?",
        "which button",
        "what small sign",
        "what is pdf",
        "what if i break something",
        "how do i know which one i have",
    ],
)
def test_a_question_about_a_step_leads_to_no_other_issue(chat: Chat, told: str, asked: str) -> None:
    chat.says(told)
    was = (chat.known.issue, chat.known.step)
    chat.says(asked)
    assert (chat.known.issue, chat.known.step) == was


def test_what_is_not_on_the_screen_belongs_to_what_is_looked_at(chat: Chat) -> None:
    for words in ("i have to print my prescription", "which button", "there's no menu on the left", "what is pdf"):
        chat.says(words)
    assert chat.known.issue == "prescription.pdf_download"


@pytest.mark.parametrize("asked", ["what small sign", "what's a browser?", "which button"])
def test_no_explanation_comes_twice(chat: Chat, asked: str) -> None:
    chat.says("i can't join my video visit")
    said = [chat.says(asked).split("\n\n")[0] for _ in range(3)]
    assert len(set(said)) == 3 and PERSON in {button.label for button in chat.known.buttons}


def test_a_word_is_explained_by_whichever_file_explains_it(chat: Chat) -> None:
    chat.says("i cant log in")
    assert "Chrome, Edge, Firefox or Safari" in chat.says("what's a browser?")


def test_who_is_afraid_to_do_harm_is_calmed(chat: Chat) -> None:
    chat.says("i cant log in")
    assert "breaks nothing" in chat.says("what if i break something")


def test_another_issue_that_is_asked_about_plainly_still_begins(chat: Chat) -> None:
    chat.says("i cant log in")
    chat.says("how do i cancel my visit on friday?")
    assert chat.known.issue == "appointment.cancel"


@pytest.mark.parametrize(
    "told", ["my account is locked and i cant sign in", "i am locked out, i cant log in, it says my account is locked"]
)
def test_the_same_matter_is_not_offered_once_more(chat: Chat, told: str) -> None:
    chat.says(told)
    assert chat.last.request is not None and chat.known.issue == "account.locked"
    chat.opens()
    chat.known = chat.known.__class__(**{**chat.known.__dict__, "state": "gathering", "asking": "lock_message"})
    assert "You also mentioned" not in chat.says("i want a person")
