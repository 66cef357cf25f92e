"""The report as rows of part, name, figure and value: for a spreadsheet, and for machines."""

from collections.abc import Callable, Iterator, Mapping
from typing import Literal

from handoff.policy.model import Policy
from handoff.policy.names import ReportPartName
from handoff.report.rows import Shown

Row = tuple[str, str, str, str]
Length = Literal["mean", "median", "p90", "settled", "within", "share"]
LENGTHS: tuple[Length, ...] = ("mean", "median", "p90", "settled", "within", "share")
End = Literal["solved", "silent", "came_back", "handed_over"]
ENDS: tuple[End, ...] = ("solved", "silent", "came_back", "handed_over")
Promised = Literal["first_response", "resolution"]
PROMISES: tuple[Promised, ...] = ("first_response", "resolution")
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def table(policy: Policy, shown: Shown) -> list[Row]:
    """Every figure of the report; `shown` comes from report_text.values."""
    words = policy.words.report
    parts: list[tuple[str, Rows]] = [(words["target"], _targets(shown))]
    parts += [(part.title, FIGURES[part.name](words, shown)) for part in shown["parts"]]
    return [(title, name, figure, str(value)) for title, rows in parts for name, figure, value in rows]


def safe_cell(text: str) -> str:
    """The text as a spreadsheet shows it and never computes it: a leading formula sign gets an apostrophe before it."""
    return f"'{text}" if text.startswith(FORMULA) else text


Rows = Iterator[tuple[str, str, object]]
Names = Mapping[str, str]


def _targets(shown: Shown) -> Rows:
    for target in shown["targets"]:
        yield target["name"], target["said"], target["figure"]


def _received(w: Names, shown: Shown) -> Rows:
    for week, count in shown["volume"]:
        yield w["week"].format(week=week), w["count"], count


def _priorities(w: Names, shown: Shown) -> Rows:
    for name, count, still in shown["priorities"]:
        yield name, w["count"], count
        yield name, w["open"], still
    yield w["all"], w["overdue"], shown["r"].overdue


def _times(w: Names, shown: Shown) -> Rows:
    for row in shown["times"]:
        for measure in LENGTHS:
            yield row["name"], w[measure], row[measure]
    for day in shown["days"]:
        yield day["name"], w["received"], day["received"]
        for kind in PROMISES:
            yield day["name"], f"{w[kind]}, {w['settled']}", day[kind].settled
            yield day["name"], f"{w[kind]}, {w['within']}", day[kind].within


def _satisfaction(w: Names, shown: Shown) -> Rows:
    for row in shown["votes"]:
        yield row["name"], w["score"], row["score"]
        yield row["name"], w["share_of_yes"], row["share"]
        yield row["name"], w["votes"], row["count"]
    for ended in shown["outcomes"]:
        for measure in ENDS:
            if ended[measure] is not None:
                yield ended["name"], w[measure], ended[measure]


def _issues(w: Names, shown: Shown) -> Rows:
    for title, count in shown["issues"]:
        yield title, w["count"], count
    yield w["not_understood"], w["count"], shown["r"].not_understood
    yield w["corrected"], w["count"], shown["r"].corrected
    for cluster in shown["clusters"]:
        near = w["near"].format(issue=cluster["title"]) if cluster["title"] else w["near_nothing"]
        yield near, w["count"], cluster["count"]


def _escalations(w: Names, shown: Shown) -> Rows:
    counts = shown["r"].escalations
    yield w["tier_2_tickets"], w["count"], counts.to_tier_2
    yield w["conversations"], w["count"], counts.conversations
    yield w["rate"], w["share"], shown["rate"]
    for reason, count in shown["reasons"]:
        yield w["reason"].format(reason=reason), w["count"], count
    yield w["tier_3_tickets"], w["count"], counts.to_tier_3
    for reason, count in shown["further"]:
        yield w["reason"].format(reason=reason), w["count"], count


def _action_items(w: Names, shown: Shown) -> Rows:
    for item in shown["items"]:
        yield item.text, w["since"].format(week=item.since), item.by


FIGURES: Mapping[ReportPartName, Callable[[Names, Shown], Rows]] = {
    "received": _received,
    "priorities": _priorities,
    "times": _times,
    "satisfaction": _satisfaction,
    "issues": _issues,
    "escalations": _escalations,
    "action_items": _action_items,
}
"""What each part of the report is made of."""
