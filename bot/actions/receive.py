"""A message comes in, from whatever channel: understood, answered or handed over, and stored, in one transaction."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, TypeVar

from pydantic import TypeAdapter
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.actions.deps import Deps
from bot.actions.outcome import apply
from bot.actions.rating import Rating, rate_in
from bot.actions.saying import say
from bot.actions.ticket_notices import CONFIRMED
from bot.actions.transaction import Transaction, transaction
from bot.dialogue import catalog_migration
from bot.dialogue.assistant import Assistant
from bot.dialogue.conversation import Message, Say
from bot.dialogue.respond import respond, respond_to_file
from bot.dialogue.script import Script
from bot.storage import conversations, idempotency, incidents, tickets
from bot.storage.changes import publish
from bot.storage.conversations import Line
from bot.storage.tables import ConversationRow, MessageRow
from bot.understanding.reading import NOTHING_READ, Reading
from bot.understanding.text.typed import displayable
from handoff.events import ConversationOpened
from handoff.facts import OpenRequest, contact_facts, open_request
from handoff.names import plain_name
from handoff.ticket import Actor, Event, User

_reading = TypeAdapter(Reading)
Result = TypeVar("Result")
MOST_CHARACTERS = 4000


class ClientIdReused(ValueError):
    """The client sent another text under an id that it had used before."""


class NoSuchConversation(LookupError):
    """Not the user's own, or closed; nothing was stored."""


class TextTooLong(ValueError):
    """The text is over the limit; nothing was stored."""


@dataclass(frozen=True)
class Incoming:
    """What a channel hands over: who, where, and what was typed or pressed."""

    user: User
    channel: str
    text: str = ""
    pressed: str | None = None
    client_id: str | None = None
    key: str | None = None
    """The channel's own id of this delivery; the same key twice is one message."""
    conversation: str | None = None
    """Public id, when the channel knows it; else the user's open conversation on the channel is used."""
    address: dict[str, Any] = field(default_factory=dict)
    attachment_id: int | None = None
    device: str = ""
    """What the user's browser says it is, in two words; offered where a ticket asks for it, never kept by itself."""


@dataclass(frozen=True)
class Received:
    """What came of it: the stored message, the answers, and the conversation; `again` when it had come before."""

    conversation: ConversationRow
    message: MessageRow | None
    answers: tuple[MessageRow, ...] = ()
    again: bool = False


def open_conversation(
    deps: Deps, user: User, channel: str, now: datetime, address: dict[str, Any] | None = None
) -> ConversationRow:
    """The user's open conversation, or a new one that begins with the greeting."""

    def opened() -> ConversationRow:
        with transaction(deps, now) as tx:
            return _open_or_new(tx, user, channel, address or {})

    return once_more(opened)


def once_more(work: Callable[[], Result]) -> Result:
    """Do a whole transaction again when another process was first to open the same conversation."""
    try:
        return work()
    except IntegrityError:
        return work()


def _open_or_new(tx: Transaction, user: User, channel: str, address: dict[str, Any]) -> ConversationRow:
    row = conversations.lock_open(tx.db, user.id, channel, str(address.get("address", "")))
    if row is not None:
        _refresh_user(row, user)
        row.address = address or row.address
        return row
    row = conversations.open_one(tx, user, channel, address)
    say(tx, row, _greeting(tx.deps.assistant().script, user, channel))
    tickets.record(tx.db, [Event(ConversationOpened(channel), _actor(user), tx.now)], conversation_id=row.id)
    return row


def _greeting(script: Script, user: User, channel: str) -> Say:
    """Who speaks, and what to do in an emergency; whoever wrote a letter has told already what it is about."""
    name = "greeting_by_letter" if channel in script.policy.channels.letters else "greeting"
    number = script.policy.words.emergency_number
    text, source = script.lines.line(name, name=plain_name(user.name), emergency_number=number)
    return Say(text, (source,))


def _refresh_user(row: ConversationRow, user: User) -> None:
    """What a later sign-in tells of the user (name, role, zone) replaces what was known."""
    memory = conversations.memory_of(row)
    if memory.user != user:
        zone = user.zone or memory.user.zone
        conversations.keep_memory(row, replace(memory, user=replace(user, zone=zone)))


def receive(deps: Deps, incoming: Incoming, now: datetime) -> Received:
    """Store a message and everything that follows from it; raises TextTooLong, ClientIdReused or NoSuchConversation, and then nothing
    is stored."""
    if len(incoming.text) > MOST_CHARACTERS:
        raise TextTooLong(f"{len(incoming.text)} characters are more than {MOST_CHARACTERS}")
    assistant = deps.assistant()
    text = displayable(incoming.text)
    reading = assistant.read(text) if incoming.pressed is None and incoming.attachment_id is None else None

    def stored() -> Received:
        with transaction(deps, now) as tx:
            row = _conversation(tx, incoming)
            known = _known(tx, row, incoming, text)
            if known is not None:
                return known
            return _take_in(tx, assistant, row, replace(incoming, text=text), reading)

    return once_more(stored)


