"""Two workers, and kill -9 while one of them tells of time: each warning, breach, update and page is told exactly once."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from bot.actions.deps import Deps
from bot.actions.receive import Incoming, receive
from bot.config import load_settings
from bot.storage.columns import Keys
from bot.storage.database import reading_sessions_of
from bot.storage.tables import DeadlineRow, EventRow, MessageRow, OutboxRow
from bot.wiring import HOME, utc_now
from handoff.policy.model import Policy
from handoff.ticket import User
from tests.channels.kill_points import CLOCK_POINTS
from tests.channels.slack_double import SlackDouble
from tests.channels.slack_workspace import TIER2
from tests.channels.test_slack_chaos import nothing_waits
from tests.channels.test_slack_kill_points import RUNS, environ_of, some, supervised
from tests.conftest import TEST_KEYS
from tests.makers import days
from tests.waiting import until

URGENT, ORDINARY = "nobody at our clinic can log in, the whole system is down", "I want to talk to a person"
_users = count(1)


@pytest.fixture
def late(database: str, double: SlackDouble, deps: Deps, policy: Policy, tmp_path: Path) -> Iterator[Deps]:
    """What opens tickets, beside two workers that tell of them in the team's channel."""
    environ = environ_of(database, double, tmp_path)
    Keys.use(load_settings(environ, HOME, policy).encryption_keys())
    with supervised(environ, ["worker:1", "worker:2"], tmp_path / "processes.log"):
        yield replace(deps, team_channels={"support": TIER2})
    Keys.use(TEST_KEYS)


def a_ticket_two_days_old(deps: Deps, words: str) -> int:
    """Somebody was handed over two days ago, and nobody has looked since; the ticket's number."""
    user, then = User(f"u-late-{next(_users)}", "Lena"), utc_now() - days(2)
    last = receive(deps, Incoming(user, "in_app_chat", words), then)
    while last.conversation.ticket_number is None:
        last = receive(deps, Incoming(user, "in_app_chat", "skip"), then)
    return last.conversation.ticket_number


def quiet(engine: Engine) -> bool:
    """Everything that is due has been told, and everything told has been sent."""
    with reading_sessions_of(engine).begin() as db:
        due = (DeadlineRow.met_at.is_(None), DeadlineRow.due_at <= utc_now())
        unfired = select(DeadlineRow).where(*due, DeadlineRow.fired_at.is_(None))
        ungiven = select(DeadlineRow).where(*due, DeadlineRow.kind == "next_update", DeadlineRow.percent == 100)
        waiting = db.scalars(unfired.limit(1)).first() or db.scalars(ungiven.limit(1)).first()
        return waiting is None and nothing_waits(engine)


def wrongs(engine: Engine, double: SlackDouble, number: int) -> list[str]:
    """What was told of this ticket's clocks not once, or not at all."""
    with reading_sessions_of(engine).begin() as db:
        deadlines = db.scalars(select(DeadlineRow).where(DeadlineRow.ticket_number == number)).all()
        events = db.scalars(select(EventRow).where(EventRow.ticket_number == number)).all()
        rows = db.scalars(select(OutboxRow).where(OutboxRow.ticket_number == number)).all()
        talk = next(event.conversation_id for event in events if event.conversation_id)
        updates = db.scalars(
            select(MessageRow.body).where(MessageRow.conversation_id == talk, MessageRow.kind == "next_update")
        ).all()
    fired = Counter((one.kind, one.percent, one.cycle) for one in deadlines if one.fired_at)
    told = Counter(
        (e.data["kind"], e.data["percent"], e.data["cycle"]) for e in events if e.kind in ("warning", "breach")
    )
    there = Counter(
        m["metadata"]["event_payload"]["outbox_id"] for m in double.channels[TIER2]["messages"] if m.get("metadata")
    )
    posted = [row for row in rows if row.kind in ("warning", "breach", "page")]
    pages = [event.data["round"] for event in events if event.kind == "paged"]
    missed = sum(one[:2] == ("next_update", 100) for one in told)
    return [
        *(f"{which} was told {told[which]} times" for which in fired | told if told[which] != 1),
        # a round of calls may have come due since everything was quiet: it is not told yet, and never twice
        *(
            ["a card was not told exactly once"]
            if any(there[row.id] != (row.state in ("sent", "dead")) for row in posted)
            else []
        ),
        *([f"{len(updates)} updates were given and {missed} missed"] if len(updates) != missed else []),
        *(["a round of calls was made twice"] if len(pages) != len(set(pages)) else []),
    ]


@pytest.mark.soak
@pytest.mark.timeout(180 + 200 * RUNS)
@pytest.mark.guide("CX5", "SLA1")
def test_whoever_dies_while_telling_of_time_each_notice_is_told_once(
    late: Deps, double: SlackDouble, engine: Engine, tmp_path: Path
) -> None:
    armed, found = tmp_path / "armed", {}
    for point in some(CLOCK_POINTS, engine):
        for run in range(RUNS):
            armed.with_suffix(".died").unlink(missing_ok=True)
            armed.write_text(point)
            numbers = [a_ticket_two_days_old(late, words) for words in (URGENT, ORDINARY)]
            until(armed.with_suffix(".died").exists)
            until(lambda: quiet(engine))
            found |= {(point, run, number): wrongs(engine, double, number) for number in numbers}
    assert {where: wrong for where, wrong in found.items() if wrong} == {}
    assert double.doubled() == []
