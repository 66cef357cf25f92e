"""Text -> Reading: rules first, then the statistics, then the three zones: answer, offer, hand over."""

import re
from dataclasses import dataclass, replace
from datetime import date

from bot.understanding.articles import Library
from bot.understanding.catalog import Catalog
from bot.understanding.matcher import Matcher
from bot.understanding.reading import LIKELY, Candidate, Decision, Heard, Ranked, Reading
from bot.understanding.rules import Rulebook
from bot.understanding.said_before import SaidBefore
from bot.understanding.text import plain

EMERGENCY, MEDICAL, PERSON, OUT_OF_SCOPE = (
    "safety.emergency",
    "safety.medical_advice",
    "escalate.human",
    "chat.out_of_scope",
)
CERTAIN = 0.97
FAIR_CHANCE = 0.1
DANGER_AT, DOUBTFUL, CHANCE_AT = 0.5, 0.2, 0.6
"""Danger from the first on is an emergency; from the second on, when the issue itself is as likely as the third."""
CERTAIN_DANGER = 0.85
"""How certain a clause must be of danger by itself."""
URGENT = ("critical", "high")
"""Security, privacy, lost data, an outage: handed over when it is likely, with no question first."""
SHOWN = 5
LIKELY_SHARE = 0.5
"""How likely, beside the first, the whole must think an issue of which only a part is certain."""
FEWEST_WORDS_OF_A_PART, MOST_PARTS = 3, 4
FEWEST_WORDS_OF_A_CLAUSE, MOST_CLAUSES = 4, 6
_STOPS = (
    re.compile(r"[.,;!?\n]+| - "),
    re.compile(r"[.,;!?\n]+| - |\b(?:and|but|because|so)\b"),
)
"""Where a message is cut into what could tell of danger: by its commas, then by its joining words."""
_DENIED = re.compile(
    r"(?:(?:i|he|she|we|they|there) (?:have|has|had|feel|feels|is|are) )?(?:no|not|without|never|i don't have)\b"
)
"""How a clause begins that says what is not there: alone it tells of no danger (the rules know "no pulse")."""
_JOINTS = re.compile(
    r"[.;!?\n]+|\b(?:and also|also|plus|another thing|second(?:ly)?|on top of that|besides|and then|as well as)\b"
)


def _leaning(candidates: tuple[Candidate, ...], leans: tuple[str, ...]) -> tuple[Candidate, ...]:
    """The candidates with the one first that the words speak for, when it is among the first three with a fair chance."""
    for number, candidate in enumerate(candidates[:3]):
        if candidate.issue in leans and candidate.confidence >= FAIR_CHANCE:
            return (candidate, *candidates[:number], *candidates[number + 1 :])
    return candidates


def _alarming(danger: float, chance: float) -> bool:
    """Whether the sense of danger and the issue's own chance together speak for an emergency."""
    return danger >= DANGER_AT or (danger >= DOUBTFUL and chance >= CHANCE_AT)


def _as_dangerous_as(whole: Ranked, clauses: list[float]) -> Ranked:
    """The whole, with the danger of one clause that is certain of it by itself: what stands beside it cannot hide it."""
    danger = max(clauses, default=0.0)
    return replace(whole, danger=danger) if danger >= CERTAIN_DANGER and danger > whole.danger else whole


def _by_part(
    candidates: tuple[Candidate, ...], confidence: float, parts: dict[str, float]
) -> tuple[tuple[Candidate, ...], float, bool]:
    """Where the whole is not certain but a part is, and the whole thinks it likely too, the part decides."""
    for number, candidate in enumerate(candidates[:3]):
        if candidate.issue in parts and candidate.confidence >= LIKELY_SHARE * candidates[0].confidence:
            rest = (*candidates[:number], *candidates[number + 1 :])
            return (candidate, *rest), parts[candidate.issue], True
    return candidates, confidence, False


def parts_of(text: str) -> list[str]:
    """The first parts of a message that could each name something; none of a message in one part."""
    parts = [part.strip(" ,") for part in _JOINTS.split(plain(text))]
    parts = [part for part in parts if len(part.split()) >= FEWEST_WORDS_OF_A_PART]
    return parts[:MOST_PARTS] if len(parts) > 1 else []


def _tells(clause: str) -> bool:
    """Whether a clause says enough, of what is there, to tell of danger by itself."""
    return len(clause.split()) >= FEWEST_WORDS_OF_A_CLAUSE and not _DENIED.match(clause)


def clauses_of(text: str) -> list[str]:
    """The clauses of a message, each of which could tell of danger; of many the first and the last."""
    whole = plain(text)
    found: list[str] = []
    for joints in _STOPS:
        parts = [one.strip() for one in joints.split(whole)]
        parts = [one for one in parts if _tells(one)]
        half = MOST_CLAUSES // 2
        found += parts if len(parts) <= MOST_CLAUSES else [*parts[:half], *parts[-half:]]
    return [one for one in dict.fromkeys(found) if one != whole]


