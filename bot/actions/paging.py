"""Paging: people are called about a Critical ticket, round after round, until somebody acknowledges."""

from dataclasses import replace
from datetime import datetime

from bot.actions.deps import Deps
from bot.actions.staff_mail import queue_staff_mail
from bot.actions.transaction import Transaction
from bot.actions.units import Resting, Work, do_next
from bot.actions.ways import MAIL, PAGER, TEAM
from bot.outbound import Page, PagedTicket, PagerCall
from bot.storage import outbox, paging, tickets
from bot.storage.tables import PageRow
from handoff import kinds, notices, on_call, ticket_card
from handoff.on_call import Person, Round
from handoff.safe import NOTHING, Value
from handoff.ticket import CLOCK, Event, Ticket
from handoff.ticket_events import Paged


def page_people(deps: Deps, now: datetime) -> bool:
    """Send one round of pages that is due, by every way that is set up. False when none is due."""
    return do_next(deps, PAGING, now)


def can_call(deps: Deps, now: datetime) -> bool:
    """True when a call about a Critical ticket would leave by any way."""
    by_mail = MAIL in deps.senders and on_call.anybody_reachable(deps.policy, now)
    return bool(deps.team_channels) or PAGER in deps.senders or by_mail


def _next_round(tx: Transaction, resting: Resting) -> int | None:
    return paging.due(tx, resting)


def _page(tx: Transaction, number: int) -> None:
    ticket, row = tickets.lock(tx.db, number), tx.db.get_one(PageRow, number, populate_existing=True)
    assert ticket is not None
    if row.next_at is None or row.next_at > tx.now:
        return
    if not on_call.is_paged(ticket):
        paging.keep(tx, ticket)
        return
    after = on_call.round_of(tx.policy, ticket, row.round + 1, tx.now)
    if paging.claim(tx.db, row, after.next_at) is not None:
        _send(tx, ticket, after)


def _send(tx: Transaction, ticket: Ticket, after: Round) -> None:
    ways = [*_slack(tx, ticket, after), *_mail(tx, ticket, after)]
    ways += _pager(tx, ticket, after)
    paged = Paged(after.number, tuple(person.key for person in after.people), tuple(sorted(set(ways))))
    tickets.record(tx.db, [Event(paged, CLOCK, tx.now)], number=ticket.number)


def _slack(tx: Transaction, ticket: Ticket, after: Round) -> list[str]:
    """In the team's channel with everybody named, and to each of them directly."""
    channel = tx.deps.team_channels.get(ticket.team)
    if not channel:
        return []
    named = tuple(person.slack for person in after.people if person.slack)
    in_channel = Page(ticket=ticket.number, round=after.number, named=named, channel=channel)
    for page in (in_channel, *(replace(in_channel, channel="", user=user) for user in named)):
        outbox.put(tx, TEAM, f"page:{page.user or channel}", page, ticket_number=ticket.number)
    return ["slack"]


def _mail(tx: Transaction, ticket: Ticket, after: Round) -> list[str]:
    sent = [_letter(tx, ticket, after, person) for person in after.people]
    return [MAIL] if any(sent) else []


def _letter(tx: Transaction, ticket: Ticket, after: Round, person: Person) -> bool:
    values = {**facts_of(tx.deps, ticket), "name": person.name or person.role, "round": after.number}
    text = notices.fill_for_staff("page", values)
    return queue_staff_mail(tx, person.email, text, number=ticket.number, acknowledge=person.key)


def _pager(tx: Transaction, ticket: Ticket, after: Round) -> list[str]:
    """A thin, signed call: number, priority and link, no word of the user and no name."""
    if PAGER not in tx.deps.senders:
        return []
    paged = PagedTicket(
        ticket=ticket.number,
        priority=ticket.priority,
        team=ticket.team,
        round=after.number,
        roles=tuple(person.key for person in after.people),
        url=str(ticket_card.record_of(tx.deps.base_url, ticket)),
    )
    call = PagerCall(type="ticket.paged", timestamp=tx.now.isoformat(), data=paged)
    outbox.put(tx, PAGER, f"page:{ticket.number}", call, ticket_number=ticket.number)
    return [PAGER]


def facts_of(deps: Deps, ticket: Ticket) -> dict[str, Value]:
    """What a letter to staff may say of a ticket: no word of the user."""
    words = deps.policy.words
    return {
        "number": ticket.number,
        "title": deps.showing().without_words().title(ticket.request.title) or words.withheld,
        "remind": kinds.kind_of(deps.policy, ticket).staff or NOTHING,
        "priority": words.priorities[ticket.priority],
        "team": deps.policy.tiers.teams[ticket.team].name,
        "url": ticket_card.record_of(deps.base_url, ticket),
        "first_due": ticket_card.due_text(deps.policy, ticket, ("first_response", "answer"), _moment(deps)),
        "resolution_due": ticket_card.due_text(deps.policy, ticket, ("resolution",), _moment(deps)),
    }


def _moment(deps: Deps) -> notices.Moment:
    home = deps.policy.hours.zone
    return lambda at: notices.clock_time(at, "", home)


PAGING = Work("paging", _next_round, _page)
