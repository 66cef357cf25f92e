"""Notices become lines of the transcript for the user, and rows of the outbox for the team; nothing is sent here."""

from dataclasses import replace

from sqlalchemy.orm import Session

from bot.actions import localized_receipt
from bot.actions.deps import Deps
from bot.actions.localized_receipt import EMERGENCY_OPENED
from bot.actions.notify_team import show_on_card, tell_team
from bot.actions.showing import team_showing
from bot.actions.transaction import Transaction
from bot.actions.ways import MAIL
from bot.outbound import Place, ThreadMessage, ThreadNote, UserMessage
from bot.storage import conversations, outbox, tickets, unread
from bot.storage.changes import publish
from bot.storage.conversations import Line
from bot.storage.tables import ConversationRow, MessageRow
from handoff import kinds, notices, reach
from handoff.notices import Text
from handoff.policy.model import Policy
from handoff.safe import Safe
from handoff.ticket import BOT, Actor, Notice, NoticeKind, Ticket, TicketChange

STAFF_REPLY: NoticeKind = "staff_reply"
"""What one of our people wrote to the user."""
CONFIRMED = {"confirm:yes": True, "confirm:no": False}
"""The buttons under a resolution, by their value: did it help."""


def keep_and_tell(
    tx: Transaction, row: ConversationRow, handled: TicketChange, *, by: Actor = BOT, message: MessageRow | None = None
) -> None:
    """Store what came of something that happened to a ticket, and tell everybody of it."""
    tickets.keep(tx, tx.policy, handled)
    tell(tx, row, handled, by=by, message=message)


def tell(
    tx: Transaction, row: ConversationRow, handled: TicketChange, *, by: Actor = BOT, message: MessageRow | None = None
) -> None:
    """Everything that `handled` says to the user and to the team, in the caller's transaction."""
    for notice in handled.notices:
        if notice.to == "user":
            _tell_user(tx, row, handled.ticket, notice, by)
        else:
            _tell_team(tx, handled.ticket, notice, by, message)
    _wake_bot(row, handled.ticket)
    publish(tx.db, "desk")


def _tell_user(tx: Transaction, row: ConversationRow, ticket: Ticket, notice: Notice, by: Actor) -> None:
    if row.address.get("quiet") and by.kind != "staff":
        return
    text = notices.for_user(tx.policy, ticket, notice, tx.now, mail=tx.deps.mail)
    text = _without_what_is_above(tx, row, ticket, notice, text)
    sources = [{"file": text.file, "id": notice.kind, "hash": text.hash}]
    own = localized_receipt.card(
        tx.policy, tx.deps.assistant().script.lines, ticket, notice.kind, tx.now, mail=tx.deps.mail
    )
    if own is not None:
        text = replace(text, body=own.text)
        sources = [{"file": one.file, "id": one.id, "hash": one.hash} for one in own.sources]
    if _said_already(tx.db, row, notice, text.body):
        return
    own_words = notice.kind == STAFF_REPLY
    line = Line(
        said_by="staff" if own_words else "bot",
        author=by.name if own_words else BOT.name,
        body=text.body,
        visible_to_user=True,
        kind=notice.kind,
        buttons=_vote(tx.policy) if notice.rating else (),
        source=None if own_words else {"texts": sources, "subject": text.subject},
        rating="ticket" if notice.rating else None,
        ticket=ticket.number,
    )
    stored = conversations.append(tx, row, line)
    _send(tx, row, ticket, stored)


def _vote(policy: Policy) -> tuple[dict[str, str], ...]:
    """The buttons that ask whether it helped."""
    labels = policy.words.buttons
    return tuple({"label": labels["yes" if yes else "no"], "value": value} for value, yes in CONFIRMED.items())


def _without_what_is_above(tx: Transaction, row: ConversationRow, ticket: Ticket, notice: Notice, text: Text) -> Text:
    """The letter of an emergency without the numbers, where both stand right above it; by mail each letter stands by itself."""
    last, words = conversations.last_shown(tx.db, row.id), tx.policy.words
    alone = notice.kind != EMERGENCY_OPENED or last is None or last.said_by != "bot"
    if alone or row.channel in tx.policy.channels.letters:
        return text
    said = last is not None and all(one in last.body for one in (words.emergency_number, words.crisis_number))
    return replace(text, body=text.body.removeprefix(kinds.care(tx.policy, ticket)).strip()) if said else text


def _said_already(db: Session, row: ConversationRow, notice: Notice, body: str) -> bool:
    """No identical letter twice in a row; what a person wrote is always said."""
    if notice.kind == STAFF_REPLY:
        return False
    last = conversations.last_shown(db, row.id)
    return last is not None and (last.kind, last.body) == (notice.kind, body)


def _send(tx: Transaction, row: ConversationRow, ticket: Ticket, stored: MessageRow) -> None:
    """By the channel's own way; by mail besides, where the user asked to be answered so; else, should they not come back
    to read it, a letter tells them that it waits (decision O27)."""
    outbox.put_line(tx, row, stored, ticket.number)
    if stored.kind not in tx.policy.reach.answers or row.channel in tx.policy.channels.letters:
        return
    address = reach.by_mail(tx.policy, ticket, mail=tx.deps.mail)
    if address:
        line = UserMessage(message=stored.id, to=Place(address=address))
        outbox.put(tx, MAIL, address, line, ticket_number=ticket.number, message_id=stored.id)
    else:
        unread.watch(tx, tx.policy, row, stored)


def _tell_team(tx: Transaction, ticket: Ticket, notice: Notice, by: Actor, message: MessageRow | None) -> None:
    number = ticket.number
    match notice.kind:
        case ThreadMessage.kind:
            words = str(team_words(tx.deps, ticket, message.body)) if message is not None else ""
            line = ThreadMessage(ticket=number, words=words)
            tell_team(tx, ticket.team, line, number=number, message_id=message.id if message else None)
        case ThreadNote.kind:
            note = ThreadNote(ticket=number, by=by.name, note=str(team_words(tx.deps, ticket, notice.text)))
            tell_team(tx, ticket.team, note, number=number)
        case _:
            show_on_card(tx, ticket.team, number)


def team_words(deps: Deps, ticket: Ticket, words: str) -> Safe:
    """Somebody's words as the team's channel may show them: an excerpt, or nothing where they are withheld (O20)."""
    return team_showing(deps.showing(), deps.policy, ticket.team).said(words)


def silence_bot(row: ConversationRow) -> None:
    """A person is on it: the assistant says nothing more in this conversation."""
    conversations.keep_memory(
        row, replace(conversations.memory_of(row), state="with_staff", step=None, asking=None, buttons=())
    )


def _wake_bot(row: ConversationRow, ticket: Ticket) -> None:
    """Nobody has the ticket any more: what the user writes is answered by the assistant until somebody takes it."""
    memory = conversations.memory_of(row)
    if ticket.is_open and ticket.owner is None and (memory.ticket, memory.state) == (ticket.number, "with_staff"):
        conversations.keep_memory(row, replace(memory, state="with_support"))
