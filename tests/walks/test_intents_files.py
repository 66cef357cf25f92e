"""Every test sentence and every walk of the intents files: one line, one test, named by the sentence."""

import os
from functools import cache

import pytest

from bot.authoring.walks import missed, walked
from bot.mind import Mind
from bot.understanding.intents.catalog import load_catalog
from bot.understanding.intents.intent_file import Walk
from handoff.data_files import cache_folder
from handoff.policy.loading import load_policy

CATALOG = load_catalog(cache=cache_folder(os.environ))
MATCHES = [(intent.id, text) for intent in CATALOG.intents.values() for text in intent.tests.match]
MISSES = [(intent.id, miss) for intent in CATALOG.intents.values() for miss in intent.tests.near_miss]
GAPS = [(intent.id, text) for intent in CATALOG.intents.values() for text in intent.tests.known_gaps]
WALKS = [(intent.id, walk) for intent in CATALOG.intents.values() for walk in intent.tests.walks]
policy_once = cache(load_policy)


def named(value: object) -> str:
    """A test is named by its sentence."""
    return value if isinstance(value, str) else getattr(value, "text", None) or getattr(value, "name", "")


@pytest.mark.parametrize(("issue", "text"), MATCHES, ids=named)
def test_sentence_is_understood(issue: str, text: str, mind: Mind) -> None:
    assert mind.assistant.read(text).issue == issue


@pytest.mark.parametrize(("issue", "miss"), MISSES, ids=named)
def test_sentence_is_not_taken_for_it(issue: str, miss, mind: Mind) -> None:
    assert missed(mind.assistant, issue, miss) is None


@pytest.mark.parametrize(("issue", "text"), GAPS, ids=named)
def test_known_gap_still_fails(issue: str, text: str, mind: Mind) -> None:
    assert mind.assistant.read(text).issue != issue, "this works now: take the line out of known_gaps"


@pytest.mark.parametrize(("issue", "walk"), WALKS, ids=named)
def test_walk(issue: str, walk: Walk, mind: Mind) -> None:
    assert walked(mind.assistant, policy_once(), walk) is None
