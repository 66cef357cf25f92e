"""The report pages of the console, over HTTP and in Chromium, and what /metrics says of the desk."""

import csv
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from io import StringIO
from xml.etree import ElementTree

import httpx2
import pytest
from playwright.sync_api import Page

from bot.actions import report
from bot.actions.deps import Caller
from bot.actions.receive import Incoming, receive
from bot.storage import action_items
from bot.storage.unit_of_work import UnitOfWork
from bot.web.language import ENGLISH
from bot.web.ops import metrics
from bot.wiring import utc_now
from handoff.policy.model import Policy
from handoff.weeks import monday_of, week_before, week_of
from tests.handoff.test_report_text import GUIDE_PARTS
from tests.makers import ALEX, MARIA
from tests.waiting import until
from tests.web.conftest import Server

CHARTS = ("volume", "days", "issues")
FORMULA = '=HYPERLINK("http://evil.test";"x")'


SignIn = Callable[..., httpx2.Client]


@pytest.fixture
def signed_in() -> Iterator[SignIn]:
    """Makes clients with the console's cookie, and closes them."""
    with ExitStack() as open_ones:

        def made(server: Server, role: str = "lead") -> httpx2.Client:
            client = httpx2.Client(base_url=server.base, timeout=20, follow_redirects=True)
            open_ones.enter_context(client)
            assert server.sign_in(client, f"{role.capitalize()} Morgan", role).status_code == 200
            return client

        yield made


def weeks(policy: Policy) -> tuple[str, str]:
    """The week that ended last, and the one that is running."""
    running = week_of(policy, utc_now())
    return week_before(policy, running), running


def form_word(html: str) -> str:
    """The word that a form of the page carries."""
    found = re.search(r'name="form" value="([^"]+)"', html)
    assert found is not None
    return found[1]


def a_ticket(server: Server) -> None:
    """Maria asks for a person, an hour ago by the clock, and her ticket is overdue by nothing yet."""
    now = utc_now()
    receive(server.deps, Incoming(MARIA, "in_app_chat", "my account is locked"), now)
    for _ in range(4):
        receive(server.deps, Incoming(MARIA, "in_app_chat", "skip"), now)


@pytest.mark.guide("WR1", "WR2", "WR3", "WR4", "WR5", "WR6", "WR7")
def test_the_page_shows_the_seven_parts_with_pictures_beside_tables(
    sqlite_server: Server, signed_in: SignIn, policy: Policy
) -> None:
    a_ticket(sqlite_server)
    client = signed_in(sqlite_server)

    html = client.get("/console/reports", params={"week": weeks(policy)[1]}).text

    headings = re.findall("<h2>(.+?)</h2>", html)
    assert [heading for heading in headings if heading in GUIDE_PARTS] == list(GUIDE_PARTS)
    assert html.count("<img") >= 2 and html.count("<table") >= 7
    assert "still running" in html and "{{" not in html and "Undefined" not in html


def test_the_last_whole_week_is_shown_when_none_is_named(
    sqlite_server: Server, signed_in: SignIn, policy: Policy
) -> None:
    html = signed_in(sqlite_server).get("/console/reports").text

    assert f'<h1 title="{weeks(policy)[0]}">Support report, week of ' in html


@pytest.mark.parametrize("name", CHARTS)
def test_a_picture_is_plain_svg_that_loads_nothing_and_runs_nothing(
    sqlite_server: Server, signed_in: SignIn, policy: Policy, name: str
) -> None:
    a_ticket(sqlite_server)
    answer = signed_in(sqlite_server).get(f"/console/reports/pictures/{name}.svg", params={"week": weeks(policy)[1]})

    assert answer.status_code == 200 and answer.headers["content-type"].startswith("image/svg+xml")
    root = ElementTree.fromstring(answer.content)
    assert root.tag.endswith("svg")
    assert not re.search(r"(src|href)=.https?:|<script[^>]+(src|href)|@import", answer.text)


@pytest.mark.parametrize("path", ["", "/pictures/volume.svg", "/report.csv", "/report.txt"])
@pytest.mark.parametrize("week", ["2999-W01", "nonsense", "9999-W52", "2026-W60"])
def test_a_week_that_is_none_or_has_not_begun_is_a_page_that_says_so(
    sqlite_server: Server, signed_in: SignIn, path: str, week: str
) -> None:
    answer = signed_in(sqlite_server).get(f"/console/reports{path}", params={"week": week})

    assert answer.status_code in (404, 422) and "Traceback" not in answer.text


