"""A message comes in, from whatever channel: understood, answered or handed over, and stored, in one transaction."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, TypeVar

from pydantic import TypeAdapter
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.actions.deps import Deps
from bot.actions.rating import rate_in
from bot.actions.tell import tell
from bot.dialogue.assistant import Assistant
from bot.dialogue.conversation import Button, Message, Outcome, Say, State
from bot.dialogue.respond import respond, respond_to_file
from bot.storage import conversations, incidents, outbox, runs, tickets
from bot.storage.conversations import Line
from bot.storage.tables import ConversationRow, MessageRow
from bot.understanding.reading import NOTHING_READ, Reading
from bot.understanding.typed import displayable
from handoff import desk, reach
from handoff.facts import OpenRequest, contact_facts, open_request
from handoff.names import plain_name
from handoff.ticket import BOT, Actor, Event, Handled, Request, Ticket, User

_reading = TypeAdapter(Reading)
Result = TypeVar("Result")
MOST_CHARACTERS = 4000
DETAIL = "detail:"
RECENT = 40
CONFIRMED = {"confirm:yes": True, "confirm:no": False}


class ClientIdReused(ValueError):
    """The client sent another text under an id that it had used before."""


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
        with deps.sessions.begin() as db:
            return _open_or_new(db, deps, user, channel, address or {}, now)

    return once_more(opened)


def once_more(work: Callable[[], Result]) -> Result:
    """Do a whole transaction again when another process was first to open the same conversation."""
    try:
        return work()
    except IntegrityError:
        return work()


def _open_or_new(
    db: Session, deps: Deps, user: User, channel: str, address: dict[str, Any], now: datetime
) -> ConversationRow:
    row = conversations.lock_open(db, user.id, channel, str(address.get("address", "")))
    if row is not None:
        _refresh_user(row, user)
        row.address = address or row.address
        return row
    row = conversations.open_one(db, user, channel, address, now)
    script = deps.assistant().script
    number = script.policy.words.emergency_number
    text, source = script.lines.line("greeting", name=plain_name(user.name), emergency_number=number)
    _say(db, deps, row, Say(text, (source,)), now)
    tickets.record(db, [Event("conversation_opened", _actor(user), now, {"channel": channel})], conversation_id=row.id)
    return row


def _refresh_user(row: ConversationRow, user: User) -> None:
    """What a later sign-in tells of the user (name, role, zone) replaces what was known."""
    memory = conversations.memory_of(row)
    if memory.user != user:
        zone = user.zone or memory.user.zone
        conversations.keep_memory(row, replace(memory, user=replace(user, zone=zone)))


def receive(deps: Deps, incoming: Incoming, now: datetime) -> Received:
    """Store a message and everything that follows from it; raises TextTooLong or ClientIdReused, with nothing stored."""
    if len(incoming.text) > MOST_CHARACTERS:
        raise TextTooLong(f"{len(incoming.text)} characters are more than {MOST_CHARACTERS}")
    assistant = deps.assistant()
    text = displayable(incoming.text)
    reading = assistant.read(text) if incoming.pressed is None and incoming.attachment_id is None else None

    def stored() -> Received:
        with deps.sessions.begin() as db:
            row = _conversation(db, deps, incoming, now)
            known = _known(db, row, incoming, text, now)
            if known is not None:
                return known
            return _take_in(db, deps, assistant, row, replace(incoming, text=text), reading, now)

    return once_more(stored)


def _conversation(db: Session, deps: Deps, incoming: Incoming, now: datetime) -> ConversationRow:
    if incoming.conversation is None:
        return _open_or_new(db, deps, incoming.user, incoming.channel, incoming.address, now)
    row = conversations.by_public_id(db, incoming.conversation, for_update=True)
    if row is None or row.user_id != incoming.user.id or row.closed_at is not None:
        raise LookupError(incoming.conversation)
    _refresh_user(row, incoming.user)
    return row


def _known(db: Session, row: ConversationRow, incoming: Incoming, text: str, now: datetime) -> Received | None:
    """The same message again: by the client's id, or by the channel's key."""
    if incoming.client_id is not None:
        earlier = conversations.by_client_id(db, row.id, incoming.client_id)
        if earlier is not None:
            same = (
                earlier.body == text
                if incoming.pressed is None
                else (earlier.source or {}).get("pressed") == incoming.pressed
            )
            if not same:
                raise ClientIdReused(incoming.client_id)
            return Received(row, earlier, again=True)
    if incoming.key is not None and not runs.first_seen(db, incoming.key, now):
        return Received(row, None, again=True)
    return None


def _take_in(
    db: Session,
    deps: Deps,
    assistant: Assistant,
    row: ConversationRow,
    incoming: Incoming,
    reading: Reading | None,
    now: datetime,
) -> Received:
    memory = conversations.memory_of(row)
    reading = assistant.in_context(memory, reading) if reading else None
    label = _label(db, row, incoming.pressed) if incoming.pressed is not None else None
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
    stored = conversations.append(db, row, line, now)
    if incoming.key is not None:
        runs.came_of(db, incoming.key, row.id, stored.number)
    if incoming.pressed in CONFIRMED:
        return Received(row, stored, _confirm(db, deps, row, CONFIRMED[incoming.pressed], now))
    if incoming.attachment_id is not None:
        outcome = respond_to_file(memory, text, assistant.script, now)
    else:
        message = Message(
            text,
            incoming.pressed,
            incidents.confirmed_issues(db),
            incoming.device,
            _open_request(db, deps, memory.ticket, now),
            contact_facts(deps.policy),
        )
        outcome = respond(memory, reading or NOTHING_READ, message, assistant.script, now)
    answers = apply(db, deps, row, outcome, now, message=stored)
    return Received(row, stored, answers)


def _received_in_own_language(db: Session, deps: Deps, row: ConversationRow, ticket: Ticket, now: datetime) -> None:
    """Number and time in the user's own language, before the card in ours."""
    due = open_request(deps.policy, ticket, now).due
    lines = deps.assistant().script.lines
    part = lines.in_language(ticket.request.language, "received", number=ticket.number, time=due)
    if part is not None and ticket.reason != "emergency":
        _say(db, deps, row, Say(part[0], (part[1],)), now)


