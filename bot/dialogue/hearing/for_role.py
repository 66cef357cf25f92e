"""Whose matter it is: a patient is never answered with, or offered, what only doctors and clinic staff have."""

from collections.abc import Mapping
from dataclasses import replace

from bot.dialogue.conversation import Conversation
from bot.understanding.intents.intent_file import Intent
from bot.understanding.reading import DANGEROUS, Candidate, Decision, Reading
from bot.understanding.text.phrases import PHRASES

Intents = Mapping[str, Intent]
OF_THE_CLINIC, NOT_OF_IT = PHRASES.phrases["of_the_clinic"], PHRASES.phrases["not_of_the_clinic"]
PATIENT = "patient"
SURE_OF_A_FACT, WORTH_OFFERING, OFFERED = 0.7, 0.1, 3
"""How likely a short answer must be among what is left to be given at once; and an issue, to be one of so many that are offered."""


def fitted(known: Conversation, reading: Reading, intents: Intents) -> Reading:
    """The reading without what is not this user's; somebody whose words are a doctor's or a desk's is none of the patients."""
    role = known.user.role
    if role != PATIENT or _is_of_the_clinic((*known.words, reading.text)):
        return reading
    mine = tuple(one for one in reading.candidates if _is_for(role, one.issue, intents))
    if len(mine) == len(reading.candidates) or not mine:
        return reading
    also = tuple(issue for issue in reading.also if _is_for(role, issue, intents))
    left = replace(reading, candidates=mine, also=also)
    if mine[0] == reading.candidates[0] or reading.decision in DANGEROUS:
        return left
    return _read_anew(left, 1.0 - sum(one.confidence for one in reading.candidates if one not in mine), intents)


def _is_of_the_clinic(told: tuple[str, ...]) -> bool:
    """By their words, unless they say that they are none of it: `im not a clinic, im his mum`."""
    return any(OF_THE_CLINIC.is_in(one) for one in told) and not any(NOT_OF_IT.is_in(one) for one in told)


def _is_for(role: str, issue: str, intents: Intents) -> bool:
    return issue not in intents or not intents[issue].roles or role in intents[issue].roles


def _read_anew(left: Reading, rest: float, intents: Intents) -> Reading:
    """The first was somebody else's: of the others none is sure but a fact of the service, and what is likely is offered."""
    near = tuple(Candidate(one.issue, min(1.0, one.confidence / max(rest, 1e-6))) for one in left.candidates)
    first = near[0]
    sure = intents[first.issue].route == "facts" and first.confidence >= SURE_OF_A_FACT
    offered = [one for one in near[:OFFERED] if one.confidence >= WORTH_OFFERING]
    steps = any(intents[one.issue].route == "answer" for one in offered)
    decision: Decision = "smalltalk" if sure else "choose" if steps else "handoff"
    shown = tuple(offered) if decision == "choose" else near
    return replace(left, decision=decision, candidates=shown, confidence=first.confidence, sure=sure)
