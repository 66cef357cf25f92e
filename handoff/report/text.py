"""A report as people read it: display-ready values for the text, the console and the CSV, from one place."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from handoff import notices, safe
from handoff.findings import Finding, Target, targets
from handoff.policy.model import Policy
from handoff.policy.names import PRIORITIES
from handoff.report.figures import Report
from handoff.report.outcomes import Outcomes, Votes
from handoff.report.rows import DayRow, Item, OutcomesRow, ReportPart, Shown, TargetRow, TimesRow, VotesRow
from handoff.report.times import Times

Titles = Callable[[str], str]
"""What people call an issue, by its id."""
ISSUE_FACTS = ("gap", "came_back")


def report_text(shown: Shown) -> notices.StaffText:
    """The weekly report with the seven parts of the guide (rows WR1 to WR7), as plain text."""
    text = notices.fill("weekly_report", shown)
    return notices.StaffText(safe.of_report(text.subject), safe.of_report(text.body), text.file, text.hash)


def item_text(policy: Policy, finding: Finding, titles: Titles) -> str:
    """The sentence that a finding becomes on the list of action items."""
    facts = dict(finding.facts)
    if finding.kind in ISSUE_FACTS and facts["issue"]:
        facts["issue"] = titles(str(facts["issue"]))
    if finding.kind == "escalation_rate":
        facts["reason"] = reason_words(policy, str(facts["reason"]))
    text = notices.fill("action_item", {"kind": finding.kind, **facts})
    return " ".join(f"{text.subject} {text.body}".split())


def reason_words(policy: Policy, reason: str) -> str:
    """Why a ticket was handed on, in the guide's words."""
    rules = policy.escalation
    rule = rules.to_tier_2.get(reason) or rules.to_tier_3.get(reason)
    return rule.means if rule else reason.replace("_", " ")


def length(amount: timedelta | None) -> str:
    """Hours and minutes, as 3:05; empty for none."""
    if amount is None:
        return ""
    minutes = round(amount.total_seconds() / 60)
    return f"{minutes // 60}:{minutes % 60:02d}"


def percent(share: float | None) -> str:
    """A share of 0 to 1 in percent; empty for none. Never rounded up to all of it, nor down to nothing."""
    if share is None:
        return ""
    whole = round(100 * share)
    inside = min(99, max(1, whole)) if 0 < share < 1 else whole
    return f"{inside} %"


def day_name(day: date) -> str:
    """Mon, Nov 23."""
    return f"{day:%a, %b} {day.day}"


def values(
    policy: Policy, report: Report, titles: Titles, items: Sequence[Item], reviewed: str, now: datetime
) -> Shown:
    """Everything that a page or a text about this report shows, each figure already written out."""
    zone = ZoneInfo(policy.hours.zone)
    names, counts = policy.words, report.escalations
    return {
        "r": report,
        "week": report.week,
        "running": now < report.end,
        "first_day": day_name(report.start.astimezone(zone).date()),
        "last_day": day_name((report.end - timedelta(seconds=1)).astimezone(zone).date()),
        "zone": policy.hours.zone,
        "until": notices.clock_time(report.until, "", policy.hours.zone),
        "reviewed": reviewed,
        "parts": parts_of(policy),
        "targets": [_target(policy, report, target) for target in targets(policy, report)],
        "change": _change(report),
        "volume": [(week, sum(found.values())) for week, found in report.volume],
        "priorities": [(names.priorities[p], report.by_priority[p], report.open_tickets[p]) for p in PRIORITIES],
        "times": times_rows(policy, report),
        "days": days_rows(report),
        "votes": votes_rows(policy, report),
        "out_of": policy.metrics.satisfaction.highest,
        "outcomes": outcomes_rows(policy, report),
        "issues": issues_rows(policy, report, titles),
        "clusters": [
            {"title": titles(c.nearest) if c.nearest else "", "count": c.count, "words": ", ".join(c.words)}
            for c in report.clusters
        ],
        "rate": _rate(counts.rate),
        "rate_wanted": f"{policy.metrics.metrics['escalation_rate'].value or 0:g} %",
        "reasons": [(reason_words(policy, reason), count) for reason, count in counts.by_reason.items()],
        "further": [(_further(policy, reason), count) for reason, count in counts.further.items()],
        "items": list(items),
    }


