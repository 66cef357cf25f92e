"""The record: each kind of event is stored in the form of every release, and is read back as it was; nothing breaks a reader."""

import json
from typing import Any, get_args

import pytest

from handoff import events, ticket_events
from handoff.events import Payload, Rated, Unknown
from handoff.ticket_events import Closed, Escalated, InProgress, Resolved, TicketOpened, Triaged
from tests.makers import NINE, hours

AT_NINE, AT_TEN = "2026-11-23T14:00:00+00:00", "2026-11-23T15:00:00+00:00"
PROMISE: dict[str, Any] = {"kind": "resolution", "percent": 75, "cycle": 1, "due_at": AT_NINE}
LETTER: dict[str, Any] = {"outbox": 7, "channel": "slack", "kind": "message", "error": "msg_too_long"}
ISSUE: dict[str, Any] = {"issue": "account.locked"}
INCIDENT: dict[str, Any] = {"incident": 1, **ISSUE}
TRIAGED: dict[str, Any] = {
    "from": "new",
    "priority": "medium",
    "rule": "starts at Medium",
    "tier": 2,
    "team": "support",
}
STORED: list[tuple[dict[str, Any], Payload]] = [
    ({**ISSUE, "reason": "bug", "guide": "1.0"}, TicketOpened("account.locked", "bug", "1.0")),
    (TRIAGED, Triaged("new", "medium", "starts at Medium", 2, "support")),
    ({"from": "new"}, Triaged("new")),
    ({"from": "triaged", "owner": "zoe", "owner_name": "Zoe"}, ticket_events.Assigned("triaged", "zoe", "Zoe")),
    ({"from": "triaged"}, ticket_events.Assigned("triaged")),
    ({"from": "assigned"}, InProgress("assigned")),
    ({"from": "resolved", "cycle": 2}, InProgress("resolved", 2)),
    ({"from": "in_progress", "reproduced": "", "logs": False}, Resolved("in_progress", "", logs=False)),
    (
        {"from": "in_progress", "reproduced": "yes", "logs": True, "known_issue": True},
        Resolved("in_progress", "yes", logs=True, known_issue=True),
    ),
    ({"from": "in_progress"}, Resolved("in_progress")),
    ({"from": "resolved", "how": "confirmed"}, Closed("resolved", "confirmed")),
    ({}, ticket_events.Reviewed()),
    ({}, ticket_events.Acknowledged()),
    ({"first": True}, ticket_events.StaffReplied(first=True)),
    ({}, ticket_events.WaitBegan()),
    ({}, ticket_events.UserAnswered()),
    ({}, ticket_events.UserWrote()),
    ({}, ticket_events.NoteAdded()),
    ({"from": "low", "to": "high", "why": ""}, ticket_events.PriorityChanged("low", "high")),
    ({"heard": ["emergency"]}, ticket_events.SignalsHeard(("emergency",))),
    ({"known": ["device", "since"]}, ticket_events.DetailsAdded(("device", "since"))),
    (
        {"reason": "bug_confirmed", "team": "engineering", "from_team": "support", "from_tier": 2},
        Escalated("bug_confirmed", "engineering", "support", 2),
    ),
    ({"team": "support", "from_team": "security"}, ticket_events.HandedBack("support", "security")),
    ({"due_at": AT_NINE, "next_update_at": AT_TEN}, ticket_events.UpdateSent(NINE, NINE + hours(1))),
    (PROMISE, ticket_events.SlaWarned("resolution", 75, 1, NINE)),
    ({**PROMISE, "percent": 100}, ticket_events.SlaBreached("resolution", 100, 1, NINE)),
    ({"round": 1, "roles": ["on_call"], "ways": []}, ticket_events.Paged(1, ("on_call",))),
    ({"due_at": AT_NINE}, ticket_events.ClocksMoved(NINE)),
    ({"due_at": ""}, ticket_events.ClocksMoved()),
    ({"channel": "email"}, events.ConversationOpened("email")),
    ({"how": "solved"}, events.ConversationClosed("solved")),
    (ISSUE, events.IssueRaised("account.locked")),
    (ISSUE, events.IssueSolved("account.locked")),
    ({"issue": ""}, events.IssueDropped()),
    (ISSUE, events.IncidentGreeted("account.locked")),
    (ISSUE, events.SafetyChecked("account.locked")),
    ({**ISSUE, "step": "wait"}, events.StepOffered("account.locked", "wait")),
    ({"reason": "not_understood", "issue": None}, events.HandoverBegun("not_understood")),
    ({"rules": ["emergency/body_fails"]}, events.EmergencyHeard(("emergency/body_fails",))),
    ({"number": 1001}, events.Withdrawn(1001)),
    ({}, events.Corrected()),
    ({"about": "ticket", "helpful": True, "score": None, "cycle": 1}, Rated("ticket", helpful=True, cycle=1)),
    ({"about": "bot", "helpful": False, "score": 2, "cycle": 0}, Rated("bot", helpful=False, score=2, cycle=0)),
    ({"message": 2}, events.MessageChanged(2)),
    ({"message": 2}, events.MessageDeleted(2)),
    ({"message": 2}, events.NoteChanged(2)),
    ({"message": 2}, events.NoteDeleted(2)),
    ({"message": 6}, events.LetterSent(6)),
    ({"why": "loop"}, events.MailNotAnswered("loop")),
    ({"why": "unreadable", "error": "RecursionError"}, events.MailNotAnswered("unreadable", "RecursionError")),
    (LETTER, events.DeliveryFailed(7, "slack", "message", "msg_too_long")),
    (LETTER, events.DeliveryRetried(7, "slack", "message", "msg_too_long")),
    (LETTER, events.DeliveryDismissed(7, "slack", "message", "msg_too_long")),
    ({"channel": "slack", "error": "token_revoked", "rows": 3}, events.DeliveryStalled("slack", "token_revoked", 3)),
    (
        {**INCIDENT, "users": 4, "usual": 0.2, "chance": 5.7e-05},
        events.IncidentSuspected(1, "account.locked", 4, 0.2, 5.7e-05),
    ),
    (INCIDENT, events.IncidentConfirmed(1, "account.locked")),
    (INCIDENT, events.IncidentDismissed(1, "account.locked")),
    (INCIDENT, events.IncidentOver(1, "account.locked")),
    ({"incident": 1, "what": "of"}, events.IncidentTold(1, "of")),
]
"""What releases before typed events stored, and what it says."""
KINDS = set(
    """
    new triaged assigned in_progress resolved closed reviewed acknowledged staff_reply waiting_for_user user_answered
    user_message note priority signals details escalated handed_back update_sent warning breach paged clocks_moved
    conversation_opened conversation_closed issue solved dropped incident_greeted safety_check step_offered handing_over
    emergency withdrawn corrected rated message_changed message_deleted note_changed note_deleted letter_sent
    mail_not_answered delivery_failed delivery_again delivery_dismissed delivery_stands_still incident_suspected
    incident_confirmed incident_dismissed incident_over incident_told
    """.split()
)


