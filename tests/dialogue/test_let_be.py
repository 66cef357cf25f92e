"""What looks like an end, a wish for people or a turn, and is none. Each was met in strangers' conversations."""

from dataclasses import replace

import pytest

from bot.dialogue.conversation import Conversation
from bot.mind import Mind
from bot.understanding.reading import Meant, Ranked
from tests.dialogue.turns import MFA, PDF, reading, text_of, turn
from tests.makers import MARIA

LOST, PERSON, PRIVACY = "escalate.data_loss", "escalate.human", "escalate.privacy"
OFFERED = Conversation(MARIA, "in_app_chat", state="choosing", turn=2, unclear=1, choices=(LOST, PDF))
CHECKING = Conversation(MARIA, "in_app_chat", state="checking", turn=3, checked=1, before="waiting")


def test_words_that_look_like_success_and_name_what_was_offered_choose_it(mind: Mind) -> None:
    """`Six visits. Signed. I saw them saved.`, to "Records are gone?"."""
    outcome = turn(mind, OFFERED, reading(LOST, "handoff", 0.56, sure=False), Meant("helped", 0.98))
    assert outcome.conversation.issue == LOST and outcome.request is not None


def test_what_came_right_before_it_was_chosen_ends_it(mind: Mind) -> None:
    outcome = turn(mind, OFFERED, reading("chat.thanks", "choose", 0.2, sure=False), Meant("helped", 0.98))
    assert outcome.conversation.state == "solved"


@pytest.mark.parametrize("text", ["i dont want a person i just wanted to shout", "no person please"])
def test_nobody_is_called_for_who_wants_no_person(mind: Mind, before_step: Conversation, text: str) -> None:
    read = mind.reader.read(text)
    assert read.issue != PERSON
    outcome = turn(mind, before_step, read, Meant("person", 0.99), text=text)
    assert outcome.request is None and outcome.conversation.step == before_step.step


@pytest.mark.parametrize(("chance", "issue"), [(0.3, None), (0.9, PRIVACY)])
def test_who_lets_it_be_is_no_request_to_delete_data_unless_it_is_likely(
    mind: Mind, before_step: Conversation, chance: float, issue: str | None
) -> None:
    read = reading(PRIVACY, "choose" if chance < 0.5 else "handoff", chance, sure=chance > 0.5)
    meant = Meant("stop" if issue is None else "issue", 0.99)
    outcome = turn(mind, before_step, read, meant, text="forget it. deleting it and all of my records")
    assert outcome.conversation.issue == issue


def test_a_mind_that_is_changed_while_all_is_let_be_turns_to_nothing(mind: Mind, before_step: Conversation) -> None:
    outcome = turn(mind, before_step, reading(MFA, "choose", 0.3, sure=False), Meant("stop", 0.95), text="forget it")
    assert outcome.conversation.issue is None and outcome.conversation.state == "new"


@pytest.mark.parametrize(("chance", "state"), [(0.56, "waiting"), (0.95, "checking")])
def test_a_yes_that_is_no_sure_one_in_a_sentence_without_a_trace_of_danger_goes_on(
    mind: Mind, chance: float, state: str
) -> None:
    """`oh the little picture at the top yes Ida is there but her list is empty`."""
    said = "oh the little picture at the top yes Ida is there but her list is empty"
    harmless = Ranked((), 0.0, 0.8, 0.05, danger=0.001)
    read = replace(reading(PDF, "choose", 0.2, sure=False), text=said, ranked=harmless)
    outcome = turn(mind, CHECKING, read, Meant("yes", chance), text=said)
    went_on = outcome.conversation.state != "checking" and outcome.request is None
    assert went_on == (state == "waiting"), text_of(outcome)


def test_who_takes_back_that_it_is_let_be_and_wants_people_is_not_asked_what_it_was(
    mind: Mind, before_step: Conversation
) -> None:
    known = replace(before_step, words=("my codes never arrive",))
    gone = turn(mind, known, reading(MFA, "choose", 0.3, sure=False), Meant("stop", 0.95), text="forget it")
    outcome = turn(
        mind, gone.conversation, reading(PERSON, "handoff"), Meant("person", 0.95), text="no wait, put me through"
    )
    assert outcome.conversation.issue == before_step.issue
    assert "my codes never arrive" in outcome.conversation.words


def test_what_was_offered_and_is_likely_by_the_words_alone_is_begun_though_it_is_grave(mind: Mind) -> None:
    outcome = turn(mind, OFFERED, reading(LOST, "choose", 0.46, sure=False), Meant("issue", 0.5))
    assert outcome.conversation.issue == LOST and outcome.request is not None


def test_good_news_that_is_no_plain_answer_and_surely_a_result_is_heard_while_details_are_asked(mind: Mind) -> None:
    """`oh for pity's sake. I never pressed Check in on him. He's popped up third from the top.`"""
    known = Conversation(
        MARIA, "in_app_chat", state="gathering", turn=4, issue=MFA, asking="device", asked=("device",), reason="x"
    )
    read = reading("chat.thanks", "choose", 0.1, sure=False)
    outcome = turn(mind, known, read, Meant("helped", 0.93), text="he has popped up third from the top of the list")
    assert "sounds as if it works now" in text_of(outcome) or outcome.conversation.state == "solved"
