"""What is kept can be made again: it is whole, only what was asked for last stays, and a folder that cannot be written hurts nobody."""

import os
from pathlib import Path

from handoff.kept import MOST, keep, kept_value, recall


def test_of_a_kind_only_the_newest_stay_and_other_kinds_are_left_alone(tmp_path: Path) -> None:
    keep(tmp_path / "calibration-1.pickle", b"other")
    for number in range(MOST["voices"] + 3):
        keep(tmp_path / f"voices-{number}.pickle", b"x")
        os.utime(tmp_path / f"voices-{number}.pickle", (number, number))
    keep(tmp_path / "voices-last.pickle", b"x")

    left = {path.name for path in tmp_path.iterdir()}
    newest = {f"voices-{MOST['voices'] + 2 - back}.pickle" for back in range(MOST["voices"] - 1)}
    assert left == {"calibration-1.pickle", "voices-last.pickle", *newest}


def test_what_is_asked_for_outlasts_what_was_written_after_it(tmp_path: Path) -> None:
    for number, name in enumerate(("in-force", "draft-1", "draft-2", "draft-3")):
        keep(tmp_path / f"matcher-{name}.pickle", name.encode())
        os.utime(tmp_path / f"matcher-{name}.pickle", (number, number))

    assert recall(tmp_path / "matcher-in-force.pickle") == b"in-force"
    for name in ("draft-4", "draft-5", "draft-6"):
        keep(tmp_path / f"matcher-{name}.pickle", b"x")

    assert recall(tmp_path / "matcher-in-force.pickle") == b"in-force"
    assert recall(tmp_path / "matcher-draft-1.pickle") is None


def test_a_folder_that_cannot_be_written_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")

    keep(tmp_path / "file" / "voices-1.pickle", b"x")

    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_value_is_made_once_and_read_from_its_file_afterwards(tmp_path: Path) -> None:
    made = list[int]()

    def make() -> int:
        made.append(1)
        return len(made)

    assert [kept_value(tmp_path / "read-1.pickle", make) for _ in range(2)] == [1, 1]
    assert [kept_value(None, make) for _ in range(2)] == [2, 3]
