"""The weekly report: made once for each week that is over, shown for any; with the action items that go with it."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime

from bot.actions.deps import Caller, Deps
from bot.actions.notify_team import write_to_support
from bot.actions.sla_settings_history import as_of, follow_settings
from bot.actions.staff_mail import queue_staff_mail
from bot.actions.transaction import Transaction, transaction
from bot.storage import action_items, figures, weekly_reports
from bot.storage.tables import ActionItemRow
from handoff import on_call
from handoff.findings import findings
from handoff.report.figures import Report, make_report
from handoff.report.rows import Item, Shown
from handoff.report.text import Titles, item_text, report_text, values
from handoff.safe import Showing
from handoff.weeks import span_of, week_before, week_of

LONGEST_ITEM = 300
WRITTEN = ("own:", "release:")
"""How the keys of items begin that somebody wrote, or of which somebody wrote a part."""
OF_USERS = "gap:"
"""How the keys of items begin that hold words of users, which are excerpts."""


class NothingToAdd(ValueError):
    """An action item without words, or with too many."""


def weekly_report(deps: Deps, week: str, now: datetime) -> str:
    """The report of the week as text; raises ValueError for what is not a week. A week that is over is made here, once."""
    must_have_begun(deps, week, now)
    follow_settings(deps, now)
    make_once(deps, week, now)
    return text_of(deps, week, now)


def text_of(deps: Deps, week: str, now: datetime) -> str:
    """The same text without making the report."""
    text = report_text(shown_report(deps, week, now))
    return f"{text.subject}\n\n{text.body}\n"


def must_have_begun(deps: Deps, week: str, now: datetime) -> None:
    """Refuse a week of the future, with ValueError, as what is not a week."""
    if span_of(deps.policy, week).start > now:
        raise ValueError(f"{week} has not begun")


def shown_report(deps: Deps, week: str, now: datetime) -> Shown:
    """Everything that the console and the CSV show of the week; raises ValueError for what is not a week."""
    must_have_begun(deps, week, now)
    deps = as_of(deps, week, now)
    report = figures_of(deps, week, now)
    return values(deps.policy, report, titles_of(deps), items_of(deps, week), reviewed_by(deps, week), now)


def figures_of(deps: Deps, week: str, now: datetime) -> Report:
    """The figures of the week from the event log; raises ValueError for what is not a week. A finished week is counted
    under the SLA table, hours and targets that were in force when it ended."""
    deps = as_of(deps, week, now)
    script = deps.assistant().script
    with deps.reading.begin() as db:
        found = figures.records(db, deps.policy, week, script.excerpt)
    stale = tuple(page for page in deps.policy.knowledge_base.pages() if page not in script.pages)
    intents = script.catalog.intents.items()
    pages = {issue: tuple(page.partition("#")[0] for page in intent.kb) for issue, intent in intents}
    return make_report(deps.policy, week, replace(found, stale=stale, pages=pages), now)


def make_last(deps: Deps, now: datetime) -> str | None:
    """Make the report of the week that ended last and send it to the team; its week, or None when it is made already."""
    week = week_before(deps.policy, week_of(deps.policy, now))
    return week if make_once(deps, week, now) else None


def make_once(deps: Deps, week: str, now: datetime) -> bool:
    """Settle the action items of a week that is over, and send its report; False when it is running or was made before."""
    if now < span_of(deps.policy, week).end:
        return False
    with deps.reading.begin() as db:
        if weekly_reports.is_made(db, week):
            return False
    deps = as_of(deps, week, now)
    report = figures_of(deps, week, now)
    with transaction(deps, now) as tx:
        if not weekly_reports.make(tx, week):
            return False
        if week == week_before(deps.policy, week_of(deps.policy, now)):
            for rank, finding in enumerate(findings(deps.policy, report)):
                action_items.found(tx, finding.key, item_text(deps.policy, finding, titles_of(deps)), week, rank)
        items = _items(action_items.all_items(tx.db), week)
        weekly_reports.keep_items(tx, week, [_as_listed(item) for item in items])
        _send(tx, report, items)
    return True


def _send(tx: Transaction, report: Report, items: Sequence[Item]) -> None:
    """To the support team's channel and by mail to who leads support, where these are set up; the console has it anyway."""
    if week_before(tx.policy, week_of(tx.policy, tx.now)) != report.week:
        return
    showing = tx.deps.showing()
    shown, listed = _outside(showing, report), [_item_outside(showing, item) for item in items]
    text = report_text(values(tx.policy, shown, titles_of(tx.deps), listed, "", tx.now))
    write_to_support(tx, text)
    for address in dict.fromkeys(on_call.person(tx.policy, key, tx.now).email for key in tx.policy.metrics.report_to):
        queue_staff_mail(tx, address, text)


