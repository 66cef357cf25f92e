"""Where do I add …: each change is made in a copy of the repository, by the list of CONTRIBUTING alone, and then it works."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.added.edits import load_changes
from tests.documents import HOME, rows, section, text_of
from tests.test_contributing import covers, listed

CHANGES = load_changes()
FOLDERS = ("bot", "handoff", "tests", "tools", "docs", "intents", "kb_articles")
each_change = pytest.mark.parametrize("name", CHANGES)


@each_change
def test_it_touches_only_what_its_list_names(name: str) -> None:
    change = CHANGES[name]

    assert [file for file in change.files if not any(covers(known, file) for known in listed(change.follows))] == []


@each_change
def test_the_document_lists_the_files_that_it_touches(name: str) -> None:
    told = {row[2]: row[1] for row in rows(section(text_of(HOME / "docs" / "structure.md"), "## Where do I add …"))}

    assert told[f"`tests/added/{name}.yml`"].split(", ") == CHANGES[name].files


@each_change
def test_with_it_the_program_works(name: str, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    for folder in FOLDERS:
        shutil.copytree(HOME / folder, copy / folder, ignore=shutil.ignore_patterns("mails", "*.jsonl"))
    for path in (path for path in HOME.iterdir() if path.is_file()):
        shutil.copy2(path, copy)

    for part in (*CHANGES[name].packages, *CHANGES[name].edits):
        part.make(copy)

    command = [sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:randomly", *CHANGES[name].checks]
    environ = {**os.environ, "PYTHONPATH": str(copy)}
    done = subprocess.run(command, cwd=copy, env=environ, capture_output=True, text=True, timeout=700, check=False)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]
