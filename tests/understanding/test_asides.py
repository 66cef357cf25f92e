"""Questions about a step are answered by the approved answer that was asked for, or by none: measured on writers kept out."""

import pytest

from bot.mind import Mind
from bot.understanding.intents.intent_file import Explained
from bot.understanding.replying.asides import questions_in
from bot.understanding.replying.replies import ReplyReader
from bot.understanding.voices.rows import load_voices

MFA = "account.mfa_not_working"


def test_every_answer_that_readers_found_stands_in_its_file(mind: Mind) -> None:
    for part in ("learnt", "held_out"):
        for row in load_voices(part=part).asides:  # type: ignore[arg-type]
            intent = mind.catalog.intents[row.issue]
            assert intent.step(row.step)
            assert row.answer is None or row.answer in {entry.asks[0] for entry in intent.glossary}, row


@pytest.mark.measure
def test_of_kept_writers_questions_most_are_answered_and_what_is_said_is_mostly_what_was_asked(mind: Mind) -> None:
    rows = load_voices(part="held_out").asides
    said = right = 0
    for row in rows:
        intent = mind.catalog.intents[row.issue]
        number = mind.assistant.script.replies.answer_to(row.ask, intent, row.step)
        said += number is not None
        right += number is not None and intent.glossary[number].asks[0] == row.answer
    answerable = sum(row.answer is not None for row in rows)
    assert right >= 0.68 * said, (right, said)
    assert right >= 0.68 * answerable, (right, answerable)


@pytest.mark.parametrize(
    ("asked", "number"), [("what does the blue mark beside the name stand for", 0), ("is it raining there", None)]
)
def test_the_questions_of_an_issue_that_no_stranger_met_are_answered_by_its_file_alone(
    mind: Mind, asked: str, number: int | None
) -> None:
    asks = ("what does the blue mark beside a name mean", "why is there a blue mark")
    entry = Explained(asks=asks, say="It shows that the doctor is in.")
    fresh = mind.catalog.intents[MFA].model_copy(update={"id": "technical.blue_mark", "glossary": (entry,)})
    assert mind.assistant.script.replies.answer_to(asked, fresh, "time_sync") == number


def test_without_an_encoder_only_what_is_spelled_like_a_question_of_the_file_is_answered(mind: Mind) -> None:
    intent = mind.catalog.intents[MFA]
    replies = ReplyReader(None, None)
    assert replies.answer_to(intent.glossary[0].asks[0], intent, "time_sync") == 0
    assert replies.answer_to("is there a fee", intent, "time_sync") is None


def test_only_what_may_ask_is_compared_with_questions_for_a_yes_or_no() -> None:
    assert questions_in("I have no e-mail. It fails since noon; can I join? My son tried") == [
        "I have no e-mail. It fails since noon; can I join? My son tried",
        "can I join",
    ]
    assert questions_in("no tengo correo. ¿Puedo entrar?")[1:] == ["¿Puedo entrar"]
    assert questions_in("I have no e-mail, and it fails since noon") == []
