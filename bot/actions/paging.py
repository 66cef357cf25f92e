"""The ladder of pages: people are called about a Critical ticket, round after round, until somebody acknowledges."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from bot.actions.deps import Deps
from bot.actions.letters import put_letter
from bot.actions.units import Resting, Work, do_next
from bot.actions.ways import MAIL, PAGER, TEAM
from bot.outbound import Page, PagedTicket, PagerCall
from bot.storage import outbox, pages, tickets
from bot.storage.tables import PageRow
from handoff import kinds, ladder, notices
from handoff.ladder import Person, Round
from handoff.safe import NOTHING, Value
from handoff.ticket import CLOCK, Event, Ticket
from handoff.ticket_events import Paged


def page_people(deps: Deps, now: datetime) -> bool:
    """Send one round of pages that is due, by every way that is set up. False when none is due."""
    return do_next(deps, PAGING, now)


def _next_round(db: Session, _deps: Deps, now: datetime, resting: Resting) -> int | None:
    return pages.due(db, now, resting)


def _page(deps: Deps, number: int, now: datetime) -> None:
    with deps.sessions.begin() as db:
        ticket, row = tickets.lock(db, number), db.get_one(PageRow, number, populate_existing=True)
        assert ticket is not None
        if row.next_at is None or row.next_at > now:
            return
        if not ladder.is_paged(ticket):
            pages.keep(db, ticket, now)
            return
        after = ladder.round_of(deps.policy, ticket, row.round + 1, now)
        if pages.claim(db, row, after.next_at) is not None:
            _send(db, deps, ticket, after, now)


def _send(db: Session, deps: Deps, ticket: Ticket, after: Round, now: datetime) -> None:
    ways = [*_slack(db, deps, ticket, after, now), *_mail(db, deps, ticket, after, now)]
    ways += _pager(db, deps, ticket, after, now)
    paged = Paged(after.number, tuple(person.key for person in after.people), tuple(sorted(set(ways))))
    tickets.record(db, [Event(paged, CLOCK, now)], number=ticket.number)


def _slack(db: Session, deps: Deps, ticket: Ticket, after: Round, now: datetime) -> list[str]:
    """In the team's channel with everybody named, and to each of them directly."""
    channel = deps.team_channels.get(ticket.team)
    if not channel:
        return []
    named = tuple(person.slack for person in after.people if person.slack)
    in_channel = Page(ticket=ticket.number, round=after.number, named=named, channel=channel)
    for page in (in_channel, *(replace(in_channel, channel="", user=user) for user in named)):
        outbox.put(db, TEAM, f"page:{page.user or channel}", page, now, ticket_number=ticket.number)
    return ["slack"]


def _mail(db: Session, deps: Deps, ticket: Ticket, after: Round, now: datetime) -> list[str]:
    sent = [_letter(db, deps, ticket, after, person, now) for person in after.people]
    return [MAIL] if any(sent) else []


def _letter(db: Session, deps: Deps, ticket: Ticket, after: Round, person: Person, now: datetime) -> bool:
    values = {**facts_of(deps, ticket), "name": person.name or person.role, "round": after.number}
    text = notices.fill_for_staff("page", values)
    return put_letter(db, deps, person.email, text, now, number=ticket.number, acknowledge=person.key)


def _pager(db: Session, deps: Deps, ticket: Ticket, after: Round, now: datetime) -> list[str]:
    """A thin, signed call: number, priority and link, no word of the user and no name."""
    if PAGER not in deps.senders:
        return []
    paged = PagedTicket(
        ticket=ticket.number,
        priority=ticket.priority,
        team=ticket.team,
        round=after.number,
        roles=tuple(person.key for person in after.people),
        url=str(notices.record_of(deps.base_url, ticket)),
    )
    call = PagerCall(type="ticket.paged", timestamp=now.isoformat(), data=paged)
    outbox.put(db, PAGER, f"page:{ticket.number}", call, now, ticket_number=ticket.number)
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
        "url": notices.record_of(deps.base_url, ticket),
        "first_due": notices.due_text(deps.policy, ticket, ("first_response",), _moment(deps)),
        "resolution_due": notices.due_text(deps.policy, ticket, ("resolution",), _moment(deps)),
    }


def _moment(deps: Deps) -> notices.Moment:
    home = deps.policy.hours.zone
    return lambda at: notices.clock_time(at, "", home)


PAGING = Work("paging", _next_round, _page)
