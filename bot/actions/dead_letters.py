"""What people do about what could not be sent or done: send it again, take it off the list, let it be tried now."""

from collections.abc import Collection
from datetime import datetime

from bot.actions.deps import Caller, Deps
from bot.actions.transaction import Transaction, transaction
from bot.storage import outbox, put_off, tickets
from handoff.events import DeliveryDismissed, DeliveryRetried
from handoff.ticket import Event


def send_again(caller: Caller, row_id: int) -> bool:
    """Send a dead letter once more; False when it is none any more."""
    return _settled(caller, row_id, again=True)


def dismiss(caller: Caller, row_id: int) -> bool:
    """Take a dead letter off the list: somebody has seen to it otherwise. False when it is none any more."""
    return _settled(caller, row_id, again=False)


def send_all_again(caller: Caller, channel: str, error: str, teams: Collection[str]) -> int:
    """Send once more what died of one fault, of these teams' tickets or of none; how many those are."""
    with transaction(caller.deps, caller.now) as tx:
        letters = outbox.dead_of_fault(tx.db, channel, error, teams)
        return sum(_settle(tx, caller, row_id, again=True) for row_id in letters)


def _settled(caller: Caller, row_id: int, *, again: bool) -> bool:
    with transaction(caller.deps, caller.now) as tx:
        return _settle(tx, caller, row_id, again=again)


def _settle(tx: Transaction, caller: Caller, row_id: int, *, again: bool) -> bool:
    row = outbox.send_again(tx, row_id) if again else outbox.dismiss(tx.db, row_id)
    if row is None:
        return False
    form = DeliveryRetried if again else DeliveryDismissed
    settled = form(row.id, row.channel, row.kind, row.last_error or "")
    tickets.record(tx.db, [Event(settled, caller.by, caller.now)], number=row.ticket_number)
    return True


def try_now(deps: Deps, kind: str, unit: int, now: datetime) -> bool:
    """Let work that was put off be tried at the next sweep; False when it is not put off any more."""
    with transaction(deps, now) as tx:
        return put_off.at_once(tx, kind, unit)