def _open_request(db: Session, deps: Deps, number: int | None, now: datetime) -> OpenRequest | None:
    """What the user may be told of their open request, at this moment."""
    row = tickets.get(db, number) if number else None
    if row is None:
        return None
    return open_request(deps.policy, tickets.ticket_of(row), now)


def _confirm(db: Session, deps: Deps, row: ConversationRow, helpful: bool, now: datetime) -> tuple[MessageRow, ...]:
    """Yes or no under a resolution."""
    before = row.last_number
    rate_in(db, deps, row, helpful, None, "ticket", now)
    text, source = deps.assistant().script.lines.line("rated")
    if helpful:
        _say(db, deps, row, Say(text, (source,)), now)
    return tuple(conversations.transcript(db, row.id, before))


def _label(db: Session, row: ConversationRow, value: str) -> str | None:
    """What stands on the button with this value: on the newest message that has it."""
    for message in reversed(conversations.transcript(db, row.id, max(0, row.last_number - RECENT))):
        for button in message.buttons:
            if button["value"] == value:
                return str(button["label"])
    return None


def apply(
    db: Session, deps: Deps, row: ConversationRow, outcome: Outcome, now: datetime, *, message: MessageRow | None = None
) -> tuple[MessageRow, ...]:
    """Make a turn real: ticket first, then what is said, then the notices; all in the caller's transaction."""
    before = row.last_number
    memory = outcome.conversation
    conversations.keep_memory(row, memory)
    events = [Event(kind, BOT, now, data) for kind, data in outcome.events]
    tickets.record(db, events, conversation_id=row.id, number=memory.ticket)
    _join_incidents(db, row, events, now)
    opened = _open_ticket(db, deps, row, outcome.request, now) if outcome.request else None
    for say in outcome.says:
        _say(db, deps, row, say, now)
    if opened is not None:
        _received_in_own_language(db, deps, row, opened.ticket, now)
        tell(db, deps, row, opened, now)
    elif memory.ticket is not None and outcome.for_ticket:
        _add_to_ticket(db, deps, row, outcome, now, message)
    elif outcome.withdrawn and memory.previous is not None:
        _withdraw(db, deps, row, memory.previous, now)
    for say in outcome.then:
        _say(db, deps, row, say, now)
    memory = conversations.memory_of(row)
    waiting = memory.state == "gathering" and memory.ticket is None
    row.hand_over_at = now + deps.policy.lifecycle.hand_over_after if waiting else None
    return tuple(m for m in conversations.transcript(db, row.id, before) if m.said_by != "user")


