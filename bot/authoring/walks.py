"""What the intents files say of themselves, tried on the assistant: sentences, near-misses, walks."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from bot.dialogue.assistant import Assistant
from bot.dialogue.conversation import Conversation, Message, Outcome
from bot.dialogue.respond import respond
from bot.understanding.intents.intent_file import Intent, NearMiss, Walk
from handoff.policy import Policy
from handoff.ticket import User
from handoff.triage import triage

AT = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
"""A walk takes place on a Monday, nine in the morning in New York."""
SKIPPED = ("error_message", "steps_to_reproduce", "description")
"""Questions that every way to a person may ask; walks do not tell what they are answered."""
MOST_SKIPPED = 2 * len(SKIPPED)
Told = tuple[tuple[str | int, ...], str]


SKIP = "skip"


def said_in(intents: Iterable[Intent]) -> list[str]:
    """Every text that is read while these files are tried."""
    told = [
        text
        for intent in intents
        for text in (
            *intent.tests.match,
            *(miss.text for miss in intent.tests.near_miss),
            *(turn.user for walk in intent.tests.walks for turn in walk.turns),
        )
    ]
    return list(dict.fromkeys(["", SKIP, *told]))


def sentence_faults(assistant: Assistant, issue: str, intent: Intent) -> Iterator[Told]:
    """Own sentences that are not read as the issue, and near-misses that are; each with its place in the file."""
    for number, text in enumerate(intent.tests.match):
        read = assistant.read(text).issue
        if read != issue:
            yield ("tests", "match", number), f"`{text}` would be read as {read}"
    for number, miss in enumerate(intent.tests.near_miss):
        told = missed(assistant, issue, miss)
        if told:
            yield ("tests", "near_miss", number), told


def missed(assistant: Assistant, issue: str, miss: NearMiss) -> str | None:
    """What is wrong with the reading of a sentence that must not come back as the issue; None when nothing is."""
    reading = assistant.read(miss.text)
    if reading.issue == issue and reading.decision == "answer":
        return f"`{miss.text}` would be answered with this issue"
    if miss.expect and reading.issue != miss.expect:
        return f"`{miss.text}` would be read as {reading.issue}, not as {miss.expect}"
    if miss.signal and miss.signal not in reading.signals:
        return f"in `{miss.text}` the signal `{miss.signal}` would not be heard"
    return None


def walk_faults(assistant: Assistant, policy: Policy, intent: Intent) -> Iterator[Told]:
    """Walks that end, or go, otherwise than the file says."""
    for number, walk in enumerate(intent.tests.walks):
        told = walked(assistant, policy, walk)
        if told:
            yield ("tests", "walks", number), f"the walk `{walk.name}`: {told}"


def walked(assistant: Assistant, policy: Policy, walk: Walk) -> str | None:
    """Where a walk leaves its way, in words; None when it goes as told."""
    known = Conversation(User("u-walk", "Wanda", role=walk.role, verified=True), "in_app_chat")
    last: Outcome | None = None
    for turn in walk.turns:
        value = next((button.value for button in known.buttons if button.label == turn.user), None)
        reading = assistant.read("" if value else turn.user)
        last = respond(known, reading, Message(turn.user, value), assistant.script, AT)
        known = last.conversation
        if turn.step and known.step != turn.step:
            return f"after `{turn.user}` the step is `{known.step}`, not `{turn.step}`"
        if turn.asks and known.asking != turn.asks:
            return f"after `{turn.user}` the question is `{known.asking}`, not `{turn.asks}`"
    for _ in range(MOST_SKIPPED):
        if known.state != "gathering" or known.asking not in SKIPPED:
            break
        last = respond(known, assistant.read(SKIP), Message(SKIP), assistant.script, AT)
        known = last.conversation
    assert last is not None
    if walk.ends == "solved" and known.state != "solved":
        return f"it ends as {known.state}, not solved"
    if walk.ends == "handoff" and last.request is None:
        return "it does not end with a person"
    return _ticket_told(policy, walk, last)


def _ticket_told(policy: Policy, walk: Walk, last: Outcome) -> str | None:
    if not walk.ticket or not last.request:
        return None
    result = triage(policy, last.request)
    for name, wanted in walk.ticket.model_dump(exclude_none=True).items():
        got = last.request.issue if name == "issue" else getattr(result, name)
        if got != wanted:
            return f"the ticket's {name} is `{got}`, not `{wanted}`"
    return None
