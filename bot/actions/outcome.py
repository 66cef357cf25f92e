"""What a turn of the dialogue comes to: the ticket first, then what is said, then the notices."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.actions import localized_receipt
from bot.actions.localized_receipt import MOVED, REOPENED
from bot.actions.saying import say
from bot.actions.ticket_notices import keep_and_tell, tell
from bot.actions.transaction import Transaction
from bot.dialogue.conversation import Conversation, Outcome, Say, State
from bot.dialogue.in_danger import safety
from bot.storage import conversations, incidents, tickets
from bot.storage.tables import ConversationRow, MessageRow
from handoff import desk, hearing, kinds
from handoff.events import IncidentGreeted, IssueRaised
from handoff.policy.model import Policy
from handoff.ticket import BOT, Event, Request, Ticket, TicketChange

DeskAction = Callable[[Policy, Ticket, datetime], TicketChange]


def apply(
    tx: Transaction, row: ConversationRow, outcome: Outcome, *, message: MessageRow | None = None
) -> tuple[MessageRow, ...]:
    """Make a turn real: ticket first, then what is said, then the notices; all in the caller's transaction."""
    before = row.last_number
    memory = outcome.conversation
    conversations.keep_memory(row, memory)
    happened = [Event(payload, BOT, tx.now) for payload in outcome.events]
    tickets.record(tx.db, happened, conversation_id=row.id, number=memory.ticket)
    _join_incidents(tx, row, outcome)
    opened = _open_ticket(tx, row, outcome.request, message) if outcome.request else None
    if message is not None:
        conversations.put_to(tx.db, message, conversations.memory_of(row).ticket_spoken_of)
    for what in outcome.says:
        say(tx, row, what, outcome.why)
    if opened is not None:
        _received_in_own_language(tx, row, opened.ticket)
        tell(tx, row, opened)
        _tell_previous(tx, row, outcome)
    elif memory.ticket is not None and outcome.for_ticket:
        _add_to_ticket(tx, row, outcome, message)
    elif outcome.withdrawn and memory.previous is not None:
        _change(tx, row, memory.previous, desk.withdraw)
    elif outcome.closing_taken_back and memory.ticket is not None:
        _change(tx, row, memory.ticket, desk.take_back_closing)
    for what in outcome.then:
        say(tx, row, what, outcome.why)
    memory = conversations.memory_of(row)
    row.hand_over_at = _waited_for_until(tx, memory)
    return tuple(m for m in conversations.transcript(tx.db, row.id, before) if not m.by_user)


def _waited_for_until(tx: Transaction, memory: Conversation) -> datetime | None:
    """When people hear of it although the question before the user has no answer; whether somebody is in danger, only once."""
    lifecycle = tx.policy.lifecycle
    if memory.state == "checking" and safety.UNANSWERED not in memory.signals:
        return tx.now + lifecycle.danger_unanswered_after
    return tx.now + lifecycle.hand_over_after if memory.state == "gathering" and memory.ticket is None else None


def _received_in_own_language(tx: Transaction, row: ConversationRow, ticket: Ticket) -> None:
    """Number and time in the user's own language, before a letter in ours; a card is in theirs as a whole."""
    if ticket.reason == "emergency" or row.channel not in tx.policy.channels.letters:
        return
    part = localized_receipt.received(tx.policy, tx.deps.assistant().script.lines, ticket)
    if part is not None:
        say(tx, row, Say(part[0], (part[1],)))


def _join_incidents(tx: Transaction, row: ConversationRow, outcome: Outcome) -> None:
    """Whoever raises an issue that is an incident now is affected; who was greeted with it has been told, even if it ended in
    this moment, and so hears that it is over."""
    greeted = {event.issue for event in outcome.events if isinstance(event, IncidentGreeted)}
    for issue in [event.issue for event in outcome.events if isinstance(event, IssueRaised)]:
        incident = incidents.live_of(tx.db, issue) or (incidents.latest_of(tx.db, issue) if issue in greeted else None)
        if incident is not None:
            incidents.join(tx, incident.id, (row.id,), told=issue in greeted)


