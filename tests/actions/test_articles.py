"""Upkeep of the articles: read again every month, signed off, told to the lead when no longer shown; releases as tasks."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.actions import articles, report, staff
from bot.actions.deps import Caller, Deps
from bot.actions.receive import Incoming, receive
from bot.channels.email.outgoing import EmailSender
from bot.mind import Mind
from bot.storage import reviews
from bot.storage.tables import OutboxRow
from handoff.ticket import User
from tests.makers import ALEX, DONE, NINE, days

MFA = "security/mfa-setup"
DUE = date(2027, 2, 1)
"""The last day of the articles in the repository."""
AFTER = datetime(2027, 2, 2, 14, 0, tzinfo=NINE.tzinfo)


def tasks(deps: Deps) -> list[str]:
    """The keys of all open action items."""
    return [item.key for item in report.open_items(deps)]


def told(deps: Deps) -> list[OutboxRow]:
    with deps.reading.begin() as db:
        return list(db.scalars(select(OutboxRow).order_by(OutboxRow.id)))


@pytest.mark.guide("KM1")
def test_a_month_after_its_review_each_article_is_a_task_once(deps: Deps) -> None:
    assert articles.ask_for_reviews(deps, NINE) == 0

    assert articles.ask_for_reviews(deps, NINE + days(10)) == 15
    assert articles.ask_for_reviews(deps, NINE + days(11)) == 0
    assert f"review:{MFA}" in tasks(deps) and len(tasks(deps)) == 15
    item = next(item for item in report.open_items(deps) if item.key == f"review:{MFA}")
    assert "Two-step sign-in" in item.text and "shown until Feb 1, 2027" in item.text


def test_two_workers_make_each_task_once(deps: Deps) -> None:
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: articles.ask_for_reviews(deps, NINE + days(10)), range(4)))
    assert sum(made) == 15 and len(tasks(deps)) == 15


@pytest.mark.guide("KM1")
def test_a_signed_off_article_is_good_as_long_as_its_file_gives_it_and_its_task_is_done(deps: Deps, mind: Mind) -> None:
    articles.ask_for_reviews(deps, AFTER)
    assert f"stale:{MFA}" in tasks(deps)

    assert articles.sign_off(Caller(deps, ALEX, AFTER), MFA)
    assert not articles.sign_off(Caller(deps, ALEX, AFTER + timedelta(hours=1)), MFA)

    assert f"stale:{MFA}" not in tasks(deps)
    kept = {one.article.page: one for one in articles.article_statuses(deps, AFTER)}
    assert kept[MFA].state == "fine" and kept[MFA].signed.by == ALEX.name
    assert kept[MFA].article.about.review_due == AFTER.date() + (DUE - date(2026, 11, 2))
    with deps.reading.begin() as db:
        later = mind.on(AFTER.date(), reviews.days(db))
    assert list(later.assistant.script.pages) == [MFA]


def test_nobody_signs_off_what_is_not_there(deps: Deps) -> None:
    with pytest.raises(articles.NoSuchArticle):
        articles.sign_off(Caller(deps, ALEX, NINE), "security/magic")


def test_the_lead_is_told_once_of_an_article_that_is_no_longer_shown_and_which_conversations_that_costs(
    deps: Deps,
) -> None:
    lead = deps.policy.contacts.contacts["support_lead"].model_copy(update={"email": "lead@smartmed.test"})
    known = deps.policy.contacts.contacts | {"support_lead": lead}
    contacts = deps.policy.contacts.model_copy(update={"contacts": known})
    set_up = replace(
        deps,
        policy=deps.policy.model_copy(update={"contacts": contacts}),
        senders={"email": EmailSender},
        team_channels={"support": "C1"},
    )
    receive(set_up, Incoming(User("u-1", "Ann"), "in_app_chat", "the mfa code is not accepted"), AFTER - days(1))
    for _ in range(2):
        articles.ask_for_reviews(set_up, AFTER)

    about = [row for row in told(set_up) if "Two-step sign-in" in str(row.payload)]
    assert sorted(row.channel for row in about) == ["email", "slack"]
    assert about[0].payload["to"]["address"] in ("lead@smartmed.test", "C1")
    assert all("1 conversation needed it" in str(row.payload) for row in about)


def test_an_article_past_its_date_is_offered_to_nobody(mind: Mind) -> None:
    on_the_day, after = mind.on(DUE, {}), mind.on(DUE + timedelta(days=1), {})
    unknown = "where do I put the paper with the printed backup codes of my two-step sign-in"
    assert MFA in on_the_day.assistant.script.pages and MFA not in after.assistant.script.pages
    assert after.assistant.library.served(DUE + timedelta(days=1)) == []
    assert after.assistant.library.search(unknown, DUE + timedelta(days=1)) == []


@pytest.mark.guide("KM3")
def test_a_release_makes_a_task_for_each_article_it_touches_and_each_change_that_none_covers(deps: Deps) -> None:
    made = articles.release(deps, "2.8", ["Backup codes can be downloaded", "xylophone zebra quartz"], NINE)

    assert any('"Two-step sign-in" (security/mfa-setup)' in text for text in made)
    assert any("no article tells of this yet: xylophone" in text for text in made)
    before = tasks(deps)
    articles.release(deps, "2.8", ["Backup codes can be downloaded"], NINE)
    assert tasks(deps) == before


@pytest.mark.parametrize("wrong", [("", ["a change"]), ("x" * 41, ["a change"]), ("2.8", []), ("2.8", ["y" * 301])])
def test_a_release_without_name_or_changes_is_refused(deps: Deps, wrong: tuple[str, list[str]]) -> None:
    with pytest.raises(articles.NotARelease):
        articles.release(deps, *wrong, NINE)
    assert tasks(deps) == []


@pytest.mark.guide("WF5.2", "KM2")
def test_resolving_with_the_wish_for_a_known_issue_is_a_task_for_the_lead(deps: Deps) -> None:
    user = User("u-1", "Ann")
    for text in ("talk to a person", "the mfa code is refused on my tablet", "skip", "skip", "skip"):
        last = receive(deps, Incoming(user, "in_app_chat", text), NINE)
    number = last.conversation.ticket_number
    staff.resolve(staff.Command(deps, number, ALEX, NINE), replace(DONE, known_issue=True))

    assert tasks(deps) == [f"known_issue:{number}"]
