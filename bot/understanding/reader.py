"""Text -> Reading: what is beyond doubt by rule, what is learnt, then the zones: answer, offer, hand over, ask about danger."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.understanding import giving_way
from bot.understanding.articles import Library
from bot.understanding.beside_danger import calm_clauses
from bot.understanding.danger_levels import danger_levels
from bot.understanding.details import facts_of
from bot.understanding.encoding.encoder import Vectors
from bot.understanding.intents.catalog import Catalog
from bot.understanding.intents.names import EMERGENCY, MEDICAL
from bot.understanding.phrase_matcher import PhraseMatcher, Told, told_in
from bot.understanding.reading import LIKELY, MAY_OPEN_MATTER, Candidate, Decision, Heard, Ranked, Reading, likely_at
from bot.understanding.recognizer import Found, Recognized, Recognizer
from bot.understanding.rules.rulebook import Rulebook
from bot.understanding.text.language import UNREAD, language_of, says_enough
from bot.understanding.text.phrases import PHRASES
from bot.understanding.text.plain import plain, tells_something
from bot.understanding.worrying import worries
from handoff.policy.names import EMERGENCY_TOLD, HOW_MANY_AFFECTED, URGENT

CERTAIN = 0.97
LIKELIER, SURE_TO_ALARM = 0.5, 0.8
SURE_WITHOUT_WORDS = 0.85
"""How likely an issue of ours must be for words of which none tells anything: `i dont know what to do`."""
CLAUSE_CERTAIN, CLAUSE_POSSIBLE = 0.999, 0.98
"""A clause so dangerous by itself counts whatever stands beside it: a request never hides it."""
CLAUSE_ABROAD = 0.5
"""The same in other languages, where each clause was read by itself."""
PLAINLY, PLAINLY_COUNTS = 0.7, 2.5
"""What is plainly another issue is asked about danger only from so many times the usual chance on."""
SURE_OF_A_PART, PART_OF_A_WHOLE = 0.95, 0.2
"""From which confidence on a part decides that all is urgent; and how likely what a part names must be by the whole."""
LONG, MOST_FIRED = 1000, 4
"""From so many letters on the sentence in which a rule fired is read by itself; so many sentences at most."""
SHOWN = 5
Names = tuple[str, ...]
_SENTENCES = re.compile(r"[.!?\n]+")
_ANGRY, _PRONOUNS = PHRASES.phrases["angry"], PHRASES.group("pronouns")


@dataclass(frozen=True)
class Reader:
    """Everything that understands a message, in one version."""

    catalog: Catalog
    rules: Rulebook
    recognizer: Recognizer
    library: Library
    phrase_matcher: PhraseMatcher

    def read(self, text: str, *, role: str = "patient", today: date | None = None) -> Reading:
        """What one message says, cold: no state, no side effect."""
        return self.read_many([text], role=role, today=today)[0]

    def read_many(
        self,
        texts: Sequence[str],
        *,
        role: str = "patient",
        today: date | None = None,
        vectors: Sequence[Vectors] | None = None,
    ) -> list[Reading]:
        """The same for several messages that have nothing to do with each other; one by one costs many times as much.
        `vectors` are those of the texts in pieces (`recognizer.cut`), where they are known."""
        if not texts:
            return []
        said = self.recognizer.cut(texts)
        vectors = self.recognizer.vectors(said) if vectors is None else vectors
        found = self.recognizer.recognize(said, vectors)
        seen = vectors if vectors is not None else [None] * len(said)
        return [
            self._reading(text, what, told_in(one, rows), role, today)
            for text, one, what, rows in zip(texts, said, found, seen, strict=True)
        ]

    def _reading(self, text: str, found: Found, told: Told, role: str, today: date | None) -> Reading:
        whole, parts = found.whole, found.parts
        language = language_of(text)
        alone = [*found.dangers, *(part.ranked.danger for part in parts)]
        level = self._danger(text, whole, alone, language)
        certain = self._certain_parts(parts)
        grave_at = likely_at(language)
        candidates, confidence, sure = giving_way.where_refused(
            text, *self._candidates(level, whole.ranked, certain, grave_at)
        )
        needs_words = self.catalog.intents[candidates[0].issue].tier is not None and not tells_something(text)
        sure = sure and (not needs_words or candidates[0].confidence >= SURE_WITHOUT_WORDS)
        decision = self._decision(level, whole.ranked, candidates, confidence, sure, grave_at)
        top = candidates[0].issue
        facts = self.phrase_matcher.signals(told)
        signals = self._signals(level, (*whole.signals, *found.told), facts, told, text, candidates[0])
        return Reading(
            text=text,
            decision=decision,
            candidates=candidates[:SHOWN],
            confidence=confidence,
            heard=Heard(
                signals=signals,
                issue=EMERGENCY if level == "certain" else None,
                details=_as_asked(facts_of(text)),
                rules=self.rules.fired(text),
                language=language,
                told=says_enough(text, language),
            ),
            also=self._also_named(decision, text, certain, top),
            signals=signals,
            told=facts,
            tried=tuple(dict.fromkeys([*whole.tried, *self.phrase_matcher.steps(told, [candidates[0].issue])])),
            articles=self._articles(text, candidates, decision, sure, role, today),
            ranked=whole.ranked,
            sure=sure,
            catalog_version=self.catalog.version,
        )

    def _signals(
        self, level: str, heard: Names, facts: tuple[tuple[str, str], ...], told: Told, text: str, first: Candidate
    ) -> Names:
        """The facts that set a priority: danger and anger, what is learnt, and what the first issue's file names."""
        raised = [EMERGENCY_TOLD] if level == "certain" else []
        if _ANGRY.is_in(text):
            raised.append("angry")
        of_issue = [signal for issue, signal in facts if issue == first.issue]
        intent = self.catalog.intents[first.issue]
        yields = {rule.signal: rule.unless_nearer for rule in intent.signals if rule.unless_nearer}
        if first.confidence >= LIKELIER and (intent.one_signal_holds or yields):
            nearest = self.phrase_matcher.nearest_signal(told, first.issue)
            heard = tuple(one for one in heard if yields.get(one) not in nearest)
            of_issue += nearest if intent.one_signal_holds else ()
        return tuple(dict.fromkeys([*raised, *heard, *of_issue]))

    def _also_named(self, decision: Decision, text: str, certain: Mapping[str, float], top: str) -> Names:
        if decision == "emergency":
            return tuple(self._certain_parts(calm_clauses(text, self.recognizer)))
        return self._also(certain, top) if decision in MAY_OPEN_MATTER else ()

    def _also(self, certain: Mapping[str, float], top: str) -> tuple[str, ...]:
        """What else is named; a matter for people only when it is all but sure, because it opens a request of its own."""
        steps = {issue for issue in certain if self.catalog.intents[issue].route == "answer"}
        return tuple(one for one, sure in certain.items() if one != top and (one in steps or sure >= SURE_OF_A_PART))

    def _danger(self, text: str, whole: Recognized, alone: list[float], language: str) -> str:
        """`certain`, `possible` or nothing: by rule, by the whole message, or by one clause that is sure by itself."""
        levels = danger_levels()
        possible = levels.possible if language == "en" else levels.abroad
        own, most = whole.ranked.danger, max(alone, default=0.0)
        if self.rules.fired(text):
            most = max(most, self._in_its_sentence(text)) if len(text) >= LONG else most
            unread = language in UNREAD  # then the rule alone has read it
            return "certain" if unread or max(own, most) >= levels.doubted_in(language) else "possible"
        if _is_one_empty_word(text):
            return ""
        if own >= levels.certain or most >= CLAUSE_CERTAIN:
            return "certain"
        if most >= (CLAUSE_POSSIBLE if language == "en" else CLAUSE_ABROAD):
            return "possible"
        if worries(text):
            return "possible"
        first = whole.ranked.candidates[0]
        plainly = first.issue != EMERGENCY and first.confidence >= PLAINLY
        if plainly and own < PLAINLY_COUNTS * possible:
            return ""
        if own >= possible or (most >= levels.clause and own >= levels.beside):
            return "possible"
        return ""

    def _in_its_sentence(self, text: str) -> float:
        """The chance of danger of the sentences of a long text in which a rule fired, each read by itself: the whole says little
        of one line among hundreds."""
        fired = [one for one in _SENTENCES.split(text) if one.strip() and self.rules.fired(one)]
        said = self.recognizer.cut(fired[:MOST_FIRED])
        found = self.recognizer.recognize(said, self.recognizer.vectors(said)) if said else []
        return max((one.whole.ranked.danger for one in found), default=0.0)

    def _candidates(
        self, level: str, ranked: Ranked, certain: Mapping[str, float], grave_at: float
    ) -> tuple[tuple[Candidate, ...], float, bool]:
        """The candidates best first, how certain the first is, and whether that is enough to act on."""
        known = giving_way.to_neighbours(
            tuple(c for c in ranked.candidates if c.issue in self.catalog.intents), self.catalog
        )
        if level == "certain":
            others = tuple(c for c in known if c.issue != EMERGENCY)
            return (Candidate(EMERGENCY, CERTAIN), *others), CERTAIN, True
        if known[0].issue == EMERGENCY and not level:
            known = (*known[1:], known[0])
        urgent = next((one for one, sure in certain.items() if self._goes_first(one) and sure >= SURE_OF_A_PART), None)
        if urgent is not None and urgent != known[0].issue:
            others = tuple(c for c in known if c.issue != urgent)
            return (Candidate(urgent, certain[urgent]), *others), certain[urgent], True
        matter = giving_way.beside_anger(known, self.catalog)
        if matter is not None:
            return (matter, *(c for c in known if c is not matter)), ranked.confidence, False
        first = known[0]
        doubted = self.catalog.intents[first.issue].is_grave and first.confidence < grave_at
        if not doubted and (ranked.confidence >= ranked.answer_at or self._needs_little(first)):
            return known, ranked.confidence, True
        grave = self._goes_first(first.issue)
        for number, candidate in enumerate(() if grave else known[:3]):
            named = certain.get(candidate.issue, 0.0)
            certainly = named >= SURE_OF_A_PART and not (doubted and candidate is first)
            if named and self.catalog.intents[candidate.issue].route != "answer" and not certainly:
                break
            if named and candidate.confidence >= max(first.confidence / 2, PART_OF_A_WHOLE):
                rest = (*known[:number], *known[number + 1 :])
                return (candidate, *rest), named, True
        return known, ranked.confidence, False

    def _goes_first(self, issue: str) -> bool:
        """Security, privacy, lost data and the like: named in a part of a message, they decide its way (O22)."""
        intent = self.catalog.intents[issue]
        return intent.route == "handoff" and intent.priority == "critical"

    def _needs_little(self, first: Candidate) -> bool:
        """Where no steps are given, being likelier than all others together is enough: a short answer, or people."""
        intent = self.catalog.intents[first.issue]
        enough = SURE_TO_ALARM if intent.priority == "critical" else LIKELIER
        return intent.route != "answer" and first.confidence >= enough

    def _decision(
        self,
        level: str,
        ranked: Ranked,
        candidates: tuple[Candidate, ...],
        confidence: float,
        sure: bool,
        grave_at: float,
    ) -> Decision:
        top = candidates[0]
        if level == "certain":
            return "emergency"
        if level == "possible" or top.issue == EMERGENCY:
            return "safety_check"
        intent = self.catalog.intents[top.issue]
        if sure:
            return _ROUTES[intent.route]
        if intent.priority in URGENT and top.confidence >= (grave_at if intent.is_grave else LIKELY):
            return "handoff"
        offered = candidates[:3]
        if offered[0].issue == MEDICAL or confidence < ranked.offer_at:
            return "handoff"
        if any(self.catalog.intents[c.issue].route == "answer" for c in offered):
            return "choose"
        return "handoff"

    def _certain_parts(self, parts: Sequence[Recognized]) -> dict[str, float]:
        """Issues that a message names in parts of their own, each certain by itself, with how certain."""
        certain: dict[str, float] = {}
        for part in parts:
            ranked = part.ranked
            issue = ranked.candidates[0].issue
            tier = self.catalog.intents[issue].tier if issue in self.catalog.intents else None
            if tier and ranked.confidence >= ranked.answer_at:
                certain.setdefault(issue, ranked.confidence)
        return certain

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


def _is_one_empty_word(text: str) -> bool:
    """`he`, `it`: a word that tells nothing, of which no reading can tell anything either."""
    return plain(text).strip(" .!?") in _PRONOUNS


AS_ASKED = {"how_many": HOW_MANY_AFFECTED, "place_now": "time_zone"}
"""What the questions of the intents files call a fact that has another name where it is heard."""


def _as_asked(facts: Mapping[str, str]) -> dict[str, str]:
    return {AS_ASKED.get(name, name): value for name, value in facts.items()}


_ROUTES: Mapping[str, Decision] = {
    "answer": "answer",
    "handoff": "handoff",
    "emergency": "safety_check",
    "decline": "decline",
    "smalltalk": "smalltalk",
    "facts": "smalltalk",
}
"""What a certain issue leads to, by the route its file names."""
