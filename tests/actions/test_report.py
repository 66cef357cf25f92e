"""The weekly report on a simulated fortnight: the main figures counted again by plain SQL and arithmetic of its own."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import mean, median
from zoneinfo import ZoneInfo

import holidays
import pytest
from sqlalchemy import select, text

from bot.actions import rating, report, staff
from bot.actions.deps import Deps
from bot.actions.receive import Incoming, receive
from bot.mind import Mind
from bot.storage import conversations, runs
from bot.storage.database import open_database, reading_sessions_of, sessions_of
from bot.storage.migrate import migrate
from bot.storage.tables import ConversationRow, OutboxRow, RunRow
from bot.tuning.simulate import simulate
from handoff.policy import Policy
from handoff.report import Report
from tests.makers import ALEX, DONE, MARIA, NINE, hours, minutes

END = datetime(2026, 11, 30, 5, 0, tzinfo=UTC)
"""Monday midnight in New York."""
WEEK, BEFORE = "2026-W48", "2026-W47"
START = END - timedelta(days=7)
PARTS = ("1. Total tickets received", "2. Tickets by priority", "3. Average response/resolution time")
FIRST_RESPONSE = {"critical": 15, "high": 60, "medium": 240, "low": 1440}
RESOLUTION = {"critical": 240, "high": 1440, "medium": 4320, "low": 10080}
"""Minutes, from the guide's table and not from our data files."""


@dataclass(frozen=True)
class Event:
    """A row of the log, read by SQL."""

    kind: str
    conversation: int
    ticket: int
    at: datetime
    data: dict


@dataclass(frozen=True)
class Month:
    """A simulated stretch of time."""

    deps: Deps
    report: Report
    events: list[Event]
    channels: dict[int, str]

    def inside(self, *kinds: str) -> list[Event]:
        """The events of the week of these kinds."""
        return [e for e in self.events if e.kind in kinds and START <= e.at < END]

    def of(self, ticket: int) -> list[Event]:
        """The log of a ticket."""
        return [e for e in self.events if e.ticket == ticket]


def deps_at(path: Path, policy: Policy, mind: Mind) -> Deps:
    """What the actions work with, on a new SQLite database."""
    engine = open_database(f"sqlite:///{path}")
    migrate(engine)
    return Deps(sessions_of(engine), reading_sessions_of(engine), policy, lambda: mind.assistant, "http://desk.test")


@pytest.fixture(scope="module")
def month(tmp_path_factory: pytest.TempPathFactory, policy: Policy, mind: Mind) -> Iterator[Month]:
    """Two weeks with about a third of the usual traffic, seed 1."""
    deps = deps_at(tmp_path_factory.mktemp("month") / "month.db", policy, mind)
    simulate(deps, 2, 1, END, lambda *_: None, traffic=0.35)
    with deps.reading.begin() as db:
        found = text("SELECT kind, conversation_id, ticket_number, at, data FROM events ORDER BY id")
        events = [Event(k, c, n, moment(at), json.loads(d)) for k, c, n, at, d in db.execute(found)]
        channels = dict(db.execute(text("SELECT id, channel FROM conversations")).all())
    yield Month(deps, report.figures_of(deps, WEEK, END), events, channels)
    deps.sessions.kw["bind"].dispose()


def moment(written: str) -> datetime:
    """A moment as SQLite holds it."""
    return datetime.fromisoformat(written).replace(tzinfo=UTC)


def opening_minutes(start: datetime, amount: int) -> datetime:
    """Count opening minutes one by one: Monday to Friday 8 to 18 in New York, no US federal holiday."""
    closed = holidays.country_holidays("US", years=(2026,))
    at, zone = start, ZoneInfo("America/New_York")
    while amount:
        local = at.astimezone(zone)
        amount -= local.weekday() < 5 and 8 <= local.hour < 18 and local.date() not in closed
        at += timedelta(minutes=1)
    return at


def priority_before(month: Month, ticket: int, at: datetime) -> str:
    """The priority that a ticket had."""
    found = "low"
    for event in month.of(ticket):
        if event.at <= at and event.kind == "triaged" and "priority" in event.data:
            found = event.data["priority"]
        elif event.at <= at and event.kind == "priority":
            found = event.data["to"]
    return found


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