def _join_incidents(db: Session, row: ConversationRow, events: list[Event], now: datetime) -> None:
    """Whoever raises an issue that is an incident now is affected; who was greeted with it has been told, even if it ended in
    this moment, and so hears that it is over."""
    greeted = {event.data["issue"] for event in events if event.kind == "incident_greeted"}
    for issue in [event.data["issue"] for event in events if event.kind == "issue"]:
        incident = incidents.live_of(db, issue) or (incidents.latest_of(db, issue) if issue in greeted else None)
        if incident is not None:
            incidents.join(db, incident.id, (row.id,), now, told=issue in greeted)


def _open_ticket(db: Session, deps: Deps, row: ConversationRow, request: Request, now: datetime) -> Handled:
    number = tickets.next_number(db)
    handled = desk.open_ticket(deps.policy, number, replace(request, conversation_id=row.id), now)
    tickets.save(db, deps.policy, handled.ticket, now)
    tickets.record(db, handled.events, conversation_id=row.id, number=number)
    conversations.keep_memory(row, replace(conversations.memory_of(row), ticket=number))
    return handled


def _add_to_ticket(
    db: Session, deps: Deps, row: ConversationRow, outcome: Outcome, now: datetime, message: MessageRow | None
) -> None:
    """What the user adds later: it ends a wait, may reopen, may raise the priority, and people see it."""
    memory = conversations.memory_of(row)
    ticket = tickets.lock(db, memory.ticket or 0)
    if ticket is None:
        return
    was_over = not ticket.is_open
    for deed in (_told_more, _wrote, _heard):
        handled = deed(deps, ticket, outcome, now)
        ticket = handled.ticket
        tickets.save(db, deps.policy, ticket, now)
        tickets.record(db, handled.events, conversation_id=row.id, number=ticket.number)
        tell(db, deps, row, handled, now, message=message)
    if was_over and ticket.is_open:
        state: State = "with_staff" if ticket.owner else "with_support"
        conversations.keep_memory(row, replace(conversations.memory_of(row), state=state))


def _withdraw(db: Session, deps: Deps, row: ConversationRow, number: int, now: datetime) -> None:
    ticket = tickets.lock(db, number)
    if ticket is None:
        return
    handled = desk.withdraw(deps.policy, ticket, now)
    tickets.save(db, deps.policy, handled.ticket, now)
    tickets.record(db, handled.events, conversation_id=row.id, number=number)
    tell(db, deps, row, handled, now)


def _told_more(_: Deps, ticket: Ticket, outcome: Outcome, now: datetime) -> Handled:
    return desk.tell_more(ticket, outcome.more, now) if outcome.more else Handled(ticket)


def _wrote(deps: Deps, ticket: Ticket, outcome: Outcome, now: datetime) -> Handled:
    return desk.user_wrote(deps.policy, ticket, now, thanks=outcome.thanks)


def _heard(deps: Deps, ticket: Ticket, outcome: Outcome, now: datetime) -> Handled:
    return desk.hear(deps.policy, ticket, outcome.new_signals, now)


def _say(db: Session, deps: Deps, row: ConversationRow, say: Say, now: datetime) -> MessageRow:
    """One approved message of the assistant, with its sources; to other channels by the outbox."""
    script = deps.assistant().script
    source = {
        "texts": [{"file": s.file, "id": s.id, "hash": s.hash} for s in say.sources],
        "catalog": script.catalog.version,
        "page": {"title": say.page[0], "url": say.page[1]} if say.page else None,
    }
    buttons = tuple(as_json(button) for button in say.buttons if _can_be_kept(deps, row, button))
    line = Line("bot", BOT.name, say.text, visible_to_user=True, buttons=buttons, source=source, rating=say.rating)
    message = conversations.append(db, row, line, now)
    send_to_channel(db, row, message, now)
    return message


def _can_be_kept(deps: Deps, row: ConversationRow, button: Button) -> bool:
    """False for a way to be answered that we could not keep."""
    if row.channel in deps.policy.channels.letters or not button.value.startswith(DETAIL):
        return True
    question = button.value.removeprefix(DETAIL).partition("/")[0]
    user = conversations.memory_of(row).user
    return reach.may_ask_for(deps.policy, question, button.label, user, mail=deps.mail)


def as_json(button: Button) -> dict[str, str]:
    """A button as it is stored and sent."""
    return {"label": button.label, "value": button.value}


def send_to_channel(db: Session, row: ConversationRow, message: MessageRow, now: datetime) -> None:
    """A line of the assistant's for the user, unless the conversation is one in which it says nothing."""
    if not row.address.get("quiet"):
        outbox.put_line(db, row, message, now, row.ticket_number)


def _actor(user: User) -> Actor:
    return Actor("user", user.id, user.name)
