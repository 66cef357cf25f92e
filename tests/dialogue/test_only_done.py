"""That a step was done, understood or looked at is no result: nothing counts as solved though nobody said so."""

import pytest

from tests.dialogue.chat import Chat

GLAD, SURE, HOW = "I'm glad that helped", "I only want to be sure", "I'm not sure yet how it went"


@pytest.mark.parametrize(
    ("told", "words", "asked"),
    [
        ("the app keeps closing on me", "installed it now", "Does the app work now?"),
        ("the app keeps closing on me", "updated", "Does the app work now?"),
        ("app wont open on ipad", "done", "Does the app work now?"),
        ("page wont load", "ok done", "Does the page load now?"),
        ("i dont get the sms code on my phone", "got it", "Did a code come, and did it work?"),
        ("cant verify my email", "understood, thanks", "Is your address confirmed now?"),
        ("prescription pdf comes out blank", "👍", "Could you open the PDF?"),
        ("prescription pdf comes out blank", "👍🏽", "Could you open the PDF?"),
    ],
)
def test_a_step_that_was_done_is_asked_about_in_its_own_words(chat: Chat, told: str, words: str, asked: str) -> None:
    chat.says(told)
    step = chat.known.step
    said = chat.says(words)
    assert SURE in said and asked in said
    assert chat.known.step == step and chat.known.state == "answering"


@pytest.mark.parametrize("words", ["done", "yes", "👍", "it works now"])
def test_said_to_the_question_alone_it_is_its_answer(chat: Chat, words: str) -> None:
    chat.says("app wont open on ipad")
    chat.says("done")
    assert GLAD in chat.says(words)


@pytest.mark.parametrize("words", ["done and it works", "yes done", "updated and it opens again", "it's back, thanks"])
def test_a_result_told_with_the_deed_solves_it(chat: Chat, words: str) -> None:
    chat.says("the app keeps closing on me")
    assert GLAD in chat.says(words)


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ("where the heck are my scripts i dont see any", "yes i looked there"),
        ("there's never any free slot with Dr Kim", "i see them, but all are taken"),
        ("there's never any free slot with Dr Kim", "i found the page but nothing is free"),
    ],
)
def test_what_follows_a_yes_or_a_but_can_deny_the_result(chat: Chat, told: str, words: str) -> None:
    chat.says(told)
    assert GLAD not in chat.says(words)
    assert chat.known.state != "solved"


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (
            "Front desk at Westside clinic, Dr Patel's template isn't pulling through to the pt-facing scheduler for "
            "next wk, pts see no slots",
            "yes published",
        ),
        ("this app is a joke, i cant get in since monday", "yes it does that all the time"),
        ("this app is a joke, i cant get in since monday", "yes"),
    ],
)
def test_a_yes_to_a_list_is_asked_about_and_neither_chooses_nor_ends(chat: Chat, told: str, words: str) -> None:
    chat.says(told)
    offered = chat.known.choices
    assert chat.known.state == "choosing"
    assert "which one you mean" in chat.says(words)
    assert chat.known.choices == offered and chat.known.state == "choosing"
    assert GLAD not in chat.says("yes")


@pytest.mark.parametrize("words", ["hm no", "um, nope", "nah", "well no"])
def test_a_no_with_a_sound_before_it_is_a_no(chat: Chat, words: str) -> None:
    chat.says("my sign-in code never works")
    chat.says(words)
    assert chat.known.step == "backup_code"


@pytest.mark.parametrize("words", ["kinda", "i see", "hm"])
def test_after_an_unclear_reply_the_question_is_not_said_word_for_word(chat: Chat, words: str) -> None:
    chat.says("my sign-in code never works")
    said = chat.says(words)
    assert HOW in said and "Did the fresh code work?" not in said
    assert chat.known.step == "time_sync"


@pytest.mark.parametrize("words", ["wdym", "what do you mean", "huh"])
def test_who_does_not_follow_a_step_is_not_greeted(chat: Chat, words: str) -> None:
    chat.says("my sign-in code never works")
    said = chat.says(words)
    assert "one line at a time" in said and "Hello" not in said and chat.known.step == "time_sync"


@pytest.mark.parametrize("words", ["does it cost anything", "which one do you recommend?", "is that free"])
def test_a_question_beside_the_step_leads_nowhere_else(chat: Chat, words: str) -> None:
    chat.says("cant download the pdf of my script")
    step = chat.known.step
    said = chat.says(words)
    assert chat.known.step == step and "instead" not in said


def test_a_short_word_on_what_came_of_the_step_is_no_other_matter(chat: Chat) -> None:
    chat.says("i forgot my password")
    chat.says("link opened")
    assert (chat.known.issue, chat.known.step) == ("account.forgot_password", "reset_link")


BARE = ("all on", "yes all on", "sent", "completed", "both on", "checked", "all done")


@pytest.mark.parametrize("words", BARE)
@pytest.mark.parametrize(
    "told", ["my video visit shows no picture", "page wont load", "the app keeps closing on me", "cant verify my email"]
)
def test_a_deed_told_in_a_word_is_no_result(chat: Chat, told: str, words: str) -> None:
    chat.says(told)
    step = chat.known.step
    said = chat.says(words)
    assert GLAD not in said
    assert chat.known.step == step and chat.known.state == "answering"


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ("how do I turn on two factor", "all on"),
        ("how do I turn on two factor", "yes it's on now"),
        ("where can I see my prescriptions", "found it"),
        ("the prescription pdf does not open", "opened"),
    ],
)
def test_the_deed_that_the_question_asks_for_is_the_result(chat: Chat, told: str, words: str) -> None:
    chat.says(told)
    assert GLAD in chat.says(words)


def test_the_deed_of_another_step_is_no_result_of_this_one(chat: Chat) -> None:
    chat.says("my sign-in code is always refused")
    assert GLAD not in chat.says("refreshed")


def test_who_turns_to_the_next_matter_is_asked_about_this_one_first(chat: Chat) -> None:
    chat.says("I need to book a visit, and I cannot sign in")
    first = chat.known.issue
    assert SURE in chat.says("now the other one")
    assert chat.known.issue == first
    chat.says("yes")
    assert chat.known.issue != first and chat.known.state == "answering"


def test_who_is_at_it_is_waited_for(chat: Chat) -> None:
    chat.says("page wont load")
    assert GLAD not in chat.says("on it")
    assert chat.known.state == "answering"


@pytest.mark.parametrize("words", ["actually theres 2 of them now", "it's there twice now"])
def test_what_came_out_twice_is_no_success(chat: Chat, words: str) -> None:
    chat.says("booking my visit fails every time")
    assert GLAD not in chat.says(words)
    assert chat.known.state != "solved"
