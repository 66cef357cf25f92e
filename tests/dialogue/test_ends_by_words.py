"""What ends a matter is said plainly: words that answer a question, or a yes to something else, solve nothing."""

from dataclasses import replace

import pytest

from bot.mind import Mind
from tests.dialogue.chat import Chat
from tests.makers import MARIA

AT_THE_QUESTION = [
    (("the export button is gone, Jo has it", "no", "no"), "CHECK IN. check in button!!"),
    (("the export button is gone, Jo has it", "no", "no"), "it's gone from the reports page"),
    (("the export button is gone, Jo has it", "no", "no"), "the refunds one, it has gone"),
    (("the export button is gone, Jo has it", "no", "no"), "VIDEO!! it's gone since the update, simple"),
    (("page doesn't load", "no", "no"), "all. even the first one"),
    (("page doesn't load", "no", "no"), "all of them, every single one"),
    (("my visit stands at the wrong time", "no", "no"), "2.30 new york time it was booked as, she has the text"),
]


@pytest.mark.parametrize(("before", "words"), AT_THE_QUESTION)
def test_words_that_answer_a_question_on_the_way_to_people_solve_nothing(
    chat: Chat, before: tuple[str, ...], words: str
) -> None:
    for one in before:
        chat.says(one)
    assert chat.known.state == "gathering"
    text = chat.says(words)
    assert chat.known.state != "solved" and "sounds as if it works" not in text


@pytest.mark.parametrize("words", ["oh wait it loads now, thanks", "works again", "it loads now, by itself. thank you"])
def test_that_it_works_plainly_said_to_such_a_question_is_heard(chat: Chat, words: str) -> None:
    for one in ("page doesn't load", "no", "no"):
        chat.says(one)
    text = chat.says(words)
    assert chat.known.state == "solved" or "sounds as if it works" in text


YES_TO_SOMETHING_ELSE = [
    ("how do I book an appointment", "yes I see the page"),
    ("I can't cancel my visit", "yes the button is there"),
    ("I can't cancel my visit", "yes I see the visit"),
    ("queue doesn't update", "yes she is there but greyed out"),
    ("a patient is not in my queue", "yes he is in it, position 4. only the down arrow shows"),
    ("a patient is not in my queue", "yes it's there, only I can't press it"),
]


@pytest.mark.parametrize(("matter", "words"), YES_TO_SOMETHING_ELSE)
def test_a_yes_that_the_words_behind_it_take_back_or_give_to_something_else_solves_nothing(
    mind: Mind, matter: str, words: str
) -> None:
    chat = Chat(mind, replace(MARIA, role="doctor")) if "queue" in matter else Chat(mind)
    chat.says(matter)
    chat.says(words)
    assert chat.known.state == "answering"


@pytest.mark.parametrize(("words", "state"), [("yesss", "solved"), ("yess!", "solved"), ("nooo", "answering")])
def test_a_drawn_out_yes_or_no_is_one(chat: Chat, words: str, state: str) -> None:
    chat.says("app crashes on my phone")
    chat.says(words)
    assert chat.known.state == state and chat.known.step != "update_app"


def test_one_word_of_another_language_to_a_step_is_answered_in_the_language_that_was_spoken(chat: Chat) -> None:
    chat.says("app crashes on my phone")
    text = chat.says("nada")
    assert chat.known.language == "en" and chat.last.request is None and "Next" in text
