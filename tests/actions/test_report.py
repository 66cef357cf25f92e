"""The weekly report: made once, sent once, reviewed once, and what is to be done is carried over."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from bot.actions import rating, report, staff
from bot.actions.deps import Caller, Deps
from bot.actions.receive import Incoming, receive
from bot.storage import action_items, conversations, weekly_reports
from bot.storage.tables import ConversationRow, OutboxRow
from handoff.names import with_id
from handoff.ticket import CLOCK
from tests.actions.simulated_month import END, WEEK
from tests.makers import ALEX, DONE, MARIA, NINE, hours, minutes


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
    staff.ask(staff.Command(deps, number, ALEX, NINE + hours(1)), "Which page?")
    receive(deps, Incoming(MARIA, "in_app_chat", "the first one"), NINE + hours(20))
    staff.resolve(staff.Command(deps, number, ALEX, NINE + hours(30)), DONE)
    with deps.reading.begin() as db:
        row = db.scalars(select(ConversationRow)).one()
    rating.rate(deps, row.id, rating.Rating("ticket", False, 2), NINE + hours(31))

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
        assert not weekly_reports.is_made(db, WEEK)
    assert not report.review(Caller(deps, ALEX, NINE + hours(1)), WEEK)


@pytest.mark.parametrize("week", ["2026-W49", "2026-48", "soon", "2026-W54"])
def test_a_week_that_is_none_or_has_not_begun_is_refused(deps: Deps, week: str) -> None:
    with pytest.raises(ValueError):
        report.weekly_report(deps, week, NINE)


@pytest.mark.guide("WR7")
def test_action_items_are_carried_over_until_they_are_done(deps: Deps) -> None:
    a_ticket(deps)
    own = report.add_item(Caller(deps, ALEX, NINE), "  Write the page\non visits ")
    first = report.weekly_report(deps, WEEK, END)
    second = report.weekly_report(deps, "2026-W49", END + timedelta(days=7))

    assert "Write the page on visits (Alex Morgan)" in first
    assert "Write the page on visits (since 2026-W48) (Alex Morgan)" in second
    overdue = [item for item in report.open_items(deps) if item.key == "overdue"]
    assert [item.since for item in overdue] == [WEEK]

    assert report.finish_item(Caller(deps, ALEX, END), own) and not report.finish_item(Caller(deps, ALEX, END), own)
    third = report.weekly_report(deps, "2026-W50", END + timedelta(days=14))
    assert "Write the page" not in third and "past due" in third
    assert "Write the page on visits (Alex Morgan) (done)" in report.weekly_report(deps, WEEK, END + hours(1))


def test_who_did_an_item_is_told_with_their_id_and_a_clock_is_nobody(deps: Deps) -> None:
    own = [report.add_item(Caller(deps, ALEX, NINE), text) for text in ("Write the page", "Read the page")]
    report.weekly_report(deps, WEEK, END)
    for key, by in zip(own, (ALEX, CLOCK), strict=True):
        assert report.finish_item(Caller(deps, by, END), key)
    with deps.reading.begin() as db:
        assert {row.key: row.done_by for row in action_items.all_items(db) if row.key in own} == {
            own[0]: with_id(ALEX.name, ALEX.id),
            own[1]: "",
        }


def test_a_cause_that_was_ticked_off_and_is_there_again_is_a_new_item(deps: Deps) -> None:
    a_ticket(deps)
    report.make_once(deps, WEEK, END)
    assert report.finish_item(Caller(deps, ALEX, END), "overdue")

    report.make_once(deps, "2026-W49", END + timedelta(days=7))

    assert [i.since for i in report.open_items(deps) if i.key == "overdue"] == ["2026-W49"]


@pytest.mark.parametrize("words", ["", "  \n ", "x" * 301])
def test_an_action_item_needs_words_and_not_too_many(deps: Deps, words: str) -> None:
    with pytest.raises(report.NothingToAdd):
        report.add_item(Caller(deps, ALEX, NINE), words)


@pytest.mark.guide("KM4")
def test_the_weekly_review_names_who_did_it_and_is_done_once(deps: Deps) -> None:
    assert report.review(Caller(deps, ALEX, END), WEEK)
    assert not report.review(Caller(deps, replace(ALEX, name="Somebody Else"), END), WEEK)

    assert "Reviewed by: Alex Morgan" in report.weekly_report(deps, WEEK, END)


@pytest.mark.guide("WR7")
def test_an_article_past_its_review_date_is_an_action_item(deps: Deps) -> None:
    assistant = deps.assistant()
    page = next(iter(assistant.script.pages))
    fewer = {name: shown for name, shown in assistant.script.pages.items() if name != page}
    without = replace(assistant, script=replace(assistant.script, pages=fewer))

    text_of_week = report.weekly_report(replace(deps, assistant=lambda: without), WEEK, END)

    assert f"Review the article {page}" in text_of_week