@pytest.mark.parametrize("path", ["", "/pictures/volume.svg?week=2026-W40", "/report.csv?week=2026-W40"])
def test_nobody_sees_figures_without_signing_in(sqlite_server: Server, path: str) -> None:
    answer = httpx2.get(f"{sqlite_server.base}/console/reports{path}", timeout=20)

    assert answer.status_code == 303 and answer.headers["location"] == "/console/sign-in"


def test_no_cell_of_the_spreadsheet_is_a_formula(sqlite_server: Server, signed_in: SignIn, policy: Policy) -> None:
    report.add_item(Caller(sqlite_server.deps, ALEX, utc_now()), FORMULA)
    client, week = signed_in(sqlite_server), weeks(policy)[1]

    answer = client.get("/console/reports/report.csv", params={"week": week})

    assert answer.headers["content-disposition"] == f'attachment; filename="support-report-{week}.csv"'
    rows = list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0] == ["Part", "Name", "Figure", "Value"] and all(len(row) == 4 for row in rows)
    assert f"'{FORMULA}" in [row[1] for row in rows]
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t"))]


def test_the_text_is_what_the_command_line_prints(sqlite_server: Server, signed_in: SignIn, policy: Policy) -> None:
    week = weeks(policy)[0]
    answer = signed_in(sqlite_server).get("/console/reports/report.txt", params={"week": week})

    assert answer.text == report.weekly_report(sqlite_server.deps, week, utc_now())


@pytest.mark.guide("WR7")
def test_a_lead_adds_an_action_item_and_ticks_it_off(sqlite_server: Server, signed_in: SignIn, policy: Policy) -> None:
    client, week = signed_in(sqlite_server), weeks(policy)[1]
    word = form_word(client.get("/console/reports", params={"week": week}).text)

    added = client.post(
        "/console/reports/items", data={"form": word, "week": week, "text": "<img src=x onerror=alert(1)>"}
    )

    assert "&lt;img src=x" in added.text and "<img src=x" not in added.text
    key = report.open_items(sqlite_server.deps)[0].key
    client.post("/console/reports/items/done", data={"form": word, "week": week, "key": key})
    assert report.open_items(sqlite_server.deps) == []
    again = client.post("/console/reports/items/done", data={"form": word, "week": week, "key": key})
    assert "done already" in again.text


def test_an_item_of_a_later_week_is_told_apart_and_never_stands_under_none(
    sqlite_server: Server, signed_in: SignIn, policy: Policy
) -> None:
    client, (before, running) = signed_in(sqlite_server), weeks(policy)
    assert "<li>None</li>" in client.get("/console/reports", params={"week": before}).text
    report.add_item(Caller(sqlite_server.deps, ALEX, utc_now()), "Write the page on visits")

    shown = client.get("/console/reports", params={"week": before}).text

    assert (
        f"added after this report, in the week of {ENGLISH.day(monday_of(running))}" in shown
        and "<li>None</li>" not in shown
    )


@pytest.mark.guide("KM4")
def test_a_lead_says_that_the_week_was_reviewed(sqlite_server: Server, signed_in: SignIn, policy: Policy) -> None:
    client, (week, running) = signed_in(sqlite_server), weeks(policy)
    word = form_word(client.get("/console/reports").text)

    done = client.post("/console/reports/review", data={"form": word, "week": week})
    early = client.post("/console/reports/review", data={"form": word, "week": running})

    assert "Reviewed by <strong>Lead Morgan (lead)</strong>" in done.text
    assert "still running, or somebody has reviewed it" in early.text
    assert report.reviewed_by(sqlite_server.deps, running) == ""


@pytest.mark.parametrize("path", ["review", "items", "items/done"])
def test_only_leads_settle_and_only_from_our_own_forms(
    sqlite_server: Server, signed_in: SignIn, policy: Policy, path: str
) -> None:
    agent, week = signed_in(sqlite_server, "agent"), weeks(policy)[0]
    html = agent.get("/console/reports").text
    data = {"week": week, "text": "x", "key": "own:1"}

    refused = agent.post(f"/console/reports/{path}", data={**data, "form": form_word(html)})
    foreign = signed_in(sqlite_server).post(f"/console/reports/{path}", data={**data, "form": "guessed"})

    assert "Only a lead can do this" in refused.text and 'action="/console/reports/review"' not in html
    assert foreign.status_code == 403
    assert report.open_items(sqlite_server.deps) == [] and report.reviewed_by(sqlite_server.deps, week) == ""


