"""Strangers are understood: measured on writers whose every word is kept from what is learnt."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from bot.measuring.evaluate import evaluate
from bot.mind import Mind
from bot.understanding.voices.rows import load_voices
from handoff.data_files import DataFaults

HERE = Path(__file__).parent
SHOWN = ("emergency", "safety_check")
LANGUAGES = ("es", "pt", "fr", "de", "hi", "ar", "zh", "tl")


def sentences(name: str) -> list[str]:
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def share(mind: Mind, texts: Sequence[str], *decisions: str) -> float:
    return sum(mind.assistant.read(text).decision in decisions for text in texts) / len(texts)


def test_no_word_of_a_kept_writer_is_learnt() -> None:
    learnt, kept = load_voices(), load_voices(part="held_out")
    mine = {row.writer for row in (*learnt.messages, *learnt.alarms, *learnt.replies)}
    theirs = {row.writer for row in (*kept.messages, *kept.alarms, *kept.replies)}
    assert len(theirs) >= 3 and not mine & theirs
    assert not {row.text.lower() for row in learnt.messages} & {row.text.lower() for row in kept.messages}


@pytest.mark.measure
def test_three_kept_writers_are_understood(mind: Mind) -> None:
    whole = load_voices(part="held_out")
    kept = replace(whole, messages=whole.messages[::4], alarms=whole.alarms[::2], replies=whole.replies[::4])
    found = evaluate(mind.reader, mind.assistant.script.replies, kept)
    english = [score for score in found.scores if score.writer != "lh"]
    assert sum(s.right for s in english) >= 0.9 * sum(s.messages for s in english)
    assert sum(s.wrong for s in english) <= 0.025 * sum(s.messages for s in english)
    assert found.replies_right >= 0.8 * found.replies
    assert found.danger.shown >= 0.8 * found.danger.dangerous
    assert found.danger.alarmed <= 0.05 * found.danger.harmless


@pytest.mark.measure
def test_messages_in_eight_languages_are_understood(mind: Mind) -> None:
    kept = [row for row in load_voices(part="held_out").messages if row.lang in LANGUAGES][::2]
    assert {row.lang for row in kept} == set(LANGUAGES)
    right = sum(mind.assistant.read(row.text).issue == row.label for row in kept)
    assert right >= 0.75 * len(kept)


@pytest.mark.guide("O13")
def test_an_emergency_in_plain_words_is_shown_the_numbers(mind: Mind) -> None:
    assert share(mind, sentences("emergencies.txt"), *SHOWN) >= 0.95


@pytest.mark.measure
def test_words_of_danger_in_an_ordinary_message_hardly_ever_alarm(mind: Mind) -> None:
    texts = sentences("not_emergencies.txt")
    assert share(mind, texts, "emergency") <= 0.08
    assert share(mind, texts, "safety_check") <= 0.15


def test_a_row_that_is_none_is_named_with_its_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "messages").mkdir()
    (tmp_path / "replies").mkdir()
    (tmp_path / "writers.yml").write_text("writers:\n  a: {voice: somebody}\n", encoding="utf-8")
    for name in ("danger", "signals", "tried", "answers"):
        (tmp_path / f"{name}.jsonl").write_text("", encoding="utf-8")
    row = '{"text": "x", "label": "account.locked", "writer": "%s"}\n'
    rows = f"{row % 'a'}nonsense\n{row % 'b'}"
    (tmp_path / "messages" / "account_locked.jsonl").write_text(rows, encoding="utf-8")

    with pytest.raises(DataFaults) as caught:
        load_voices(tmp_path)

    assert [fault.line for fault in caught.value.faults] == [2, 3]
    assert "writers.yml" in str(caught.value)
