"""Turns on the way to a person and while a request waits: nothing is lost, and nothing is closed by chance."""

from dataclasses import replace

import pytest

from bot.dialogue import respond
from bot.dialogue.button_values import CloseRequest
from bot.dialogue.conversation import Button, Conversation, Message
from bot.dialogue.script import Script
from bot.mind import Mind
from bot.understanding.reading import Heard, Meant
from handoff.facts import OpenRequest
from handoff.policy.names import CRITICAL_FACTS
from tests.dialogue.turns import MFA, PDF, Given, reading, text_of, turn
from tests.makers import MARIA, NINE


def test_what_is_told_after_the_ticket_is_added_to_it(mind: Mind) -> None:
    opened = turn(
        mind, Conversation(MARIA, "in_app_chat"), reading("escalate.security", "handoff"), Meant("unclear", 0.2)
    )
    known = replace(opened.conversation, ticket=1001)
    read = reading("escalate.security", "handoff", 0.3, sure=False)
    told = turn(mind, known, read, Meant("answer", 0.9), text="some hours ago")
    assert told.request is None and told.more is not None and told.for_ticket
    assert "some hours ago" in {detail.value for detail in told.more.details}


@pytest.mark.parametrize(
    ("issue", "act", "said"),
    [
        ("chat.status", "status", "1001"),
        ("chat.close_request", "close", "closed your request"),
        ("chat.contact", "contact", "1-800-SMARTMED"),
        ("chat.thanks", "thanks", "welcome"),
        ("escalate.human", "person", "1-800-SMARTMED"),
    ],
)
def test_while_a_request_waits_its_user_is_understood(mind: Mind, issue: str, act: str, said: str) -> None:
    open_one = OpenRequest(1001, MFA, "not_resolved_by_documentation", "Triaged", "Tue, Nov 24, 3:40 PM EST")
    known = Conversation(MARIA, "in_app_chat", state="with_support", ticket=1001, issue=MFA)
    facts = {
        "phone": "1-800-SMARTMED",
        "email": "e",
        "help_center": "h",
        "hours": "x",
        "chat_wait": "4",
        "email_wait": "2",
    }
    read = reading(issue, "handoff" if issue == "escalate.human" else "smalltalk")
    text = "please close my request" if act == "close" else "some words here"
    outcome = turn(mind, known, read, Meant(act, 0.9), text=text, request=open_one, facts=facts)
    assert said in text_of(outcome)
    assert outcome.withdrawn is (act == "close")


@pytest.mark.parametrize("reason", CRITICAL_FACTS)
def test_a_matter_of_safety_is_not_closed_by_a_word_in_the_chat(mind: Mind, reason: str) -> None:
    open_one = OpenRequest(1001, "escalate.security", reason, "Triaged", "soon")
    known = Conversation(MARIA, "in_app_chat", state="with_support", ticket=1001, issue="escalate.security")
    outcome = turn(mind, known, reading("chat.close_request", "smalltalk"), Meant("close", 0.9), request=open_one)
    assert not outcome.withdrawn and "still look" in text_of(outcome)


def test_another_issue_beside_an_open_request_has_its_own_steps(mind: Mind) -> None:
    open_one = OpenRequest(1001, PDF, "not_resolved_by_documentation", "Triaged", "soon")
    known = Conversation(MARIA, "in_app_chat", state="with_support", ticket=1001, issue=PDF)
    begun = turn(mind, known, reading(MFA, "answer"), Meant("issue", 0.9), request=open_one)
    assert begun.conversation.step == "time_sync" and not begun.for_ticket
    solved = turn(mind, begun.conversation, reading(MFA, "choose", 0.3, sure=False), Meant("helped", 0.9))
    assert solved.conversation.state == "with_support" and solved.conversation.ticket == 1001


def test_once_a_person_answers_the_assistant_is_silent_but_for_danger_status_and_closing(mind: Mind) -> None:
    open_one = OpenRequest(1001, MFA, "not_resolved_by_documentation", "In Progress", "soon", "Sam", owed=True)
    known = Conversation(MARIA, "in_app_chat", state="with_staff", ticket=1001, issue=MFA)
    assert not turn(mind, known, reading(PDF, "answer"), Meant("add", 0.9), request=open_one).says
    assert "Sam" in text_of(
        turn(mind, known, reading("chat.status", "smalltalk"), Meant("status", 0.9), request=open_one)
    )
    assert "911" in text_of(
        turn(mind, known, reading("safety.emergency", "emergency"), Meant("add", 0.9), request=open_one)
    )


