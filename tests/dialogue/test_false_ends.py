"""Nothing is taken for solved or let be by words about something else, by thanks, or by a threat."""

import pytest

from tests.dialogue.chat import Chat

GLAD, LEFT, OPEN = "I'm glad that helped", "we'll leave it there", "Nobody on our team has this yet"
PERSON = "Talk to a person"


def labels(chat: Chat) -> set[str]:
    """The live buttons."""
    return {button.label for button in chat.known.buttons}


@pytest.mark.parametrize("words", ["yeah the visit is on my phone", "yes, I am on my phone"])
def test_a_yes_to_something_else_solves_no_step(chat: Chat, words: str) -> None:
    chat.says("i cant get into my video visit")
    step = chat.known.step
    said = chat.says(words)
    assert GLAD not in said and chat.known.step == step


def test_a_yes_that_the_visit_runs_now_is_no_success_and_brings_people(chat: Chat) -> None:
    chat.says("i cant get into my video visit")
    said = chat.says("yes it is going on right now")
    assert GLAD not in said and chat.last.request is not None and "visit_soon" in chat.last.request.signals


@pytest.mark.parametrize("words", ["yes", "yes that did it", "yes finally I can see him", "yes, all good now"])
def test_a_yes_with_a_result_solves_it(chat: Chat, words: str) -> None:
    chat.says("i cant get into my video visit")
    assert GLAD in chat.says(words) and chat.known.state == "solved"


@pytest.mark.parametrize(
    ("told", "works"),
    [
        ("i was billed for a visit that never happened", "the doctor called me later so it works now"),
        ("i was charged twice", "and it took it"),
    ],
)
def test_money_is_never_solved_by_what_works(chat: Chat, told: str, works: str) -> None:
    chat.says(told)
    said = chat.says(works)
    assert chat.known.state != "solved" and "**A charge, invoice or refund**" in said
    chat.presses("No, please pass it on")
    assert chat.known.issue == "billing.question" and chat.known.state == "gathering"


def test_the_sound_that_works_leaves_the_money_to_be_passed_on(chat: Chat) -> None:
    chat.says("two things: video had no sound yesterday, and I was charged for a visit that was cancelled")
    said = chat.says("yes the sound works now")
    assert "**A charge, invoice or refund**" in said and "billing.question" not in chat.known.solved
    chat.presses("No, please pass it on")
    assert chat.known.issue == "billing.question" and chat.known.state == "gathering"


def test_what_is_told_in_the_place_of_a_yes_is_kept_for_people(chat: Chat) -> None:
    chat.says("i was charged twice")
    chat.says("and it took it")
    chat.says("from my new card")
    assert "from my new card" in chat.known.words and chat.known.state == "gathering"


def test_who_says_that_it_is_settled_is_believed_and_we_did_not_help(chat: Chat) -> None:
    chat.says("i was charged twice")
    chat.says("and it works now")
    said = chat.presses("Yes, it's settled")
    assert chat.known.state == "solved" and GLAD not in said


def test_a_result_of_the_other_matter_solves_that_one_and_this_one_stays(chat: Chat) -> None:
    chat.says("i can't log in and also I need to cancel my visit tomorrow")
    said = chat.says("I'm in now")
    assert chat.known.issue == "appointment.cancel" and "**Sign-in does not work**" in said
    assert "account.cant_log_in" not in chat.known.also
    chat.presses("Yes, it's cancelled")
    assert chat.known.state == "solved", "what works is not looked at again"


@pytest.mark.parametrize("told", ["my visit does not work", "my appointment is gone from the list"])
@pytest.mark.parametrize("thanks", ["thank you", "thanks, i'll wait", "ok thanks"])
def test_thanks_while_it_is_asked_which_is_no_end(chat: Chat, told: str, thanks: str) -> None:
    chat.says(told)
    offered = chat.known.choices
    said = chat.says(thanks)
    assert OPEN in said and LEFT not in said
    assert chat.known.choices == offered and PERSON in labels(chat)


def test_thanks_after_more_was_told_of_a_loss_is_no_end(chat: Chat) -> None:
    for words in (
        "my mother passed away last week and she still gets appointment reminders from you",
        "her name was Rosa Delgado, born 3/4/1941",
    ):
        chat.says(words)
    said = chat.says("thank you")
    assert LEFT not in said and (PERSON in labels(chat) or chat.last.request is not None or chat.known.asking)


def test_thanks_after_it_was_asked_what_it_is_about_is_no_end(chat: Chat) -> None:
    chat.says("something with it is odd here somehow")
    assert chat.known.state in ("waiting", "choosing")
    assert OPEN in chat.says("thank you")


def test_who_thanks_twice_is_let_go_and_who_waits_all_the_same_gets_people(chat: Chat) -> None:
    chat.says("my visit does not work")
    chat.says("thank you")
    assert OPEN not in chat.says("thank you")
    chat.says("my visit does not work")
    chat.says("thanks, i'll wait")
    chat.says("i'll wait for your call")
    assert chat.known.reason == "asked_for_person" or chat.last.request is not None


@pytest.mark.parametrize(
    "words", ["i'm going to sue you", "you will hear from my lawyer", "then I'll take you to court"]
)
@pytest.mark.parametrize(
    "before",
    [
        (
            "you people are useless. i have been waiting for an answer for THREE DAYS",
            "i already wrote you on monday about my refund",
        ),
        ("my visit does not work",),
        ("i can't log in",),
        ("i was charged twice",),
    ],
)
def test_a_threat_is_never_let_be_and_goes_to_people(chat: Chat, before: tuple[str, ...], words: str) -> None:
    for told in before:
        chat.says(told)
    said = chat.says(words)
    assert LEFT not in said and "Of course" not in said
    assert chat.last.request is not None or chat.known.state == "gathering"


def test_a_threat_beside_a_request_is_no_thanks(chat: Chat) -> None:
    chat.says("someone hacked my account")
    chat.opens()
    said = chat.says("i'm going to sue you")
    assert "#1001" in said and chat.last.for_ticket


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ("my video froze", "she's gone"),
        ("my video froze", "now she hung up"),
        ("i cant get into my video visit", "the doctor left the call"),
        ("my appointment time shows the wrong time zone", "its in Pacific and im in Denver, changed it"),
    ],
)
def test_a_breakdown_or_a_deed_is_no_success(chat: Chat, told: str, words: str) -> None:
    chat.says(told)
    step = chat.known.step
    said = chat.says(words)
    assert GLAD not in said and chat.known.step == step


def test_a_result_before_the_deed_is_a_result(chat: Chat) -> None:
    chat.says("my appointment time shows the wrong time zone")
    assert GLAD in chat.says("it's right now, changed it")
