"""The report pages of the console: figures with pictures, action items, the review, and the same as CSV and text."""

import csv
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import partial
from io import StringIO
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response

from bot.actions import report as reports
from bot.web.console.access import Text, Visit, Visiting
from bot.web.console.charts import CHARTS, Charts
from bot.web.console.sign_in import Staff
from bot.web.language import Language
from bot.web.services import Services
from bot.web.templating import render
from handoff.report.figures import Report
from handoff.report.rows import Shown
from handoff.report.table import safe_cell, table
from handoff.weeks import monday_of, span_of, week_before, week_of

router = APIRouter(prefix="/console/reports", include_in_schema=False)
LEADS = ("lead", "admin")
"""Roles that review the week and settle its action items."""
FRESH = timedelta(seconds=30)
MOST_KEPT = 8
Week = Annotated[str, Query(max_length=8)]


class ReportCache:
    """Figures just computed, so that the pictures of one page do not each read the whole log."""

    def __init__(self) -> None:
        self._reports: dict[str, tuple[datetime, Report]] = {}

    def report(self, given: Services, week: str) -> Report:
        """The figures of the week, at most half a minute old; raises ValueError for what is not a week."""
        now = given.now()
        found = self._reports.get(week)
        if found is not None and timedelta() <= now - found[0] < FRESH:
            return found[1]
        made = reports.figures_of(given.deps, week, now)
        if len(self._reports) >= MOST_KEPT:
            self._reports.clear()
        self._reports[week] = (now, made)
        return made


def _cache(request: Request) -> ReportCache:
    state = request.app.state
    if not hasattr(state, "report_cache"):
        state.report_cache = ReportCache()
    cache: ReportCache = state.report_cache
    return cache


@router.get("")
def report_page(visit: Visiting, week: Week = "", problem: str = "") -> Response:
    """The report of a week; the last whole week when none is named."""
    now, policy = visit.given.now(), visit.given.deps.policy
    this_week = week_of(policy, now)
    week = week or week_before(policy, this_week)
    try:
        shown = reports.shown_report(visit.given.deps, week, now)
    except ValueError:
        return _no_such_week(visit.request, visit.staff)
    following = week_before(policy, week, -1)
    facts = {
        **_written(shown, visit.given.language),
        "before": week_before(policy, week),
        "following": following if following <= this_week else "",
        "open_items": reports.open_items(visit.given.deps),
        "may_settle": visit.staff.role in LEADS,
        "problem": visit.given.console_words["problems"].get(problem, ""),
        "names": policy.words.report,
    }
    return visit.render("console/report.html", {**facts})


def _written(shown: Shown, language: Language) -> Mapping[str, object]:
    """The figures as the language of the console writes them; the files to take away hold them as they are sent."""
    report, zone, figure = shown["r"], shown["zone"], language.figure
    first, last = (at.astimezone(ZoneInfo(zone)).date() for at in (report.start, report.end - timedelta(seconds=1)))
    return {
        **shown,
        "first_day": language.weekday(first),
        "last_day": language.weekday(last),
        "named": lambda week: language.day(monday_of(week)),
        "zone": language.zone(zone),
        "until": language.moment(report.until, zone),
        "targets": [{**row, "figure": figure(row["figure"])} for row in shown["targets"]],
        "days": [
            {**row, "name": language.weekday(day.day)} for row, day in zip(shown["days"], report.days, strict=True)
        ],
        "votes": [{**row, "score": figure(row["score"])} for row in shown["votes"]],
        "rate": figure(shown["rate"]),
        "rate_wanted": figure(shown["rate_wanted"]),
    }


def _no_such_week(request: Request, staff: Staff) -> HTMLResponse:
    return render(request, "console/report_missing.html", {"staff": staff}, status=404)


@router.get("/pictures/{name}.svg")
def picture(visit: Visiting, name: str, week: Week = "") -> Response:
    """One picture of the week."""
    drawn = CHARTS.get(name)
    try:
        reports.must_have_begun(visit.given.deps, week, visit.given.now())
    except ValueError:
        drawn = None
    if drawn is None:
        return _no_such_week(visit.request, visit.staff)
    given = visit.given
    report = _cache(visit.request).report(given, week)
    shown = Charts(given.deps.policy, report, reports.titles_of(given.deps), given.language)
    return Response(drawn(shown), media_type="image/svg+xml")


@router.get("/report.csv")
def as_csv(visit: Visiting, week: Week = "") -> Response:
    """Every figure of the week for a spreadsheet; no cell is ever computed."""
    return _download(visit, week, "csv", _csv)


@router.get("/report.txt")
def as_text(visit: Visiting, week: Week = "") -> Response:
    """The report as it is sent."""
    return _download(visit, week, "plain", _text)


def _download(visit: Visit, week: str, kind: str, made: Callable[[Services, str], str]) -> Response:
    try:
        content = made(visit.given, week)
    except ValueError:
        return _no_such_week(visit.request, visit.staff)
    name = f"support-report-{week}.{'csv' if kind == 'csv' else 'txt'}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return PlainTextResponse(content, headers=headers, media_type=f"text/{kind}; charset=utf-8")


def _csv(given: Services, week: str) -> str:
    policy, names = given.deps.policy, given.deps.policy.words.report
    shown = reports.shown_report(given.deps, week, given.now())
    written = StringIO()
    rows = csv.writer(written, quoting=csv.QUOTE_ALL)
    rows.writerow([names[column] for column in ("part", "name", "figure", "value")])
    rows.writerows([safe_cell(cell) for cell in row] for row in table(policy, shown))
    return "\ufeff" + written.getvalue()


def _text(given: Services, week: str) -> str:
    return reports.text_of(given.deps, week, given.now())


def _settled(visit: Visit, week: str, form: str, action: Callable[[], object], refused: str) -> Response:
    """Do it when this person may, and go back to the report; a refusal is said in words there."""
    visit.must_be_own_form(form)
    try:
        span_of(visit.given.deps.policy, week)
    except ValueError:
        return _no_such_week(visit.request, visit.staff)
    problem = "for_leads"
    if visit.staff.role in LEADS:
        try:
            problem = "" if action() else refused
        except reports.NothingToAdd:
            problem = refused
    more = f"&problem={problem}" if problem else ""
    return RedirectResponse(f"/console/reports?week={week}{more}", 303)


@router.post("/review")
def review(visit: Visiting, week: Text = "", form: Text = "") -> Response:
    """Say that the week's metrics were reviewed (row KM4)."""
    action = partial(reports.review, visit.caller, week)
    return _settled(visit, week, form, action, "not_to_review")


@router.post("/items")
def add_item(visit: Visiting, week: Text = "", text: Annotated[str, Form()] = "", form: Text = "") -> Response:
    """Add an action item in one's own words."""
    action = partial(reports.add_item, visit.caller, text)
    return _settled(visit, week, form, action, "item_empty")


@router.post("/items/done")
def finish_item(visit: Visiting, week: Text = "", key: Text = "", form: Text = "") -> Response:
    """Tick an action item off."""
    action = partial(reports.finish_item, visit.caller, key)
    return _settled(visit, week, form, action, "item_done")
