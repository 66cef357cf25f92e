"""What is understood of one message, cold: for machines as JSON, for leads in plain words with the reasons."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.mind import HELP, build_mind
from bot.understanding.articles import DEFAULT as OWN_ARTICLES
from bot.understanding.encoding.encoder import Encoder
from bot.understanding.intents.catalog import DEFAULT as OWN_INTENTS
from bot.understanding.reader import Reader
from bot.understanding.reading import Phrase, Reading
from handoff.data_files import cache_folder
from handoff.policy.model import Policy
from handoff.ticket import Request, User
from handoff.triage import Triaged, triage

SHOWN = 5
WHAT_FOLLOWS = {
    "answer": "It answers with the approved steps.",
    "choose": "It asks which of these it is.",
    "handoff": "It hands over to a person.",
    "emergency": "It shows the emergency text and calls people.",
    "safety_check": "It names the emergency numbers in one line and asks whether somebody is in danger; no ticket yet.",
    "decline": "It says, in approved words, that it cannot help with this.",
    "smalltalk": "It answers briefly and asks what it can help with.",
}


@dataclass(frozen=True)
class Asking:
    """What `ask` works with: the reader of some intents, and the guide."""

    reader: Reader
    policy: Policy

    def read(self, text: str) -> Reading:
        """The reading of one message."""
        return self.reader.read(text)


def open_reading(
    policy: Policy, intents: Path | None, articles: Path | None, environ: Mapping[str, str], encoder: Encoder | None
) -> Asking:
    """A reader alone, without a database; raises DataFaults."""
    today, cache = datetime.now(UTC).date(), cache_folder(environ)
    mind = build_mind(policy, intents or OWN_INTENTS, articles or OWN_ARTICLES, encoder, cache, HELP, today)
    return Asking(mind.reader, policy)


def triaged(asking: Asking, reading: Reading) -> Triaged:
    """Where a ticket with this message would go, and how urgent it would be."""
    intent = asking.reader.catalog.intents[reading.issue]
    request = Request(
        conversation_id=0,
        channel="terminal",
        user=User(),
        issue=intent.id,
        title=intent.title,
        summary=intent.title,
        reason=intent.reason or "not_resolved_by_documentation",
        starts_at=intent.priority,
        team=intent.team,
        signals=reading.signals,
        flags=intent.flags,
    )
    return triage(asking.policy, request)


def asked(asking: Asking, reading: Reading) -> dict[str, object]:
    """The reading as one JSON object."""
    result = triaged(asking, reading)
    return {
        "text": reading.text,
        "intent": reading.issue,
        "confidence": round(reading.confidence, 4),
        "decision": reading.decision,
        "candidates": [{"intent": c.issue, "confidence": round(c.confidence, 4)} for c in reading.candidates[:SHOWN]],
        "priority": result.priority,
        "team": result.team,
        "signals": list(reading.signals),
        "articles": list(reading.articles),
        "also": list(reading.also),
        "details": dict(reading.heard.details),
        "tried": list(reading.tried),
        "language": reading.heard.language,
        "rules": list(reading.heard.rules),
    }


def _runner_up(asking: Asking, reading: Reading) -> list[str]:
    """What was next, and how far behind."""
    title = asking.reader.catalog.title
    first, *others = reading.candidates
    if not others:
        return []
    lead = first.confidence - others[0].confidence
    told = f"  Next in line: {title(others[0].issue)}, {lead:.0%} behind"
    rest = [f"{title(one.issue)} {one.confidence:.0%}" for one in others[1:3]]
    return [told + (f"; then {'; '.join(rest)}" if rest else "")]


def _place(phrase: Phrase) -> str:
    """Where it stands: an example on its line, a keyword in its file."""
    return f"{phrase.file}:{phrase.line}" if phrase.line else f"{phrase.file}, keywords"


def explained(asking: Asking, reading: Reading) -> str:
    """The same in plain words: what, how sure, why, and what was close."""
    catalog = asking.reader.catalog
    result = triaged(asking, reading)
    lines = [
        f"{catalog.title(reading.issue)}  ({reading.issue}, {reading.candidates[0].confidence:.0%} likely)",
        f"  {WHAT_FOLLOWS[reading.decision]}",
        f"  A ticket would be {result.priority.capitalize()} for {asking.policy.tiers.teams[result.team].name}: {result.rule}.",
    ]
    if reading.ranked is not None:
        ranked = reading.ranked
        lines.append(
            f"  How sure: {reading.confidence:.0%}. It answers from {ranked.answer_at:.0%} on and offers a choice from "
            f"{ranked.offer_at:.0%} on. Danger: {ranked.danger:.0%}."
        )
    if reading.heard.rules:
        lines.append(f"  Rules that fired: {', '.join(reading.heard.rules)}")
    if reading.signals:
        lines.append(f"  Heard: {', '.join(reading.signals)}")
    for name, value in reading.heard.details.items():
        lines.append(f"  Noted: {name} = {value}")
    if reading.tried:
        lines.append(f"  Already tried: {', '.join(reading.tried)}")
    if reading.ranked is not None and reading.ranked.closest:
        lines.append("  Closest examples, the nearest first:")
        lines += [f"    {c.phrase.text}  ({_place(c.phrase)})" for c in reading.ranked.closest[:3]]
    lines += _runner_up(asking, reading)
    if reading.articles:
        lines.append(f"  Articles: {', '.join(reading.articles)}")
    return "\n".join(lines)
