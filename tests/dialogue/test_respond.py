"""How the assistant talks: one approved step at a time, nothing twice, of several issues the right one."""

import pytest

from bot.dialogue.conversation import Message
from bot.mind import Mind
from tests.dialogue.chat import MFA, Chat


def choosing(chat: Chat) -> None:
    """Which of these is it? is before the user."""
    chat.says("thing is broken")
    if chat.known.state == "waiting":
        chat.presses("Signing in or my account")
    assert chat.known.state == "choosing"


@pytest.mark.guide("KA3", "CD3", "CD5", "T1.1")
def test_an_answer_is_one_numbered_step_with_its_question_its_buttons_and_its_article(chat: Chat) -> None:
    text = chat.says(MFA)

    assert "1. " in text and "2. " in text and "Date & time" in text and "backup" not in text
    assert text.endswith("Did the fresh code work?")
    assert [button.label for button in chat.known.buttons] == [
        "Yes",
        "No",
        "My codes come by text message",
        "I don't have that phone",
    ]
    assert chat.last.says[0].page is not None and chat.last.says[0].page[1].endswith("/security/mfa-setup")


def test_no_leads_to_the_next_step_and_yes_to_solved(chat: Chat) -> None:
    chat.says(MFA)

    assert "backup" in chat.presses("No")
    assert "glad" in chat.presses("Yes")
    assert chat.known.state == "solved" and chat.last.says[0].rating == "bot"


@pytest.mark.guide("CD1")
def test_what_goes_wrong_is_met_with_sympathy_at_every_turn(chat: Chat) -> None:
    said = [chat.says(MFA), chat.presses("No"), chat.presses("No")]

    assert said[0].startswith("I'm sorry that the sign-in codes don't do what they should.")
    assert said[1].startswith("I'm sorry that didn't help.")
    assert said[2].startswith("I'm sorry we couldn't settle this together.")


def test_a_step_the_user_says_they_tried_is_never_offered(chat: Chat) -> None:
    text = chat.says("the two-step code never works for me, my phone's clock is set automatically")

    assert "Date & time" not in text and "backup" in text


PDF = "the pdf of my prescription will not open"


def test_a_step_told_as_done_while_another_is_before_the_user_is_noted_and_never_offered(chat: Chat) -> None:
    chat.says(PDF)
    asked = chat.says("i already cleared my cache")
    then = chat.presses("No")

    assert "noted" in asked and "Clear browsing data" not in asked + then
    assert ("clear_cache", "tried_before") in [(tried.step, tried.outcome) for tried in chat.known.tried]


def test_a_fact_for_another_question_is_kept_and_the_question_asked_once_more(chat: Chat) -> None:
    chat.says(PDF)
    chat.presses("No")
    question = chat.presses("No")
    again = chat.says("i use an iphone 12, safari")
    chat.presses("The file is blank")
    while chat.known.state == "gathering":
        chat.says("skip")

    assert "Download" in question and "Which of these fits best" in again and "Download" not in again
    told = {detail.id: detail.value for detail in chat.last.request.details} if chat.last.request else {}
    assert told["page_or_feature"] == "The file is blank" and told["device"].lower() == "iphone 12"


def test_the_same_issue_again_later_never_brings_the_same_step_again(chat: Chat) -> None:
    chat.says(MFA)
    chat.presses("Yes")
    text = chat.says(MFA)

    assert "Date & time" not in text


def test_a_button_of_an_earlier_question_does_nothing_but_say_so(chat: Chat) -> None:
    chat.says(MFA)
    old = chat.known.buttons[1]
    chat.presses("No")
    before = chat.known.step

    text = chat._turn(Message(old.label, old.value), "")

    assert "earlier question" in text and chat.known.step == before


def test_the_same_values_give_the_same_outcome(mind: Mind) -> None:
    first, second = Chat(mind), Chat(mind)
    for chat in (first, second):
        chat.says(MFA)
        chat.says("no")

    assert first.last == second.last


@pytest.mark.guide("O22")
def test_of_two_known_issues_in_one_message_one_is_answered_and_the_other_next(chat: Chat) -> None:
    chat.says("my sign-in code is always refused. Also, the pdf of my prescription won't download.")
    first = chat.known.issue

    told = chat.presses("Yes")

    assert {first, chat.known.issue} == {"account.mfa_not_working", "prescription.pdf_download"}
    assert chat.known.step is not None and "1." in told


@pytest.mark.guide("O22")
def test_the_more_urgent_of_two_issues_decides_the_way_and_the_other_is_on_the_ticket(chat: Chat) -> None:
    chat.says("the pdf of my prescription won't download. Also, somebody hacked my account and changed my e-mail.")

    request = chat.last.request
    assert request is not None and request.issue == "escalate.security"
    assert request.also == ("Prescription PDF won't download or open",)


def test_what_is_denied_is_never_taken_for_the_answer_that_says_it(chat: Chat) -> None:
    chat.says("hello my mother's prescription has the wrong dose on it")
    said = chat.says("she has not taken it")

    assert chat.last.request is None and "911" not in said and chat.known.issue == "prescription.wrong_information"


def test_an_answer_in_other_words_is_understood(chat: Chat) -> None:
    chat.says("forgot my password")
    assert "spam" in chat.says("no email came").lower()


def test_a_step_done_is_heard_in_other_words(chat: Chat) -> None:
    chat.says("it says my email and password do not match")
    chat.says("i already reset my password")
    chat.says("no")

    assert "account.cant_log_in/reset_password" not in chat.known.offered


def test_who_said_what_it_is_about_is_not_asked_for_it(chat: Chat) -> None:
    question = chat.says("please delete all my data under the privacy law")
    assert "Which of these" not in question


def test_never_mind_leaves_it_there_and_nothing_counts_as_solved(chat: Chat) -> None:
    chat.says(MFA)
    text = chat.says("never mind")

    assert "leave it there" in text and chat.known.state == "new" and chat.known.solved == ()


def test_a_bare_no_after_it_was_solved_asks_what_is_needed_and_guesses_nothing(chat: Chat) -> None:
    chat.says(MFA)
    chat.presses("Yes")
    assert "What can I help you with" in chat.says("no")


def test_a_word_that_chooses_one_of_the_offered_issues_is_understood(chat: Chat) -> None:
    choosing(chat)
    title = chat.mind.catalog.title(chat.known.choices[1])
    chat.says(title.lower())
    assert chat.known.issue is not None and chat.mind.catalog.title(chat.known.issue) == title


def test_what_says_too_little_alone_is_read_together_with_the_words_before(chat: Chat) -> None:
    chat.says("problem")
    chat.says("with my prescription")
    assert "PDF" in chat.says("cannot download it") and chat.known.issue == "prescription.pdf_download"


@pytest.mark.parametrize("words", ["none of these", "something else", "neither"])
def test_who_means_none_of_the_offered_is_asked_for_more_and_given_none_of_them(chat: Chat, words: str) -> None:
    choosing(chat)
    shown = set(chat.known.choices)
    chat.says(words)
    assert chat.known.issue is None or chat.known.state == "gathering"
    assert not shown & set(chat.known.choices) and chat.known.step is None
