"""What plain words tell where the statistics are not sure: a stranger's name over everything, what others set up, what was taken away;
a clinical question amid a wrong prescription, and a visit that is not found."""

from collections.abc import Mapping
from dataclasses import replace

from bot.dialogue.conversation import Conversation
from bot.understanding.intents.intent_file import Intent
from bot.understanding.intents.names import (
    CANT_FIND_FEATURE,
    DATA_LOSS,
    MEDICAL,
    PRIVACY,
    SECURITY,
    UNKNOWN,
    WRONG_INFORMATION,
)
from bot.understanding.reading import DANGEROUS, Candidate, Decision, Reading
from bot.understanding.text.phrases import PHRASES
from bot.understanding.worrying import worries
from handoff.policy.names import CRITICAL_FACTS, DATA_LOST, PHI_EXPOSURE, SECURITY_BREACH_SUSPECTED

SURE = 0.95
FOR_ANOTHER, HARDLY = PHRASES.phrases["for_anothers_account"], 0.2
"""A carer's wish for somebody's account, and under which chance such words speak of no danger."""
OWN_NEWS = PHRASES.phrases["own_hard_news"]
"""Who reads in their own results that they are gravely ill has seen no stranger's: a clinical question, however like the words are."""
TELLS = (
    (PRIVACY, PHI_EXPOSURE, PHRASES.phrases["in_another_name"], ""),
    (PRIVACY, PHI_EXPOSURE, PHRASES.phrases["known_by_staff"], ""),
    (SECURITY, SECURITY_BREACH_SUSPECTED, PHRASES.phrases["set_up_by_another"], "account."),
    (DATA_LOSS, DATA_LOST, PHRASES.phrases["taken_away"], ""),
    (MEDICAL, None, PHRASES.phrases["asks_to_take_another"], WRONG_INFORMATION),
    (CANT_FIND_FEATURE, None, PHRASES.phrases["cannot_find_visit"], ""),
)
"""The issue, its fact, the words that tell it, and amid which issues alone they do."""


def fitted(known: Conversation, reading: Reading, intents: Mapping[str, Intent]) -> Reading:
    """The reading with what its words plainly tell put first; no other grave fact is heard in them. Danger goes before it, and what is
    sure or grave before a calm one."""
    if _is_for_anothers_account(reading) and UNKNOWN in intents and known.step is None and known.ticket is None:
        return _put_first(reading, intents[UNKNOWN], None)
    if reading.decision in DANGEROUS:
        return reading
    if reading.issue == PRIVACY and MEDICAL in intents and OWN_NEWS.is_in(reading.text):
        return _put_first(reading, intents[MEDICAL], None)
    about = known.issue or next(iter(known.solved[-1:]), "")
    for issue, fact, words, amid in TELLS:
        if not (fact or amid) and (reading.sure or intents[reading.issue].is_grave):
            continue
        if issue in intents and about.startswith(amid) and words.is_in(reading.text):
            return _put_first(reading, intents[issue], fact)
    return reading


def _is_for_anothers_account(reading: Reading) -> bool:
    """For people, whatever it is likest to: with hardly a sign of danger, and none beyond doubt."""
    danger = reading.ranked.danger if reading.ranked is not None else 0.0
    calm = reading.decision != "emergency" and not reading.heard.rules and danger < HARDLY and not worries(reading.text)
    return calm and FOR_ANOTHER.is_in(reading.text)


def _put_first(reading: Reading, intent: Intent, fact: str | None) -> Reading:
    others = tuple(one for one in reading.candidates if one.issue != intent.id)
    decisions: Mapping[str, Decision] = {"answer": "answer", "handoff": "handoff"}
    return replace(
        reading,
        decision=decisions.get(intent.route, "decline"),
        candidates=(Candidate(intent.id, SURE), *others),
        confidence=SURE,
        signals=(*(one for one in reading.signals if one not in CRITICAL_FACTS), *((fact,) if fact else ())),
        told=tuple(one for one in reading.told if one[0] == intent.id),
        sure=True,
    )
