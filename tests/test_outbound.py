"""Messages that go out: each kind survives the outbox, old rows are read, and an unknown kind stops nobody else."""

import json
from dataclasses import replace
from datetime import datetime
from typing import Any, get_args

import pytest
from sqlalchemy import select, update

from bot import outbound
from bot.actions.deliver import deliver
from bot.actions.deps import Delivery, Deps
from bot.outbound import (
    AnswerWaiting,
    DeliveryFailed,
    IncidentUpdate,
    Outbound,
    Page,
    PagedTicket,
    PagerCall,
    Place,
    PlainText,
    SlaBreach,
    SlaWarning,
    StaffEmail,
    ThreadChange,
    ThreadMessage,
    ThreadNote,
    TicketCard,
    UnknownKind,
    UserMessage,
)
from bot.storage import outbox
from bot.storage.tables import EventRow, OutboxRow
from bot.storage.unit_of_work import UnitOfWork
from tests.actions.test_outbox import Postbox, with_a_lead
from tests.makers import NINE

THREAD = Place(address="C1:1.5", channel="C1", thread="1.5")
MAILBOX = Place(address="maria@example.com", in_reply_to="<b@x>", references="<a@x> <b@x>")
LEAD = Place(address="lead@example.com")
WAITS = {"subject": "An answer waits", "text": "Open the chat.", "conversation": "c-1", "number": 5}
PAGED = {"ticket": 7, "priority": "critical", "team": "support", "round": 1, "roles": ["on_call"], "url": "http://d/7"}
PROMISE: dict[str, Any] = {"ticket": 7, "percent": 75, "due_at": NINE}
STORED_PROMISE = {
    "ticket": 7,
    "by": "",
    "kind": "resolution",
    "percent": 75,
    "cycle": 0,
    "due_at": NINE.isoformat(),
    "channel": "C1",
}
OLD: list[tuple[str, dict[str, Any], Outbound]] = [
    (
        "message",
        {"message": 3, "to": {"address": "C1:1.5", "channel": "C1", "thread": "1.5", "user": "U1"}},
        UserMessage(message=3, to=THREAD),
    ),
    (
        "message",
        {"message": 3, "to": {"address": "D1", "channel": "D1", "thread": None, "user": "U1"}},
        UserMessage(message=3, to=Place(address="D1", channel="D1")),
    ),
    (
        "message",
        {
            "message": 3,
            "to": {
                "address": "maria@example.com",
                "in_reply_to": "<b@x>",
                "references": "<a@x> <b@x>",
                "quiet": True,
            },
        },
        UserMessage(message=3, to=MAILBOX),
    ),
    (
        "text",
        {"text": "Not here.", "to": {"address": "C1", "channel": "C1"}},
        PlainText(text="Not here.", to=Place(address="C1", channel="C1")),
    ),
    (
        "letter",
        {"to": {"address": "lead@example.com"}, "subject": "Trouble", "text": "It waits.", "acknowledge": "on_call"},
        StaffEmail(to=LEAD, subject="Trouble", text="It waits.", acknowledge="on_call"),
    ),
    (
        "letter",
        {"to": {"address": "lead@example.com"}, "subject": "Trouble", "text": "It waits."},
        StaffEmail(to=LEAD, subject="Trouble", text="It waits."),
    ),
    (
        "answer_waiting",
        {"to": {"address": "lead@example.com"}, **WAITS},
        AnswerWaiting(
            to=LEAD,
            subject="An answer waits",
            text="Open the chat.",
            conversation="c-1",
            number=5,
        ),
    ),
    (
        "tier2_card",
        {"ticket": 7, "by": "Alex", "words": "my code", "channel": "C1"},
        TicketCard(ticket=7, channel="C1"),
    ),
    (
        "user_message",
        {"ticket": 7, "by": "", "words": "it fails", "channel": "C1"},
        ThreadMessage(ticket=7, words="it fails", channel="C1"),
    ),
    ("user_message", {"ticket": 7, "by": "", "channel": "C1"}, ThreadMessage(ticket=7, channel="C1")),
    (
        "user_changed",
        {"ticket": 7, "by": "", "words": "", "gone": True, "posts": [["C1", "1.6"]], "channel": "C1"},
        ThreadChange(ticket=7, gone=True, posts=(("C1", "1.6"),), channel="C1"),
    ),
    (
        "note",
        {"ticket": 7, "by": "Alex", "note": "called", "channel": "C1"},
        ThreadNote(ticket=7, by="Alex", note="called", channel="C1"),
    ),
    (
        "warning",
        {**STORED_PROMISE, "named": ["U1"]},
        SlaWarning(**PROMISE, clock="resolution", named=("U1",), channel="C1"),
    ),
    ("breach", {**STORED_PROMISE, "named": []}, SlaBreach(**PROMISE, clock="resolution", channel="C1")),
    (
        "page",
        {"ticket": 7, "round": 2, "named": ["U1"], "channel": "C1"},
        Page(ticket=7, round=2, named=("U1",), channel="C1"),
    ),
    (
        "page",
        {"ticket": 7, "round": 2, "named": ["U1"], "user": "U1"},
        Page(ticket=7, round=2, named=("U1",), user="U1"),
    ),
    (
        "page",
        {"type": "ticket.paged", "timestamp": NINE.isoformat(), "data": PAGED},
        PagerCall(
            type="ticket.paged",
            timestamp=NINE.isoformat(),
            data=PagedTicket(
                ticket=7, priority="critical", team="support", round=1, roles=("on_call",), url="http://d/7"
            ),
        ),
    ),
    (
        "incident",
        {"incident": 2, "title": "Sign-in", "channel": "C1"},
        IncidentUpdate(incident=2, title="Sign-in", channel="C1"),
    ),
    (
        "delivery_failed",
        {"ticket": None, "kind": "message", "error": "http_500", "channel": "C1"},
        DeliveryFailed(what="message", error="http_500", channel="C1"),
    ),
    (
        "delivery_failed",
        {"ticket": 7, "kind": "stands_still", "error": "token_revoked", "channel": "C1"},
        DeliveryFailed(what=outbound.STANDS_STILL, error="token_revoked", ticket=7, channel="C1"),
    ),
]
"""What the release before typed messages stored, by kind, and what it says."""


