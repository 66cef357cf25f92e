"""What was told is heard: it is not asked again, it stands where it belongs, and a finding that says no is one."""

import pytest

from bot.mind import Mind
from tests.dialogue.chat import Chat

MISSING = "technical.feature_missing"


def _facts(chat: Chat) -> dict[str, str]:
    return {one.id: one.value for one in chat.known.gathered}


@pytest.mark.parametrize(
    ("words", "thing"),
    [
        ("since yesterday's update the messages button is gone for me", "messages button"),
        ("video button gone since the update", "video button"),
        ("no refunds tab any more, my colleague has it", "refunds tab"),
    ],
)
def test_the_missing_button_that_was_named_is_not_asked_for(chat: Chat, words: str, thing: str) -> None:
    chat.says(words)
    while chat.known.state == "answering":
        chat.presses(chat.known.buttons[1].label)
    made = chat.last.request
    told = _facts(chat) or ({one.id: one.value for one in made.details} if made else {})
    assert chat.known.asking != "page_or_feature" and told["page_or_feature"] == thing


@pytest.mark.parametrize(
    ("issue", "question", "words", "kept"),
    [
        ("prescription.pdf_download", "device", "its windows, said so", "windows"),
        ("prescription.pdf_download", "page_or_feature", "The file is blank, 0kb as told", "The file is blank"),
        (MISSING, "page_or_feature", "check in button, I told you", "check in button"),
        ("account.locked", "when_started", "like 2 hours. she says she only typed it wrong few times", "2 hours"),
        ("account.locked", "when_started", "as I said, since monday", "monday"),
    ],
)
def test_a_typed_answer_counts_whatever_stands_beside_it(
    chat: Chat, issue: str, question: str, words: str, kept: str
) -> None:
    chat.is_asked(issue, question)
    chat.goes_on(asked=(question,))
    chat.says(words)
    assert (
        kept in _facts(chat).get(question, "")
        and "told" not in _facts(chat)[question]
        and "said" not in _facts(chat)[question]
    )


@pytest.mark.parametrize(
    ("issue", "question", "words"),
    [
        ("billing.question", "appointment_date", "500 for 250"),
        ("technical.error_message", "error_message", "it today around lunch"),
        ("account.locked", "lock_message", "like 2 hours. she says she only typed it wrong few times"),
    ],
)
def test_what_is_another_fact_fills_no_field(chat: Chat, issue: str, question: str, words: str) -> None:
    chat.is_asked(issue, question)
    chat.goes_on(asked=(question,))
    chat.says(words)
    assert _facts(chat).get(question, "(skipped)") == "(skipped)"


def test_two_sums_tell_the_amount(chat: Chat) -> None:
    chat.says("you billed 500 for 250")
    assert _facts(chat)["amount"] == "500 for 250"


@pytest.mark.parametrize(
    ("before", "words"),
    [
        ("no free times until december", "no. found 19th but i fly on 14th and need my travel letter"),
        ("my visit shows 2.30", "surely it should be 1.30 for her"),
        ("the page stays white in chrome", "safari wont open it, im on an iphone 12"),
    ],
)
def test_a_finding_that_says_no_is_the_no(chat: Chat, before: str, words: str) -> None:
    chat.says(before)
    step = chat.known.step
    chat.says(words)
    assert chat.known.step != step
    assert not [one for one in chat.known.tried if one.outcome == "helped"]


@pytest.mark.parametrize(
    ("words", "done"),
    [
        ("confirmation mail never came, I hit send again three times", "account.cant_verify_email/resend"),
        ("app crashes, deleted it and put it back on from the store", "technical.mobile_app/reinstall"),
        ("link is dead so I made a fresh one, dead too", "prescription.share_link/new_link"),
        ("slow as hell, closed all other tabs and restarted the router", "technical.slow_performance/check_internet"),
    ],
)
def test_a_step_told_as_done_is_heard(mind: Mind, words: str, done: str) -> None:
    assert done in mind.reader.read(words).tried


@pytest.mark.parametrize(
    "words", ["the app crashes", "I can't open my prescription", "I forgot my password", "where is my bill"]
)
def test_nothing_is_done_in_words_that_tell_of_nothing_done(mind: Mind, words: str) -> None:
    assert mind.reader.read(words).tried == ()


def test_only_me_takes_back_that_everything_is_down(chat: Chat) -> None:
    chat.says("everything is down")
    chat.opens()
    chat.goes_on(state="gathering", asking="how_many_affected", asked=("how_many_affected",))
    chat.says("only me, sorry")
    told = _facts(chat)
    assert "how_many_affected" not in told and told["not_so"] == "only me, sorry"
