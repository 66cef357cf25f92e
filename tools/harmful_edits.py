"""How many harmful edits the gate refuses: those of `tests/authoring/harmful.jsonl`, made in copies with no two in one file.

    python -m tools.harmful_edits [SET]

A fault is planted in every copy, so that the gate stops before it learns anything: what only walks would refuse counts as passed."""

import json
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from bot.authoring.content_paths import ROOT, ContentPaths
from bot.authoring.gate import faults_of
from bot.mind import open_the_encoder
from handoff.data_files import cache_folder
from tests.authoring.copies import a_copy

EDITS = ROOT / "tests" / "authoring" / "harmful.jsonl"
NAMES = "kb_articles/glossary.yml"
PLANTED = ("bot/actions/ops_alerts.yml", "owner: support-lead", 'owner: ""')


class Harm(NamedTuple):
    """Somebody's harmful edit: whose set it is of, its name there, and what is written in which file instead of what."""

    set: str
    id: str
    file: str
    old: str
    new: str


def main() -> None:
    """Print each edit that passes, and the counts of each set."""
    rows = [Harm(**json.loads(row)) for row in EDITS.read_text(encoding="utf-8").splitlines()]
    chosen = [row for row in rows if row.set in (sys.argv[1:] or [row.set])]
    refused: dict[Harm, list[str]] = {}
    with tempfile.TemporaryDirectory() as folder:
        places = a_copy(Path(folder))
        before = _told(places)
        for copy in _apart(chosen):
            refused |= _refused(Path(folder), places, copy, before)
    for row in chosen:
        print(f"{row.set} {row.id} {'refused: ' + refused[row][0] if refused[row] else 'PASSES'}")
    for name in dict.fromkeys(row.set for row in chosen):
        of = [row for row in chosen if row.set == name]
        print(f"{name}: {sum(1 for row in of if refused[row])} of {len(of)} refused")


def _refused(
    root: Path, places: ContentPaths, copy: Sequence[Harm], before: frozenset[tuple[str, str]]
) -> dict[Harm, list[str]]:
    """What is told of each edit of a copy: faults in its file, or in another that name nothing else of the copy."""
    written = {}
    for row in copy:
        path = root / row.file
        written[path] = text = path.read_text(encoding="utf-8")
        if row.old not in text:
            print(f"{row.set} {row.id}: `{row.old[:40]}` no longer stands in {row.file}")
        path.write_text(text.replace(row.old, row.new, 1), encoding="utf-8")
    told = _told(places) - before
    for path, text in written.items():
        path.write_text(text, encoding="utf-8")
    return {row: sorted(f"{file}: {message}" for file, message in told if _is_of(row, file, copy)) for row in copy}


def _is_of(row: Harm, file: str, copy: Sequence[Harm]) -> bool:
    """Whether a fault in a file is of an edit; a name of the glossary is told where it is used too."""
    if row.file == NAMES:
        return not any(other.file.endswith(file) for other in copy if other is not row)
    return row.file.endswith(file) or file.endswith(row.file)


def _told(places: ContentPaths) -> frozenset[tuple[str, str]]:
    encoder, _ = open_the_encoder(os.environ)
    _, old, new = PLANTED
    path = places.troubles
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    found = faults_of(places, encoder, cache_folder(os.environ))
    path.write_text(text, encoding="utf-8")
    return frozenset((fault.file, fault.message) for fault in found)


def _collide(one: Harm, other: Harm) -> bool:
    names = {one.file, other.file}
    return len(names) == 1 or (
        NAMES in names and any(name.startswith(("intents", "kb_articles/")) for name in names - {NAMES})
    )


def _apart(rows: Sequence[Harm]) -> list[list[Harm]]:
    """The edits in as few copies as hold no two of one file."""
    copies: list[list[Harm]] = []
    for row in rows:
        room = next((copy for copy in copies if not any(_collide(row, other) for other in copy)), None)
        if room is None:
            copies.append(room := [])
        room.append(row)
    return copies


if __name__ == "__main__":
    main()
