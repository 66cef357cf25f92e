"""The outbox goes out: leased, sent, marked. A row that makes a sender raise is put off and cannot block the rest."""

from datetime import datetime

import structlog

from bot.actions.deps import Delivery, Deps, SendFailed
from bot.storage import outbox, tickets
from bot.storage.tables import OutboxRow
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
            ring(db, "desk")


def _failed(deps: Deps, row: OutboxRow, failure: SendFailed, now: datetime) -> None:
    with deps.sessions.begin() as db:
        dead = outbox.failed(
            db, row.id, failure.code, now, permanent=failure.permanent, retry_after=failure.retry_after
        )
        if dead:
            data = {"outbox": row.id, "channel": row.channel, "kind": row.kind, "error": failure.code}
            tickets.record(db, [Event("delivery_failed", CLOCK, now, data)], number=row.ticket_number)
        ring(db, "desk")
