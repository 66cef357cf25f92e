"""What the intents files say of themselves, tried on the assistant: sentences, near-misses, walks."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from bot.authoring.buttons import labels_of
from bot.dialogue.assistant import Assistant
from bot.dialogue.conversation import Conversation, Message, Outcome
from bot.dialogue.respond import respond
from bot.understanding.intents.intent_file import Intent, NearMiss, Walk
from handoff.facts import contact_facts
from handoff.policy.model import Policy
from handoff.ticket import User
from handoff.triage import triage

AT = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
"""A walk takes place on a Monday, nine in the morning in New York."""
SKIPPED = ("error_message", "steps_to_reproduce", "description")
"""Questions that every way to a person may ask; walks do not tell what they are answered."""
MOST_SKIPPED = 2 * len(SKIPPED)
Told = tuple[tuple[str | int, ...], str]


SKIP = "skip"
LONGEST_LABEL = 40
ONLY_SKIP = 1
"""Under a question without choices there is one button; there people type, as they please."""


def said_in(intents: Iterable[Intent]) -> list[str]:
    """Every text that is read while these files are tried."""
    told = [
        text
        for intent in intents
        for text in (
            *intent.tests.match,
            *(miss.text for miss in intent.tests.near_miss),
            *(turn.user for walk in intent.tests.walks for turn in walk.turns),
            *labels_of(intent),
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


def heard_faults(assistant: Assistant, policy: Policy, intent: Intent) -> Iterator[Told]:
    """Own sentences of an issue that wakes nobody, in which a critical fact would be heard: its words are too common."""
    if intent.is_grave or intent.route == "emergency":
        return
    for number, text in enumerate(intent.tests.match):
        for name in assistant.read(text).signals:
            rule = policy.priorities.signals.get(name)
            if rule is not None and (rule.priority == "critical" or rule.reason == "emergency"):
                told = (
                    f"in `{text}` the grave fact `{name}` would be heard: the words under that `signal` are too common"
                )
                yield ("tests", "match", number), told


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
    going = _Going(assistant, policy, walk)
    try:
        told = _gone(going, policy, walk)
    except Exception as error:  # noqa: BLE001 - whatever an edit makes raise is a fault of the walk in which it does
        told = f"it breaks off after `{going.said}` ({type(error).__name__}: {error})"
    return told and (going.missed or told)


class _Going:
    """One walk on its way."""

    def __init__(self, assistant: Assistant, policy: Policy, walk: Walk) -> None:
        self._assistant = assistant
        self._facts = contact_facts(policy)
        self.known = Conversation(User("u-walk", "Wanda", role=walk.role, verified=True), "in_app_chat")
        self.last: Outcome | None = None
        self.said = ""
        self.missed = ""
        """What was to be pressed first where no button says so, in words."""

    def take(self, text: str) -> None:
        """One turn: what is a button is pressed, all else is typed."""
        labels = {button.label: button.value for button in self.known.buttons}
        if _reads_as_a_label(text) and len(labels) > ONLY_SKIP and text not in labels and not self.missed:
            self.missed = f"`{text}` is no button there: there are {', '.join(f'`{label}`' for label in labels)}"
        self.said, value = text, labels.get(text)
        message = Message(text, value, facts=self._facts)
        reading = self._assistant.read("" if value else text)
        self.last = respond(self.known, reading, message, self._assistant.script, AT)
        self.known = self.last.conversation


def _reads_as_a_label(text: str) -> bool:
    """Whether it is written as buttons are; what is typed in walks begins with a small letter."""
    return text[:1].isupper() and len(text) <= LONGEST_LABEL


def _gone(going: _Going, policy: Policy, walk: Walk) -> str | None:
    for turn in walk.turns:
        going.take(turn.user)
        known = going.known
        if turn.step and known.step != turn.step:
            return f"after `{turn.user}` the step is `{known.step}`, not `{turn.step}`"
        if turn.asks and known.asking != turn.asks:
            return f"after `{turn.user}` the question is `{known.asking}`, not `{turn.asks}`"
    for _ in range(MOST_SKIPPED):
        if going.known.state != "gathering" or going.known.asking not in SKIPPED:
            break
        going.take(SKIP)
    known, last = going.known, going.last
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