@pytest.mark.parametrize(("stored", "payload"), STORED)
def test_what_happened_is_stored_in_the_form_of_every_release(stored: dict[str, Any], payload: Payload) -> None:
    assert json.dumps(events.written(payload)) == json.dumps(stored)


@pytest.mark.parametrize(("stored", "payload"), STORED)
def test_a_row_of_every_release_is_read(stored: dict[str, Any], payload: Payload) -> None:
    assert events.read(payload.kind, {"actor": "Alex Morgan", **stored}) == payload


def test_every_kind_is_tried_here_and_keeps_its_name() -> None:
    assert {type(payload) for _, payload in STORED} == set(get_args(Payload))
    assert {payload.kind for _, payload in STORED} == KINDS


@pytest.mark.parametrize(
    ("kind", "stored", "payload"),
    [
        ("new", {**ISSUE, "reason": "bug"}, TicketOpened("account.locked", "bug")),
        ("closed", {"from": "resolved"}, Closed("resolved", "silent")),
        ("escalated", {"reason": "bug", "team": "security"}, Escalated("bug", "security")),
        ("rated", {"about": "bot", "helpful": True}, Rated("bot", helpful=True)),
        ("solved", {}, events.IssueSolved()),
        (
            "delivery_failed",
            {"outbox": 7, "channel": "slack", "kind": "text"},
            events.DeliveryFailed(7, "slack", "text"),
        ),
    ],
)
def test_an_old_row_without_what_came_later_is_read(kind: str, stored: dict[str, Any], payload: Payload) -> None:
    assert events.read(kind, stored) == payload


@pytest.mark.parametrize(
    ("kind", "stored"),
    [("pigeon", {}), ("new", {"reason": "bug"}), ("priority", {"from": "low", "to": "huge"}), ("note", None)],
)
def test_a_row_that_is_not_understood_is_unknown_and_raises_nothing(kind: str, stored: Any) -> None:
    assert events.read(kind, stored) == Unknown(kind)
