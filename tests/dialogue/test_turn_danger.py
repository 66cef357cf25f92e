"""Turns of danger and of urgent matters: what wins over every other meaning, and what does not yet."""

from dataclasses import replace

import pytest

from bot.dialogue.conversation import Conversation
from bot.mind import Mind
from bot.understanding.reading import Candidate, Decision, Meant, Ranked
from tests.dialogue.turns import MFA, reading, text_of, turn
from tests.makers import MARIA


@pytest.mark.parametrize("act", ["helped", "not_helped", "question", "later", "stop", "person"])
def test_certain_danger_wins_over_whatever_a_reply_means(mind: Mind, before_step: Conversation, act: str) -> None:
    outcome = turn(mind, before_step, reading("safety.emergency", "emergency"), Meant(act, 0.99))
    assert "911" in text_of(outcome) and outcome.request is not None and outcome.request.issue == "safety.emergency"


@pytest.mark.parametrize(("danger", "certain"), [(0.9, False), (0.99, True)])
def test_in_the_midst_of_talk_danger_that_is_not_beyond_doubt_is_asked_about_with_the_numbers(
    mind: Mind, before_step: Conversation, danger: float, certain: bool
) -> None:
    read = reading("safety.emergency", "emergency")
    few = read.candidates
    doubted = replace(read, ranked=Ranked(few, 0.9, 0.8, 0.05, danger=danger))
    under_way = replace(before_step, turn=3)
    outcome = turn(mind, under_way, doubted, Meant("unclear", 0.5))
    assert "911" in text_of(outcome) and (outcome.request is not None) is certain


def test_possible_danger_names_the_numbers_asks_once_and_opens_no_ticket(mind: Mind) -> None:
    start = Conversation(MARIA, "in_app_chat")
    asked = turn(mind, start, reading(MFA, "safety_check", 0.7, sure=False), Meant("unclear", 0.3))
    assert "911" in text_of(asked) and "988" in text_of(asked) and "?" in text_of(asked)
    assert asked.request is None and asked.conversation.state == "checking"
    assert [button.value for button in asked.conversation.buttons] == ["danger:yes", "danger:no"]


def test_no_danger_goes_on_with_the_issue_that_was_read(mind: Mind) -> None:
    start = Conversation(MARIA, "in_app_chat")
    asked = turn(mind, start, reading(MFA, "safety_check", 0.7, sure=False), Meant("unclear", 0.3)).conversation
    for outcome in (
        turn(mind, asked, reading(MFA, "choose", 0.3, sure=False), Meant("no", 0.9)),
        turn(mind, asked, reading(MFA, "choose", 0.3, sure=False), Meant("unclear", 0.9), pressed="danger:no"),
    ):
        assert outcome.conversation.step == "time_sync" and outcome.request is None


@pytest.mark.parametrize(("decision", "act"), [("choose", "yes"), ("safety_check", "unclear"), ("emergency", "no")])
def test_a_yes_or_a_second_sign_is_danger(mind: Mind, decision: Decision, act: str) -> None:
    start = Conversation(MARIA, "in_app_chat")
    asked = turn(mind, start, reading(MFA, "safety_check", 0.7, sure=False), Meant("unclear", 0.3)).conversation
    outcome = turn(mind, asked, reading(MFA, decision, 0.4, sure=False), Meant(act, 0.9))
    assert outcome.request is not None and outcome.request.issue == "safety.emergency"


def test_what_is_critical_is_with_people_before_anything_is_asked(mind: Mind) -> None:
    outcome = turn(
        mind, Conversation(MARIA, "in_app_chat"), reading("escalate.security", "handoff"), Meant("unclear", 0.2)
    )
    assert outcome.request is not None and outcome.request.issue == "escalate.security"
    assert outcome.conversation.state == "gathering" and outcome.then and "?" in outcome.then[-1].text