@pytest.mark.parametrize(("kind", "stored", "message"), OLD)
def test_an_old_row_is_read(kind: str, stored: dict[str, Any], message: Outbound) -> None:
    assert outbound.read(kind, stored) == message


@pytest.mark.parametrize("message", [message for _, _, message in OLD])
def test_a_message_survives_being_written_and_read(message: Outbound) -> None:
    stored = json.loads(json.dumps(outbound.written(message)))

    assert outbound.read(message.kind, stored) == message


@pytest.mark.parametrize(("kind", "stored", "message"), OLD)
def test_what_is_written_is_what_the_release_before_reads(kind: str, stored: dict[str, Any], message: Outbound) -> None:
    told = outbound.written(message)

    assert told.keys() <= stored.keys()
    for name, value in told.items():
        assert value == stored[name] or name == "due_at" or value.items() <= stored[name].items()
    if "due_at" in told:
        assert datetime.fromisoformat(told["due_at"]) == NINE


def test_every_kind_is_tried_here() -> None:
    assert {type(message) for _, _, message in OLD} == set(get_args(Outbound))


def test_a_pager_is_called_in_the_same_words_as_before() -> None:
    stored = {"type": "ticket.paged", "timestamp": NINE.isoformat(), "data": PAGED}

    assert json.dumps(outbound.written(outbound.read("page", stored))) == json.dumps(stored)


def test_an_unknown_kind_is_named() -> None:
    with pytest.raises(UnknownKind, match="'pigeon'"):
        outbound.read("pigeon", {})


@pytest.mark.parametrize(("kind", "stored"), [("note", {"by": "Alex"}), ("page", {}), ("text", None)])
def test_what_is_no_such_message_is_refused(kind: str, stored: Any) -> None:
    with pytest.raises(ValueError, match="validation error"):
        outbound.read(kind, stored)


class Typed:
    """A sender that keeps the messages it was given."""

    def __init__(self) -> None:
        self.got: list[Outbound] = []

    def send(self, delivery: Delivery, now: datetime) -> str:
        self.got.append(delivery.message)
        return f"{now}"


def test_an_unknown_kind_is_a_dead_letter_that_names_it_and_the_next_row_arrives(deps: Deps) -> None:
    team, mail = Typed(), Postbox()
    ways = {"slack_desk": team, "email": mail}
    desk = replace(deps, senders=ways, team_channels={"support": "C1"}, policy=with_a_lead(deps.policy))
    with deps.sessions.begin() as db:
        first = outbox.put(UnitOfWork(db, NINE), "slack_desk", "ticket:7", TicketCard(ticket=7, channel="C1"))
        outbox.put(UnitOfWork(db, NINE), "slack_desk", "ticket:7", ThreadNote(ticket=7, note="called", channel="C1"))
        db.execute(update(OutboxRow).where(OutboxRow.id == first.id).values(kind="pigeon"))

    while deliver(desk, NINE):
        pass

    error = "unknown_kind: pigeon"
    assert ThreadNote(ticket=7, note="called", channel="C1") in team.got
    assert DeliveryFailed(what="pigeon", error=error, channel="C1") in team.got
    with deps.reading.begin() as db:
        assert [(row.kind, row.last_error) for row in outbox.dead_letters(db)] == [("pigeon", error)]
        (event,) = db.scalars(select(EventRow).where(EventRow.kind == "delivery_failed"))
        assert (event.data["kind"], event.data["error"]) == ("pigeon", error)
