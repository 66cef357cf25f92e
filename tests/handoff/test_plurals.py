"""A number with its noun, and a length of time, go by the rule of their language."""

import re

import pytest

from handoff import notices
from tests.documents import HOME
from tests.makers import hours, minutes

BY_HAND = re.compile(r"""\b(?:n|\w*count|\w+) ?== ?1 else|[a-z]\(s\)|["']s["'] if """)


@pytest.mark.parametrize("pattern", ["handoff/templates/*.j2", "bot/**/*.html", "bot/**/*.yml", "handoff/guide/*.yml"])
def test_no_text_makes_a_plural_by_hand(pattern: str) -> None:
    texts = {path.name: path.read_text(encoding="utf-8") for path in HOME.glob(pattern)}

    assert texts and {name: found[0] for name, text in texts.items() if (found := BY_HAND.search(text))} == {}


@pytest.mark.parametrize(
    ("count", "told"), [(1, "1 open ticket is past due. Decide who takes it"), (2, "2 open tickets are")]
)
def test_one_is_told_as_one_and_several_as_several(count: int, told: str) -> None:
    assert told in notices.fill("action_item", {"kind": "overdue", "count": count}).subject


def test_lengths_of_time_have_the_plurals_of_their_language() -> None:
    assert [notices.length(hours(n), "pl") for n in (1, 2, 5)] == ["1 godzina", "2 godziny", "5 godzin"]
    assert [notices.length(minutes(n), "es") for n in (1, 2)] == ["1 minuto", "2 minutos"]


def test_a_length_of_time_is_rounded_up_and_never_promises_less() -> None:
    assert notices.length(hours(1)) == "1 hour"
    assert notices.length(hours(3.2)) == "4 hours"
    assert notices.length(hours(0.2)) == "12 minutes"
    assert notices.length(minutes(1)) == notices.length(minutes(0.2)) == "1 minute"
    assert notices.length(hours(24 * 7)) == "7 days"
