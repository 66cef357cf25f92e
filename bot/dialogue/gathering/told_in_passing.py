"""Answers that stood in what was told before, in words of another form than the question asks for: a visit that runs now, the last
good day, what is looked for, a picture that is black."""

import re
from collections.abc import Iterator

from bot.dialogue.gathering.choices import CLAUSE, Question
from bot.dialogue.hearing.times import TELLS_TIME, as_time
from bot.dialogue.hearing.visit_now import ABROAD, STARTS_NOW, VISIT_RUNS
from bot.dialogue.reply import Reply
from bot.understanding.details import day_in
from bot.understanding.intents.names import CANT_FIND_FEATURE, CANT_RESCHEDULE, FEATURE_MISSING, JOIN_VIDEO, PRIVACY
from bot.understanding.text.phrases import PHRASES
from bot.understanding.text.plain import neat, plain
from handoff.policy.names import PAGE_OR_FEATURE

DAY, NOW = "appointment_date", re.compile(r"\bnow\b|\bin (?:about |like )?\w+ min")
LAST_GOOD = frozenset(("last_seen", "last_worked"))
WAS_GOOD, LOOKS_FOR = PHRASES.phrases["was_good"], PHRASES.phrases["looks_for"]
NEW, SCREEN_SAYS = "new_time", PHRASES.phrases["screen_says"]
SEEN_IN = re.compile(
    r"\b(?:open(?:ed|ing)?|in|under|look(?:ed|ing)? at|check(?:ed|ing)?|saw|see) (?:my|the|our) (?P<thing>(?:test |lab )?"
    r"(?:results?|messages?|letters?|documents?|prescriptions?|appointments?|notes?|records?|invoices?|bills?|inbox|profile|files?))\b"
)
"""Where something was seen that is another's, named with what was done there."""
NAMED_THING = re.compile(
    r"(?:^|\b(?:the|my|our|no|an?|his|her|this) )(?P<thing>(?!missing |other |same |whole |new )(?:[\w'&-]+ ){1,3}?"
    r"(?:button|tab|option|menu|link|icon|entry|feature|section|field|tick ?box|check ?box))\b",
    re.IGNORECASE,
)
"""A thing on the screen with the name before it."""
AMOUNT, TWO_SUMS = (
    "amount",
    re.compile(r"[$€£]?\d+(?:[.,]\d+)? (?:instead of|rather than|for|not) [$€£]?\d+(?:[.,]\d+)?"),
)
MESSAGES = frozenset("error_message lock_message reset_message".split())
MOVES = re.compile(
    r"\b(?:from|off) (?:the )?(?P<old>[^,.;!?]{2,25}?) (?:to|for|until) (?:the )?(?!an?other |other |a )(?P<new>[^,;!?]{2,30})|"
    r"\b(?:to|for) (?:the )?(?!an?other |other |a )(?P<alone>[^,;!?]{2,30})"
)
ENDS = re.compile(r"\s(?:instead|because|but|and|as|please|in the app|in app|with|if|so|since)\b.*|[.]\s.*|[.]$")
MOVED = re.compile(r"\b(?:mov|chang|reschedul|switch|shift|push|prepon|postpon|bring|put|swap)\w*\b")
"""What says that a visit is to be at another time, and where the new time ends."""
TODAY = "today"
BEGAN, VISITS = "when_started", PHRASES.group("visits")
THIS_DAY = re.compile(
    r"^(today|this (?:morning|afternoon|evening)|tonight)\b|\b(today|this (?:morning|afternoon|evening)|tonight)$"
)
SEES_NOTHING, PICTURE = PHRASES.phrases["sees_nothing"], "picture"


