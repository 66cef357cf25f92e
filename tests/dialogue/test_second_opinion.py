"""One message is borne out, or spoken against, by all that was said; what is not wanted is not begun. Each was met in strangers'
conversations."""

from dataclasses import replace

import pytest

from bot.dialogue.conversation import Button, Conversation
from bot.mind import Mind
from bot.understanding.reading import Candidate, Meant, Ranked, Reading
from tests.dialogue.turns import MFA, PDF, reading, text_of, turn
from tests.makers import MARIA

SECURITY, OUTAGE, MEDICAL = "escalate.security", "escalate.outage", "safety.medical_advice"
WAITING = Conversation(MARIA, "in_app_chat", state="waiting", turn=2, unclear=1)
TOLD = "my colleagues have no access to my list and somebody is in there"
CHECKING = Conversation(MARIA, "in_app_chat", state="checking", turn=3, checked=1)


def of_all(read: Reading, issue: str, chance: float) -> Reading:
    """The same message, with what all that was said is about."""
    return replace(read, matter=(Candidate(issue, chance),))


def test_a_reply_that_looks_like_a_failure_and_is_of_a_grave_matter_by_all_that_was_said_goes_to_its_team(
    mind: Mind, before_step: Conversation
) -> None:
    read = of_all(reading(SECURITY, "handoff", 0.79), SECURITY, 0.78)
    outcome = turn(mind, before_step, read, Meant("not_helped", 0.87), text=TOLD)
    assert outcome.conversation.issue == SECURITY and outcome.request is not None


def test_the_same_reply_alone_is_a_failure_of_the_step(mind: Mind, before_step: Conversation) -> None:
    outcome = turn(mind, before_step, reading(SECURITY, "handoff", 0.79), Meant("not_helped", 0.87), text=TOLD)
    assert outcome.conversation.issue == before_step.issue


@pytest.mark.parametrize(("chance", "issue"), [(0.97, MFA), (0.6, OUTAGE)])
def test_one_message_that_sounds_like_an_outage_counts_unless_all_that_was_said_is_of_what_is_looked_at(
    mind: Mind, chance: float, issue: str
) -> None:
    known = Conversation(MARIA, "in_app_chat", state="gathering", turn=3, issue=MFA, asking="device", asked=("device",))
    read = of_all(reading(OUTAGE, "handoff", 0.87), MFA, chance)
    outcome = turn(mind, known, read, Meant("other", 0.4), text=TOLD)
    assert outcome.conversation.issue == issue


def test_a_clinical_question_within_a_step_is_declined_whatever_else_it_looks_like(
    mind: Mind, before_step: Conversation
) -> None:
    read = of_all(reading(MEDICAL, "decline", 0.78), MEDICAL, 0.58)
    outcome = turn(mind, before_step, read, Meant("not_helped", 0.9))
    assert mind.catalog.intents[MEDICAL].answer.strip()[:40] in text_of(outcome)
    assert outcome.conversation.step == before_step.step


def test_who_wants_nothing_after_all_gets_no_request(mind: Mind) -> None:
    outcome = turn(mind, WAITING, reading("escalate.outage", "choose", 0.3, sure=False), Meant("stop", 0.8))
    assert outcome.request is None and outcome.conversation.state == "new"


def test_who_says_surely_what_it_is_about_is_not_let_go(mind: Mind) -> None:
    outcome = turn(mind, WAITING, reading(PDF, "answer", 0.95), Meant("stop", 0.8))
    assert outcome.conversation.issue == PDF


def test_a_person_who_is_refused_is_not_called(mind: Mind) -> None:
    outcome = turn(mind, WAITING, reading("escalate.human", "handoff", 0.74), Meant("stop", 0.7))
    assert outcome.request is None and outcome.conversation.state == "new"


