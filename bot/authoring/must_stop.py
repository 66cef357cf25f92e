"""What the rules of wording must go on stopping and those of danger on hearing, and the sentences that somebody let pass."""

from collections.abc import Collection, Iterator
from pathlib import Path

from bot.authoring.content_paths import ContentPaths
from bot.authoring.wording import Wording, wording_of
from bot.understanding.rules.rulebook import Rulebook
from handoff.data_files import Document, Fault, read_yaml
from handoff.policy.model import Policy

MUST_HEAR = Path(__file__).with_name("must_hear.yml")
MUST_STOP = Path(__file__).with_name("must_stop.yml")
_OTHERS = {"asks_for_secrets": "asks for a secret", "links": "leads away"}
"""Rules whose words stand in the code."""


def proof_faults(places: ContentPaths, policy: Policy) -> Iterator[Fault]:
    """Rules of communication.yml that let pass what they must stop."""
    document = _communication(places)
    wording = wording_of(policy, places.articles)
    sentences = read_yaml(MUST_STOP, MUST_STOP.parents[2])
    for name in map(str, sentences.table()):
        rule = policy.communication.rules.get(name)
        place = (name,) if rule is None else ("rules", name)
        passed = _passed(wording, rule.say if rule else _OTHERS[name], map(str, sentences.entries(name)))
        if passed is not None:
            yield document.fault(f"{name}: `{passed}` is no longer stopped: put back the words that stop it", *place)


def _passed(wording: Wording, say: str, sentences: Iterator[str]) -> str | None:
    return next((one for one in sentences if not any(say in told for told in wording.faults(one))), None)


def unheard_faults(places: ContentPaths, rulebook: Rulebook) -> Iterator[Fault]:
    """Sentences of danger beyond doubt that no rule hears any more."""
    must = read_yaml(MUST_HEAR, MUST_HEAR.parents[2])
    root = places.rules.resolve()
    document = read_yaml(root / "emergency.yml", root.parents[2])
    for name in map(str, must.table()):
        for text in map(str, must.entries(name)):
            if not rulebook.fired(text):
                told = (
                    f"`{text}` is no longer heard as an emergency: put back the words of the rule `{name}` that hear it"
                )
                yield document.fault(told, "rules")
                break


def looked_at_faults(places: ContentPaths, policy: Policy, sentences: Collection[str]) -> Iterator[Fault]:
    """Sentences under `looked_at` that stand in no text any more, or that nobody answers for."""
    document = _communication(places)
    for number, one in enumerate(policy.communication.judged.looked_at):
        if one.sentence not in sentences:
            told = f"`{one.sentence}` stands in no text as it is written here: take it out"
            yield document.fault(told, "judged", "looked_at", number)


def _communication(places: ContentPaths) -> Document:
    return read_yaml(places.guide / "communication.yml", places.guide.parents[1])
