"""What staff do with a ticket, in Slack or in the console: each deed one transaction."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.actions.deps import Deps
from bot.actions.tasks import known_issue_wanted
from bot.actions.tell import silence_bot, tell
from bot.actions.transaction import transaction
from bot.dialogue.conversation import State
from bot.storage import conversations, runs, tickets
from bot.storage.conversations import Line
from handoff import desk
from handoff.guide_names import Priority
from handoff.lifecycle import Act
from handoff.ticket import Actor, Handled, Resolution, Ticket

Deed = Callable[[Ticket], Handled]


class NoSuchTicket(LookupError):
    """There is no ticket with this number."""


def _do(
    deps: Deps,
    number: int,
    by: Actor,
    now: datetime,
    deed: Deed,
    *,
    note: str = "",
    state: State | None = None,
    key: str = "",
) -> Ticket:
    """Lock conversation and ticket, do the deed, store it, tell everybody: all or nothing. The same key twice is one deed."""
    with transaction(deps, now) as tx:
        found = tickets.get(tx.db, number)
        if found is None:
            raise NoSuchTicket(number)
        row = conversations.lock(tx.db, found.conversation_id)
        ticket = tickets.lock(tx.db, number)
        assert ticket is not None
        if key and not runs.first_seen(tx.db, key, now):
            return ticket
        handled = deed(ticket)
        tickets.save(tx.db, deps.policy, handled.ticket, now)
        tickets.record(tx.db, handled.events, conversation_id=row.id, number=number)
        known_issue_wanted(tx, number, handled.events)
        if note:
            line = conversations.append(tx.db, row, Line("staff", by.name, note, kind="note"), now)
            if key:
                runs.came_of(tx.db, key, row.id, line.number)
        if state == "with_staff":
            silence_bot(row)
        elif state is not None:
            conversations.keep_memory(row, replace(conversations.memory_of(row), state=state))
        tell(tx, row, handled, by=by)
        return handled.ticket


def take(deps: Deps, number: int, by: Actor, now: datetime) -> Ticket:
    """Make `by` the owner; raises NotAllowed when somebody else was first."""
    return _do(deps, number, by, now, lambda ticket: desk.take(Act(deps.policy, by, now), ticket))


def acknowledge(deps: Deps, number: int, by: Actor, now: datetime) -> Ticket:
    """Say that `by` has seen the page about a Critical ticket; nobody is paged any more."""
    return _do(deps, number, by, now, lambda ticket: desk.acknowledge(Act(deps.policy, by, now), ticket))


def assign(deps: Deps, number: int, to: Actor, by: Actor, now: datetime) -> Ticket:
    """Give the ticket to another person."""
    return _do(deps, number, by, now, lambda ticket: desk.assign(Act(deps.policy, by, now), ticket, to))


def review(deps: Deps, number: int, by: Actor, now: datetime) -> Ticket:
    """Say that a person has looked at it: the triage clock stops."""
    return _do(deps, number, by, now, lambda ticket: desk.review(Act(deps.policy, by, now), ticket))


def reply(deps: Deps, number: int, text: str, by: Actor, now: datetime, *, key: str = "") -> Ticket:
    """Send an answer to the user; stops the first-response clock and silences the bot."""

    def deed(ticket: Ticket) -> Handled:
        return desk.staff_reply(Act(deps.policy, by, now), ticket, text)

    return _do(deps, number, by, now, deed, state="with_staff", key=key)


def ask(deps: Deps, number: int, question: str, by: Actor, now: datetime, *, key: str = "") -> Ticket:
    """Ask the user something; the resolution clock waits for the answer."""

    def deed(ticket: Ticket) -> Handled:
        return desk.ask_user(Act(deps.policy, by, now), ticket, question)

    return _do(deps, number, by, now, deed, state="with_staff", key=key)


def note(deps: Deps, number: int, text: str, by: Actor, now: datetime, *, key: str = "", shown: bool = False) -> Ticket:
    """Leave an internal note; the user never sees it. `shown`: it already stands in the team's channel."""

    def deed(ticket: Ticket) -> Handled:
        handled = desk.note(Act(deps.policy, by, now), ticket, text)
        return replace(handled, notices=()) if shown else handled

    return _do(deps, number, by, now, deed, note=text.strip(), key=key)


def set_priority(deps: Deps, number: int, to: Priority, why: str, by: Actor, now: datetime, *, key: str = "") -> Ticket:
    """Change the priority; every due time follows."""
    return _do(
        deps, number, by, now, lambda ticket: desk.set_priority(Act(deps.policy, by, now), ticket, to, why), key=key
    )


def escalate(deps: Deps, number: int, reason: str, by: Actor, now: datetime, *, key: str = "") -> Ticket:
    """Hand the ticket to the team that the reason calls for, and tell the user."""
    return _do(deps, number, by, now, lambda ticket: desk.escalate(Act(deps.policy, by, now), ticket, reason), key=key)


def resolve(deps: Deps, number: int, resolution: Resolution, by: Actor, now: datetime, *, key: str = "") -> Ticket:
    """Resolve with what was done and found; the user is asked whether it helped."""

    def deed(ticket: Ticket) -> Handled:
        return desk.resolve(Act(deps.policy, by, now), ticket, resolution)

    return _do(deps, number, by, now, deed, state="resolved", key=key)