@dataclass(frozen=True)
class Reader:
    """Everything that understands a message, in one version."""

    catalog: Catalog
    rules: Rulebook
    matcher: Matcher
    library: Library
    said_before: SaidBefore

    def read(self, text: str, *, role: str = "patient", today: date | None = None) -> Reading:
        """What one message says, cold: no state, no side effect."""
        heard = self.rules.hear(text)
        said = parts_of(text)
        whole, *parts_ranked = self.matcher.rank_many([text, *said])
        clauses = [clause for clause in clauses_of(text) if clause not in said]
        ranked = _as_dangerous_as(whole, self._dangers(said, parts_ranked) + self.matcher.danger_of(clauses))
        candidates, confidence, certain = self._candidates(heard, ranked)
        parts = self._certain(said, parts_ranked)
        sure = certain or (confidence >= ranked.answer_at and heard.language == "en")
        if not sure and heard.language == "en" and not heard.leans:
            candidates, confidence, sure = _by_part(candidates, confidence, parts)
        top = candidates[0].issue
        decision = self._decision(heard, ranked, candidates, confidence, sure)
        told = self.said_before.signals(text)
        signals = tuple(dict.fromkeys([*heard.signals, *(signal for issue, signal in told if issue == top)]))
        return Reading(
            text=text,
            decision=decision,
            candidates=candidates[:SHOWN],
            confidence=confidence,
            heard=heard,
            also=tuple(issue for issue in parts if issue != top) if decision in ("answer", "handoff", "choose") else (),
            signals=signals,
            told=told,
            tried=self.said_before.steps(text),
            articles=self._articles(text, candidates, decision, sure, role, today),
            ranked=ranked,
            sure=sure,
            catalog_version=self.catalog.version,
        )

    @staticmethod
    def _dangers(parts: list[str], ranked: list[Ranked]) -> list[float]:
        return [one.danger for part, one in zip(parts, ranked, strict=True) if _tells(part)]

    def _candidates(self, heard: Heard, ranked: Ranked) -> tuple[tuple[Candidate, ...], float, bool]:
        """The candidates with a rule's issue first; the rule's certainty replaces the statistics'."""
        known = tuple(c for c in ranked.candidates if c.issue in self.catalog.intents)
        chance = next((c.confidence for c in known if c.issue == EMERGENCY), 0.0)
        others = tuple(c for c in known if c.issue != EMERGENCY)
        if _alarming(ranked.danger, chance) and heard.language == "en" and heard.issue != EMERGENCY:
            certain = max(ranked.danger, chance)
            return (Candidate(EMERGENCY, certain), *others), certain, True
        if heard.issue is None and known[0].issue == EMERGENCY and ranked.danger < DOUBTFUL:
            return _leaning(others, heard.leans), min(ranked.confidence, others[0].confidence), False
        if heard.issue is None:
            return _leaning(known, heard.leans), ranked.confidence, False
        others = tuple(c for c in known if c.issue != heard.issue)
        return (Candidate(heard.issue, CERTAIN), *others), CERTAIN, True

    def _decision(
        self, heard: Heard, ranked: Ranked, candidates: tuple[Candidate, ...], confidence: float, sure: bool
    ) -> Decision:
        top = candidates[0].issue
        if "emergency" in heard.signals or (top == EMERGENCY and sure):
            return "emergency"
        if heard.language != "en":
            return "handoff"
        route = self.catalog.intents[top].route
        if sure:
            return "handoff" if route == "emergency" else route
        offered = candidates[:3]
        if self.catalog.intents[top].priority in URGENT and candidates[0].confidence >= LIKELY:
            return "handoff"
        if any(c.issue in (EMERGENCY, MEDICAL) for c in offered[:2]) or confidence < ranked.offer_at:
            return "handoff"
        if any(self.catalog.intents[c.issue].route == "answer" for c in offered):
            return "choose"
        return "handoff"

    def _certain(self, parts: list[str], ranked: list[Ranked]) -> dict[str, float]:
        """Issues that a message names in parts of their own, each certain by itself, with how certain."""
        found: dict[str, float] = {}
        for part, rank in zip(parts, ranked, strict=True):
            heard = self.rules.hear(part)
            issue = heard.issue or (rank.candidates[0].issue if rank.confidence >= rank.answer_at else None)
            if issue and issue in self.catalog.intents and self.catalog.intents[issue].tier:
                found.setdefault(issue, CERTAIN if heard.issue else rank.confidence)
        return found

    def _articles(
        self,
        text: str,
        candidates: tuple[Candidate, ...],
        decision: Decision,
        sure: bool,
        role: str,
        today: date | None,
    ) -> tuple[str, ...]:
        """The pages of the issue; for what no issue covers, sections that may help."""
        pages = list(self.catalog.intents[candidates[0].issue].kb) if sure or decision == "choose" else []
        if not pages and decision == "handoff":
            when = today or date.min
            pages = [f"{f.section.page}#{f.section.anchor}".rstrip("#") for f in self.library.search(text, when, role)]
        return tuple(pages)