def test_metrics_say_how_the_desk_and_the_outbox_stand(sqlite_server: Server) -> None:
    a_ticket(sqlite_server)

    told = httpx2.get(f"{sqlite_server.base}/metrics", timeout=20).text

    assert 'smartmed_open_tickets{priority="high"} 1.0' in told and 'smartmed_open_tickets{priority="low"} 0.0' in told
    assert "smartmed_overdue_tickets 0.0" in told and "smartmed_figures_readable 1.0" in told
    labels = set(re.findall(r'smartmed_\w+\{(?:priority|state)="([^"]+)"\}', told))
    assert labels == {"critical", "high", "medium", "low", *metrics.STATES}


@pytest.mark.browser
def test_the_report_page_in_chromium_loads_its_pictures_and_fits(
    sqlite_server: Server, policy: Policy, page: Page
) -> None:
    a_ticket(sqlite_server)
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    sqlite_server.signed_in(page, "Dana Reyes", "lead")
    page.goto(f"{sqlite_server.base}/console/reports?week={weeks(policy)[1]}")

    broken = "() => [...document.images].every(i => i.complete && i.naturalWidth > 0)"
    assert until(lambda: page.evaluate(broken))
    page.get_by_label("Add an action item").fill("Write the page on visits")
    page.get_by_role("button", name="Add").click()
    page.get_by_role("button", name="Done Write the page on visits").click()
    page.wait_for_load_state()
    assert page.get_by_text("Write the page on visits").count() == 0
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert faults == []


def test_figures_are_kept_for_half_a_minute_and_not_longer(sqlite_server: Server) -> None:
    from dataclasses import replace

    from bot.web.console.reports import ReportCache
    from bot.wiring import build_services

    at = [datetime(2026, 11, 23, 14, 0, tzinfo=UTC)]
    given = replace(build_services(sqlite_server.runtime), now=lambda: at[0])
    kept = ReportCache()

    first = kept.report(given, "2026-W48")
    assert kept.report(given, "2026-W48") is first
    at[0] += timedelta(seconds=31)
    assert kept.report(given, "2026-W48") is not first


def test_an_item_from_before_that_a_report_did_not_list_is_not_told_as_added_after_it(
    sqlite_server: Server, signed_in: SignIn, policy: Policy
) -> None:
    last, _ = weeks(policy)
    earlier = week_before(policy, last, 3)
    lead = signed_in(sqlite_server)
    report.make_once(sqlite_server.deps, last, utc_now())
    with sqlite_server.deps.sessions.begin() as db:
        action_items.found(UnitOfWork(db, utc_now()), "overdue", "2 open tickets are past due.", earlier, 0)

    html, day = lead.get("/console/reports", params={"week": last}).text, ENGLISH.day(monday_of(earlier))

    assert f"<small>since the week of {day}, with the figures of the week of {day}</small>" in html
    assert "added after this report" not in html


def test_a_target_says_what_its_figure_is_of_and_what_is_wanted(sqlite_server: Server, signed_in: SignIn) -> None:
    html = signed_in(sqlite_server).get("/console/reports").text

    assert "of first answers by a person came in time. Target: all" in html
    assert "of conversations needed a person. Target: below 20 %" in html
    assert "of 5, by votes. Target: above 4.5" in html


def test_a_week_without_anything_shows_no_empty_sums_and_no_empty_pictures(
    sqlite_server: Server, signed_in: SignIn
) -> None:
    html = signed_in(sqlite_server).get("/console/reports").text

    assert "0 of 0" not in html and "+0" not in html and "<img" not in html
    assert "as many as in the week before" in html and "of 0 conversations that raised an issue." in html


def test_one_ticket_is_told_in_the_singular_and_its_rows_add_up(
    sqlite_server: Server, signed_in: SignIn, policy: Policy
) -> None:
    a_ticket(sqlite_server)
    html = signed_in(sqlite_server).get("/console/reports", params={"week": weeks(policy)[1]}).text
    sums = re.findall(r'<tr class="sum">.*?<td class="n">(\d+)</td>', html)

    assert "<strong>1</strong> ticket, of 1 conversation that raised an issue" in html
    assert sums == ["1", "1"] and "America/New_York" not in html and "Eastern Time" in html


def test_an_issue_that_is_gone_is_called_by_words(sqlite_server: Server) -> None:
    assert report.titles_of(sqlite_server.deps)("account.smoke_signals") == "Smoke signals"
