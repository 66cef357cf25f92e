"""What is no danger raises no alarm: our own button, grief, pills that run out, an indignant no."""

from dataclasses import replace

import pytest

from tests.dialogue.chat import Chat

DANGER, CALL = "danger right now", "call your pharmacy or your doctor today"


@pytest.mark.parametrize("words", ["Keep going", "keep going", "carry on", "ok let's continue"])
def test_who_types_that_we_shall_go_on_presses_our_button(chat: Chat, words: str) -> None:
    chat.says("this is absolute garbage")
    assert "person" in chat.says("i said garbage")
    said = chat.says(words)
    assert DANGER not in said and "What can I help you with" in said


@pytest.mark.parametrize(
    "words",
    [
        "please dont send those reminders to my mother anymore, it breaks her heart each time",
        "please stop sending them, we are heartbroken enough",
    ],
)
def test_grief_is_asked_about_no_danger_and_raises_nothing(chat: Chat, words: str) -> None:
    chat.says("my father passed away in October and his account still sends me reminders. can you close it")
    chat.opens()
    said = chat.says(words)
    assert "911" not in said and "Shall I close" not in said and "emergency" not in chat.last.new_signals


@pytest.mark.parametrize("first", ["pharmacy never received my prescription", ""])
@pytest.mark.parametrize(
    "words", ["i've run out of my pills", "i have two pills left", "i have no pills left since yesterday"]
)
def test_pills_that_run_out_have_one_end_and_it_is_high(chat: Chat, first: str, words: str) -> None:
    if first:
        chat.says(first)
        chat.opens()
    said = chat.says(words)
    raised = chat.last.new_signals if first else chat.last.request.signals if chat.last.request else ()
    assert CALL in said and DANGER not in said and "critical_workflow_blocked" in raised and "emergency" not in raised


@pytest.mark.parametrize(
    "words",
    [
        "i have no insulin left",
        "i have no pills left and i feel dizzy and faint",
        "took the last pills, all ten",
        "ran out of my sleeping pills, three days now, had a fit this morning, just need the script",
    ],
)
def test_what_may_be_danger_with_it_is_met_as_before(chat: Chat, words: str) -> None:
    said = chat.says(words)
    assert CALL not in said and "911" in said


def _asked(chat: Chat, language: str = "en") -> None:
    chat.known = replace(chat.known, state="checking", language=language, checked=1, turn=2, words=("it hurts a bit",))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "of course not"),
        ("en", "why would there be"),
        ("en", "no not danger. blood pressure pills. can you make it quicker"),
        ("de", "quatsch"),
        ("tl", "wala po, may isa pa siyang natira. pero bukas po ubos na"),
    ],
)
def test_an_indignant_no_is_a_no_and_is_not_asked_about_twice(chat: Chat, language: str, words: str) -> None:
    _asked(chat, language)
    chat.says(words)
    assert chat.known.state != "checking" and chat.known.issue != "safety.emergency"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "no he is not breathing"),
        ("en", "not in danger like you mean, I just don't want to wake up tomorrow"),
        ("en", "No danger to others. I've made up my mind that's all"),
        ("tl", "wala po siyang malay, hindi siya humihinga"),
    ],
)
def test_a_no_that_tells_of_danger_is_none(chat: Chat, language: str, words: str) -> None:
    _asked(chat, language)
    chat.says(words)
    assert chat.known.issue == "safety.emergency" or chat.known.state == "checking"


def test_what_is_wanted_sooner_behind_the_no_is_marked(chat: Chat) -> None:
    chat.says("pharmacy says they never received my prescription")
    chat.opens()
    _asked(chat)
    chat.goes_on(before="with_support")
    chat.says("no not danger. blood pressure pills. can you make it quicker")
    assert "urgent" in chat.last.new_signals