def parts_of(policy: Policy) -> tuple[ReportPart, ...]:
    """The parts of the report as the guide orders and calls them (rows WR1 to WR7)."""
    named = enumerate(policy.metrics.weekly_report.items(), start=1)
    return tuple(ReportPart(name, number, title) for number, (name, title) in named)


def _further(policy: Policy, reason: str) -> str:
    return policy.escalation.to_tier_3[reason].means


def _target(policy: Policy, report: Report, target: Target) -> TargetRow:
    figures = {
        "first_response_time": percent(report.first_response.share),
        "resolution_time": percent(report.resolution.share),
        "customer_satisfaction": f"{report.votes.score:.2f}" if report.votes.score is not None else "",
        "escalation_rate": _rate(report.escalations.rate),
    }
    words = policy.words.report
    said = {True: words["met"], False: words["not_met"], None: words["not_measured"]}[target.met]
    wanted, told = policy.metrics.metrics[target.kind].value, words[f"{target.kind}_told"]
    shown = "" if wanted is None else f"{wanted:g}"
    return {
        "row": target.row,
        "name": target.name,
        "met": target.met,
        "said": said,
        "figure": figures[target.kind],
        "of": told.format(wanted=shown, out_of=policy.metrics.satisfaction.highest),
        "told": told,
        "wanted": shown,
    }


def _rate(rate: float | None) -> str:
    return "" if rate is None else f"{rate:.1f} %"


def _change(report: Report) -> str | None:
    """How many more or fewer tickets than the week before; None when that week is not shown."""
    if len(report.volume) < 2:
        return None
    before, now = (sum(found.values()) for _, found in report.volume[-2:])
    return f"{now - before:+d}"


def times_rows(policy: Policy, report: Report) -> list[TimesRow]:
    """First answers and resolutions, all and by priority, then the tiers' goals, then the assistant alone."""
    words, priorities = policy.words.report, policy.words.priorities
    rows: list[tuple[str, Times]] = [(words["first_response"], report.first_response)]
    rows += [(f"{words['first_response']}, {priorities[p]}", report.first_by_priority[p]) for p in PRIORITIES]
    rows += [(words["resolution"], report.resolution)]
    rows += [(f"{words['resolution']}, {priorities[p]}", report.resolution_by_priority[p]) for p in PRIORITIES]
    rows += [(words[f"tier_{tier}"], times) for tier, times in report.goals.items()]
    rows += [(words["bot_answers"], report.bot_answers), (words["self_service"], report.self_service)]
    return [
        {
            "name": name,
            "settled": times.settled,
            "within": times.within,
            "answered": times.answered,
            "share": percent(times.share),
            "mean": length(times.mean),
            "median": length(times.median),
            "p90": length(times.p90),
        }
        for name, times in rows
    ]


def days_rows(report: Report) -> list[DayRow]:
    """The daily figures (rows ME1 and ME2)."""
    return [
        {
            "name": day_name(day.day),
            "received": day.received,
            "first_response": day.first_response,
            "resolution": day.resolution,
        }
        for day in report.days
    ]


def issues_rows(policy: Policy, report: Report, titles: Titles) -> list[tuple[str, int]]:
    """What people came with most often, and all else in one row, so that the rows add up."""
    rows = [(titles(issue), count) for issue, count in report.issues]
    return [*rows, (policy.words.report["other_issues"], report.other_issues)] if report.other_issues else rows


def votes_rows(policy: Policy, report: Report) -> list[VotesRow]:
    """Satisfaction: all, the assistant, people (decision O1)."""
    words = policy.words.report
    rows: tuple[tuple[str, Votes], ...] = (
        (words["all"], report.votes),
        (words["bot"], report.bot_votes),
        (words["people"], report.people_votes),
    )
    return [
        {
            "name": name,
            "count": votes.count,
            "score": f"{votes.score:.2f}" if votes.score is not None else "",
            "share": percent(votes.share_of_yes),
        }
        for name, votes in rows
    ]


def outcomes_rows(policy: Policy, report: Report) -> list[OutcomesRow]:
    """The outcome book; people hand nothing over, so that they have no number there."""
    words = policy.words.report
    rows: tuple[tuple[str, Outcomes, int | None], ...] = (
        (words["bot"], report.bot_outcomes, report.bot_outcomes.handed_over),
        (words["people"], report.people_outcomes, None),
    )
    return [
        {"name": name, "solved": o.solved, "silent": o.silent, "came_back": o.came_back, "handed_over": handed}
        for name, o, handed in rows
    ]