def _conversation(tx: Transaction, incoming: Incoming) -> ConversationRow:
    if incoming.conversation is None:
        return _open_or_new(tx, incoming.user, incoming.channel, incoming.address)
    row = conversations.by_public_id(tx.db, incoming.conversation, for_update=True)
    if row is None or row.user_id != incoming.user.id or row.closed_at is not None:
        raise NoSuchConversation(incoming.conversation)
    _refresh_user(row, incoming.user)
    return row


def _known(tx: Transaction, row: ConversationRow, incoming: Incoming, text: str) -> Received | None:
    """The same message again: by the client's id, or by the channel's key."""
    if incoming.client_id is not None:
        earlier = conversations.by_client_id(tx.db, row.id, incoming.client_id)
        if earlier is not None:
            same = (
                earlier.body == text
                if incoming.pressed is None
                else (earlier.source or {}).get("pressed") == incoming.pressed
            )
            if not same:
                raise ClientIdReused(incoming.client_id)
            return Received(row, earlier, again=True)
    if incoming.key is not None and not idempotency.is_new_delivery(tx, incoming.key):
        return Received(row, None, again=True)
    return None


def _take_in(
    tx: Transaction, assistant: Assistant, row: ConversationRow, incoming: Incoming, reading: Reading | None
) -> Received:
    memory = catalog_migration.fitted(conversations.memory_of(row), assistant.script)
    reading = assistant.in_context(memory, reading) if reading else None
    label = _label(tx.db, row, incoming.pressed) if incoming.pressed is not None else None
    text = label or incoming.text or incoming.pressed or ""
    line = Line(
        "user",
        incoming.user.name,
        text,
        visible_to_user=True,
        client_id=incoming.client_id,
        source={"pressed": incoming.pressed} if incoming.pressed is not None else None,
        reading=_reading.dump_python(reading, mode="json") if reading else None,
        attachment_id=incoming.attachment_id,
    )
    stored = conversations.append(tx, row, line)
    if memory.ticket is not None:
        publish(tx.db, "desk")
    if incoming.key is not None:
        idempotency.came_of(tx.db, incoming.key, row.id, stored.number)
    if incoming.pressed in CONFIRMED:
        return Received(row, stored, _confirm(tx, row, CONFIRMED[incoming.pressed]))
    if incoming.attachment_id is not None:
        outcome = respond_to_file(memory, text, assistant.script, tx.now)
    else:
        known = incidents.confirmed_issues(tx.db)
        request = _open_request(tx, memory.ticket)
        others = _others_open(tx, row, memory.ticket)
        message = Message(text, incoming.pressed, known, incoming.device, request, others, contact_facts(tx.policy))
        outcome = respond(memory, reading or NOTHING_READ, message, assistant.script, tx.now)
    answers = apply(tx, row, outcome, message=stored)
    return Received(row, stored, answers)


def _open_request(tx: Transaction, number: int | None) -> OpenRequest | None:
    """What the user may be told of their open request, at this moment."""
    row = tickets.get(tx.db, number) if number else None
    if row is None:
        return None
    return open_request(tx.policy, tickets.ticket_of(row), tx.now)


def _others_open(tx: Transaction, row: ConversationRow, number: int | None) -> tuple[OpenRequest, ...]:
    """The other open requests of this conversation, the newest first."""
    own = (tickets.ticket_of(one) for one in tickets.of_conversation(tx.db, row.id) if one.number != number)
    return tuple(open_request(tx.policy, ticket, tx.now) for ticket in own if ticket.is_open)


def _confirm(tx: Transaction, row: ConversationRow, helpful: bool) -> tuple[MessageRow, ...]:
    """Yes or no under a resolution."""
    before = row.last_number
    rate_in(tx, row, Rating("ticket", helpful))
    text, source = tx.deps.assistant().script.lines.line("rated")
    if helpful:
        say(tx, row, Say(text, (source,)))
    return tuple(conversations.transcript(tx.db, row.id, before))


def _label(db: Session, row: ConversationRow, value: str) -> str | None:
    """What stands on the button with this value: on the newest message that has it."""
    return next((one["label"] for one in conversations.recent_buttons(db, row) if one["value"] == value), None)


def _actor(user: User) -> Actor:
    return Actor("user", user.id, user.name)
