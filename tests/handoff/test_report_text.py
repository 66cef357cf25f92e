"""The weekly report's text and table: the guide's parts in its order, and what is to be done."""

import pytest

from handoff.events import IssueRaised, IssueSolved
from handoff.findings import findings, targets
from handoff.policy.model import Policy
from handoff.report.figures import Unclear
from handoff.report.rows import Item
from handoff.report.table import safe_cell, table
from handoff.report.text import item_text, length, percent, report_text, values
from handoff.report.times import Times
from tests.handoff.report_logs import AFTER, WEEK, answered, event, opened, report_of, titles
from tests.makers import NINE, hours, minutes

GUIDE_PARTS = (
    "Total tickets received",
    "Tickets by priority",
    "Average response/resolution time",
    "Customer satisfaction score",
    "Top issues",
    "Escalation summary",
    "Action items",
)


@pytest.mark.guide("WR7")
def test_action_items_name_missed_targets_stale_articles_gaps_and_returns(policy: Policy) -> None:
    back = [event(IssueSolved("a.b"), NINE, n) for n in (5, 6)]
    back += [event(IssueRaised("a.b"), NINE + hours(1), n) for n in (5, 6)]
    stale = {"stale": ("patients/x",), "pages": {"a.b": ("patients/x",)}, "unclear": (Unclear("a.b"), Unclear("a.b"))}

    found = findings(policy, report_of(policy, [*opened(1), answered(1, NINE + hours(9))], back, **stale))

    kinds = [finding.kind for finding in found]
    assert kinds == [
        "first_response_time",
        "resolution_time",
        "escalation_rate",
        "overdue",
        "stale",
        "gap",
        "came_back",
    ]
    texts = [item_text(policy, finding, titles) for finding in found]
    assert "1 of 1" in texts[0] and "patients/x" in texts[4] and "2 conversations could not" in texts[4]
    assert "title of a.b" in texts[5] and "came back 2 times" in texts[6]


@pytest.mark.guide("WR1", "WR2", "WR3", "WR4", "WR5", "WR6", "WR7", "KM4")
def test_the_text_has_the_seven_parts_of_the_guide_in_its_order(policy: Policy) -> None:
    items = (Item("own:1", "Write the page on visits", "2026-W47", "Dana Reyes"),)

    text = report_text(values(policy, report_of(policy, opened(1)), titles, items, "Dana Reyes", AFTER))

    places = [text.body.find(f"\n{n}. {part}\n") for n, part in enumerate(GUIDE_PARTS, start=1)]
    assert -1 not in places and places == sorted(places) and tuple(policy.metrics.weekly_report.values()) == GUIDE_PARTS
    assert "Write the page on visits (since 2026-W47) (Dana Reyes)" in text.body
    assert "Reviewed by: Dana Reyes" in text.body and text.subject == "Support report 2026-W48"


def test_parts_told_in_another_order_keep_their_own_figures(policy: Policy) -> None:
    turned = dict(reversed(policy.metrics.weekly_report.items()))
    other = policy.model_copy(update={"metrics": policy.metrics.model_copy(update={"weekly_report": turned})})
    items = (Item("own:1", "Write the page on visits", "2026-W47", "Dana Reyes"),)

    shown = values(other, report_of(other, opened(1)), titles, items, "", AFTER)

    text, rows = report_text(shown).body, table(other, shown)
    assert "1. Action items\n- Write the page on visits" in text and "7. Total tickets received\n1 ticket" in text
    assert ("Action items", "Write the page on visits") in {row[:2] for row in rows}
    assert next(row[0] for row in rows if row[0] != "Target") == "Action items"


def test_a_week_without_anything_has_a_report_too(policy: Policy) -> None:
    report = report_of(policy)

    text = report_text(values(policy, report, titles, (), "", AFTER))

    assert "0 tickets" in text.body and "no votes" in text.body and findings(policy, report) == ()
    assert [target.met for target in targets(policy, report)] == [None] * 4


@pytest.mark.parametrize("sign", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "\n=1", "＝1"])
def test_a_cell_that_looks_like_a_formula_is_only_shown(sign: str) -> None:
    assert safe_cell(sign) == f"'{sign}"
    assert safe_cell("a=1") == "a=1"


def test_the_table_has_every_part_and_only_text(policy: Policy) -> None:
    report = report_of(policy, opened(1), [event(IssueRaised("a.b"), NINE, 1)])

    rows = table(policy, values(policy, report, titles, (Item("k", "Do it", WEEK),), "", AFTER))

    assert {row[0] for row in rows} == {*GUIDE_PARTS, "Target"}
    assert all(isinstance(cell, str) for row in rows for cell in row)


def test_shares_never_round_up_to_all_and_lengths_are_hours_and_minutes() -> None:
    assert [percent(share) for share in (None, 0.0, 0.001, 0.999, 1.0)] == ["", "0 %", "1 %", "99 %", "100 %"]
    assert [length(amount) for amount in (None, minutes(0), minutes(65), hours(30))] == ["", "0:00", "1:05", "30:00"]
    assert Times().share is None


def test_the_issues_of_a_week_add_up_to_all_that_were_raised(policy: Policy) -> None:
    raised = [event(IssueRaised(f"issue.number_{n}"), NINE, n) for n in range(40)]

    shown = values(policy, report_of(policy, raised), titles, [], "", NINE)

    assert sum(count for _, count in shown["issues"]) == 40 and shown["issues"][-1][0] == "All others"
