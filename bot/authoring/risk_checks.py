"""What an edit must never cost: the numbers for an emergency, a yes that means yes, a grave matter that reaches its team."""

import re
from collections.abc import Collection, Iterator, Mapping
from itertools import product

from bot.authoring.content_paths import ContentPaths
from bot.authoring.meant_texts import MeantText, meant_texts
from bot.authoring.strangers import IssueFiles, Strangers
from bot.understanding.intents.catalog import Catalog
from bot.understanding.intents.names import DATA_LOSS, EMERGENCY, FRUSTRATION, MEDICAL, PRIVACY, SECURITY
from handoff.data_files import Document, Fault, read_yaml
from handoff.kinds import PERHAPS_HURT
from handoff.policy.invariants import CONTACTS, URGENT_SIGNALS
from handoff.policy.model import Policy

ALL_BUT_CERTAIN, EXAMPLE_IN_DANGER = 0.95, 0.9
"""From which chances on strangers would mean a grave matter, or be in danger, by an example."""
MEANT_GRAVELY, IN_DANGER = 0.98, 0.3
"""From which chances on a button, a step that was tried, a question or a calm fact would be said by people in a grave matter, or
in danger: no such words that stand in the files come near to it."""
TALKED_IN_DANGER = 0.4
"""From which chance on an example about the talk itself (a farewell, a thank you) is danger; but who despairs of the app says much."""
MEANT = (EMERGENCY, SECURITY, PRIVACY, DATA_LOSS)
CLEARED = DATA_LOSS
"""Who tells what was tried tells of files that were cleared."""
ABOUT_TALK = "chat."
"""Issues about the talk itself: somebody who despairs of the app is among their examples."""
GO_EMERGENCY, ANOTHER_ISSUE = "emergency", "."
"""Where a button leads that is no calm one: to the emergency, or to an issue, whose name holds this."""
_YES = re.compile(r"yes\b", re.IGNORECASE)
_NO = re.compile(r"(?:no\b|not\b|keep\b|it didn'?t|.*\b(?:didn'?t|doesn'?t|can'?t|cannot|won'?t)\b)", re.IGNORECASE)


def number_faults(
    places: ContentPaths, policy: Policy, catalog: Catalog, documents: Mapping[str, Document]
) -> Iterator[Fault]:
    """The numbers for an emergency, in every text that somebody in danger is shown, and the same ones everywhere."""
    emergency, crisis = policy.words.emergency_number, policy.words.crisis_number
    for issue, needed in ((EMERGENCY, (emergency, crisis)), (MEDICAL, (emergency,))):
        answer = catalog.intents[issue].answer if issue in catalog.intents else ""
        for number in needed:
            if answer and number not in answer:
                yield documents[issue].fault(f"the answer must tell people to call {number}", "answer")
    kinds = read_yaml(places.guide / "kinds.yml", places.guide.parents[1])
    for kind, place in product(PERHAPS_HURT, ("care", "afterwards")):
        if "{emergency_number}" not in str(kinds.at("kinds", kind, place)):
            message = f"`{place}` of an emergency must tell people to call {{emergency_number}}"
            yield kinds.fault(message, "kinds", kind, place)
    yield from _known_numbers(places, policy)


def _known_numbers(places: ContentPaths, policy: Policy) -> Iterator[Fault]:
    words = read_yaml(places.guide / "words.yml", places.guide.parents[1])
    for name in ("emergency_number", "crisis_number"):
        number = getattr(policy.words, name)
        if number not in policy.communication.links.telephones:
            yield words.fault(f"{number} is not among the telephones of communication.yml", name)
    glossary = read_yaml(places.articles / "glossary.yml", places.articles.parent)
    same = {
        "emergency_number": policy.words.emergency_number,
        "crisis_line": policy.words.crisis_number,
        "support_phone": CONTACTS["phone"],
        "support_email": CONTACTS["email"],
        "in_app_chat": policy.channels.channels["in_app_chat"].name,
    }
    for name, number in same.items():
        text = glossary.table(name).get("text", number)
        if str(text) != number:
            yield glossary.fault(f"`{name}` is {text} here and {number} in the guide: they must be the same", name)


def answer_faults(places: ContentPaths) -> Iterator[Fault]:
    """A yes that says no, and a no that says yes."""
    lines = read_yaml(places.lines / "lines.yml", places.lines.parents[1])
    for key, text in lines.table("lines").items():
        name, said = str(key), str(text).strip()
        if name.endswith("_yes") and _NO.match(said):
            yield lines.fault(f"`{name}` is what a yes does, and its words say no", "lines", name)
        if name.endswith("_no") and name != "safety_no" and _YES.match(said):
            yield lines.fault(f"`{name}` is what a no does, and its words say yes", "lines", name)


def example_faults(files: IssueFiles, strangers: Strangers, issues: Collection[str]) -> Iterator[Fault]:
    """Examples of these calm issues by which strangers would all but certainly mean a grave one, or an emergency."""
    intents = files.catalog.intents
    if strangers.models is None:
        return
    grave = {issue for issue, intent in intents.items() if intent.is_grave} | {EMERGENCY}
    rows = [
        (issue, number, text)
        for issue in issues
        if issue not in grave
        for number, text in enumerate(intents[issue].examples)
    ]
    found = strangers.understood([text for _, _, text in rows])
    for (issue, number, text), (likeliest, chance, danger) in zip(rows, found, strict=True):
        talked = issue.startswith(ABOUT_TALK)
        endangered = danger >= (TALKED_IN_DANGER if talked else EXAMPLE_IN_DANGER) and issue != FRUSTRATION
        meant = EMERGENCY if endangered else likeliest
        if endangered or (meant in grave and chance >= ALL_BUT_CERTAIN):
            message = f"`{text}` is what people write who mean {meant}: it belongs there, or in other words"
            yield files.documents[issue].fault(message, "examples", number)


def meant_faults(policy: Policy, files: IssueFiles, strangers: Strangers, issues: Collection[str]) -> Iterator[Fault]:
    """Words of these issues' buttons, tried steps, questions and calm facts by which strangers mean a grave matter."""
    if strangers.models is None:
        return
    intents = files.catalog.intents
    rows = [
        (issue, one.text, one.place)
        for issue in issues
        if issue != EMERGENCY
        for one in meant_texts(intents[issue])
        if _is_calm(policy, one)
    ]
    found = strangers.understood([text for _, text, _ in rows])
    for (issue, text, place), (meant, chance, danger) in zip(rows, found, strict=True):
        in_place = meant == issue or (meant == CLEARED and place[0] == "steps")
        if danger >= IN_DANGER or (meant in MEANT and chance >= MEANT_GRAVELY and not in_place):
            grave = EMERGENCY if danger >= IN_DANGER else meant
            told = f"`{text}` is what people write who mean {grave}: it cannot mean this, take it out"
            yield files.documents[issue].fault(told, *place)


def _is_calm(policy: Policy, meant: MeantText) -> bool:
    """Whether words mean something that wakes nobody."""
    return meant.go != GO_EMERGENCY and ANOTHER_ISSUE not in meant.go and not _wakes(policy, meant.signal)


def _wakes(policy: Policy, signal: str | None) -> bool:
    rule = policy.priorities.signals.get(signal or "")
    return signal in URGENT_SIGNALS or (rule is not None and rule.is_urgent)
