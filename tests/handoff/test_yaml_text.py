"""YAML as people write it: YAML 1.2's plain values, the line of each, and faults that say what to do."""

from datetime import date

import pytest

from handoff.yaml_text import YamlFault, parsed


def test_values_are_what_they_look_like() -> None:
    text = "a: yes\nb: on\nc: true\nd: 12\ne: 1.5\nf: 2026-11-23\ng: '12'\nh:\ni: 08:00-18:00\nj: null\nk: 0x1f\n"

    values, lines = parsed(text)

    assert values == {
        "a": "yes",
        "b": "on",
        "c": True,
        "d": 12,
        "e": 1.5,
        "f": date(2026, 11, 23),
        "g": "12",
        "h": None,
        "i": "08:00-18:00",
        "j": None,
        "k": "0x1f",
    }
    assert lines[("f",)] == 6


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ('a:\n  - one\n  - "two\n  - three: x\n  - four\n', 3, "not closed"),
        ("a:\n  - one\n  -two words\n  - three\n", 3, "a blank is missing after the dash"),
        ("a:\n  -two words\n  - three\n", 2, "a blank is missing after the dash"),
        ("a: it says: no\n", 1, "put this sentence in quotes"),
        ("a:\n\t- one\n", 2, "a tab stands"),
        ("a:\n  - @home it fails\n", 2, "begins with @"),
        ("a: [one, two\nb: 1\n", 1, "not closed"),
        ('a:\n  - "Failed" on download\n  - x\n', 2, "text stands after the closing quotes"),
        ("a: 1\nb: 2\na: 3\n", 3, "first in line 1"),
        ("a: &x 1\n", 1, "anchors"),
        ("a: *x\n", 1, "anchors"),
        ("a: !!python/object/apply:os.system [x]\n", 1, "tags"),
        ("a: 1\n---\nb: 2\n", 2, "second document"),
        ("a: one\n\x07\n", 2, "cannot be seen"),
        ("a:\n  - error #102 at home\n", 2, "would be left out"),
        ("a:\n  - some words # and more\n", 2, "would be left out"),
        ("a:\n  b: 1\n c: 2\n", 3, "does not stand under"),
        ("a: 2026-02-30\n", 1, "there is no day"),
        ("[" * 5000, 1, "nested too deeply"),
    ],
)
def test_a_fault_is_told_at_the_line_that_must_be_mended(text: str, line: int, told: str) -> None:
    with pytest.raises(YamlFault) as fault:
        parsed(text)

    assert told in fault.value.message, fault.value.message
    assert fault.value.line == line, fault.value.message


def test_a_note_beside_a_single_word_is_no_fault() -> None:
    assert parsed("a: 5m   # five minutes\nb: [x]  # a list\n")[0] == {"a": "5m", "b": ["x"]}
