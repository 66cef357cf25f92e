"""What staff do with a ticket, in Slack or in the console: each action one transaction."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from bot.actions.deps import Deps
from bot.actions.tasks import known_issue_wanted
from bot.actions.ticket_notices import silence_bot, tell
from bot.actions.transaction import Transaction, transaction
from bot.storage import conversations, idempotency, news, tickets
from bot.storage.conversations import Line
from bot.storage.tables import ConversationRow
from bot.understanding.redaction.typed_secrets import without_secrets
from bot.understanding.text.asks_secret import Secrets
from handoff import desk, unassign
from handoff.lifecycle import CommandContext, NotAllowed
from handoff.policy.names import Priority
from handoff.ticket import Actor, Resolution, Ticket, TicketChange
from handoff.ticket_events import Resolved, StaffReplied

StaffAction = Callable[[CommandContext, Ticket], TicketChange]
TOLD_ONCE = "told_that_it_asks"
"""That somebody was told that their words ask for a secret or hold one."""


class NoSuchTicket(LookupError):
    """There is no ticket with this number."""


@dataclass(frozen=True)
class Command:
    """That somebody does something with a ticket. The same key twice is one action, where it counts how often."""

    deps: Deps
    number: int
    by: Actor
    now: datetime
    key: str = ""
    seen: int | None = None
    """The last line that this person was shown; None where all is before them."""


def _do(
    command: Command, action: StaffAction, *, note: str = "", then: Callable[[ConversationRow], None] | None = None
) -> Ticket:
    """Lock conversation and ticket, do the action, store it, tell everybody: all or nothing. The same key twice is one action."""
    with transaction(command.deps, command.now) as tx:
        found = tickets.get(tx.db, command.number)
        if found is None:
            raise NoSuchTicket(command.number)
        row = conversations.lock(tx.db, found.conversation_id)
        ticket = tickets.lock(tx.db, command.number)
        assert ticket is not None
        if command.key and not idempotency.is_new_delivery(tx, command.key):
            return ticket
        handled = action(CommandContext(tx.policy, command.by, tx.now), ticket)
        tickets.keep(tx, tx.policy, handled)
        known_issue_wanted(tx, command.number, handled.events)
        if any(isinstance(event.payload, StaffReplied | Resolved) for event in handled.events):
            news.seen(tx, command.number, row.last_number if command.seen is None else command.seen)
        if note:
            _keep_note(tx, row, command, note)
        if then is not None:
            then(row)
        tell(tx, row, handled, by=command.by)
        return handled.ticket


def _keep_note(tx: Transaction, row: ConversationRow, command: Command, note: str) -> None:
    line = conversations.append(tx, row, Line("staff", command.by.name, note, kind="note", ticket=command.number))
    if command.key:
        idempotency.came_of(tx.db, command.key, row.id, line.number)


def take(command: Command) -> Ticket:
    """Become the owner; raises NotAllowed when somebody else was first."""
    return _do(command, desk.take)


def acknowledge(command: Command) -> Ticket:
    """Say that somebody has seen the page about a Critical ticket; nobody is paged any more."""
    return _do(command, desk.acknowledge)


def assign(command: Command, to: Actor) -> Ticket:
    """Give the ticket to another person."""
    return _do(command, lambda context, ticket: desk.assign(context, ticket, to))


def review(command: Command) -> Ticket:
    """Say that a person has looked at it: the triage clock stops."""
    return _do(command, desk.review)


def _must_hold_no_secret(command: Command, *texts: str) -> None:
    """Raise NotAllowed for words to the user that ask for a password, a code, a card or an identity number, or that hold one; the same
    words of the same person once more are sent."""
    secrets = Secrets(command.deps.policy.communication.asks_for_secrets)
    own = [_without_approved(command.deps, text) for text in texts]
    asked = [hit for text in own for hit in secrets.asked(text, foreign=False)]
    holds = any(without_secrets(text) != text for text in own)
    said = sha256("\0".join((command.by.id, str(command.number), *texts)).encode()).hexdigest()
    if not (asked or holds):
        return
    with transaction(command.deps, command.now) as tx:
        if not idempotency.claim_once(tx, TOLD_ONCE, said):
            return
    raise NotAllowed("asks_for_secret", words=asked[0]) if asked else NotAllowed("holds_secret")


def _without_approved(deps: Deps, text: str) -> str:
    """The lines that somebody wrote, without the approved questions that a form offers."""
    intents = deps.assistant().script.catalog.intents.values()
    approved = {detail.ask.strip() for intent in intents for detail in intent.details}
    approved |= {row.ask.strip() for row in deps.policy.escalation.gather}
    return "\n".join(line for line in text.splitlines() if line.strip().removeprefix("- ") not in approved)


def reply(command: Command, text: str) -> Ticket:
    """Send an answer to the user; stops the first-response clock and silences the bot. Raises NotAllowed, at the first try, for
    words that ask for a secret or hold one."""
    _must_hold_no_secret(command, text)
    return _do(command, lambda context, ticket: desk.staff_reply(context, ticket, text), then=silence_bot)


def ask(command: Command, question: str) -> Ticket:
    """Ask the user something; the resolution clock waits for the answer. Raises NotAllowed as `reply` does."""
    _must_hold_no_secret(command, question)
    return _do(command, lambda context, ticket: desk.ask_user(context, ticket, question), then=silence_bot)


def note(command: Command, text: str, *, shown: bool = False) -> Ticket:
    """Leave an internal note; the user never sees it. `shown`: it already stands in the team's channel."""

    def action(context: CommandContext, ticket: Ticket) -> TicketChange:
        handled = desk.note(context, ticket, text)
        return replace(handled, notices=()) if shown else handled

    return _do(command, action, note=text.strip())


