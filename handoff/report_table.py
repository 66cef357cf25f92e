"""The report as rows of part, name, figure and value: for a spreadsheet, and for machines."""

from collections.abc import Iterator, Mapping
from typing import Literal

from handoff.policy import Policy
from handoff.report_rows import Shown

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
    rows: list[Row] = []
    for part in (_targets, _volume, _times, _days, _satisfaction, _issues, _escalations, _items):
        rows += [(a, b, c, str(d)) for a, b, c, d in part(policy.words.report, shown)]
    return rows


def safe_cell(text: str) -> str:
    """The text as a spreadsheet shows it and never computes it: a leading formula sign gets an apostrophe before it."""
    return f"'{text}" if text.startswith(FORMULA) else text


Rows = Iterator[tuple[str, str, str, object]]
Names = Mapping[str, str]


def _targets(w: Names, shown: Shown) -> Rows:
    for target in shown["targets"]:
        yield w["target"], target["name"], target["said"], target["figure"]


def _volume(w: Names, shown: Shown) -> Rows:
    received, by_priority = shown["parts"][:2]
    for week, count in shown["volume"]:
        yield received, w["week"].format(week=week), w["count"], count
    for name, count, still in shown["priorities"]:
        yield by_priority, name, w["count"], count
        yield by_priority, name, w["open"], still
    yield by_priority, w["all"], w["overdue"], shown["r"].overdue


def _times(w: Names, shown: Shown) -> Rows:
    for row in shown["times"]:
        for measure in LENGTHS:
            yield shown["parts"][2], row["name"], w[measure], row[measure]


def _days(w: Names, shown: Shown) -> Rows:
    for row in shown["days"]:
        yield shown["parts"][2], row["name"], w["received"], row["received"]
        for kind in PROMISES:
            yield shown["parts"][2], row["name"], f"{w[kind]}, {w['settled']}", row[kind].settled
            yield shown["parts"][2], row["name"], f"{w[kind]}, {w['within']}", row[kind].within


def _satisfaction(w: Names, shown: Shown) -> Rows:
    part = shown["parts"][3]
    for row in shown["votes"]:
        yield part, row["name"], w["score"], row["score"]
        yield part, row["name"], w["share_of_yes"], row["share"]
        yield part, row["name"], w["votes"], row["count"]
    for ended in shown["outcomes"]:
        for measure in ENDS:
            if ended[measure] is not None:
                yield part, ended["name"], w[measure], ended[measure]


def _issues(w: Names, shown: Shown) -> Rows:
    part = shown["parts"][4]
    for title, count in shown["issues"]:
        yield part, title, w["count"], count
    yield part, w["not_understood"], w["count"], shown["r"].not_understood
    yield part, w["corrected"], w["count"], shown["r"].corrected
    for cluster in shown["clusters"]:
        near = w["near"].format(issue=cluster["title"]) if cluster["title"] else w["near_nothing"]
        yield part, near, w["count"], cluster["count"]


def _escalations(w: Names, shown: Shown) -> Rows:
    part, counts = shown["parts"][5], shown["r"].escalations
    yield part, w["tier_2_tickets"], w["count"], counts.to_tier_2
    yield part, w["conversations"], w["count"], counts.conversations
    yield part, w["rate"], w["share"], shown["rate"]
    for reason, count in shown["reasons"]:
        yield part, w["reason"].format(reason=reason), w["count"], count
    yield part, w["tier_3_tickets"], w["count"], counts.to_tier_3
    for reason, count in shown["further"]:
        yield part, w["reason"].format(reason=reason), w["count"], count


def _items(w: Names, shown: Shown) -> Rows:
    for item in shown["items"]:
        yield shown["parts"][6], item.text, w["since"].format(week=item.since), item.by