def _outside(showing: Showing, report: Report) -> Report:
    """The report as it may leave the store: without the words of users, which are excerpts, where words are withheld."""
    return (
        report if showing.words else replace(report, clusters=tuple(replace(one, words=()) for one in report.clusters))
    )


def _item_outside(showing: Showing, item: Item) -> Item:
    """What somebody wrote as an excerpt; no text where words are withheld."""
    if item.key.startswith(WRITTEN):
        return replace(item, text=showing.said(item.text))
    return replace(item, text="") if item.key.startswith(OF_USERS) and not showing.words else item


def titles_of(deps: Deps) -> Titles:
    """What people call the issues of the catalogue in force; the words of its id for one that it does not have any more."""
    return deps.assistant().script.catalog.title


def items_of(deps: Deps, week: str) -> list[Item]:
    """The action items of a week: as its report listed them, each with whether it is done by now; else all open ones."""
    with deps.reading.begin() as db:
        listed = weekly_reports.items_of(db, week)
        rows = action_items.all_items(db)
    done = {row.key: row.done_by for row in rows if row.done_at}
    if listed is None:
        return _items(rows, week)
    return [replace(Item(**item), done=item["key"] in done, done_by=done.get(item["key"], "")) for item in listed]


def _items(rows: Sequence[ActionItemRow], week: str) -> list[Item]:
    """What is open and was there in that week already."""
    return [
        Item(row.key, row.text, row.since, row.by, told=row.told)
        for row in rows
        if row.done_at is None and row.since <= week
    ]


def _as_listed(item: Item) -> dict[str, object]:
    """What is kept of an item that a report lists: whether it is done, and by whom, is looked up."""
    return {name: value for name, value in asdict(item).items() if name != "done_by"}


def open_items(deps: Deps) -> list[Item]:
    """Every action item that is not done, oldest first."""
    with deps.reading.begin() as db:
        return _items(action_items.all_items(db), "9999-W99")


def add_item(caller: Caller, text: str) -> str:
    """An action item of somebody's own; its key. Raises NothingToAdd without words or with too many."""
    words = " ".join(text.split())
    if not words or len(words) > LONGEST_ITEM:
        raise NothingToAdd(words)
    with transaction(caller.deps, caller.now) as tx:
        return action_items.own(tx, words, week_of(caller.deps.policy, caller.now), caller.by.name)


def finish_item(caller: Caller, key: str) -> bool:
    """Tick an action item off; False when it was done before or never was."""
    with transaction(caller.deps, caller.now) as tx:
        return action_items.finish(tx, key, caller.by)


def review(caller: Caller, week: str) -> bool:
    """Put on record who reviewed the week's metrics (row KM4); False when somebody has, or the week is still running."""
    if caller.now < span_of(caller.deps.policy, week).end:
        return False
    with transaction(caller.deps, caller.now) as tx:
        return weekly_reports.review(tx, week, caller.by.name, caller.by.id)


def reviewed_by(deps: Deps, week: str) -> str:
    """The name of who reviewed the week's metrics; empty when nobody has."""
    with deps.reading.begin() as db:
        return weekly_reports.reviewed_by(db, week)
