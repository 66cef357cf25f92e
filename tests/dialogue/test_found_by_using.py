"""What was found by using it: typed labels, words that name only a thing, minds that change, requests closed too soon."""

from dataclasses import replace

import pytest

from bot.dialogue.conversation import Button, Conversation, Message
from bot.dialogue.handing_over.handover import request_of
from bot.dialogue.reply import Reply
from bot.dialogue.respond import respond
from bot.mind import Mind
from bot.understanding.reading import Candidate, Reading
from tests.dialogue.chat import Chat
from tests.makers import MARIA, NINE

MFA, CANT_VIEW = "account.mfa_not_working", "prescription.cant_view"
CHOICE = Conversation(
    MARIA,
    "in_app_chat",
    state="choosing",
    turn=1,
    choices=(CANT_VIEW, "prescription.how_to_view"),
    buttons=(Button("None of these", "issue:none"),),
    words=("prescription",),
)
IN_STEP = Conversation(
    MARIA, "in_app_chat", state="answering", turn=2, issue=MFA, step="time_sync", offered=(f"{MFA}/time_sync",)
)
ASKED = Conversation(
    MARIA,
    "in_app_chat",
    state="gathering",
    turn=3,
    issue=MFA,
    asking="last_worked",
    asked=("last_worked",),
    reason="account_access_needed",
)


def after(mind: Mind, known: Conversation, text: str) -> Chat:
    """The conversation once this was typed."""
    chat = Chat(mind)
    chat.known = known
    chat.says(text)
    return chat


@pytest.mark.parametrize("words", ["None of these", "none of these.", "none", "none of them", "no"])
def test_none_of_these_typed_is_none_of_these_and_opens_nothing(mind: Mind, words: str) -> None:
    chat = after(mind, CHOICE, words)
    assert chat.last.request is None
    assert chat.known.issue is None and chat.known.state == "waiting"


def test_a_label_that_is_typed_does_what_the_button_does(mind: Mind) -> None:
    pressed, typed = Chat(mind), Chat(mind)
    for chat in (pressed, typed):
        chat.says("the two-step code never works for me")
    pressed.presses("I don't have that phone")
    typed.says("i don't have that phone")
    assert typed.known.step == pressed.known.step
    assert [say.text for say in typed.last.says] == [say.text for say in pressed.last.says]


@pytest.mark.parametrize("words", ["my account", "my login code", "my accnt", "my data", "account"])
def test_words_that_name_only_a_thing_open_no_request(mind: Mind, words: str) -> None:
    chat = Chat(mind)
    chat.says(words)
    assert chat.last.request is None
    assert chat.known.state in ("choosing", "waiting", "answering")
    assert not chat.known.signals, "nor do they tell a fact that makes a later request urgent"


@pytest.mark.parametrize(
    ("known", "words"),
    [
        (IN_STEP, "i meant the prescription after all"),
        (ASKED, "forget it, actually my prescription is missing"),
        (ASKED, "no wait, actually my prescription won't open"),
    ],
)
def test_who_changes_their_mind_is_taken_to_what_they_mean(mind: Mind, known: Conversation, words: str) -> None:
    chat = after(mind, known, words)
    about = (chat.known.issue, *chat.known.choices)
    assert any((issue or "").startswith("prescription.") for issue in about)
    assert chat.last.request is None


@pytest.mark.parametrize("words", ["I dont understand", "huh?", "what do you mean"])
def test_who_does_not_follow_hears_how_to_go_on_and_keeps_the_step(mind: Mind, words: str) -> None:
    chat = after(mind, IN_STEP, words)
    assert (chat.known.issue, chat.known.step) == (MFA, "time_sync")
    assert "one line at a time" in chat.last.says[0].text
    assert "Talk to a person" in [button.label for button in chat.known.buttons]


def test_a_no_to_danger_takes_the_danger_back_and_begins_nothing_unlikely(mind: Mind) -> None:
    known = Conversation(MARIA, "in_app_chat", state="checking", turn=2, checked=1, signals=("emergency",), plan=())
    chat = after(mind, known, "no")
    assert "emergency" not in chat.known.signals
    assert chat.known.issue is None and chat.last.request is None


def test_an_emergency_is_no_button_of_a_choice(mind: Mind) -> None:
    chat = Chat(mind)
    chat.says("i cant longin")
    assert not {"issue:safety.emergency"} & {button.value for button in chat.known.buttons}


def test_what_was_closed_lends_no_word_to_the_next_request_and_opens_again(mind: Mind) -> None:
    open_one = Conversation(
        MARIA,
        "in_app_chat",
        state="with_support",
        turn=6,
        issue="technical.mobile_app",
        ticket=7,
        words=("app crash",),
        so_far=("app crash",),
        buttons=(Button("Yes, close it", "close:yes"), Button("No, keep it open", "close:no")),
    )
    chat = after(mind, open_one, "Yes, close it")
    assert chat.last.withdrawn
    assert not (chat.known.words or chat.known.gathered or chat.known.so_far)
    chat.says("wait no it is still broken")
    assert chat.known.issue == "technical.mobile_app" and chat.known.state in ("answering", "gathering")


def test_what_can_hardly_be_shown_is_told_by_the_issue(mind: Mind) -> None:
    known = replace(ASKED, words=("it dosnt strat xqzzt vrumpf blorg",))
    reply = Reply(mind.assistant.script, known, Reading("", "handoff", (Candidate(MFA, 1.0),), 1.0), Message(""), NINE)
    assert "[…]" not in request_of(reply, "not_resolved_by_documentation").summary


def test_all_that_was_said_tells_what_it_is_about(mind: Mind) -> None:
    """A first message that sounded like another issue is put right by what is told after it."""
    chat = Chat(mind)
    chat.known = Conversation(
        MARIA,
        "in_app_chat",
        state="answering",
        turn=2,
        issue="appointment.cancel",
        step="cancel_online",
        offered=("appointment.cancel/cancel_online",),
        so_far=("I only want another day for my visit",),
        words=("I only want another day",),
    )
    chat.says("there is no other time shown when I choose Reschedule, I want to move it to Friday")
    assert chat.known.issue == "appointment.cant_reschedule"


def test_a_long_answer_without_a_trace_of_danger_is_no_yes(mind: Mind) -> None:
    known = Conversation(MARIA, "in_app_chat", state="checking", turn=2, checked=1, before="new")
    script = mind.assistant.script
    words = "Telling her to pick video... two secs, she's gone looking for her glasses"
    outcome = respond(known, mind.assistant.read(words), Message(words), script, NINE)
    assert outcome.request is None


def test_steps_begin_beside_a_request_that_people_have_by_mistake(mind: Mind) -> None:
    known = Conversation(
        MARIA,
        "in_app_chat",
        state="gathering",
        turn=2,
        issue="escalate.security",
        asking="when_started",
        asked=("when_started",),
        reason="security_breach_suspected",
        ticket=7,
        words=("my colleague was robbed in some shop",),
    )
    chat = after(mind, known, "no no, mine is fine, I only want to turn on two-step sign-in for my account")
    assert (chat.known.issue, chat.known.state) == ("account.enable_mfa", "answering")
    assert chat.known.beside == 7 and chat.last.request is None


@pytest.mark.parametrize("words", ["since friday. 0706 555 0133", "it is a Moto g54 with Android 14"])
def test_a_mere_fact_is_no_yes_to_whether_it_is_solved(mind: Mind, words: str) -> None:
    known = replace(
        ASKED, buttons=(Button("Yes, it works now", "works:yes"), Button("No, please pass it on", "works:no"))
    )
    chat = after(mind, known, words)
    assert chat.known.state != "solved"