def set_priority(command: Command, to: Priority, why: str) -> Ticket:
    """Change the priority; every due time follows."""
    return _do(command, lambda context, ticket: desk.set_priority(context, ticket, to, why))


def escalate(command: Command, reason: str, finding: str = "") -> Ticket:
    """Hand the ticket to the team that the reason calls for, with what was found so far as a note, and tell the user."""
    return _hand_on(command, lambda context, ticket: desk.escalate(context, ticket, reason), finding)


def hand_back(command: Command, finding: str) -> Ticket:
    """Give the ticket back to the team that has every ticket first, with what was found as a note."""
    return _hand_on(command, unassign.hand_back, finding)


def _hand_on(command: Command, action: StaffAction, finding: str) -> Ticket:
    """Another team gets it, with the note where there is one: what is urgent is handed on without a word."""

    def with_note(context: CommandContext, ticket: Ticket) -> TicketChange:
        handed = action(context, ticket)
        if not finding.strip():
            return handed
        noted = desk.note(context, handed.ticket, finding)
        return TicketChange(noted.ticket, (*handed.events, *noted.events), (*handed.notices, *noted.notices))

    return _do(command, with_note, note=finding.strip())


def let_go(command: Command) -> Ticket:
    """Put the ticket back into the queue, for whoever takes it next."""
    return _do(command, unassign.let_go)


def resolve(command: Command, resolution: Resolution) -> Ticket:
    """Resolve with what was done and found; the user is asked whether it helped. Raises NotAllowed as `reply` does."""
    _must_hold_no_secret(command, resolution.done, resolution.instructions)
    return _do(command, lambda context, ticket: desk.resolve(context, ticket, resolution), then=_ask_if_it_helped)


def reopen(command: Command) -> Ticket:
    """Put a resolved ticket back to work; the user is told. Raises NotAllowed when it is not resolved, or too long ago."""

    def back(row: ConversationRow) -> None:
        if conversations.memory_of(row).ticket == command.number:
            silence_bot(row)

    return _do(command, desk.reopen, then=back)


def _ask_if_it_helped(row: ConversationRow) -> None:
    conversations.keep_memory(row, replace(conversations.memory_of(row), state="resolved"))
