"""What of a ticket may be shown outside the store: the operator's settings, the excerpt, and the texts in force."""

from collections.abc import Iterator

from bot.dialogue.assistant import Assistant
from bot.understanding.intents.catalog import Catalog
from handoff.policy.model import Policy
from handoff.policy.names import PRIORITIES, Team
from handoff.safe import Showing

_collected: dict[str, frozenset[str]] = {}
"""The texts of the catalogue in force, by its version: collected once."""


def showing_of(assistant: Assistant, policy: Policy, *, words: bool, names: bool) -> Showing:
    """With the catalogue in force; `words` and `names` are the settings HANDOFF_DETAIL and HANDOFF_NAMES."""
    script = assistant.script
    ours = _of_guide(policy) | _of_catalog(script.catalog)
    return Showing(script.excerpt, ours.__contains__, words=words, names=names)


def team_showing(showing: Showing, policy: Policy, team: Team) -> Showing:
    """What the channel of this team may show: no words where the team withholds them (decision O20)."""
    return showing.without_words() if policy.tiers.teams[team].withhold_words else showing


def _of_guide(policy: Policy) -> frozenset[str]:
    """Labels of the questions that every ticket needs, and the rules that set a priority."""
    labels = [*(question.label for question in policy.escalation.gather), *policy.escalation.besides.values()]
    heard = [rule.means for rule in policy.priorities.signals.values()]
    handed_on = [rule.means for rule in policy.escalation.to_tier_3.values()]
    return frozenset([*labels, *heard, *handed_on])


def _of_catalog(catalog: Catalog) -> frozenset[str]:
    """Titles of issues and steps, labels and choices of questions, and what is said of an issue's own priority."""
    if catalog.version not in _collected:
        _collected.clear()
        _collected[catalog.version] = frozenset(_texts(catalog))
    return _collected[catalog.version]


def _texts(catalog: Catalog) -> Iterator[str]:
    for intent in catalog.intents.values():
        yield intent.title
        yield from (f"{intent.title} starts at {name.capitalize()}" for name in PRIORITIES)
        yield from (step.id.replace("_", " ").capitalize() for step in intent.steps)
        for detail in intent.details:
            yield from (detail.label, *detail.choices)
