"""`bench` and `evaluate`: the very same reader, measured on what it has not seen."""

import gzip
import json
import os
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.__main__ import app
from bot.measuring.evaluate import evaluate, page, shown
from bot.mind import Mind, open_the_encoder
from bot.understanding.voices.rows import Alarm, Answered, Voices, load_voices

TOPICS = {
    "paint": [
        "paint the wall {}",
        "which color for the {} wall",
        "I need {} paint",
        "the {} paint is dry",
        "painting {} doors",
    ],
    "bread": [
        "bake a {} bread",
        "my {} dough will not rise",
        "oven for {} bread",
        "{} bread is still raw",
        "flour for {} buns",
    ],
    "dogs": ["my {} dog barks", "walk the {} puppy", "a leash for a {} dog", "the {} dog bites", "train a {} puppy"],
    "cars": [
        "the {} car will not start",
        "oil for a {} engine",
        "{} tires for my car",
        "wash the {} car",
        "the {} brakes squeal",
    ],
    "taxes": [
        "file my {} tax return",
        "a {} receipt for taxes",
        "the {} tax office",
        "tax on a {} house",
        "{} tax refund",
    ],
}
COLORS = ["red", "blue", "dark", "light", "big", "small", "old", "new"]
KEYS = {
    "raw_accuracy", "auroc", "mcc", "accuracy", "in_scope_accuracy", "oos_recall", "oos_precision", "train_seconds", "p50_ms", "p99_ms",
    "rss_mib", "encoder",
}  # fmt: skip


def rows(colors: list[str], *, outside: bool = False) -> str:
    """Labelled lines about five topics."""
    inside = [(text.format(color), label) for color in colors for label, texts in TOPICS.items() for text in texts]
    foreign = [(f"which {color} planet is nearest to the sun", "out_of_scope") for color in colors] if outside else []
    made = [{"text": text, "label": label} for text, label in [*inside, *foreign]]
    return "".join(json.dumps(row) + "\n" for row in made)


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """Rows to learn from, and others to be asked."""
    learn, ask = tmp_path / "train.jsonl.gz", tmp_path / "test.jsonl"
    learn.write_bytes(gzip.compress(rows(COLORS[:6]).encode()))
    ask.write_text(rows(COLORS[6:], outside=True), encoding="utf-8")
    return learn, ask


@pytest.mark.parametrize("with_encoder", [True, False])
def test_any_labelled_rows_are_learnt_and_measured(
    files: tuple[Path, Path], tmp_path: Path, with_encoder: bool
) -> None:
    from bot.measuring.bench import (  # here, because every worker reads this file, and few learn anything
        bench,
        labelled,
    )

    encoder = open_the_encoder(os.environ)[0] if with_encoder else None
    told = tmp_path / "out.jsonl"

    figures = bench(*files, encoder, told).as_json()

    assert set(figures) == KEYS
    assert figures["raw_accuracy"] > 0.95
    assert figures["auroc"] > 0.8
    lines = [json.loads(line) for line in told.read_text(encoding="utf-8").splitlines()]
    assert len(lines) == len(list(labelled(files[1])))
    assert set(lines[0]) == {"text", "label", "predicted", "confidence", "accepted"}


def test_two_topics_that_are_never_confused_are_learnt_too(files: tuple[Path, Path], tmp_path: Path) -> None:
    from bot.measuring.bench import bench

    few = tmp_path / "few.jsonl"
    few.write_text(
        "".join(line + "\n" for line in rows(COLORS).splitlines() if '"bread"' in line or '"cars"' in line),
        encoding="utf-8",
    )

    assert bench(few, few, None, None).raw_accuracy == 1.0


def test_a_row_that_is_none_is_named_with_its_file_and_line(files: tuple[Path, Path], tmp_path: Path) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"text": "x", "label": "y"}\nnonsense\n', encoding="utf-8")

    result = CliRunner().invoke(app, ["bench", "--train", str(bad), "--test", str(files[1])])

    assert result.exit_code == 2
    assert "bad.jsonl:2" in result.stderr


def test_evaluate_tells_by_writer_what_a_user_would_have_met_and_what_to_do_next(mind: Mind) -> None:
    kept = load_voices(part="held_out")
    some = replace(kept, messages=kept.messages[::300], alarms=kept.alarms[::300], replies=kept.replies[::300])

    found = evaluate(mind.reader, mind.assistant.script.replies, some)

    assert {score.writer for score in found.scores} <= {message.writer for message in kept.messages}
    assert sum(score.messages for score in found.scores) == len(some.messages)
    assert "What to do next" in shown(found) and "never learnt from" in shown(found, found)
    assert page(found).startswith("<!doctype html>") and all(one.message.text for one in found.misread)


def test_what_is_missed_of_danger_and_closed_too_soon_leads_what_to_do_next(mind: Mind) -> None:
    alarms = (_alarm("a page that loads slowly"), _alarm("I cannot breathe"))
    replies = (_reply("not_helped", "it works now, thank you"), _reply("helped", "it works now, thank you"))

    found = evaluate(mind.reader, mind.assistant.script.replies, Voices(alarms=alarms, replies=replies))

    assert (found.danger.shown, found.solved_by_mistake) == (1, 1)
    first, second = found.to_do
    assert first.startswith("1 × the numbers were not shown, of 2") and "intents/safety_emergency.yml" in first
    assert second.startswith("1 × a reply was taken for solved") and "intents/technical_page_not_loading.yml" in second


def _alarm(text: str) -> Alarm:
    return Alarm(text=text, danger=True, writer="x")


def _reply(act: str, reply: str) -> Answered:
    return Answered(issue="technical.page_not_loading", step="clear_cache", reply=reply, act=act, writer="x")
