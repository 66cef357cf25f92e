"""Intents files are kept ready read; another version of the format takes none of them up."""

import pickle
from pathlib import Path

import pytest

from bot.understanding.intents import catalog
from bot.understanding.intents.catalog import load_catalog


def test_files_that_another_version_of_the_format_kept_are_read_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_catalog(cache=tmp_path)
    before = {path.name for path in tmp_path.glob("intent-*.pickle")}
    for path in tmp_path.glob("intent-*.pickle"):
        path.write_bytes(pickle.dumps("what an older version kept"))
    other = tmp_path / "intent_file.py"
    other.write_text("# another version\n", encoding="utf-8")
    monkeypatch.setattr(catalog, "MADE_BY", (other,))
    again = load_catalog(cache=tmp_path)
    assert again.intents["chat.greeting"].examples
    assert before.isdisjoint({path.name for path in tmp_path.glob("intent-*.pickle")} - before)
