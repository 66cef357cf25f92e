"""Rules as data: what is danger beyond doubt, proven by each rule's own sentences, and safe to run on any text."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.understanding.rules.rulebook import load_rules
from bot.understanding.text.plain import folded, neat, plain
from handoff.data_files import DataFaults
from tests.growth import grows_no_faster

RULES = Path(__file__).parents[2] / "bot" / "understanding" / "rules"
BOOK = load_rules(RULES)
RULE = """
review: {{owner: support-lead, checked: 2026-11-02}}
words:
  where: "(?:at|in)"
rules:
  - id: lost
    means: Something is lost
    patterns:
      - {pattern}
    hears: [lost, lost 2, lost 3, lost 4, lost 5, lost 6, lost 7, {eighth}]
    ignores: [a, b, c, d, {fifth}]
"""


def a_folder(tmp_path: Path, pattern: str = "lost", eighth: str = "lost 8", fifth: str = "e") -> Path:
    (tmp_path / "own.yml").write_text(RULE.format(pattern=pattern, eighth=eighth, fifth=fifth), encoding="utf-8")
    return tmp_path


def test_every_rule_passes_its_own_sentences() -> None:
    assert [str(fault) for fault in BOOK.faults()] == []


@pytest.mark.parametrize(
    "text",
    [
        "can’t breathe",
        "I can\u200b't breathe",
        "ＣＡＮ'T BREATHE",
        "caaan't breeeathe!!!",
        "can't\nbreathe",
        "😭 can't *breathe*",
        "\ud800 can't breathe",
    ],
)
def test_signs_and_slips_of_the_pen_hide_no_emergency(text: str) -> None:
    assert BOOK.fired(text)


HOSTILE = [
    *("a ", "i ", "no ", "my dad ", "i took pills ", "can i take ", "talk to a ", "no chest pain ", "delete all my "),
    *('"', "1", "我", "स", "\n", "it says "),
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_the_work_of_hostile_characters_grows_no_faster_than_they_do(piece: str) -> None:
    assert grows_no_faster(BOOK.fired, (piece * 8000)[:8000])


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_no_text_whatever_breaks_the_rules(text: str) -> None:
    BOOK.fired(text)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_plain_text_stays_as_it_is_when_made_plain_again(text: str) -> None:
    assert plain(plain(text)) == plain(text)
    assert "\n" not in neat(text)
    folded(text)


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        ("lost (", "not a regular expression"),
        ("lost <nowhere>", "`<nowhere>` is not among the words"),
        ("lost(?:x){2,}", "can repeat without end"),
        ("lost.*", "can repeat without end"),
    ],
)
def test_a_pattern_that_is_wrong_is_a_fault_with_its_line(tmp_path: Path, pattern: str, message: str) -> None:
    with pytest.raises(DataFaults) as caught:
        load_rules(a_folder(tmp_path, pattern))
    assert message in str(caught.value)
    assert {fault.line for fault in caught.value.faults} == {9}


def test_a_sentence_that_fails_is_a_fault_for_check_and_does_not_stop_the_bot(tmp_path: Path) -> None:
    book = load_rules(a_folder(tmp_path, eighth="found", fifth="all lost"))
    assert [(fault.line, fault.message) for fault in book.faults()] == [
        (10, "`found` is not heard as lost"),
        (11, "`all lost` is heard as lost (`lost`)"),
    ]


def test_every_faulty_file_of_a_folder_is_told_at_once(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, "lost (")
    (folder / "other.yml").write_text("rules: [", encoding="utf-8")
    with pytest.raises(DataFaults) as caught:
        load_rules(folder)
    assert {Path(fault.file).name for fault in caught.value.faults} == {"own.yml", "other.yml"}


def test_an_empty_folder_of_rules_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(DataFaults, match="no rules here"):
        load_rules(tmp_path)


def test_patterns_that_share_a_first_word_keep_their_branches_apart(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, "<where> home|lost\n      - <where> sea")
    book = load_rules(folder)
    heard = {text: bool(book.fired(text)) for text in ("at home", "in sea", "lost", "at lost", "home", "sea")}
    assert heard == {"at home": True, "in sea": True, "lost": True, "at lost": True, "home": False, "sea": False}


def test_kept_rules_hear_the_same_and_a_changed_file_is_read_anew(tmp_path: Path) -> None:
    folder, cache = tmp_path / "rules", tmp_path / "cache"
    folder.mkdir()
    fresh, kept = load_rules(a_folder(folder), cache), load_rules(folder, cache)
    assert fresh.fired("it is lost") == kept.fired("it is lost") == ("own/lost",)
    assert load_rules(a_folder(folder, "found"), cache).fired("it is lost") == ()
