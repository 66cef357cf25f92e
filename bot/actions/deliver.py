"""The outbox goes out: leased, sent, marked. A row that makes a sender raise is put off and cannot block the rest."""

from datetime import datetime

import structlog
from sqlalchemy.orm import Session

from bot.actions.deps import Delivery, Deps, SendFailed
from bot.storage import outbox, tickets
from bot.storage.tables import MessageRow, OutboxRow
from bot.storage.wakeups import ring
from handoff.ticket import CLOCK, Event

log = structlog.get_logger()


def deliver(deps: Deps, now: datetime) -> int:
    """Send what is due; returns how many rows were tried."""
    with deps.sessions.begin() as db:
        rows = outbox.claim(db, now)
    for row in rows:
        _deliver_one(deps, row, now)
    return len(rows)


def _deliver_one(deps: Deps, row: OutboxRow, now: datetime) -> None:
    sender = deps.senders.get(row.channel)
    try:
        if sender is None:
            raise SendFailed("no_sender", permanent=False)
        external = sender.send(Delivery(row.id, row.address, row.kind, row.payload, row.attempts), now)
    except SendFailed as failure:
        _failed(deps, row, failure, now)
    except Exception as error:
        log.exception("delivery_raised", outbox=row.id, channel=row.channel)
        _failed(deps, row, SendFailed(type(error).__name__, permanent=False), now)
    else:
        with deps.sessions.begin() as db:
            outbox.sent(db, row.id, external, now)
            _show_on_card(db, deps, row, now)
            ring(db, "desk")


def _failed(deps: Deps, row: OutboxRow, failure: SendFailed, now: datetime) -> None:
    with deps.sessions.begin() as db:
        dead = outbox.failed(
            db,
            row.id,
            failure.code,
            now,
            permanent=failure.permanent,
            retry_after=failure.retry_after,
            tried=failure.tried,
        )
        if dead:
            data = {"outbox": row.id, "channel": row.channel, "kind": row.kind, "error": failure.code}
            tickets.record(db, [Event("delivery_failed", CLOCK, now, data)], number=row.ticket_number)
            _show_on_card(db, deps, row, now)
            _alert(db, deps, row, failure.code, now)
        ring(db, "desk")


def _show_on_card(db: Session, deps: Deps, row: OutboxRow, now: datetime) -> None:
    """What became of a person's answer stands on the team's card (P15)."""
    if row.kind != "message" or row.ticket_number is None or row.message_id is None:
        return
    message, ticket = db.get(MessageRow, row.message_id), tickets.get(db, row.ticket_number)
    if message is None or message.kind != "staff_reply" or ticket is None:
        return
    channel = deps.team_channels.get(ticket.team)
    if channel:
        payload = {"ticket": ticket.number, "channel": channel, "by": ""}
        outbox.put(db, "slack_desk", f"ticket:{ticket.number}", "tier2_card", payload, now, ticket_number=ticket.number)


def _alert(db: Session, deps: Deps, row: OutboxRow, error: str, now: datetime) -> None:
    """A dead letter is told in the support team's channel; one about an alert itself stays in the console."""
    channel = deps.team_channels.get("support")
    if channel and row.kind != "delivery_failed":
        payload = {"ticket": row.ticket_number, "channel": channel, "kind": row.kind, "error": error}
        outbox.put(
            db, "slack_desk", f"alert:{row.id}", "delivery_failed", payload, now, ticket_number=row.ticket_number
        )
