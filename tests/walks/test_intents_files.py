"""Every test sentence and every walk of the intents files: one line, one test, named by the sentence."""

import os
from functools import cache

import pytest

from bot.dialogue.conversation import Conversation, Message, Outcome
from bot.dialogue.respond import respond
from bot.mind import Mind
from bot.understanding.catalog import load_catalog
from bot.understanding.intent_file import Walk
from handoff.data_files import cache_folder
from handoff.policy import load_policy
from handoff.ticket import User
from handoff.triage import triage
from tests.makers import NINE

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
    reading = mind.assistant.read(miss.text)

    assert reading.issue != issue or reading.decision not in ("answer",)
    if miss.expect:
        assert reading.issue == miss.expect
    if miss.signal:
        assert miss.signal in reading.signals


@pytest.mark.parametrize(("issue", "text"), GAPS, ids=named)
def test_known_gap_still_fails(issue: str, text: str, mind: Mind) -> None:
    assert mind.assistant.read(text).issue != issue, "this works now: take the line out of known_gaps"


@pytest.mark.parametrize(("issue", "walk"), WALKS, ids=named)
def test_walk(issue: str, walk: Walk, mind: Mind) -> None:
    known = Conversation(User("u-walk", "Wanda", role=walk.role, verified=True), "in_app_chat")
    last: Outcome | None = None
    for turn in walk.turns:
        value = next((button.value for button in known.buttons if button.label == turn.user), None)
        reading = mind.assistant.read("" if value else turn.user)
        last = respond(known, reading, Message(turn.user, value), mind.assistant.script, NINE)
        known = last.conversation
        if turn.step:
            assert known.step == turn.step, f"after `{turn.user}`"
        if turn.asks:
            assert known.asking == turn.asks, f"after `{turn.user}`"
    while known.state == "gathering" and known.asking in ("error_message", "steps_to_reproduce", "description"):
        last = respond(known, mind.assistant.read("skip"), Message("skip"), mind.assistant.script, NINE)
        known = last.conversation
    assert last is not None
    if walk.ends == "solved":
        assert known.state == "solved"
    if walk.ends == "handoff":
        assert last.request is not None
    if walk.ticket and last.request:
        result = triage(policy_once(), last.request)
        got = {
            "tier": result.tier,
            "priority": result.priority,
            "team": result.team,
            "reason": result.reason,
            "issue": last.request.issue,
        }
        wanted = walk.ticket.model_dump(exclude_none=True)
        assert {name: got[name] for name in wanted} == wanted