def test_an_address_alone_answers_no_other_question(mind: Mind) -> None:
    asked = turn(
        mind, Conversation(MARIA, "in_app_chat"), reading("billing.question", "handoff"), Meant("unclear", 0.1)
    )
    question = asked.conversation.asking
    heard = Heard(details={"contact_email": "ana@mail.example"}, told=True)
    address = replace(reading("chat.contact", "smalltalk"), heard=heard)
    script: Script = replace(mind.assistant.script, replies=Given(Meant("answer", 0.9)))
    told = respond.respond(asked.conversation, address, Message("ana@mail.example"), script, NINE)
    assert told.conversation.asking == question and not told.conversation.gathered


def at_a_question(mind: Mind, **known: object) -> Conversation:
    """A person is on the way, and one question is still before the user."""
    begun = turn(mind, Conversation(MARIA, "in_app_chat"), reading(MFA, "answer"), Meant("unclear", 0.1)).conversation
    asked = turn(mind, begun, reading("escalate.human", "handoff"), Meant("person", 0.9), text="get me a person")
    return replace(asked.conversation, **known)


def test_who_only_may_want_to_leave_it_is_not_let_go(mind: Mind) -> None:
    unsure = turn(
        mind, at_a_question(mind), reading(MFA, "choose", 0.2, sure=False), Meant("stop", 0.45), text="well then"
    )
    surely = turn(
        mind, at_a_question(mind), reading(MFA, "choose", 0.2, sure=False), Meant("stop", 0.8), text="leave it"
    )
    assert unsure.conversation.issue == MFA
    assert surely.conversation.issue is None and surely.request is None


def test_a_wish_for_a_person_in_the_answer_to_a_question_brings_the_person(mind: Mind) -> None:
    read = reading("escalate.human", "handoff", 0.74)
    told = turn(mind, at_a_question(mind), read, Meant("stop", 0.31), text="Yes please let somebody look at it.")
    assert told.request is not None


@pytest.mark.parametrize("state", ["with_support", "gathering"])
def test_who_asks_not_to_close_it_is_heard(mind: Mind, state: str) -> None:
    open_one = OpenRequest(1001, MFA, "not_resolved_by_documentation", "Triaged", "soon")
    known = Conversation(MARIA, "in_app_chat", state=state, ticket=1001, issue=MFA, asking="device")
    text = "nothing more from me. kindly don't close it as cannot reproduce"
    outcome = turn(
        mind, known, reading("chat.close_request", "smalltalk"), Meant("close", 0.95), text=text, request=open_one
    )
    assert not outcome.withdrawn and "Shall I close" not in text_of(outcome)


@pytest.mark.parametrize("text", ["I don't need it any more close it", "not needed now, please close my request"])
def test_who_needs_it_no_more_may_still_close_it(mind: Mind, text: str) -> None:
    open_one = OpenRequest(1001, MFA, "not_resolved_by_documentation", "Triaged", "soon")
    known = Conversation(MARIA, "in_app_chat", state="with_support", ticket=1001, issue=MFA)
    read, meant = reading("chat.close_request", "smalltalk"), Meant("close", 0.95)
    assert turn(mind, known, read, meant, text=text, request=open_one).withdrawn


CLOSE_ASKED = Conversation(
    MARIA,
    "in_app_chat",
    state="with_support",
    ticket=1001,
    issue=PDF,
    buttons=(Button.that("Yes", CloseRequest(yes=True)),),
)
OPEN_ONE = OpenRequest(1001, PDF, "not_resolved_by_documentation", "Triaged", "soon")


def test_who_is_asked_whether_to_close_and_says_again_that_it_works_is_not_asked_twice(mind: Mind) -> None:
    read = reading("chat.thanks", "choose", 0.2, sure=False)
    outcome = turn(mind, CLOSE_ASKED, read, Meant("helped", 0.7), text="looking at it right now", request=OPEN_ONE)
    assert outcome.withdrawn
    first = replace(CLOSE_ASKED, buttons=())
    asked = turn(mind, first, read, Meant("helped", 0.7), text="looking at it right now", request=OPEN_ONE)
    assert not asked.withdrawn and "close" in text_of(asked)


def test_what_sounds_like_a_break_in_is_no_good_news(mind: Mind) -> None:
    read = reading("escalate.security", "handoff", 0.75)
    said = "it was changed to an address that is not mine"
    outcome = turn(mind, CLOSE_ASKED, read, Meant("helped", 0.7), text=said, request=OPEN_ONE)
    assert not outcome.withdrawn and "Shall I close" not in text_of(outcome)
