"""Once a person has answered: never silence to danger, to a graver matter, to what cannot wait, or to the first words."""

from dataclasses import replace

import pytest

from handoff.facts import OpenRequest
from handoff.policy.names import Priority, Team
from tests.dialogue.chat import Chat

DUE = "Mon, Nov 23, 9:15 AM EST"


def with_alex(
    chat: Chat,
    *,
    issue: str = "account.mfa_not_working",
    reason: str = "asked_for_person",
    state: str = "with_staff",
    priority: Priority = "medium",
    team: Team = "support",
    **more: object,
) -> Chat:
    """Alex has answered this user, or has the request."""
    care = "**If anybody may be in danger, call 911 now.**" if reason == "emergency" else ""
    chat.request = OpenRequest(
        1001,
        issue,
        reason,
        "in progress",
        DUE,
        "Alex Morgan",
        care=care,
        priority=priority,
        team=team,
        **more,  # type: ignore[arg-type]
    )
    chat.known = replace(chat.known, ticket=1001, state=state, issue=issue, reason=reason)
    return chat


@pytest.mark.parametrize(
    "words", ["how do I book a visit?", "my visit did not start, I waited a while", "it is an iPhone 12"]
)
def test_the_first_words_since_the_answer_are_told_who_sees_them_and_by_when_and_further_ones_are_not(
    chat: Chat, words: str
) -> None:
    assert (
        with_alex(chat).says(words)
        == f"Alex Morgan can see what you wrote. You'll hear from us by {DUE} at the latest."
    )
    assert with_alex(chat, owed=True).says(words) == ""


def test_where_nobody_has_it_the_team_sees_it(chat: Chat) -> None:
    with_alex(chat)
    chat.request = replace(chat.request, owner="")  # type: ignore[type-var]
    assert "Our team can see" in chat.says("it is an iPhone 12")


def test_a_thank_you_is_left_to_the_person(chat: Chat) -> None:
    assert with_alex(chat).says("thank you so much") == "" and chat.last.thanks


def test_who_writes_another_language_reads_it_in_theirs(chat: Chat) -> None:
    text = with_alex(chat).says("el nombre de mi médico sale mal escrito")
    assert "1001" in text and DUE in text and "equipo" in text and "can see" not in text


@pytest.mark.parametrize("owed", [False, True])
@pytest.mark.parametrize("words", ["can I take 2 ibuprofen?", "how many mg of paracetamol can my son take"])
def test_a_clinical_question_gets_the_safe_sentence_and_no_button_that_leads_away(
    chat: Chat, words: str, owed: bool
) -> None:
    text = with_alex(chat, owed=owed).says(words)
    assert "doctor" in text and chat.known.state == "with_staff" and not chat.known.buttons
    assert ("Alex Morgan can see" in text) is not owed


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("I think someone else can see my test results", "phi_exposure"),
        ("I can see the records of another patient", "phi_exposure"),
        ("someone hacked my account and changed my email", "security_breach_suspected"),
        ("all my records are gone since the update", "data_loss"),
    ],
)
def test_what_would_be_critical_as_a_first_message_raises_the_request(chat: Chat, words: str, reason: str) -> None:
    with_alex(chat, owed=True).says(words)
    assert reason in chat.last.new_signals and chat.last.for_ticket


def test_what_would_be_high_as_a_first_message_raises_the_request(chat: Chat) -> None:
    with_alex(chat, owed=True).says("hello my account got locked now and I cannot get in")
    raised = chat.last.matter
    assert raised is not None and raised.priority == "high"


@pytest.mark.parametrize(
    "words",
    ["no, it was not hacked", "since yesterday evening", "the code is still refused", "I use Chrome on Windows"],
)
def test_an_answer_to_the_person_raises_nothing(chat: Chat, words: str) -> None:
    with_alex(chat, owed=True).says(words)
    assert chat.last.matter is None and not set(chat.last.new_signals) & {"phi_exposure", "security_breach_suspected"}


@pytest.mark.parametrize("state", ["with_staff", "with_support"])
@pytest.mark.parametrize(
    "words", ["it cannot wait", "it can't wait", "it cannot wait, please", "This can't wait any longer"]
)
def test_what_the_card_says_of_what_cannot_wait_has_an_effect(chat: Chat, state: str, words: str) -> None:
    text = with_alex(chat, state=state).says(words)
    assert "as one that can't wait" in text and "1-800-SMARTMED" in text and "urgent" in chat.last.new_signals


def test_that_it_cannot_wait_told_again_tells_who_sees_it(chat: Chat) -> None:
    text = with_alex(chat, owed=True, marked=True).says("it cannot wait")
    assert DUE in text and "1-800-SMARTMED" in text


@pytest.mark.parametrize("owed", [False, True])
@pytest.mark.parametrize("words", ["please help me", "are you there", "nobody is coming", "it cannot wait", "what now"])
def test_words_after_an_emergency_always_get_the_numbers_and_that_people_know(
    chat: Chat, words: str, owed: bool
) -> None:
    text = with_alex(chat, issue="safety.emergency", reason="emergency", priority="critical", owed=owed).says(words)
    assert "911" in text and (DUE in text or "This chat can't give the help" in text)


def test_after_an_emergency_the_numbers_come_in_the_writers_language(chat: Chat) -> None:
    text = with_alex(chat, issue="safety.emergency", reason="emergency", owed=True).says(
        "por favor contesten, no sé qué hacer"
    )
    assert "llame ahora al 911" in text and DUE in text


@pytest.mark.parametrize("team", ["security", "compliance", "engineering"])
def test_an_emergency_within_a_request_of_another_team_is_one_of_its_own_and_takes_nothing_along(
    chat: Chat, team: Team
) -> None:
    chat.says("someone hacked my account and changed my email")
    with_alex(chat, issue="escalate.security", reason="security_breach_suspected", priority="critical", team=team)

    text = chat.says("I took too many pills")

    made = chat.last.request
    assert "911" in text and made is not None and made.team == "support" and made.previous == 1001
    assert (made.summary, made.signals, made.also, made.details, made.tried) == (
        "I took too many pills",
        ("emergency",),
        (),
        (),
        (),
    )
    assert not chat.last.for_ticket


def test_where_somebody_in_danger_is_and_their_number_are_on_the_request(chat: Chat) -> None:
    chat.says("I am in Boston now, you can call me at 617 555 0134")
    chat.says("I took too many pills")
    made = chat.last.request
    assert made is not None and "617 555 0134" in {detail.value for detail in made.details}


def test_a_number_told_after_the_emergency_is_added(chat: Chat) -> None:
    with_alex(chat, issue="safety.emergency", reason="emergency", owed=True).says("call me at 617 555 0134")
    more = chat.last.more
    assert more is not None and "617 555 0134" in {detail.value for detail in more.details}
