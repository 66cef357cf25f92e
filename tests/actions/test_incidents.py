"""An incident: sensed once, settled by one person, told once to everybody it affects, and greeted with."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy import select

from bot.actions import incidents
from bot.actions.deps import Caller, Deps
from bot.actions.receive import Incoming, Received, receive
from bot.actions.sweep.sweep import sweep
from bot.storage import incidents as rows
from bot.storage.tables import EventRow, IncidentRow, MessageRow, OutboxRow
from handoff.lifecycle import NotAllowed
from handoff.ticket import User
from tests.makers import ALEX, BO, NINE, hours, minutes

CRASH = "the app keeps crashing since the update"


def writes(deps: Deps, user: int, text: str = CRASH, at: datetime = NINE) -> Received:
    """One of many users writes in the app."""
    return receive(deps, Incoming(User(f"u-{user}", f"User {user}"), "in_app_chat", text), at)


def crashing(deps: Deps, people: int = 4) -> int:
    """So many people have the same fault within some minutes; the incident."""
    for user in range(people):
        writes(deps, user, at=NINE + minutes(user))
    assert incidents.sense(deps, NINE + minutes(people))
    return live(deps)[0].id


def live(deps: Deps) -> list[IncidentRow]:
    with deps.reading.begin() as db:
        return rows.live(db)


def said(deps: Deps, received: Received) -> list[str]:
    """Everything that the conversation was told."""
    with deps.reading.begin() as db:
        found = select(MessageRow).where(MessageRow.conversation_id == received.conversation.id)
        return [str(row.body) for row in db.scalars(found.order_by(MessageRow.number)) if row.said_by == "bot"]


def happened(deps: Deps, kind: str) -> list[EventRow]:
    with deps.reading.begin() as db:
        return list(db.scalars(select(EventRow).where(EventRow.kind == kind)))


@pytest.mark.guide("T2.10")
def test_like_issues_of_four_people_are_suspected_once_and_told_to_the_team(deps: Deps) -> None:
    in_slack = replace(deps, team_channels={"support": "C1"})
    incident = crashing(in_slack)

    for _ in range(3):
        assert not incidents.sense(in_slack, NINE + minutes(10))
    with deps.reading.begin() as db:
        told = db.scalars(select(OutboxRow).where(OutboxRow.kind == "incident")).all()
        assert [row.payload["incident"] for row in told] == [incident]
        assert len(rows.members(db, incident)) == 4
    assert [(row.issue, row.state) for row in live(deps)] == [("technical.mobile_app", "suspected")]


def test_one_person_who_writes_four_times_is_no_outage(deps: Deps) -> None:
    for n in range(4):
        writes(deps, 1, at=NINE + minutes(n))
    assert not incidents.sense(deps, NINE + minutes(5))


def test_four_people_in_an_hour_are_no_outage(deps: Deps) -> None:
    for user in range(4):
        writes(deps, user, at=NINE + minutes(15 * user))
    assert not incidents.sense(deps, NINE + minutes(46))


def test_of_two_who_settle_it_one_wins_and_the_other_is_told_who(deps: Deps) -> None:
    incident = crashing(deps)

    def settles(by: object) -> str:
        try:
            incidents.settle(Caller(deps, by, NINE + minutes(6)), incident, "confirmed")  # type: ignore[arg-type]
        except NotAllowed as refusal:
            return refusal.facts["by"]
        return ""

    with ThreadPoolExecutor(2) as pool:
        told = list(pool.map(settles, (ALEX, BO)))
    assert sorted(told)[0] == "" and sorted(told)[1] in (ALEX.name, BO.name)
    assert len(happened(deps, "incident_confirmed")) == 1


def test_while_it_is_confirmed_who_has_it_is_greeted_with_it_and_gets_no_steps(deps: Deps) -> None:
    incident = crashing(deps)
    incidents.settle(Caller(deps, ALEX, NINE + minutes(6)), incident, "confirmed")

    late = writes(deps, 9, at=NINE + minutes(20))

    assert "known problem" in said(deps, late)[-1] and "App Store" not in said(deps, late)[-1]
    with deps.reading.begin() as db:
        assert late.conversation.id in {member.conversation_id for member in rows.members(db, incident)}


def test_everybody_is_told_the_text_that_stood_there_when_it_was_settled(
    deps: Deps, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = writes(deps, 0, at=NINE)
    incident, told = crashing(deps), incidents._approved
    incidents.settle(Caller(deps, ALEX, NINE + minutes(6)), incident, "confirmed")
    monkeypatch.setattr(incidents, "_approved", lambda *which: {**told(*which), "text": "Edited since."})
    sweep(deps, NINE + minutes(7))

    assert "known problem" in said(deps, first)[-1] and "Edited since." not in said(deps, first)


def test_another_issue_is_answered_as_ever(deps: Deps) -> None:
    incidents.settle(Caller(deps, ALEX, NINE + minutes(6)), crashing(deps), "confirmed")
    other = writes(deps, 9, "I forgot my password", NINE + minutes(20))
    assert "Forgot password" in said(deps, other)[-1]


def test_an_emergency_is_never_greeted_with_an_incident(deps: Deps) -> None:
    incidents.settle(Caller(deps, ALEX, NINE + minutes(6)), crashing(deps), "confirmed")
    other = writes(deps, 9, "the app crashes and my father has chest pain", NINE + minutes(20))
    assert any("911" in text for text in said(deps, other)[1:])


def test_who_was_greeted_can_have_a_person_all_the_same(deps: Deps) -> None:
    incidents.settle(Caller(deps, ALEX, NINE + minutes(6)), crashing(deps), "confirmed")
    writes(deps, 9, at=NINE + minutes(20))
    for text in ("talk to a person", "skip", "skip", "skip", "skip"):
        late = writes(deps, 9, text, NINE + minutes(21))
    assert late.conversation.ticket_number is not None


def test_everybody_affected_is_told_once_and_once_that_it_is_over(deps: Deps) -> None:
    early = [writes(deps, user, at=NINE) for user in range(4)]
    incidents.sense(deps, NINE + minutes(1))
    incident = live(deps)[0].id
    incidents.settle(Caller(deps, ALEX, NINE + minutes(2)), incident, "confirmed")
    late = writes(deps, 9, at=NINE + minutes(3))
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: sweep(deps, NINE + minutes(4)), range(4)))
    incidents.settle(Caller(deps, BO, NINE + minutes(30)), incident, "over")
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: sweep(deps, NINE + minutes(31)), range(4)))
    sweep(deps, NINE + minutes(60))

    for received in (*early, late):
        texts = said(deps, received)
        assert sum("known problem" in text for text in texts) == 1
        assert sum("Good news" in text for text in texts) == 1
    assert not live(deps)


def test_who_joins_a_suspicion_is_told_when_it_is_confirmed(deps: Deps) -> None:
    incident = crashing(deps)
    late = writes(deps, 9, at=NINE + minutes(8))
    assert "App Store" in said(deps, late)[-1]
    incidents.settle(Caller(deps, ALEX, NINE + minutes(9)), incident, "confirmed")
    sweep(deps, NINE + minutes(10))
    assert "known problem" in said(deps, late)[-1]


def test_a_dismissed_one_tells_nobody_and_is_not_suspected_again_at_once(deps: Deps) -> None:
    incident = crashing(deps)
    incidents.settle(Caller(deps, ALEX, NINE + minutes(6)), incident, "dismissed")
    sweep(deps, NINE + minutes(7))

    assert not incidents.sense(deps, NINE + minutes(8)) and not happened(deps, "incident_told")
    for user in range(10, 14):
        writes(deps, user, at=NINE + minutes(9))
    assert incidents.sense(deps, NINE + minutes(10))


def test_a_suspicion_that_nobody_settles_ends_by_itself(deps: Deps) -> None:
    crashing(deps)
    sweep(deps, NINE + hours(1))
    assert live(deps)
    sweep(deps, NINE + hours(3))
    assert not live(deps) and happened(deps, "incident_dismissed")[0].actor_kind == "clock"


def test_four_workers_suspect_it_once(deps: Deps) -> None:
    for user in range(5):
        writes(deps, user, at=NINE)
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: incidents.sense(deps, NINE + minutes(1)), range(4)))
    assert found.count(True) == 1 and len(happened(deps, "incident_suspected")) == 1


def test_what_was_over_is_not_suspected_again_from_the_same_messages(deps: Deps) -> None:
    incident = crashing(deps)
    incidents.settle(Caller(deps, ALEX, NINE + minutes(6)), incident, "confirmed")
    incidents.settle(Caller(deps, ALEX, NINE + minutes(8)), incident, "over")

    assert not incidents.sense(deps, NINE + minutes(9))
    for user in range(20, 24):
        writes(deps, user, at=NINE + minutes(10))
    assert incidents.sense(deps, NINE + minutes(11))


def test_a_message_that_crossed_with_the_suspicion_is_not_lost(deps: Deps, monkeypatch: pytest.MonkeyPatch) -> None:
    incident = crashing(deps)
    with monkeypatch.context() as unseen:
        unseen.setattr(rows, "live_of", lambda db, issue: None)
        crossed = writes(deps, 9, at=NINE + minutes(4))
    sweep(deps, NINE + minutes(6))

    with deps.reading.begin() as db:
        assert crossed.conversation.id in {member.conversation_id for member in rows.members(db, incident)}


def test_who_was_greeted_just_as_it_ended_is_told_that_it_is_over(deps: Deps, monkeypatch: pytest.MonkeyPatch) -> None:
    incident = crashing(deps)
    incidents.settle(Caller(deps, ALEX, NINE + minutes(6)), incident, "confirmed")
    incidents.settle(Caller(deps, ALEX, NINE + minutes(20)), incident, "over")
    with monkeypatch.context() as crossing:
        crossing.setattr(rows, "confirmed_issues", lambda db: frozenset({"technical.mobile_app"}))
        late = writes(deps, 9, at=NINE + minutes(20))
    sweep(deps, NINE + minutes(21))

    assert "known problem" in said(deps, late)[-2] and "Good news" in said(deps, late)[-1]


def test_the_other_issue_of_a_message_is_answered_after_the_greeting(deps: Deps) -> None:
    incidents.settle(Caller(deps, ALEX, NINE + minutes(6)), crashing(deps), "confirmed")
    both = writes(deps, 9, "The app keeps crashing since the update. Also, I forgot my password.", NINE + minutes(20))

    told = said(deps, both)
    assert "known problem" in told[-2] and "You also mentioned" in told[-1]


def test_who_waits_for_the_all_clear_is_not_closed_before_it(deps: Deps) -> None:
    incident = crashing(deps)
    incidents.settle(Caller(deps, ALEX, NINE + minutes(6)), incident, "confirmed")
    late = writes(deps, 9, at=NINE + minutes(20))
    sweep(deps, NINE + hours(30))
    incidents.settle(Caller(deps, ALEX, NINE + hours(31)), incident, "over")
    sweep(deps, NINE + hours(31.1))

    assert "Good news" in said(deps, late)[-1]
    sweep(deps, NINE + hours(60))
    assert happened(deps, "conversation_closed")
