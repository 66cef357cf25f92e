"""What must hold after any fault, asked of the database and of Slack for one user's handoff."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from bot.storage import cards, conversations, tickets
from bot.storage.database import reading_sessions_of
from bot.storage.tables import ConversationRow, DeadlineRow, EventRow, MessageRow, OutboxRow, TicketRow
from tests.channels.slack_double import BOT_USER, TEAM, SlackDouble
from tests.channels.slack_workspace import TIER2, words_of

LIFE = ["new", "triaged", "assigned", "in_progress", "staff_reply", "user_message"]


def wrongs(engine: Engine, double: SlackDouble, user: str, typed: Sequence[str], reply: str) -> list[str]:
    """What is wrong with this user's handoff: nothing, when nothing was lost or doubled."""
    with reading_sessions_of(engine).begin() as db:
        rows = db.scalars(select(ConversationRow).where(ConversationRow.user_id == f"slack:{TEAM}:{user}")).all()
        if len(rows) != 1:
            return [f"{len(rows)} conversations"]
        return [
            *_transcript(db, rows[0], typed),
            *_in_slack(db, double, rows[0], f"D{user}", reply),
            *_ticket(db, double, rows[0]),
        ]


def _transcript(db: Session, row: ConversationRow, typed: Sequence[str]) -> Iterator[str]:
    """Every line once and in order; every line of the user has its answer, or is with a person."""
    lines = conversations.transcript(db, row.id, visible_only=False)
    if [line.body for line in lines if line.said_by == "user"] != list(typed):
        yield "the user's lines are not what was typed"
    if [line.number for line in lines] != list(range(1, row.last_number + 1)):
        yield "the lines are not numbered without gap"
    for line, following in zip(lines, [*lines[1:], None], strict=True):
        silent = following is None or following.said_by == "user"
        if line.said_by == "user" and silent and conversations.memory_of(row).state != "with_staff":
            yield "a line without answer"


def _in_slack(db: Session, double: SlackDouble, row: ConversationRow, channel: str, reply: str) -> Iterator[str]:
    """What the transcript says to the user stands in Slack, once and in the same order."""
    visible = select(MessageRow.id).where(MessageRow.conversation_id == row.id, MessageRow.visible_to_user)
    said = db.scalars(visible.where(MessageRow.said_by != "user").order_by(MessageRow.number)).all()
    sent = db.scalars(select(OutboxRow).where(OutboxRow.message_id.in_(said)).order_by(OutboxRow.id)).all()
    if [one.message_id for one in sent] != list(said):
        yield "a line of the transcript has not exactly one row of the outbox"
    there = [m for m in double.messages(channel) if m["user"] == BOT_USER]
    marks = [m["metadata"]["event_payload"]["outbox_id"] for m in there]
    if len(set(marks)) < len(marks):
        yield "doubled in Slack"
    if set(marks) < {one.id for one in sent}:
        yield "lost on the way to Slack"
    if list(dict.fromkeys(marks)) != [one.id for one in sent]:
        yield "another order in Slack"
    if [m["ts"] for m in there] != [one.external_id for one in sent]:
        yield "the outbox names another message than stands in Slack"
    if sum(reply in words_of(m) for m in there) != 1:
        yield "the answer of a person does not stand there once"


def _ticket(db: Session, double: SlackDouble, row: ConversationRow) -> Iterator[str]:
    """One ticket with its acknowledgement, promises and life; one card that tells the truth; each line of its thread once."""
    found = db.scalars(select(TicketRow).where(TicketRow.conversation_id == row.id)).all()
    if len(found) != 1 or found[0].number != row.ticket_number:
        yield f"{len(found)} tickets"
        return
    number = found[0].number
    kinds = Counter(
        db.scalars(select(MessageRow.kind).where(MessageRow.conversation_id == row.id, MessageRow.said_by != "user"))
    )
    if kinds["ticket_opened"] != 1 or kinds["staff_reply"] != 1:
        yield "the ticket is not acknowledged once or not answered once"
    events = db.scalars(select(EventRow.kind).where(EventRow.ticket_number == number).order_by(EventRow.id)).all()
    if [kind for kind in events if kind in LIFE] != LIFE:
        yield f"another life: {', '.join(events)}"
    yield from _promises(db, number)
    yield from _desk(db, double, number, found[0])


def _promises(db: Session, number: int) -> Iterator[str]:
    """One row for each promise: the first answer is met, the resolution runs, none was broken."""
    whole = db.scalars(select(DeadlineRow).where(DeadlineRow.ticket_number == number, DeadlineRow.percent == 100)).all()
    counted = Counter((one.kind, one.cycle) for one in whole)
    met = {one.kind: one.met_at is not None for one in whole}
    if any(times != 1 for times in counted.values()) or (met.get("first_response"), met.get("resolution")) != (1, 0):
        yield "the promises of time are not what they should be"
    if any(one.fired_at for one in whole):
        yield "a promise was called broken"


def _desk(db: Session, double: SlackDouble, number: int, row: TicketRow) -> Iterator[str]:
    """The team's channel: one card, true, with the user's later words in its thread once."""
    rows = db.scalars(select(OutboxRow).where(OutboxRow.ticket_number == number)).all()
    if any(one.state != "sent" for one in rows):
        yield "a row of the outbox is not sent"
    ids = {one.id for one in rows if one.channel == "slack_desk"}
    ours: list[dict[str, Any]] = [
        m
        for m in double.channels[TIER2]["messages"]
        if (m.get("metadata") or {}).get("event_payload", {}).get("outbox_id") in ids
    ]
    there, kept = [m for m in ours if not m.get("thread_ts")], cards.of_ticket(db, number)
    if len(there) != 1 or kept is None or kept.ts != there[0]["ts"]:
        yield f"{len(there)} cards"
        return
    owner = tickets.ticket_of(row).owner
    if owner is None or owner.name not in words_of(there[0]) or "delivered" not in words_of(there[0]):
        yield "the card does not show owner and delivery"
    if len([m for m in ours if m.get("thread_ts")]) != 1:
        yield "the user's later words do not stand in the thread once"