def test_a_no_to_danger_that_tells_a_result_too_is_heard_as_the_result(mind: Mind, before_step: Conversation) -> None:
    known = replace(CHECKING, before="answering", issue=MFA, step=before_step.step, offered=before_step.offered)
    harmless = Ranked((), 0.0, 0.8, 0.05, danger=0.001)
    read = replace(
        reading("chat.thanks", "smalltalk", 0.3, sure=False),
        text="she is well, she had pressed the old one",
        ranked=harmless,
    )
    said = "she is well, she had pressed the old one and the new one opens"
    outcome = turn(mind, known, read, Meant("helped", 0.95), text=said)
    assert outcome.conversation.state == "solved"
    no = turn(mind, known, read, Meant("no", 0.95), text="no")
    assert no.conversation.step == before_step.step


@pytest.mark.parametrize("issue", ["escalate.compliance", "escalate.feature_request"])
def test_a_wish_or_a_question_is_not_made_urgent_by_how_many_have_it(mind: Mind, issue: str) -> None:
    known = Conversation(MARIA, "in_app_chat", state="gathering", turn=2, issue=issue, asking="x", asked=("x",))
    read = replace(reading(issue, "handoff", 0.9), signals=("multiple_users_affected",))
    outcome = turn(mind, known, read, Meant("answer", 0.9), text="it is for all nine of us here")
    assert "multiple_users_affected" not in outcome.conversation.signals


def test_who_takes_leave_in_another_language_gets_no_request(mind: Mind) -> None:
    known = replace(WAITING, language="fr")
    outcome = turn(mind, known, reading("chat.thanks", "choose", 0.3, sure=False, language="fr"), Meant("thanks", 0.8))
    assert outcome.request is None and "Je vous en prie" in text_of(outcome)


@pytest.mark.parametrize(("chance", "opened"), [(0.6, False), (0.8, True)])
def test_what_only_seems_grave_is_asked_about_before_anybody_is_called(mind: Mind, chance: float, opened: bool) -> None:
    new = Conversation(MARIA, "in_app_chat")
    outcome = turn(mind, new, reading(SECURITY, "handoff", chance, sure=False), Meant("issue", 0.5))
    assert (outcome.request is not None) == opened


def test_who_is_still_at_it_is_waited_for_before_people_are_called(mind: Mind) -> None:
    known = Conversation(
        MARIA, "in_app_chat", state="gathering", turn=4, issue=MFA, asking="device", asked=("device",), reason="x"
    )
    outcome = turn(mind, known, reading("chat.thanks", "choose", 0.1, sure=False), Meant("later", 0.9), text=TOLD)
    assert outcome.request is None and outcome.conversation.asking == "device"
    assert "No hurry" in text_of(outcome)


def test_a_yes_to_whether_it_works_may_be_told_by_what_is_there_now(mind: Mind) -> None:
    known = Conversation(
        MARIA,
        "in_app_chat",
        state="gathering",
        turn=5,
        issue=MFA,
        asking="device",
        asked=("device",),
        buttons=(Button("Yes, it works now", "works:yes"), Button("No", "works:no")),
    )
    outcome = turn(mind, known, reading("chat.thanks", "choose", 0.1, sure=False), Meant("solved", 0.7), text=TOLD)
    assert outcome.conversation.state == "solved"


def test_a_grave_matter_told_in_another_language_beside_a_request_gets_a_request_of_its_own(mind: Mind) -> None:
    known = Conversation(
        MARIA, "in_app_chat", state="with_support", turn=3, issue="escalate.unknown_issue", ticket=7, language="es"
    )
    read = reading("escalate.privacy", "handoff", 0.93, language="es")
    outcome = turn(mind, known, read, Meant("close", 0.7), text="quiero que borren todos mis datos")
    assert outcome.request is not None and outcome.request.issue == "escalate.privacy"


