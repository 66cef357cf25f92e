"""A visit that runs now or starts within minutes, a stated deadline, a medicine that has run out: who is short of time reaches people
at once."""

import re

from bot.dialogue.hearing import party
from bot.dialogue.hearing.times import TELLS_TIME
from bot.dialogue.reply import Reply
from bot.understanding.intents.names import JOIN_VIDEO, OF_VISITS
from bot.understanding.text.phrases import PHRASES
from handoff.facts import CANNOT_WAIT
from handoff.policy.names import CRITICAL_WORKFLOW_BLOCKED

VISIT_RUNS, ABROAD, IT_RUNS, DEADLINE, IN_TIME = (
    PHRASES.phrases[name] for name in ("visit_runs", "visit_runs_abroad", "it_runs", "tells_deadline", "asks_in_time")
)
TODAY_ABROAD, NOW_ABROAD = PHRASES.phrases["visit_today_abroad"], PHRASES.phrases["is_now_abroad"]
STARTS_NOW, RUNS_OUT, HURRIES, WORKS_NOW = (
    PHRASES.phrases[one] for one in ("starts_now", "medicine_runs_out", "hurries", "works_now")
)
SOON, SAYS_TODAY = "visit_soon", ("today", "tonight", "this morning", "this afternoon", "this evening")
_CLAUSES = re.compile(r"[.,;:!?]+\s+|\s+(?=(?:and|but|because|cause|cos) )")


def is_told(reply: Reply) -> bool:
    """`the visit is right now`; `it's happening NOW` and `now` where a visit is what is looked at."""
    text = reply.message.text
    if not reply.typed:
        return False
    if VISIT_RUNS.is_in(text) or ABROAD.is_in(text):
        return True
    of_visit = (reply.conversation.issue or "").startswith(OF_VISITS)
    if JOIN_VIDEO in (reply.conversation.issue, reply.reading.issue) and NOW_ABROAD.is_in(text):
        return True
    return of_visit and (IT_RUNS.is_in(text) or starts_now(reply) or party.waits(reply))


def starts_now(reply: Reply) -> bool:
    """`it starts now`, `my visit is starting`, also as a clause of more words that tell no success."""
    if STARTS_NOW.is_in(reply.message.text):
        return True
    return reply.meant.act != "helped" and any(map(STARTS_NOW.is_in, _CLAUSES.split(reply.message.text)))


def is_start_of_a_thing(reply: Reply, said: str) -> bool:
    """`it starts now`, where no visit is looked at and none is told to begin in so many minutes: an app does."""
    of_visit = (reply.conversation.issue or "").startswith(OF_VISITS)
    return not of_visit and STARTS_NOW.is_in(said) and WORKS_NOW.is_in(said) and not is_told(reply)


def is_within_minutes(text: str) -> bool:
    """A visit, of which these words tell the time, runs or begins within minutes."""
    return any(one.is_in(text) for one in (VISIT_RUNS, STARTS_NOW, HURRIES))


def starts_later(reply: Reply) -> bool:
    """`it starts at 5`, `on friday`: a time that is told, and neither that it is now nor that there is no time."""
    text = reply.message.text
    timed = reply.typed and TELLS_TIME.is_in(text) and SOON not in reply.fresh
    return timed and not (HURRIES.is_in(text) or is_told(reply) or starts_now(reply))


def is_later_than(reply: Reply, label: str) -> bool:
    """The same of what a button says; `its at 2 today` is no later than `The visit is today`."""
    text, today = reply.message.text.lower(), SAYS_TODAY[0] in label.lower()
    return starts_later(reply) and not (today and any(one in text for one in SAYS_TODAY))


def tells_deadline(reply: Reply) -> bool:
    """`i need it by 5 today`, `i have surgery on wednesday`, of a matter that is looked at."""
    return reply.typed and reply.conversation.issue is not None and DEADLINE.is_in(reply.message.text)


def asks_in_time(reply: Reply) -> bool:
    """`will somebody be in time?`"""
    return reply.typed and IN_TIME.is_in(reply.message.text)


def is_today_abroad(reply: Reply) -> bool:
    """A visit is today, in another language: nobody there is given a step, and so people must be in time."""
    return reply.typed and TODAY_ABROAD.is_in(reply.message.text)


def facts_told(reply: Reply) -> tuple[str, ...]:
    """The facts of the guide that such words state."""
    out = reply.typed and RUNS_OUT.is_in(reply.message.text)
    told = {
        SOON: is_told(reply) or is_today_abroad(reply),
        CANNOT_WAIT: tells_deadline(reply),
        CRITICAL_WORKFLOW_BLOCKED: out,
    }
    return tuple(fact for fact, is_so in told.items() if is_so)
