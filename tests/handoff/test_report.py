"""The weekly report's figures, from a log written by hand: every number can be checked with a pencil."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handoff.clock_history import Happened, replay
from handoff.events import ConversationClosed, ConversationOpened, HandoverBegun, IssueRaised, IssueSolved, Rated
from handoff.findings import findings, targets
from handoff.policy.model import Policy
from handoff.report.figures import Answered, Records, Unclear, make_report
from handoff.report.text import values
from handoff.report.times import times
from handoff.ticket_events import Closed, Escalated, InProgress, UserAnswered, WaitBegan
from handoff.weeks import Span, span_of, week_before
from tests.handoff.report_logs import AFTER, WEEK, answered, event, opened, report_of, resolved, titles
from tests.makers import NINE, hours, minutes


@pytest.mark.guide("ME1", "WR3")
def test_first_responses_are_counted_when_they_were_given_or_missed(policy: Policy) -> None:
    logs = [
        [*opened(1), answered(1, NINE + hours(1))],
        [*opened(2), answered(2, NINE + hours(3))],
        [*opened(3), answered(3, NINE + hours(8))],
        opened(4),
    ]

    first = report_of(policy, *logs).first_response

    assert (first.settled, first.within, first.missed, first.answered) == (4, 2, 2, 3)
    assert (first.mean, first.median, first.p90) == (hours(4), hours(3), hours(7))
    assert first.share == 0.5


@pytest.mark.guide("ME1")
def test_the_channels_own_time_is_the_promise_where_it_is_the_earlier_one(policy: Policy) -> None:
    low = [*opened(1, priority="low"), answered(1, NINE + hours(6))]

    in_chat = report_of(policy, low, channel="in_app_chat").first_response
    by_mail = report_of(policy, low, channel="email").first_response

    assert (in_chat.settled, in_chat.within, by_mail.settled, by_mail.within) == (1, 0, 1, 1)


@pytest.mark.guide("ME1")
def test_a_promise_counts_once_in_the_week_in_which_it_was_kept_or_broken(policy: Policy) -> None:
    sunday = span_of(policy, WEEK).end - hours(1)
    late = [*opened(1, sunday - hours(10)), answered(1, sunday + hours(2))]
    early = opened(2, sunday)

    this = report_of(policy, late, early)

    assert (this.first_response.settled, this.first_response.within, this.first_response.answered) == (1, 0, 0)
    records = Records((), {1: tuple(late), 2: tuple(early)}, {}, {})
    following = make_report(policy, week_before(policy, WEEK, -1), records, AFTER + timedelta(days=9)).first_response
    assert (following.settled, following.within, following.answered) == (1, 0, 1)


@pytest.mark.guide("ME2", "WR3")
def test_waiting_for_the_user_does_not_count_against_the_resolution(policy: Policy) -> None:
    waited = [
        *opened(1, priority="high"),
        answered(1, NINE + minutes(10)),
        event(WaitBegan(), NINE + minutes(10), 1, 1),
        event(UserAnswered(), NINE + hours(30), 1, 1),
        resolved(1, NINE + hours(40)),
    ]
    slow = [*opened(2, priority="high"), answered(2, NINE + minutes(10)), resolved(2, NINE + hours(40))]

    report = report_of(policy, waited, slow)

    assert report.resolution_by_priority["high"].settled == 2 and report.resolution_by_priority["high"].within == 1
    assert report.resolution.mean == hours(40)


@pytest.mark.guide("ME2")
def test_a_reopened_ticket_has_a_second_promise(policy: Policy) -> None:
    again = [
        *opened(1),
        answered(1, NINE + hours(1)),
        resolved(1, NINE + hours(2)),
        event(InProgress("resolved", 2), NINE + hours(3), 1, 1),
        resolved(1, NINE + hours(80)),
    ]

    report = report_of(policy, again)

    assert (report.resolution.settled, report.resolution.within, report.resolution.answered) == (2, 1, 2)
    assert report.people_outcomes.came_back == 1


@pytest.mark.guide("ME1", "ME2")
def test_the_days_add_up_to_the_week(policy: Policy) -> None:
    logs = [
        [*opened(n, NINE + hours(11 * n)), answered(n, NINE + hours(13 * n)), resolved(n, NINE + hours(14 * n))]
        for n in range(1, 12)
    ]

    report = report_of(policy, *logs)

    assert len(report.days) == 7
    for figure in ("settled", "within", "answered"):
        assert sum(getattr(day.first_response, figure) for day in report.days) == getattr(report.first_response, figure)
        assert sum(getattr(day.resolution, figure) for day in report.days) == getattr(report.resolution, figure)
    assert sum(day.received for day in report.days) == report.received


@pytest.mark.guide("ME4", "WR1", "WR2")
def test_volume_is_counted_by_week_and_by_priority(policy: Policy) -> None:
    weeks_ago = [timedelta(weeks=n) for n in (3, 1, 1, 0, 0, 0)]
    logs = [opened(n, NINE - ago, "high" if n % 2 else "low") for n, ago in enumerate(weeks_ago, start=1)]

    report = report_of(policy, *logs)

    assert [(week, sum(found.values())) for week, found in report.volume] == [
        ("2026-W45", 1),
        ("2026-W46", 0),
        ("2026-W47", 2),
        ("2026-W48", 3),
    ]
    assert report.received == 3 and report.by_priority == {"critical": 0, "high": 1, "medium": 0, "low": 2}
    assert values(policy, report, titles, (), "", AFTER)["change"] == "+1"


@pytest.mark.guide("ME3", "WR4", "O1")
def test_satisfaction_takes_the_score_or_else_the_yes_and_keeps_bot_and_people_apart(policy: Policy) -> None:
    votes = [
        event(Rated("bot", helpful=True, cycle=1), NINE, 1),
        event(Rated("bot", helpful=False, cycle=1), NINE, 2),
        event(Rated("bot", helpful=True, score=4, cycle=1), NINE, 3),
        event(Rated("ticket", helpful=True, score=5, cycle=1), NINE, 4, 4),
    ]

    report = report_of(policy, votes)

    assert report.bot_votes.score == pytest.approx(10 / 3) and report.bot_votes.count == 3
    assert report.bot_votes.share_of_yes == pytest.approx(2 / 3)
    assert report.people_votes.score == 5 and report.votes.count == 4
    assert report.votes.score == pytest.approx(15 / 4)


@pytest.mark.guide("O1")
def test_a_vote_that_was_changed_counts_once_and_keeps_its_score_only_with_the_same_answer(policy: Policy) -> None:
    first = event(Rated("ticket", helpful=True, score=4, cycle=1), NINE, 1, 1)
    again = event(Rated("ticket", helpful=True, cycle=1), NINE + hours(1), 1, 1)
    turned = event(Rated("ticket", helpful=False, cycle=1), NINE + hours(2), 1, 1)

    assert report_of(policy, [first, again]).votes.score == 4
    assert report_of(policy, [first, again, turned]).votes == report_of(policy, [turned]).votes


@pytest.mark.guide("ME5", "WR6", "O10")
def test_the_escalation_rate_is_tickets_of_conversations_that_raised_an_issue(policy: Policy) -> None:
    answered_by_bot = [event(IssueRaised("account.locked"), NINE, n) for n in range(10, 18)]
    greeting = [event(ConversationOpened(), NINE, 30), event(Rated("bot", helpful=True), NINE, 30)]
    escalated = event(Escalated("bug_confirmed", "engineering"), NINE + hours(1), 2, 2)
    to_compliance = event(Escalated("compliance", "compliance"), NINE + hours(1), 1, 1)

    counts = report_of(
        policy, opened(1), [*opened(2, reason="data_loss"), escalated], [to_compliance], answered_by_bot, greeting
    ).escalations

    assert (counts.to_tier_2, counts.conversations, counts.rate) == (2, 10, 20.0)
    assert counts.by_reason == {"asked_for_person": 1, "data_loss": 1}
    assert (counts.to_tier_3, counts.further) == (1, {"bug_confirmed": 1})


@pytest.mark.guide("ME5")
def test_exactly_the_stated_share_of_escalations_misses_the_target(policy: Policy) -> None:
    issues = [event(IssueRaised("account.locked"), NINE, n) for n in range(10, 14)]

    met = {target.row: target.met for target in targets(policy, report_of(policy, opened(1), issues))}

    assert met["ME5"] is False and met["ME3"] is None


@pytest.mark.guide("ME3")
def test_satisfaction_meets_its_target_only_above_four_and_a_half(policy: Policy) -> None:
    def met(*scores: int) -> bool | None:
        votes = [
            event(Rated("ticket", helpful=True, score=score, cycle=1), NINE, n, n)
            for n, score in enumerate(scores, start=1)
        ]
        return {target.row: target.met for target in targets(policy, report_of(policy, votes))}["ME3"]

    assert (met(5, 4), met(5, 5, 4), met(4)) == (False, True, False)


@pytest.mark.guide("T1.7")
def test_self_service_is_measured_as_immediate_and_within_four_hours_and_misses_are_reported(policy: Policy) -> None:
    log = [
        event(IssueRaised("account.locked"), NINE, 1),
        event(IssueSolved("account.locked"), NINE + hours(1), 1),
        event(IssueRaised("account.locked"), NINE, 2),
        event(IssueSolved("account.locked"), NINE + hours(5), 2),
    ]
    answers = (Answered(NINE, NINE), Answered(NINE, NINE + minutes(3)))

    report = report_of(policy, log, answers=answers)

    assert (report.self_service.settled, report.self_service.missed) == (2, 1)
    assert (report.bot_answers.settled, report.bot_answers.missed) == (2, 1)
    assert {"late": 1, "slow": 1} in [dict(found.facts) for found in findings(policy, report)]


def test_outcomes_are_solved_silent_back_and_handed_over_with_bot_and_people_apart(policy: Policy) -> None:
    log = [
        event(IssueRaised("a.b"), NINE, 1),
        event(IssueSolved("a.b"), NINE + hours(1), 1),
        event(IssueRaised("a.b"), NINE + hours(50), 1),
        event(ConversationClosed("silent"), NINE + hours(74), 1),
        event(IssueRaised("a.b"), NINE, 2),
        *opened(2, NINE + minutes(5)),
        resolved(2, NINE + hours(2)),
        event(Closed("resolved", "confirmed"), NINE + hours(3), 2, 2),
        event(ConversationClosed("silent"), NINE, 3),
    ]

    report = report_of(policy, log)

    bot, people = report.bot_outcomes, report.people_outcomes
    assert (bot.solved, bot.silent, bot.came_back, bot.handed_over) == (1, 1, 1, 1)
    assert (people.solved, people.silent, people.came_back) == (1, 0, 0)
    assert report.came_back == {"a.b": 1}


def test_what_comes_back_after_more_than_seven_days_is_a_new_issue(policy: Policy) -> None:
    log = [
        event(IssueSolved("a.b"), NINE - timedelta(days=7, minutes=1), 1),
        event(IssueSolved("a.b"), NINE - timedelta(days=6), 2),
        event(IssueRaised("a.b"), NINE, 1),
        event(IssueRaised("a.b"), NINE, 2),
    ]

    assert report_of(policy, log).bot_outcomes.came_back == 1


@pytest.mark.guide("WR5")
def test_top_issues_and_what_was_not_understood_are_listed(policy: Policy) -> None:
    log = [event(IssueRaised("a.b" if n < 3 else "c.d"), NINE, n) for n in range(5)]
    log += [event(HandoverBegun("not_understood", "escalate.unknown_issue"), NINE, 9)]
    unclear = (Unclear("a.b", ("invoice", "wrong")), Unclear("a.b", ("invoice",)), Unclear(""))

    report = report_of(policy, log, unclear=unclear)

    assert report.issues == (("a.b", 3), ("c.d", 2)) and report.not_understood == 1
    assert [(c.nearest, c.count, c.words) for c in report.clusters] == [("a.b", 2, ("invoice",)), ("", 1, ())]


def test_every_group_of_what_was_not_understood_is_reported(policy: Policy) -> None:
    unclear = tuple(Unclear(f"issue.{n}") for n in range(30))

    assert len(report_of(policy, [], unclear=unclear).clusters) == 30


def test_what_happens_after_the_week_does_not_change_its_report(policy: Policy) -> None:
    logs = [*opened(1), answered(1, NINE + hours(1))]
    later = [resolved(1, AFTER + hours(1)), event(Rated("ticket", helpful=True, cycle=1), AFTER, 1, 1)]

    assert report_of(policy, logs) == report_of(policy, [*logs, *later], now=AFTER + timedelta(days=30))


@given(st.lists(st.integers(0, 6 * 24 * 60), min_size=1, max_size=40))
def test_figures_of_time_stay_in_order(policy: Policy, took: list[int]) -> None:
    promises = [p for n, m in enumerate(took) for p in replay(policy, _life(n + 1, m), "email")[1]]

    found = times(promises, "first_response", Span(NINE, NINE + timedelta(days=7)))

    assert found.answered == len(took) and found.within <= found.settled <= len(took)
    assert minutes(min(took)) <= found.median <= found.p90 <= minutes(max(took))
    assert found.within == sum(1 for m in took if m <= 240)


def _life(number: int, took: int) -> list[Happened]:
    return [*opened(number), answered(number, NINE + minutes(took))]


def test_a_log_that_does_not_begin_with_the_opening_is_refused(policy: Policy) -> None:
    with pytest.raises(ValueError):
        replay(policy, [answered(1, NINE)], "email")
