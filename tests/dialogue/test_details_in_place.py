"""Facts stand where they belong, and a request is called by what tells its matter."""

import pytest

from bot.dialogue.hearing.times import time_told
from bot.understanding.details import facts_of
from tests.dialogue.chat import Chat


def test_what_was_done_to_everything_is_not_what_fails(chat: Chat) -> None:
    chat.says("several of us can't open the schedule, down for three doctors")
    chat.opens()
    chat.goes_on(state="gathering", asking="page_or_feature", asked=("page_or_feature",))
    chat.says("we already rebooted everything, don't you dare")
    assert all(one.value != "Everything" for one in chat.known.gathered)


def test_who_cannot_sign_in_is_not_asked_what_fails(chat: Chat) -> None:
    chat.says("Nobody in the clinic can log in")
    assert chat.last.request is not None and chat.known.asking != "page_or_feature"
    assert {one.id: one.value for one in chat.known.gathered}["page_or_feature"] == "Signing in"


def test_the_matter_itself_names_no_choice_and_hurry_no_title(chat: Chat) -> None:
    chat.says("I can't join my visit")
    chat.says("shift starts in ten minutes, hurry")
    assert chat.last.request is not None and chat.last.request.summary != "shift starts in ten minutes, hurry"
    assert all(one.value != "No button to join" for one in chat.known.gathered)


@pytest.mark.parametrize("words", ["no I'm not reinstalling anything, I have 20 patients", "I have 3 patients today"])
def test_how_much_somebody_has_to_do_tells_nobody_affected(words: str) -> None:
    assert "how_many" not in facts_of(words)


@pytest.mark.parametrize("words", ["14 doctors can't log in", "we have 12 people who can't log in"])
def test_who_is_affected_is_heard(words: str) -> None:
    assert "how_many" in facts_of(words)


def test_a_sum_is_no_part_of_a_day() -> None:
    assert time_told("Twice, yesterday, 40 euros each") == "yesterday"


def test_what_a_person_is_wanted_for_is_heard_though_it_denies_something(chat: Chat) -> None:
    chat.says("I want to talk to a human")
    chat.says("about the notes of my last visit, they are wrong. it says I am diabetic. I'm not")
    assert any(one.id == "description" and "notes of my last visit" in one.value for one in chat.known.gathered)


def test_a_refusal_describes_nothing(chat: Chat) -> None:
    chat.says("I want to talk to a human")
    chat.says("no, I don't want to wait for that")
    assert all("wait for that" not in one.value for one in chat.known.gathered)


def test_a_vital_medicine_that_has_run_out_is_urgent(chat: Chat) -> None:
    chat.says("my messages to the doctor are not answered since tuesday")
    chat.opens()
    chat.says("it's about my insulin, I have none left since yesterday")
    assert chat.known.state == "checking" or "critical_workflow_blocked" in chat.last.new_signals
