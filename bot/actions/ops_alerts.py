"""What stands still: dead letters, faults that people must mend, work that was put off. Told once, where it can be read."""

from collections.abc import Mapping
from datetime import datetime
from typing import TypedDict

from sqlalchemy.orm import Session

from bot import outbound
from bot.actions import alert_words
from bot.actions.deps import Deps
from bot.actions.notify_team import SUPPORT, TEAM_WAYS, tell_team
from bot.actions.staff_mail import queue_staff_mail
from bot.actions.transaction import Transaction, reading, transaction
from bot.actions.units import as_a_whole
from bot.actions.ways import MAIL
from bot.outbound import PUT_OFF, STANDS_STILL, DeliveryFailed, InChannel, Place, PlainText, UserMessage
from bot.storage import idempotency, outbox, put_off, tickets
from bot.storage.outbox import Fault
from bot.storage.tables import OutboxRow, PutOffRow
from bot.storage.tables.work import DEAD
from handoff import notices, on_call, safe
from handoff.events import DeliveryStalled
from handoff.on_call import LEAD
from handoff.safe import Value
from handoff.ticket import CLOCK, Event

TOLD = "told_of_trouble"
TWICE = 2
"""What fails once may have met another process; what fails again is told."""


class Standing(TypedDict):
    """What stands still now."""

    dead_letters: int
    to_mend: dict[str, int]
    put_off: list[str]


def facts(db: Session) -> Standing:
    """How many messages are dead, what is to be mended, and which work is put off: for /readyz and /metrics."""
    return {
        "dead_letters": outbox.backlog(db).get(DEAD, 0),
        "to_mend": {f"{fault.channel}:{fault.error}": fault.rows for fault in outbox.faults(db)},
        "put_off": [f"{row.kind}:{row.unit} {row.error}" for row in put_off.everything(db)],
    }


def tell(deps: Deps, now: datetime) -> int:
    """Tell the lead of what stands still, each once, and forget what goes again; returns how many things were done."""
    return as_a_whole(deps, "troubles", _tell_once, now, 1)


def _tell_once(deps: Deps, now: datetime) -> bool:
    with reading(deps, now) as tx:
        faults = {f"{fault.channel}:{fault.error}": fault for fault in outbox.faults(tx.db)}
        worst = {f"put_off:{row.kind}:{row.unit}"[:100]: row for row in put_off.everything(tx.db) if row.tries >= TWICE}
        known = idempotency.claimed(tx.db, TOLD)
        stale = put_off.forgotten(tx)
    now_true: dict[str, Fault | PutOffRow] = {**faults, **worst}
    if now_true.keys() == known and not stale:
        return False
    with transaction(deps, now) as tx:
        put_off.forget(tx)
        idempotency.release(tx.db, TOLD, known - now_true.keys())
        for key, trouble in now_true.items():
            if idempotency.claim_once(tx, TOLD, key):
                _tell(tx, trouble)
    return True


def _tell(tx: Transaction, trouble: Fault | PutOffRow) -> None:
    if isinstance(trouble, Fault):
        facts = {"way": alert_words.way(trouble.channel), "count": trouble.rows, "error": trouble.error}
        facts |= {"what_to_do": alert_words.what_to_do(trouble.error, trouble.channel)}
        stalled = DeliveryStalled(trouble.channel, trouble.error, trouble.rows)
        tickets.record(tx.db, [Event(stalled, CLOCK, tx.now)])
        _tell_lead(tx, STANDS_STILL, facts, broken=trouble.channel, error=trouble.error)
    else:
        facts = {"work": alert_words.work(trouble.kind), "error": trouble.error, "tries": trouble.tries}
        _tell_lead(tx, PUT_OFF, facts)


def tell_of_dead_letter(tx: Transaction, row: OutboxRow, error: str) -> None:
    """A dead letter is told in the support team's channel, else by letter; one about an alarm itself only in the console."""
    if row.kind == DeliveryFailed.kind:
        return
    facts = {
        "way": alert_words.way(row.channel),
        "error": error,
        "what_to_do": alert_words.what_to_do(error, row.channel),
    }
    if not tell_in_channel(tx, row, error):
        _tell_lead(tx, "not_delivered", facts, broken=row.channel, error=error, number=row.ticket_number)


def tell_in_channel(tx: Transaction, row: OutboxRow, error: str) -> bool:
    """A line about a row in the support team's channel; False where there is none, or where the row itself cannot go."""
    number, but = row.ticket_number, _channel_of(row)
    alarm = row.kind == DeliveryFailed.kind
    return not alarm and _in_channel(tx, number, row.kind, error, key=str(row.id), but=but)


def _tell_lead(
    tx: Transaction,
    letter: str,
    facts: Mapping[str, object],
    *,
    broken: str = "",
    error: str = "",
    number: int | None = None,
) -> None:
    """By letter to the lead, unless letters are what is broken; then, or without mail, in the team's channel if that works."""
    lead = on_call.person(tx.policy, LEAD, tx.now)
    approved = alert_words.words().letters.model_dump()
    record = safe.address(tx.deps.base_url, "console", "tickets", number or "")
    ticket = approved["of_ticket"].format(number=number, url=record) if number else ""
    values: dict[str, Value] = {
        "name": lead.name or lead.role,
        "subject": safe.of_machinery(approved[f"{letter}_subject"].format(**facts)),
        "text": safe.of_machinery(approved[letter].format(**facts)),
        "ticket": safe.of_machinery(ticket),
        "url": safe.address(tx.deps.base_url, "console", "undelivered"),
    }
    if broken != MAIL and queue_staff_mail(tx, lead.email, notices.fill_for_staff("trouble", values), number=number):
        return
    if broken not in TEAM_WAYS:
        _in_channel(tx, number, letter, error or str(facts["error"]), key=letter)


def _in_channel(tx: Transaction, number: int | None, what: str, error: str, *, key: str, but: str = "") -> bool:
    """A line in the support team's channel; False where there is none, or it is the very one that is broken."""
    if but and tx.deps.team_channels.get(SUPPORT) == but:
        return False
    alarm = DeliveryFailed(what=what, error=error, ticket=number)
    return tell_team(tx, SUPPORT, alarm, address=f"alert:{key}", number=number)


def _channel_of(row: OutboxRow) -> str:
    """In which of a team's channels the row was to stand; empty for every other way, and for what cannot be read."""
    try:
        message = outbound.read(row.kind, row.payload) if row.channel in TEAM_WAYS else None
    except ValueError:
        return ""
    match message:
        case InChannel(channel=channel) | PlainText(to=Place(channel=channel)) | UserMessage(to=Place(channel=channel)):
            return channel
        case _:
            return ""
