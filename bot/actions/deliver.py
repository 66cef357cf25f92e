"""The outbox goes out: leased, sent, marked. Whatever a row does, it is put off by itself and cannot stop the rest."""

from collections.abc import Callable
from datetime import datetime

import structlog

from bot import outbound
from bot.actions import ops_alerts
from bot.actions.deps import Delivery, Deps
from bot.actions.notify_team import show_on_card
from bot.actions.ticket_notices import STAFF_REPLY
from bot.actions.transaction import Transaction, transaction
from bot.actions.units import DATABASE_AWAY, place_of
from bot.outbound import SendFailed
from bot.storage import outbox, tickets
from bot.storage.changes import publish
from bot.storage.outbox import EVERY_WAY, Lane
from bot.storage.tables import MessageRow, OutboxRow
from handoff.events import DeliveryFailed
from handoff.ticket import CLOCK, Event

log = structlog.get_logger()


def deliver(deps: Deps, now: datetime, lane: Lane = EVERY_WAY, clock: Callable[[], datetime] | None = None) -> int:
    """Send what is due by these ways; returns how many rows were claimed. `clock` tells how long each send took: a row whose
    lease ran out meanwhile is left to whoever has it now."""
    with transaction(deps, now) as tx:
        rows = outbox.claim(tx, lane)
    for row in rows:
        at = clock() if clock is not None else now
        if outbox.still_ours(deps.sessions, row, at):
            _deliver_one(deps, row, at)
    return len(rows)


def _deliver_one(deps: Deps, row: OutboxRow, now: datetime) -> None:
    sender = deps.senders.get(row.channel)
    try:
        if sender is None:
            raise SendFailed("no_sender", mend="way")
        external = sender.send(_delivery(row), now)
    except SendFailed as failure:
        _failed(deps, row, failure, outbox.MOST_REFUSED if failure.refused else outbox.MOST_TRIES, now)
    except DATABASE_AWAY as error:
        _failed(deps, row, SendFailed(type(error).__name__), outbox.MOST_TRIES, now)
    except Exception as error:  # noqa: BLE001 - whatever it is, this row alone
        log.error("delivery_raised", outbox=row.id, way=row.channel, error=type(error).__name__, at=place_of(error))
        _failed(deps, row, SendFailed(type(error).__name__), outbox.MOST_RAISED, now)
    else:
        with transaction(deps, now) as tx:
            outbox.sent(tx, row.id, external)
            _beside(tx, row, lambda: _show_on_card(tx, row))
            publish(tx.db, "desk")


def _delivery(row: OutboxRow) -> Delivery:
    """The row as its sender takes it; raises SendFailed for a kind that this program does not know."""
    try:
        return Delivery(row.id, row.address, outbound.read(row.kind, row.payload), row.attempts)
    except outbound.UnknownKind as unknown:
        raise SendFailed(f"unknown_kind: {row.kind}", permanent=True) from unknown


def _failed(deps: Deps, row: OutboxRow, failure: SendFailed, most: int, now: datetime) -> None:
    with transaction(deps, now) as tx:
        dead = outbox.failed(tx, row.id, failure, most)
        if dead:
            failed = DeliveryFailed(row.id, row.channel, row.kind, failure.code)
            tickets.record(tx.db, [Event(failed, CLOCK, now)], number=row.ticket_number)
            _beside(tx, row, lambda: ops_alerts.tell_of_dead_letter(tx, row, failure.code))
        elif failure.mend == "place" and not row.to_mend:
            _beside(tx, row, lambda: ops_alerts.tell_in_channel(tx, row, failure.code))
        if dead or (failure.mend and not row.to_mend):
            _beside(tx, row, lambda: _show_on_card(tx, row))
        publish(tx.db, "desk")
    if failure.mend:
        ops_alerts.tell(deps, now)


def _beside(tx: Transaction, row: OutboxRow, telling: Callable[[], object]) -> None:
    """Tell of a row in the transaction that settles it; when the telling raises, the row is settled all the same."""
    try:
        with tx.db.begin_nested():
            telling()
    except DATABASE_AWAY:
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is, this row alone
        log.error("delivery_not_told", outbox=row.id, error=type(error).__name__, at=place_of(error))


def _show_on_card(tx: Transaction, row: OutboxRow) -> None:
    """What became of a person's answer stands on the team's card."""
    if row.kind != outbound.UserMessage.kind or row.ticket_number is None or row.message_id is None:
        return
    message, ticket = tx.db.get(MessageRow, row.message_id), tickets.get(tx.db, row.ticket_number)
    if message is None or message.kind != STAFF_REPLY or ticket is None:
        return
    show_on_card(tx, ticket.team, ticket.number)
