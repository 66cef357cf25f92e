"""The weekly report on a simulated fortnight: the main figures counted again by plain SQL and arithmetic of its own."""

import json
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from statistics import mean, median

import pytest
from sqlalchemy import select, text

from bot.actions import report
from bot.actions.deps import Deps
from bot.mind import Mind
from bot.simulation import simulate as simulation
from bot.simulation.simulate import Plan, simulate
from bot.storage import conversations
from bot.storage.tables import ConversationRow, OutboxRow
from handoff.policy.model import Policy
from tests.actions.simulated_month import (
    BEFORE,
    END,
    START,
    WEEK,
    Event,
    Month,
    cycles,
    deps_at,
    moment,
    opening_minutes,
    priority_before,
)
from tests.makers import hours
from tests.once import made_once

PARTS = ("1. Total tickets received", "2. Tickets by priority", "3. Average response/resolution time")
FIRST_RESPONSE = {"critical": 15, "high": 60, "medium": 240, "low": 1440}
RESOLUTION = {"critical": 240, "high": 1440, "medium": 4320, "low": 10080}
"""Minutes, from the guide's table and not from our data files."""


@pytest.fixture(scope="module")
def month(tmp_path_factory: pytest.TempPathFactory, policy: Policy, mind: Mind) -> Iterator[Month]:
    """Two weeks with about a third of the usual traffic, seed 1."""

    def made(path: Path) -> None:
        deps = deps_at(path, policy, mind)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(simulation, "SWEEP_EVERY", hours(2))
            simulate(deps, Plan(2, 1, END, traffic=0.35), lambda *_: None)
        deps.sessions.kw["bind"].dispose()

    whole = made_once(tmp_path_factory, "month.db", made)
    deps = deps_at(Path(shutil.copy(whole, tmp_path_factory.mktemp("month"))), policy, mind)
    with deps.reading.begin() as db:
        found = text("SELECT kind, conversation_id, ticket_number, at, data FROM events ORDER BY id")
        events = [Event(k, c, n, moment(at), json.loads(d)) for k, c, n, at, d in db.execute(found)]
        channels = dict(db.execute(text("SELECT id, channel FROM conversations")).all())
    yield Month(deps, report.figures_of(deps, WEEK, END), events, channels)
    deps.sessions.kw["bind"].dispose()


@pytest.mark.guide("WR1", "WR2", "ME4")
def test_received_tickets_are_the_rows_of_the_week(month: Month) -> None:
    with month.deps.reading.begin() as db:
        found = text("SELECT number FROM tickets WHERE opened_at >= :a AND opened_at < :b")
        span = {"a": str(START.replace(tzinfo=None)), "b": str(END.replace(tzinfo=None))}
        numbers = db.scalars(found, span).all()

    by_priority = dict.fromkeys(FIRST_RESPONSE, 0)
    for number in numbers:
        by_priority[next(e.data["priority"] for e in month.of(number) if e.kind == "triaged")] += 1
    assert month.report.received == len(numbers) > 8
    assert month.report.by_priority == by_priority
    assert sum(month.report.volume[-1][1].values()) == len(numbers)
    assert sum(month.report.volume[-2][1].values()) == len({e.ticket for e in month.events if e.kind == "new"}) - len(
        numbers
    )


@pytest.mark.guide("ME1", "WR3")
def test_first_responses_are_the_same_when_counted_by_hand(month: Month) -> None:
    took, settled, within = [], 0, 0
    for opened in (e for e in month.events if e.kind == "new"):
        replies = [e.at for e in month.of(opened.ticket) if e.kind in ("staff_reply", "resolved")]
        at = min(replies, default=None)
        priority = priority_before(month, opened.ticket, at or END)
        due = opened.at + timedelta(minutes=FIRST_RESPONSE[priority])
        if month.channels[opened.conversation] != "email":
            whole = opened.at.replace(second=0, microsecond=0)
            due = min(due, opening_minutes(whole, 240) + (opened.at - whole))
        if START <= min(due, at or due) < END:
            settled += 1
            within += at is not None and at <= due
        if at is not None and START <= at < END:
            took.append((at - opened.at).total_seconds())

    counted = month.report.first_response
    assert (counted.settled, counted.within, counted.answered) == (settled, within, len(took)) and settled > 8
    assert counted.mean.total_seconds() == pytest.approx(mean(took), abs=1)
    assert counted.median.total_seconds() == pytest.approx(median(took), abs=1)


@pytest.mark.guide("ME2", "WR3")
def test_resolutions_are_the_same_when_counted_by_hand(month: Month) -> None:
    took, settled, within = [], 0, 0
    for number in {e.ticket for e in month.events if e.kind == "new"}:
        for begun, ended, waited, paused in cycles(month.of(number)):
            due = begun + timedelta(minutes=RESOLUTION[priority_before(month, number, ended or END)]) + waited
            if ended is not None and START <= ended < END:
                took.append((ended - begun).total_seconds())
            if START <= min(due, ended or due) < END and not (paused and ended is None):
                settled += 1
                within += ended is not None and ended <= due

    counted = month.report.resolution
    assert (counted.settled, counted.within, counted.answered) == (settled, within, len(took)) and settled > 8
    assert counted.mean.total_seconds() == pytest.approx(mean(took), abs=1)
    assert counted.median.total_seconds() == pytest.approx(median(took), abs=1)