def test_a_calm_matter_told_in_another_language_beside_a_request_is_added_to_it(mind: Mind) -> None:
    known = Conversation(
        MARIA, "in_app_chat", state="with_support", turn=3, issue="escalate.compliance", ticket=7, language="fr"
    )
    read = reading("account.registration", "answer", 0.8, language="fr")
    outcome = turn(mind, known, read, Meant("issue", 0.9), text="mon père hésite à s'inscrire")
    assert outcome.request is None and outcome.conversation.ticket == 7 and outcome.for_ticket


def test_an_offered_issue_that_is_hardly_likely_is_not_what_was_meant(mind: Mind) -> None:
    known = Conversation(MARIA, "in_app_chat", state="choosing", turn=2, unclear=1, choices=(PDF, MFA))
    candidates = (Candidate("chat.out_of_scope", 0.4), Candidate(PDF, 0.04))
    read = replace(reading(PDF, "choose", sure=False), candidates=candidates, confidence=0.1)
    outcome = turn(mind, known, read, Meant("issue", 0.7), text="dictation, I want to talk my notes in")
    assert outcome.conversation.issue is None


def test_a_stranger_in_the_account_is_heard_whatever_all_that_was_said_is_about(mind: Mind) -> None:
    known = Conversation(MARIA, "in_app_chat", state="gathering", turn=3, issue=MFA, asking="device", asked=("device",))
    read = of_all(reading(SECURITY, "handoff", 0.95), MFA, 0.97)
    outcome = turn(mind, known, read, Meant("other", 0.4), text=TOLD)
    assert outcome.conversation.issue == SECURITY and outcome.request is not None


def test_thanks_alone_are_answered_as_thanks(mind: Mind) -> None:
    outcome = turn(mind, WAITING, reading("chat.thanks", "smalltalk"), Meant("thanks", 0.9), text="thanks")
    assert "welcome" in text_of(outcome)


def test_a_grave_matter_told_in_the_place_of_an_answer_and_borne_out_goes_to_its_team(mind: Mind) -> None:
    known = Conversation(MARIA, "in_app_chat", state="gathering", turn=4, issue=MFA, asking="device", asked=("device",))
    read = of_all(reading(SECURITY, "handoff", 0.96), SECURITY, 0.71)
    outcome = turn(mind, known, read, Meant("answer", 0.9), text=TOLD)
    assert outcome.conversation.issue == SECURITY and outcome.request is not None
    alone = turn(mind, known, reading(SECURITY, "handoff", 0.96), Meant("answer", 0.9), text=TOLD)
    assert alone.conversation.issue == MFA


def clinical(*, plan: tuple[str, ...]) -> Conversation:
    """Asked whether somebody is in danger, in the midst of a step, after these issues were read."""
    asked = ("should I stop taking it when I feel dizzy?",)
    return replace(CHECKING, before="answering", issue=PDF, step="other_browser", plan=plan, words=asked)


@pytest.mark.parametrize(
    ("plan", "read"),
    [
        ((MEDICAL,), reading("chat.greeting", "choose", 0.1, sure=False)),
        ((), reading(MEDICAL, "decline", 0.89)),
    ],
)
def test_after_a_no_to_danger_the_clinical_question_is_declined_and_the_step_stays(
    mind: Mind, plan: tuple[str, ...], read: Reading
) -> None:
    outcome = turn(mind, clinical(plan=plan), read, Meant("no", 0.9), text="no, do i stop it or keep going")
    assert mind.catalog.intents[MEDICAL].answer.strip()[:40] in text_of(outcome)
    assert outcome.conversation.state == "answering" and outcome.conversation.step == "other_browser"


def test_after_a_no_to_danger_nothing_is_begun_that_is_only_one_of_several(mind: Mind) -> None:
    known = replace(CHECKING, before="new", plan=(PDF, "prescription.cant_view"))
    outcome = turn(mind, known, reading("chat.greeting", "choose", 0.1, sure=False), Meant("no", 0.9), text="no")
    assert outcome.conversation.state == "choosing" and outcome.conversation.issue is None