def _open_ticket(tx: Transaction, row: ConversationRow, request: Request, message: MessageRow | None) -> TicketChange:
    """With what led to it: of an emergency that was told within another request nothing but the words that told it."""
    number = tickets.next_number(tx.db)
    handled = desk.open_ticket(tx.policy, number, replace(request, conversation_id=row.id), tx.now)
    tickets.keep(tx, tx.policy, handled)
    conversations.keep_memory(row, replace(conversations.memory_of(row), ticket=number))
    within = message is not None and request.previous is not None and kinds.is_emergency(tx.policy, handled.ticket)
    if not within:
        conversations.make_part_of(tx.db, row.id, number)
    return handled


def _tell_previous(tx: Transaction, row: ConversationRow, outcome: Outcome) -> None:
    """What the request before this one hears of its own matter: that it is not so, by the user's words."""
    ticket = tickets.lock(tx.db, outcome.conversation.previous or 0) if outcome.more else None
    if ticket is not None and outcome.more is not None and outcome.more.issue == ticket.request.issue:
        handled = _told_more(tx, ticket, outcome)
        keep_and_tell(tx, row, handled)


def _add_to_ticket(tx: Transaction, row: ConversationRow, outcome: Outcome, message: MessageRow | None) -> None:
    """What the user adds later: it ends a wait, may reopen, may raise the priority, and people see it."""
    memory = conversations.memory_of(row)
    ticket = tickets.lock(tx.db, memory.ticket or 0)
    if ticket is None:
        return
    was_over = not ticket.is_open
    handled = TicketChange(ticket)
    for action in (_wrote, _told_more, _heard):
        handled = _together(handled, action(tx, handled.ticket, outcome))
    ticket = handled.ticket
    keep_and_tell(tx, row, handled, message=message)
    if kinds.is_emergency(tx.policy, ticket) and memory.previous is not None:
        _told_beside(tx, row, memory.previous, outcome, message)
    if was_over and ticket.is_open:
        state: State = "with_staff" if ticket.owner else "with_support"
        conversations.keep_memory(row, replace(conversations.memory_of(row), state=state))


def _told_beside(
    tx: Transaction, row: ConversationRow, number: int, outcome: Outcome, message: MessageRow | None
) -> None:
    """The request within which an emergency was told is still open: what is written may answer its team too."""
    ticket = tickets.lock(tx.db, number)
    if ticket is not None and ticket.is_open:
        handled = hearing.user_wrote(tx.policy, ticket, tx.now, thanks=outcome.thanks)
        keep_and_tell(tx, row, handled, message=message)


def _together(before: TicketChange, after: TicketChange) -> TicketChange:
    """What came of one message: each letter once, of the ticket as it is in the end; what is opened again tells the time by itself."""
    letters = tuple(dict.fromkeys([*before.notices, *after.notices]))
    if any(notice.kind == REOPENED for notice in letters):
        letters = tuple(notice for notice in letters if notice.kind != MOVED)
    return TicketChange(after.ticket, (*before.events, *after.events), letters)


def _change(tx: Transaction, row: ConversationRow, number: int, action: DeskAction) -> None:
    """Do with the request what the user asked for."""
    ticket = tickets.lock(tx.db, number)
    if ticket is not None:
        keep_and_tell(tx, row, action(tx.policy, ticket, tx.now))


def _told_more(tx: Transaction, ticket: Ticket, outcome: Outcome) -> TicketChange:
    return hearing.tell_more(ticket, outcome.more, tx.now) if outcome.more else TicketChange(ticket)


def _wrote(tx: Transaction, ticket: Ticket, outcome: Outcome) -> TicketChange:
    return hearing.user_wrote(tx.policy, ticket, tx.now, thanks=outcome.thanks)


def _heard(tx: Transaction, ticket: Ticket, outcome: Outcome) -> TicketChange:
    return hearing.hear(tx.policy, ticket, outcome.new_signals, tx.now, outcome.matter)
