"""What is said in the midst of something belongs to it, unless it is surely more. Each was met in a stranger's talks."""

from dataclasses import replace

import pytest

from bot.dialogue.conversation import Conversation
from bot.mind import Mind
from bot.understanding.reading import Candidate, Meant, Ranked
from handoff.facts import OpenRequest
from tests.dialogue.turns import MFA, PDF, reading, text_of, turn
from tests.makers import MARIA

MEDICAL, WHERE = "safety.medical_advice", "navigation.cant_find_feature"
SECURITY, PRIVACY = "escalate.security", "escalate.privacy"
OF_THIS = (Candidate(MFA, 0.8),)


@pytest.mark.parametrize(("chance", "declined"), [(0.61, False), (0.92, True)])
def test_a_question_to_the_step_is_clinical_only_where_that_is_all_but_certain(
    mind: Mind, before_step: Conversation, chance: float, declined: bool
) -> None:
    said = "how many minutes should I wait?"
    outcome = turn(mind, before_step, reading(MEDICAL, "decline", chance), Meant("question", 0.9), text=said)
    assert (mind.catalog.intents[MEDICAL].answer.strip()[:40] in text_of(outcome)) is declined
    assert outcome.conversation.step == before_step.step


@pytest.mark.parametrize(
    ("issue", "said", "act"),
    [
        ("prescription.share_link", "it says the link is expired", "not_helped"),
        (WHERE, "where do I find that one of which you speak here", "question"),
    ],
)
def test_words_that_lean_on_what_is_looked_at_begin_no_other_issue(
    mind: Mind, before_step: Conversation, issue: str, said: str, act: str
) -> None:
    read = replace(reading(issue, "answer", 0.94), matter=OF_THIS)
    outcome = turn(mind, before_step, read, Meant(act, 0.9), text=said)  # type: ignore[arg-type]
    assert outcome.conversation.issue == MFA
    elsewhere = replace(read, matter=(Candidate(issue, 0.9),))
    assert turn(mind, before_step, elsewhere, Meant("issue", 0.9), text=said).conversation.issue == issue


def test_what_is_surely_grave_and_of_which_kind_is_not_sure_is_asked(mind: Mind, before_step: Conversation) -> None:
    read = reading(SECURITY, "choose", 0.46, sure=False)
    read = replace(read, candidates=(Candidate(SECURITY, 0.46), Candidate(PRIVACY, 0.31), Candidate(PDF, 0.1)))
    said = "somebody else's phone number is on my account now"
    outcome = turn(mind, before_step, read, Meant("details", 0.9), text=said)
    assert outcome.conversation.choices == (SECURITY, PRIVACY)
    calm = replace(read, candidates=(Candidate(SECURITY, 0.46), Candidate(PDF, 0.31)))
    assert turn(mind, before_step, calm, Meant("details", 0.9), text=said).conversation.step == before_step.step


@pytest.mark.parametrize("state", ["with_support", "gathering"])
def test_where_people_look_all_the_same_good_news_is_only_added(mind: Mind, state: str) -> None:
    request = OpenRequest(7, SECURITY, "security_breach_suspected", "Triaged", "soon")
    known = Conversation(
        MARIA, "in_app_chat", state=state, turn=3, ticket=7, issue=SECURITY, asking="device", asked=("device",)
    )  # type: ignore[arg-type]
    read = reading("account.locked", "handoff", 0.4, sure=False)
    outcome = turn(mind, known, read, Meant("helped", 0.9), text="it was unlocked when I lost it", request=request)
    assert not outcome.withdrawn and "close" not in text_of(outcome).lower()


def test_who_lets_it_be_in_words_that_may_tell_of_danger_is_asked(mind: Mind, before_step: Conversation) -> None:
    ranked = Ranked((), 0.0, 0.8, 0.05, danger=0.17)
    read = replace(reading("chat.frustration", "safety_check", 0.3, sure=False), ranked=ranked)
    outcome = turn(mind, before_step, read, Meant("stop", 0.8), text="i just want it all to stop")
    assert outcome.conversation.state == "checking" and "911" in text_of(outcome)


@pytest.mark.parametrize(("danger", "state"), [(0.21, "new"), (0.64, "checking")])
def test_one_word_alone_is_asked_about_danger_only_where_it_speaks_of_it(mind: Mind, danger: float, state: str) -> None:
    read = replace(
        reading("chat.thanks", "safety_check", 0.2, sure=False), ranked=Ranked((), 0.0, 0.8, 0.05, danger=danger)
    )
    outcome = turn(mind, Conversation(MARIA, "in_app_chat"), read, Meant("unclear", 0.2), text="cant")
    assert (outcome.conversation.state == "checking") is (state == "checking")
