"""A step of ours that is answered in another language: a result, later and a question have the effect of their button."""

import pytest

from tests.dialogue.chat import Chat

PDF = "my prescription pdf does not download"


@pytest.mark.parametrize("words", ["o, w edge poszlo! dzieki", "ya funciona gracias", "danke, jetzt geht es"])
def test_it_worked_ends_well(chat: Chat, words: str) -> None:
    chat.says(PDF)
    chat.says(words)
    assert chat.known.state == "solved" and chat.last.request is None


@pytest.mark.parametrize("words", ["a gdzie sa te pop-upy?", "wo finde ich das", "mache ich später"])
def test_a_question_and_later_leave_the_step_where_it_is(chat: Chat, words: str) -> None:
    chat.says(PDF)
    chat.says(words)
    assert chat.known.state == "answering" and chat.last.request is None


@pytest.mark.parametrize("words", ["ja wszystko sprawdzilam, dalej czarny ekran", "das habe ich schon gemacht"])
def test_that_it_did_not_help_is_told_to_people(chat: Chat, words: str) -> None:
    chat.says(PDF)
    step = chat.known.step
    chat.says(words)
    made = chat.last.request
    assert made is not None
    assert [one.outcome for one in made.tried if one.step == step] == ["did_not_help"]
