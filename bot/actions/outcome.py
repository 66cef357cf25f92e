"""What a turn of the dialogue comes to: the ticket first, then what is said, then the notices."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from bot.actions.deps import Deps
from bot.actions.saying import say
from bot.actions.tell import tell
from bot.dialogue.conversation import Outcome, Say, State
from bot.storage import conversations, incidents, tickets
from bot.storage.tables import ConversationRow, MessageRow
from handoff import desk
from handoff.events import IncidentGreeted, IssueRaised
from handoff.facts import open_request
from handoff.ticket import BOT, Event, Handled, Request, Ticket


def apply(
    db: Session, deps: Deps, row: ConversationRow, outcome: Outcome, now: datetime, *, message: MessageRow | None = None
) -> tuple[MessageRow, ...]:
    """Make a turn real: ticket first, then what is said, then the notices; all in the caller's transaction."""
    before = row.last_number
    memory = outcome.conversation
    conversations.keep_memory(row, memory)
    happened = [Event(payload, BOT, now) for payload in outcome.events]
    tickets.record(db, happened, conversation_id=row.id, number=memory.ticket)
    _join_incidents(db, row, outcome, now)
    opened = _open_ticket(db, deps, row, outcome.request, now) if outcome.request else None
    for what in outcome.says:
        say(db, deps, row, what, now, outcome.why)
    if opened is not None:
        _received_in_own_language(db, deps, row, opened.ticket, now)
        tell(db, deps, row, opened, now)
    elif memory.ticket is not None and outcome.for_ticket:
        _add_to_ticket(db, deps, row, outcome, now, message)
    elif outcome.withdrawn and memory.previous is not None:
        _withdraw(db, deps, row, memory.previous, now)
    for what in outcome.then:
        say(db, deps, row, what, now, outcome.why)
    memory = conversations.memory_of(row)
    waiting = memory.state == "gathering" and memory.ticket is None
    row.hand_over_at = now + deps.policy.lifecycle.hand_over_after if waiting else None
    return tuple(m for m in conversations.transcript(db, row.id, before) if m.said_by != "user")


def _received_in_own_language(db: Session, deps: Deps, row: ConversationRow, ticket: Ticket, now: datetime) -> None:
    """Number and time in the user's own language, before the card in ours."""
    due = open_request(deps.policy, ticket, now).due
    lines = deps.assistant().script.lines
    part = lines.in_language(ticket.request.language, "received", number=ticket.number, time=due)
    if part is not None and ticket.reason != "emergency":
        say(db, deps, row, Say(part[0], (part[1],)), now)


def _join_incidents(db: Session, row: ConversationRow, outcome: Outcome, now: datetime) -> None:
    """Whoever raises an issue that is an incident now is affected; who was greeted with it has been told, even if it ended in
    this moment, and so hears that it is over."""
    greeted = {event.issue for event in outcome.events if isinstance(event, IncidentGreeted)}
    for issue in [event.issue for event in outcome.events if isinstance(event, IssueRaised)]:
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