def answer_told(reply: Reply, question: Question) -> str | None:
    """What earlier words answer; None where they tell nothing of it."""
    if question.id == DAY and reply.conversation.issue == JOIN_VIDEO:
        return _now(reply)
    if reply.conversation.issue == CANT_RESCHEDULE and question.id in (NEW, DAY):
        return _moved(reply, "new" if question.id == NEW else "old")
    if question.id == PAGE_OR_FEATURE and reply.conversation.issue == PRIVACY:
        return next((one["thing"] for words in _clauses(reply) if (one := SEEN_IN.search(neat(words).lower()))), None)
    if question.id in MESSAGES and not question.choices:
        return next((one.strip() for one in _clauses(reply) if SCREEN_SAYS.is_in(one)), None)
    if question.id in LAST_GOOD and not question.choices:
        return _last_good(reply)
    if question.id == BEGAN:
        return _began_now(reply, question)
    if question.id == PAGE_OR_FEATURE and reply.conversation.issue == CANT_FIND_FEATURE:
        return _looked_for(reply)
    if question.id == AMOUNT and not question.choices:
        return _two_sums(reply)
    if question.id == PAGE_OR_FEATURE and reply.conversation.issue == FEATURE_MISSING:
        return _named_thing(reply)
    if question.id == PAGE_OR_FEATURE and reply.conversation.issue == JOIN_VIDEO:
        return _not_seen(reply, question)
    return None


def _clauses(reply: Reply) -> Iterator[str]:
    return (one for words in reply.conversation.words for one in CLAUSE.split(words) if one.strip())


def _now(reply: Reply) -> str | None:
    """`right now`, `in 5 min`, of a visit that was told to run or to begin."""
    told = (as_time(one, DAY) for one in _clauses(reply) if _runs(one))
    return next((one for one in told if one is not None and NOW.search(plain(one))), None)


def is_the_new_day(reply: Reply, question: str, value: str) -> bool:
    """`move it to thursday` tells no day of the visit as it is."""
    of_visit = question == DAY and reply.conversation.issue == CANT_RESCHEDULE
    return of_visit and value in (_moved(reply, "new") or "") and value not in (_moved(reply, "old") or "")


def _moved(reply: Reply, which: str) -> str | None:
    """The day from which a visit is to be moved, or to which: `from the 14th to the 11th`, `move it to thursday`."""
    for words in reply.conversation.words:
        said = neat(words)
        found = MOVES.search(said, begun.end()) if (begun := MOVED.search(said.lower())) is not None else None
        if found is None:
            continue
        told = ENDS.sub("", found["old"] or "" if which == "old" else found["new"] or found["alone"] or "").strip()
        if told and TELLS_TIME.is_in(told):
            return told
    return None


def _runs(clause: str) -> bool:
    return any(one.is_in(clause) for one in (VISIT_RUNS, ABROAD, STARTS_NOW)) or NOW.search(plain(clause)) is not None


def _last_good(reply: Reply) -> str | None:
    """The day on which it was there still: `it was there on sunday`."""
    return next((day for one in _clauses(reply) if WAS_GOOD.is_in(one) and (day := day_in(one))), None)


def _began_now(reply: Reply, question: Question) -> str | None:
    """`slow today`, of what is at fault at all: the day with which its first words begin or end; not when a visit is."""
    said = [plain(one).strip(" .!") for words in reply.conversation.words[:1] for one in CLAUSE.split(words)]
    own = (one for one in said if VISITS.isdisjoint(one.split()))
    day = next((found[0] for one in own if (found := THIS_DAY.search(one)) is not None), None)
    if day is None or not question.choices:
        return day
    return next((one for one in question.choices if plain(one) == TODAY), day)


def _looked_for(reply: Reply) -> str | None:
    """`i can't find where the bill is`, in the user's own words."""
    found = (LOOKS_FOR.expression.search(neat(one).lower()) for one in _clauses(reply))
    return next((one["thing"].strip() for one in found if one is not None), None)


def _named_thing(reply: Reply) -> str | None:
    """`the Check in button is gone`: what is missing, by the name it was told by."""
    found = (NAMED_THING.search(neat(one)) for one in _clauses(reply))
    return next((one["thing"].strip() for one in found if one is not None), None)


def _two_sums(reply: Reply) -> str | None:
    """`500 for 250`, `80 instead of 40`: what was charged, and what was expected."""
    found = (TWO_SUMS.search(neat(one)) for one in _clauses(reply))
    return next((one[0] for one in found if one is not None), None)


def _not_seen(reply: Reply, question: Question) -> str | None:
    """The choice of the picture, where it was told to be black."""
    told = any(SEES_NOTHING.is_in(one) for one in _clauses(reply))
    return next((one for one in question.choices if PICTURE in plain(one).split()), None) if told else None
