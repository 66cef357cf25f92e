"""What the tests of a file must go on proving: which grave neighbours it is told from, and where its walks bring people."""

from collections import Counter
from collections.abc import Iterator, Mapping

from bot.authoring.pinned import PINNED
from bot.understanding.intents.catalog import Catalog
from bot.understanding.intents.intent_file import Intent, Walk
from handoff.data_files import Document, Fault, read_yaml

FEWEST_TOLD_APART = 3
"""So many near-misses of a file say which issue is meant instead."""
TOLD = ("tier", "priority", "team", "reason")
EMERGENCY = "emergency"


def test_faults(catalog: Catalog, documents: Mapping[str, Document]) -> Iterator[Fault]:
    """Near-misses and walks that were taken out or say less than they must, so that nobody would notice what goes wrong."""
    pinned = read_yaml(PINNED, PINNED.parents[2])
    for issue, intent in catalog.intents.items():
        document = documents[issue]
        yield from _told_apart(intent, document, pinned)
        yield from _brought(intent, document, pinned)
        for number, walk in enumerate(intent.tests.walks):
            if told := _left_out(walk):
                yield document.fault(told, "tests", "walks", number)


def _told_apart(intent: Intent, document: Document, pinned: Document) -> Iterator[Fault]:
    misses = intent.tests.near_miss
    there = Counter(miss.expect for miss in misses) + Counter(miss.signal for miss in misses)
    for name, needed in pinned.table("neighbours", intent.id).items():
        if there[str(name)] < int(str(needed)):
            field = "expect" if "." in str(name) else "signal"
            told = (
                f"{needed} of the near-misses must say `{field}: {name}`, so that nobody who means it is answered with this "
                f"issue; here are {there[str(name)]}: put back what was there, or one like it"
            )
            yield document.fault(told, "tests", "near_miss")
    apart = sum(1 for miss in misses if miss.expect)
    if apart < FEWEST_TOLD_APART:
        told = f"{apart} of the near-misses say by `expect` which issue is meant instead: at least {FEWEST_TOLD_APART} must"
        yield document.fault(told, "tests", "near_miss")


def _brought(intent: Intent, document: Document, pinned: Document) -> Iterator[Fault]:
    walks = intent.tests.walks
    ends = {walk.ends for walk in walks}
    for end in ("solved", "handoff") if intent.tier == 1 else ("handoff",) if intent.tier == 2 else ():
        if end not in ends:
            yield document.fault(f"no walk here ends `{end}`: write one, turn by turn", "tests", "walks")
    reasons = {walk.ticket.reason for walk in walks if walk.ticket}
    for reason in pinned.entries("proves", intent.id):
        if reason not in reasons:
            told = f"a walk must end with a ticket that says `reason: {reason}`: put it back"
            yield document.fault(told, "tests", "walks")


def _left_out(walk: Walk) -> str | None:
    """What the ticket of a walk to a person does not say, in words; None when it says all of it."""
    if walk.ends != "handoff":
        return None
    said = walk.ticket.model_dump(exclude_none=True) if walk.ticket else {}
    needed = [name for name in TOLD if name != "team" or said.get("reason") != EMERGENCY]
    missing = [f"`{name}`" for name in needed if name not in said]
    if not missing:
        return None
    return f"the walk `{walk.name}` ends with a person: its `ticket` must say {', '.join(missing)} too"