def cycles(log: list[Event]) -> list[tuple[datetime, datetime | None, timedelta, bool]]:
    """Start, end, time spent waiting for the user, and whether it waits still: one row for each resolution owed."""
    found, begun, asked, waited = [], log[0].at, None, timedelta()
    for event in log:
        if event.kind == "waiting_for_user" and asked is None:
            asked = event.at
        if event.kind in ("user_answered", "resolved") and asked is not None:
            waited, asked = waited + (event.at - asked), None
        if event.kind == "resolved":
            found.append((begun, event.at, waited, False))
            begun = None
        if event.kind == "in_progress" and event.data["from"] == "resolved":
            begun, waited = event.at, timedelta()
    return found if begun is None else [*found, (begun, None, waited, asked is not None)]


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


def test_the_same_seed_gives_the_same_report(tmp_path: Path, policy: Policy, mind: Mind) -> None:
    reports = []
    for name in ("one", "two"):
        deps = deps_at(tmp_path / f"{name}.db", policy, mind)
        simulate(deps, 1, 7, END, lambda *_: None, traffic=0.08)
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


def a_ticket(deps: Deps, at: datetime = NINE) -> int:
    """Maria asks for a person and skips the questions."""
    receive(deps, Incoming(MARIA, "in_app_chat", "please let me talk to a person"), at)
    while True:
        with deps.reading.begin() as db:
            row = db.scalars(select(ConversationRow)).one()
        if row.ticket_number:
            return row.ticket_number
        receive(deps, Incoming(MARIA, "in_app_chat", "skip"), at)


def test_the_report_of_a_week_goes_out_once_whoever_makes_it(deps: Deps) -> None:
    with_slack = replace(deps, team_channels={"support": "C1"})
    monday = END + minutes(1)

    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: report.make_last(with_slack, monday), range(4)))

    assert sorted(made, key=str) == [WEEK, None, None, None]
    with deps.reading.begin() as db:
        sent = db.scalars(select(OutboxRow).where(OutboxRow.kind == "text")).all()
    assert len(sent) == 1 and sent[0].payload["text"].startswith(f"Support report {WEEK}")
    assert report.make_last(with_slack, monday + hours(3)) is None


@pytest.mark.guide("CO1", "CO2")
def test_the_report_is_mailed_once_to_each_of_those_who_lead_support(deps: Deps) -> None:
    filled = {
        key: contact.model_copy(update={"email": f"{key}@example.com"})
        for key, contact in deps.policy.contacts.contacts.items()
    }
    contacts = deps.policy.contacts.model_copy(update={"contacts": filled})
    by_mail = replace(deps, policy=deps.policy.model_copy(update={"contacts": contacts}), senders={"email": NoPost()})

    report.make_last(by_mail, END + minutes(1))
    report.make_last(by_mail, END + minutes(2))

    with deps.reading.begin() as db:
        sent = db.scalars(select(OutboxRow).where(OutboxRow.kind == "letter")).all()
    assert sorted(row.address for row in sent) == ["support_lead@example.com", "support_manager@example.com"]
    assert all(WEEK in row.payload["subject"] for row in sent)


class NoPost:
    """Mail is set up; the rows are what is looked at."""

    def send(self, delivery: object, now: datetime) -> str:
        """Never reached."""
        raise AssertionError((delivery, now))


def test_figures_follow_a_ticket_through_both_databases(deps: Deps) -> None:
    number = a_ticket(deps)
    staff.ask(deps, number, "Which page?", ALEX, NINE + hours(1))
    receive(deps, Incoming(MARIA, "in_app_chat", "the first one"), NINE + hours(20))
    staff.resolve(deps, number, DONE, ALEX, NINE + hours(30))
    with deps.reading.begin() as db:
        row = db.scalars(select(ConversationRow)).one()
    rating.rate(deps, row.id, False, 2, "ticket", NINE + hours(31))

    found = report.figures_of(deps, WEEK, NINE + hours(32))

    assert (found.received, found.first_response.mean, found.resolution.mean) == (1, hours(1), hours(30))
    assert found.people_votes.score == 2 and found.people_outcomes.came_back == 1
    assert sum(found.open_tickets.values()) == 1
    assert conversations.memory_of(row).ticket == number