@pytest.mark.guide("ME5", "WR6", "O10")
def test_escalations_are_the_same_when_counted_by_sql(month: Month) -> None:
    span = {"a": str(START.replace(tzinfo=None)), "b": str(END.replace(tzinfo=None))}
    raised = text(
        "SELECT count(DISTINCT conversation_id) FROM events WHERE at >= :a AND at < :b "
        "AND kind IN ('issue', 'handing_over', 'emergency', 'new')"
    )
    reasons = text(
        "SELECT json_extract(data, '$.reason'), count(*) FROM events WHERE kind = 'new' AND at >= :a AND at < :b "
        "GROUP BY 1"
    )
    with month.deps.reading.begin() as db:
        conversations_raised = db.scalar(raised, span)
        by_reason = dict(db.execute(reasons, span).all())

    counts = month.report.escalations
    assert counts.conversations == conversations_raised > 20
    assert counts.by_reason == by_reason and counts.to_tier_2 == sum(by_reason.values())
    assert counts.rate == pytest.approx(100 * sum(by_reason.values()) / conversations_raised)
    assert counts.to_tier_3 == len(month.inside("escalated"))


@pytest.mark.guide("ME3", "WR4", "O1")
def test_satisfaction_is_the_same_when_counted_from_the_votes(month: Month) -> None:
    with month.deps.reading.begin() as db:
        rows = db.execute(text("SELECT about, helpful, score, at FROM ratings")).all()
    scores = {"bot": [], "ticket": []}
    for about, helpful, score, at in rows:
        if START <= moment(at) < END:
            scores[about].append(score or (5 if helpful else 1))

    for votes, own in ((month.report.bot_votes, scores["bot"]), (month.report.people_votes, scores["ticket"])):
        assert votes.count == len(own) > 0 and votes.score == pytest.approx(mean(own))
    assert month.report.votes.count == len(scores["bot"]) + len(scores["ticket"])


@pytest.mark.guide("WR5")
def test_issues_and_outcomes_are_the_same_when_counted_from_the_log(month: Month) -> None:
    issues: dict[str, int] = {}
    for event in month.inside("issue"):
        issues[event.data["issue"]] = issues.get(event.data["issue"], 0) + 1

    shown = dict(month.report.issues)
    assert all(issues[issue] == count for issue, count in shown.items())
    assert sorted(shown.values(), reverse=True) == sorted(issues.values(), reverse=True)[: len(shown)]
    assert month.report.bot_outcomes.solved == len([e for e in month.inside("solved") if e.data["issue"]]) > 5
    assert month.report.bot_outcomes.handed_over == len(month.inside("new"))
    closed = [e.data["how"] for e in month.inside("closed")]
    assert month.report.people_outcomes.solved == closed.count("confirmed")
    assert month.report.people_outcomes.silent == closed.count("silent")


def test_open_and_overdue_are_what_the_desk_shows(month: Month) -> None:
    with month.deps.reading.begin() as db:
        still = db.scalar(text("SELECT count(*) FROM tickets WHERE status NOT IN ('resolved', 'closed')"))

    assert sum(month.report.open_tickets.values()) == still
    assert 0 <= month.report.overdue <= still


@pytest.mark.guide("T1.7")
def test_the_assistants_first_answers_are_counted_for_every_conversation(month: Month) -> None:
    asked = text(
        "SELECT count(*) FROM (SELECT conversation_id, min(at) AS first FROM messages WHERE said_by = 'user' "
        "GROUP BY 1) WHERE first >= :a AND first < :b"
    )
    with month.deps.reading.begin() as db:
        count = db.scalar(asked, {"a": str(START.replace(tzinfo=None)), "b": str(END.replace(tzinfo=None))})

    assert month.report.bot_answers.settled == count > 20
    assert month.report.bot_answers.missed == 0 and month.report.self_service.within > 0


def test_the_same_seed_gives_the_same_report(
    tmp_path: Path, policy: Policy, mind: Mind, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(simulation, "SWEEP_EVERY", hours(12))
    reports = []
    for name in ("one", "two"):
        deps = deps_at(tmp_path / f"{name}.db", policy, mind)
        simulate(deps, Plan(1, 7, END, traffic=0.08), lambda *_: None)
        reports.append(report.weekly_report(deps, WEEK, END))
        deps.sessions.kw["bind"].dispose()

    assert reports[0] == reports[1] and reports[0].count("\n") > 40


def test_a_simulation_sends_nothing_and_leaves_nothing_waiting(month: Month) -> None:
    with month.deps.reading.begin() as db:
        rows = db.scalars(select(OutboxRow)).all()

    assert rows and {row.state for row in rows} == {"sent"}
    assert all(row.external_id.startswith("simulated:") for row in rows)


@pytest.mark.guide("WR1", "WR2", "WR3", "WR4", "WR5", "WR6", "WR7", "KM4")
def test_the_report_is_made_once_by_the_worker_and_can_be_had_again(month: Month) -> None:
    again = report.weekly_report(month.deps, BEFORE, END)

    assert [again.index(part) for part in PARTS] == sorted(again.index(part) for part in PARTS)
    assert "7. Action items" in again and "Reviewed by: not yet reviewed" in again
    assert not report.make_once(month.deps, BEFORE, END)
    assert report.weekly_report(month.deps, BEFORE, END + hours(50)) == again


def test_no_word_of_a_user_and_no_name_is_in_a_report(month: Month) -> None:
    shown = report.weekly_report(month.deps, WEEK, END).lower()

    with month.deps.reading.begin() as db:
        people = [conversations.memory_of(row).user for row in db.scalars(select(ConversationRow)).all()]
    assert not [user.name for user in people if user.name.lower() in shown or user.id in shown]
    assert "@example.com" not in shown


def test_simulating_no_weeks_is_refused(deps: Deps) -> None:
    with pytest.raises(ValueError):
        simulate(deps, Plan(0, 1, END), print)
