"""The reader as the product uses it: three zones, rules first, and without the encoder."""

import json
import os
import re
from pathlib import Path

import pytest

from bot.measuring.ask import Asking, asked, explained
from bot.mind import Mind, build_mind, open_the_encoder
from bot.understanding.articles import DEFAULT as OWN_ARTICLES
from bot.understanding.intents.catalog import DEFAULT as OWN_INTENTS
from handoff.data_files import cache_folder
from handoff.policy.model import Policy
from tests.conftest import TODAY


@pytest.fixture(scope="module")
def without_encoder(policy: Policy) -> Mind:
    """The assistant on a machine that has no weights."""

    return build_mind(
        policy, OWN_INTENTS, OWN_ARTICLES, None, cache_folder(os.environ), "https://help.smartmed.com", TODAY
    )


def test_a_clear_message_is_answered(mind: Mind) -> None:
    reading = mind.assistant.read("the authenticator code is rejected every time I sign in")

    assert (reading.issue, reading.decision) == ("account.mfa_not_working", "answer")


def test_an_unclear_message_is_offered_two_or_three_choices_or_a_person(mind: Mind) -> None:
    reading = mind.assistant.read("something with my time and the doctor")

    assert reading.decision in ("choose", "handoff")


@pytest.mark.parametrize(
    ("text", "issue"),
    [
        ("somebody hacked my account", "escalate.security"),
        ("I can see another patient's prescriptions", "escalate.privacy"),
        ("all my records are gone since the update", "escalate.data_loss"),
        ("nobody in our clinic can log in", "escalate.outage"),
    ],
)
def test_what_is_urgent_goes_to_its_team(mind: Mind, text: str, issue: str) -> None:
    reading = mind.assistant.read(text)

    assert (reading.issue, reading.decision) == (issue, "handoff")


@pytest.mark.parametrize(
    "text",
    [
        "The share link shows nothing, and my husband is shaking and doesn't know where he is",
        "The camera stays off, my daughter fell from the swing and clear water is running from her ear",
        "Which page cancels a visit, because I had a fall this morning and I am still on the floor",
    ],
)
def test_danger_in_a_clause_is_not_hidden_by_the_request_beside_it(mind: Mind, text: str) -> None:
    assert mind.assistant.read(text).decision in ("emergency", "safety_check")


@pytest.mark.parametrize(
    "text",
    [
        "No chest pain, I only want to change my visit",
        "He is breathing fine, we only want another time",
        "I swallowed my pride and asked my son, he says clear the cache",
    ],
)
def test_a_clause_that_only_sounds_like_danger_is_no_emergency(mind: Mind, text: str) -> None:
    assert mind.assistant.read(text).decision != "emergency"


@pytest.mark.guide("O19")
@pytest.mark.parametrize("text", ["can I take two of these tablets", "is it normal to feel sick from the new pills"])
def test_a_clinical_question_is_never_answered(mind: Mind, text: str) -> None:
    reading = mind.assistant.read(text)

    assert (reading.issue, reading.decision) == ("safety.medical_advice", "decline")


@pytest.mark.parametrize(
    "text", ["", " ", "\x00\x07", "\ud800", "‮abc", "{{7*7}}", "'; DROP TABLE x;--", "🙂" * 500, "a" * 4000]
)
def test_any_text_is_read_without_a_fault(mind: Mind, text: str) -> None:
    told = asked(Asking(mind.reader, mind.assistant.script.policy), mind.assistant.read(text))

    assert told["decision"] in ("answer", "choose", "handoff", "emergency", "safety_check", "decline", "smalltalk")
    json.dumps(told)


def test_what_was_understood_is_explained_with_file_and_line(mind: Mind) -> None:
    text = explained(Asking(mind.reader, mind.assistant.script.policy), mind.assistant.read("my pdf will not download"))

    assert "intents/prescription_pdf_download.yml:" in text
    assert "Next in line" in text


def test_ask_measures_everything_on_one_scale(mind: Mind) -> None:
    text = explained(Asking(mind.reader, mind.assistant.script.policy), mind.assistant.read("my pdf will not download"))

    assert "Closest examples, the nearest first" in text and re.search(r"\d+%", text)
    assert not re.search(r"(?<![\d:])[01]?\.\d\d\b", text)


