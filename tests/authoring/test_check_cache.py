"""An edit is charged only for what it changed."""

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from bot.authoring.check_cache import KnownGood
from handoff.data_files import Fault

PARTS = {"a.yml": "one", "b.yml": "two"}


def test_what_was_found_good_is_not_looked_through_again(tmp_path: Path) -> None:
    assert _looked(tmp_path, PARTS) == ["a.yml", "b.yml"]
    assert _looked(tmp_path, PARTS) == []


def test_only_what_changed_is_looked_through(tmp_path: Path) -> None:
    _looked(tmp_path, PARTS)
    assert _looked(tmp_path, {**PARTS, "b.yml": "three", "c.yml": "four"}) == ["b.yml", "c.yml"]
    assert _looked(tmp_path, PARTS) == []


def test_the_same_words_in_another_file_are_looked_through(tmp_path: Path) -> None:
    _looked(tmp_path, PARTS)
    assert _looked(tmp_path, {"a.yml": "two"}) == ["a.yml"]


def test_a_fault_is_told_each_time_until_it_is_mended(tmp_path: Path) -> None:
    for _ in range(2):
        assert [fault.file for fault in _faults(tmp_path, {**PARTS, "c.yml": "bad"})] == ["c.yml"]
    assert _faults(tmp_path, PARTS) == []


def test_another_kind_of_look_knows_nothing_of_it(tmp_path: Path) -> None:
    _looked(tmp_path, PARTS)
    assert _looked(tmp_path, PARTS, "another") == ["a.yml", "b.yml"]


def test_without_a_cache_or_with_a_broken_one_everything_is_looked_through(tmp_path: Path) -> None:
    for _ in range(2):
        assert _looked(None, PARTS) == ["a.yml", "b.yml"]
    _looked(tmp_path, PARTS)
    (tmp_path / "good-words.json").write_text("{", encoding="utf-8")
    assert _looked(tmp_path, PARTS) == ["a.yml", "b.yml"]


def _looked(cache: Path | None, parts: Mapping[str, object], kind: str = "words") -> list[str]:
    """The parts that were looked through."""
    seen: list[str] = []

    def look(names: Collection[str]) -> Iterator[Fault]:
        seen.extend(names)
        return iter(())

    assert list(KnownGood(cache).faults(kind, parts, look)) == []
    return seen


def _faults(cache: Path, parts: Mapping[str, object]) -> list[Fault]:
    def look(names: Collection[str]) -> Iterator[Fault]:
        yield from (Fault(name, 1, "it is bad") for name in names if parts[name] == "bad")

    return list(KnownGood(cache).faults("words", parts, look))