def test_a_running_week_is_shown_and_not_settled(deps: Deps) -> None:
    a_ticket(deps)

    shown = report.weekly_report(deps, WEEK, NINE + hours(1))

    assert "week still running" in shown and "1 ticket," in shown
    with deps.reading.begin() as db:
        assert db.get(RunRow, (report.MADE, WEEK)) is None
    assert not report.review(deps, WEEK, ALEX, NINE + hours(1))


@pytest.mark.parametrize("week", ["2026-W49", "2026-48", "soon", "2026-W54"])
def test_a_week_that_is_none_or_has_not_begun_is_refused(deps: Deps, week: str) -> None:
    with pytest.raises(ValueError):
        report.weekly_report(deps, week, NINE)


@pytest.mark.guide("WR7")
def test_action_items_are_carried_over_until_they_are_done(deps: Deps) -> None:
    a_ticket(deps)
    own = report.add_item(deps, "  Write the page\non visits ", ALEX, NINE)
    first = report.weekly_report(deps, WEEK, END)
    second = report.weekly_report(deps, "2026-W49", END + timedelta(days=7))

    assert "Write the page on visits (Alex Morgan)" in first
    assert "Write the page on visits (since 2026-W48) (Alex Morgan)" in second
    overdue = [item for item in report.open_items(deps) if item.key == "overdue"]
    assert [item.since for item in overdue] == [WEEK]

    assert report.finish_item(deps, own, ALEX, END) and not report.finish_item(deps, own, ALEX, END)
    third = report.weekly_report(deps, "2026-W50", END + timedelta(days=14))
    assert "Write the page" not in third and "past due" in third
    assert "Write the page on visits (Alex Morgan) (done)" in report.weekly_report(deps, WEEK, END + hours(1))


def test_a_cause_that_was_ticked_off_and_is_there_again_is_a_new_item(deps: Deps) -> None:
    a_ticket(deps)
    report.make_once(deps, WEEK, END)
    assert report.finish_item(deps, "overdue", ALEX, END)

    report.make_once(deps, "2026-W49", END + timedelta(days=7))

    assert [i.since for i in report.open_items(deps) if i.key == "overdue"] == ["2026-W49"]


@pytest.mark.parametrize("words", ["", "  \n ", "x" * 301])
def test_an_action_item_needs_words_and_not_too_many(deps: Deps, words: str) -> None:
    with pytest.raises(report.NothingToAdd):
        report.add_item(deps, words, ALEX, NINE)


@pytest.mark.guide("KM4")
def test_the_weekly_review_names_who_did_it_and_is_done_once(deps: Deps) -> None:
    assert report.review(deps, WEEK, ALEX, END)
    assert not report.review(deps, WEEK, replace(ALEX, name="Somebody Else"), END)

    assert "Reviewed by: Alex Morgan" in report.weekly_report(deps, WEEK, END)


@pytest.mark.guide("WR7")
def test_an_article_past_its_review_date_is_an_action_item(deps: Deps) -> None:
    assistant = deps.assistant()
    page = next(iter(assistant.script.pages))
    fewer = {name: shown for name, shown in assistant.script.pages.items() if name != page}
    without = replace(assistant, script=replace(assistant.script, pages=fewer))

    text_of_week = report.weekly_report(replace(deps, assistant=lambda: without), WEEK, END)

    assert f"Review the article {page}" in text_of_week


def test_no_word_of_a_user_and_no_name_is_in_a_report(month: Month) -> None:
    shown = report.weekly_report(month.deps, WEEK, END).lower()

    with month.deps.reading.begin() as db:
        people = [conversations.memory_of(row).user for row in db.scalars(select(ConversationRow)).all()]
    assert not [user.name for user in people if user.name.lower() in shown or user.id in shown]
    assert "@example.com" not in shown


def test_simulating_no_weeks_is_refused(deps: Deps) -> None:
    with pytest.raises(ValueError):
        simulate(deps, 0, 1, END, print)


def test_the_runs_of_others_are_not_action_items(deps: Deps) -> None:
    with deps.sessions.begin() as db:
        runs.once(db, "sign_in_link", "x", NINE, staff="alex")

    assert report.open_items(deps) == []