def test_without_the_encoder_it_reads_all_the_same(without_encoder: Mind) -> None:
    assert without_encoder.assistant.read("I forgot my password").issue == "account.forgot_password"
    assert without_encoder.assistant.read("chest pain, can't breathe").decision in ("emergency", "safety_check")


def test_a_missing_encoder_is_told_in_words(tmp_path: Path) -> None:

    encoder, word = open_the_encoder({"ENCODER_DIR": str(tmp_path)})

    assert encoder is None
    assert word.startswith("missing: ")


def test_many_messages_read_at_once_are_read_as_they_are_one_by_one(mind: Mind) -> None:
    texts = [text for intent in mind.catalog.intents.values() for text in intent.tests.match[:1]]

    together = [(reading.issue, reading.decision) for reading in mind.reader.read_many(texts)]

    assert together == [(reading.issue, reading.decision) for reading in map(mind.reader.read, texts)]


def test_no_message_has_no_reading(mind: Mind) -> None:
    assert mind.reader.read_many([]) == []


def test_several_messages_are_read_as_each_by_itself(mind: Mind) -> None:
    texts = ["I forgot my password", "the pdf of my prescription won't open. Also, my visit shows a wrong time", "ok"]
    for together, text in zip(mind.reader.read_many(texts), texts, strict=True):
        alone = mind.reader.read(text)
        assert (together.issue, together.decision, together.also) == (alone.issue, alone.decision, alone.also)
        assert together.confidence == pytest.approx(alone.confidence, abs=1e-3)


@pytest.mark.parametrize(
    ("text", "issue"),
    [
        (
            "SmartMed is crawling for all nine of us, a chart takes a minute and a half to open",
            "technical.slow_performance",
        ),
        ("nobody here can open SmartMed, all four desks say service unavailable", "escalate.outage"),
    ],
)
def test_slow_for_many_is_slow_and_down_for_many_is_an_outage(mind: Mind, text: str, issue: str) -> None:
    assert mind.reader.read(text).issue == issue


def test_one_clinic_that_cannot_get_in_is_not_all_of_smartmed(mind: Mind) -> None:
    text = "None of our four front desks can get in, it says service unavailable. Our other office is working normally."
    heard = mind.reader.read(text).signals
    assert "multiple_users_affected" in heard and "system_unavailable" not in heard


def test_that_it_is_no_emergency_tells_of_no_danger(mind: Mind) -> None:
    text = "The page of my prescription is blank. It is not an emergency, I only want to print it."
    assert mind.reader.read(text).decision not in ("emergency", "safety_check")
    assert mind.reader.read("not an emergency but his lips are blue and he won't wake up").decision == "emergency"


@pytest.mark.parametrize("text", ["he", "it", "her"])
def test_a_word_that_tells_nothing_is_no_emergency(mind: Mind, text: str) -> None:
    assert mind.assistant.read(text).decision not in ("emergency", "safety_check")


@pytest.mark.parametrize("text", ["help", "help me", "dying"])
def test_a_word_that_tells_of_danger_is_not_passed_over(mind: Mind, text: str) -> None:
    assert mind.assistant.read(text).issue != "chat.greeting"


def test_the_matter_in_angry_words_is_offered(mind: Mind) -> None:
    reading = mind.assistant.read("this app is a joke, i cant get in since monday")

    assert (reading.issue, reading.decision) == ("account.cant_log_in", "choose")


@pytest.mark.parametrize(
    "text",
    [
        "I have no chest pain, I only need to book an appointment",
        "no fever, no bleeding, I just want to reschedule my visit",
        "I want to die of embarrassment, wrong doctor in my video call",
    ],
)
def test_a_danger_denied_and_a_figure_of_speech_are_not_asked_about(mind: Mind, text: str) -> None:
    assert mind.reader.read(text).decision not in ("emergency", "safety_check")


@pytest.mark.parametrize(
    "text",
    [
        "no chest pain but I can't breathe",
        "he has no fever, but he won't wake up",
        "no bleeding, I swallowed the whole box of pills",
        "I want to die of embarrassment and I really want to kill myself",
        "no fever and chest pain since an hour",
    ],
)
def test_a_danger_beside_one_that_is_denied_is_never_lost(mind: Mind, text: str) -> None:
    assert mind.reader.read(text).decision in ("emergency", "safety_check")