@pytest.mark.parametrize("act", ["details", "not_helped", "question"])
@pytest.mark.parametrize(
    ("urgent", "likely_at"),
    [("escalate.security", 0.8), ("escalate.privacy", 0.8), ("escalate.data_loss", 0.8), ("escalate.outage", 0.75)],
)
def test_an_answer_to_a_step_is_about_an_urgent_matter_only_when_it_is_surely_so(
    mind: Mind, before_step: Conversation, act: str, urgent: str, likely_at: float
) -> None:
    likely = turn(
        mind, before_step, reading(urgent, "handoff", likely_at), Meant(act, 0.8), text="these are some more words here"
    )
    assert likely.request is None and likely.conversation.issue == MFA
    surely = turn(
        mind, before_step, reading(urgent, "handoff", 0.97), Meant(act, 0.8), text="these are some more words here"
    )
    assert surely.conversation.issue == urgent and surely.request is not None


def test_that_many_others_have_it_too_counts_sooner_than_what_is_grave(mind: Mind, before_step: Conversation) -> None:
    read = reading("escalate.outage", "handoff", 0.85)
    told = turn(mind, before_step, read, Meant("details", 0.8), text="all four desks and the doctors upstairs")
    assert told.conversation.issue == "escalate.outage" and told.request is not None


def test_a_grave_fact_in_an_answer_counts_only_where_the_whole_message_is_about_it(
    mind: Mind, before_step: Conversation
) -> None:
    grave = replace(reading(MFA, "answer", 0.4, sure=False), signals=("data_loss", "account_access_needed"))
    told = turn(mind, before_step, grave, Meant("details", 0.9), text="these are some more words here").conversation
    assert "data_loss" not in told.signals and "account_access_needed" in told.signals
    first = turn(mind, Conversation(MARIA, "in_app_chat"), replace(grave, sure=True), Meant("unclear", 0.1))
    assert "data_loss" in first.conversation.signals


def test_a_privacy_concern_that_turns_out_to_be_an_exposure_is_one(mind: Mind) -> None:
    asked = turn(
        mind, Conversation(MARIA, "in_app_chat"), reading("escalate.privacy", "handoff"), Meant("unclear", 0.1)
    )
    seen = replace(reading("escalate.privacy", "handoff", 0.5, sure=False), signals=("phi_exposure",))
    told = turn(
        mind,
        replace(asked.conversation, ticket=1001),
        seen,
        Meant("answer", 0.9),
        text="these are some more words here",
    )
    assert told.new_signals == ("phi_exposure",)


def test_what_becomes_urgent_while_we_ask_is_with_people_before_the_next_question(
    mind: Mind, before_step: Conversation
) -> None:
    asked = turn(mind, before_step, reading("escalate.human", "handoff"), Meant("person", 0.95))
    assert asked.request is None and asked.conversation.state == "gathering"
    worse = replace(reading(MFA, "answer", 0.4, sure=False), signals=("no_access_at_all",))
    told = turn(mind, asked.conversation, worse, Meant("answer", 0.8), text="these are some more words here")
    assert told.request is not None and told.conversation.state == "gathering"


def test_danger_that_is_told_in_two_messages_is_heard(mind: Mind) -> None:
    first, second = "idk if ill be here in 3 wks", "like i mean i dont want to be"
    known = Conversation(MARIA, "in_app_chat", state="answering", issue=MFA, step="time_sync", said_last=first)
    read = mind.assistant.in_context(known, mind.assistant.read(second))
    assert read.decision in ("emergency", "safety_check")


def test_a_plain_story_about_an_issue_is_no_yes_to_whether_somebody_is_in_danger(mind: Mind) -> None:
    asked = turn(
        mind, Conversation(MARIA, "in_app_chat"), reading(MFA, "safety_check", 0.5, sure=False), Meant("unclear", 0.1)
    )
    said = "well I did all that and the code is still refused"
    calm = replace(
        reading(MFA, "answer"), text=said, ranked=Ranked((Candidate(MFA, 0.95),), 0.95, 0.5, 0.2, danger=0.05)
    )
    story = turn(mind, asked.conversation, calm, Meant("yes", 0.53), text=said)
    plain_yes = turn(mind, asked.conversation, calm, Meant("yes", 0.95), text="yes she cannot breathe")
    assert story.request is None and story.conversation.issue == MFA
    assert plain_yes.request is not None and plain_yes.request.issue == "safety.emergency"
