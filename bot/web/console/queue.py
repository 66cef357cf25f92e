"""The queue: what this person may see of it, a page at a time, with counts of all there is."""

from collections.abc import Collection
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.orm import Session

from bot.actions import alert_words
from bot.actions.paging import can_call
from bot.storage import incidents, news, outbox, paging, people, put_off, tickets
from bot.storage.news import News
from bot.storage.tables import TicketRow
from bot.storage.tickets import Sought, Wanted
from bot.web.console.access import At, Visiting, teams_seen
from bot.web.services import Services
from bot.web.templating import pagination
from handoff import sla
from handoff.facts import CANNOT_WAIT
from handoff.policy.names import SEE_ALL
from handoff.ticket import Ticket
from handoff.triage import EMERGENCY

router = APIRouter(prefix="/console", include_in_schema=False)
ON_A_PAGE = 50
NAMED = 5
"""So many tickets are named in an alarm; the others are a link away."""
Find = Annotated[str, Query(max_length=60)]
Handed = Annotated[int, Query(ge=1, le=2**31 - 1)]


@router.get("")
def queue(
    visit: Visiting, view: str = "open", team: str = "", find: Find = "", at: At = 1, handed: Handed = 1, to: str = ""
) -> Response:
    """The queue, most urgent first. `find` goes to the ticket with this number, or lists what is found by other words. `handed` and
    `to` tell which ticket another team has just been given."""
    teams = teams_seen(visit.given, visit.staff)
    number = _number(find)
    with visit.given.deps.reading.begin() as db:
        found = tickets.get(db, number) if number else None
        if found is not None and found.team in teams:
            return RedirectResponse(f"/console/tickets/{number}", 303)
        views = _views(visit.staff.actor.id)
        view, team = view if view in views else "open", team if team in teams else ""
        wanted = replace(views[view], teams=[team] if team else teams, sought=_sought(db, visit.given, find))
        facts = {**_listed(db, visit.given, wanted, at), **_beside(db, visit.given, teams)}
    lead = visit.staff.role in SEE_ALL
    edits = {"refused": visit.given.refused() if lead else (), "waits": lead and visit.given.waits(), "leads": lead}
    given_to = next((row for name, row in visit.given.deps.policy.tiers.teams.items() if name == to), None)
    told = {"handed": handed, "to": given_to}
    return visit.render(
        "console/queue.html", {"find": find.strip(), "view": view, "team": team, **told, **edits, **facts}
    )


def _sought(db: Session, given: Services, find: str) -> Sought | None:
    """The issues with all of these words in their titles, the people of these names, and the users with this in their id."""
    words = find.lower().split()
    if not words:
        return None
    titles = {issue: intent.title.lower() for issue, intent in given.deps.assistant().script.catalog.intents.items()}
    issues = [issue for issue, title in titles.items() if all(word in title for word in words)]
    owners = [row.id for row in people.everybody(db) if all(word in row.name.lower() for word in words)]
    return Sought(issues, owners, find.strip())


def _number(written: str) -> int | None:
    digits = written.strip().lstrip("#")
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 10 else None


def _views(person: str) -> dict[str, Wanted]:
    return {"open": Wanted(), "mine": Wanted(owner=person), "called": Wanted(called=True), "over": Wanted(over=True)}


def _listed(db: Session, given: Services, wanted: Wanted, at: int) -> dict[str, object]:
    count = tickets.count(db, wanted)
    rows = tickets.queue(db, wanted, limit=ON_A_PAGE, offset=(at - 1) * ON_A_PAGE)
    fresh = news.of_tickets(db, [row.number for row in rows])
    return {
        "rows": [in_queue(given, row, fresh.get(row.number)) for row in rows],
        "count": count,
        "paging": pagination(at, count, ON_A_PAGE),
    }


def _beside(db: Session, given: Services, teams: Collection[str]) -> dict[str, object]:
    """What stands around the list: the counts of the teams, and what wants to be looked at first."""
    called = paging.unanswered_of(db, teams)
    known = incidents.live(db)
    said = given.language.said
    return {
        "counts": tickets.open_counts(db, teams),
        "dead": outbox.count_dead_of(db, teams),
        "dead_named": outbox.dead_letters_of(db, teams, NAMED),
        "standing_still": [(said(alert_words.way(one.channel)), one.error, one.rows) for one in outbox.faults(db)],
        "put_off": len(put_off.everything(db)),
        "called": called,
        "written": news.urgent(db, teams),
        "named": NAMED,
        "incidents": [(row.id, given.deps.assistant().script.catalog.title(row.issue), row.state) for row in known],
        "rounds": paging.rounds_sent(db, called[0].ticket_number) if len(called) == 1 else None,
        "reachable": can_call(given.deps, given.now()),
        "teams": {name: row for name, row in given.deps.policy.tiers.teams.items() if name in teams},
    }


def in_queue(given: Services, row: TicketRow, fresh: News | None = None) -> dict[str, object]:
    """A ticket with what is due next, and what its user wrote that nobody has seen."""
    ticket = tickets.ticket_of(row)
    due = sla.next_due(given.deps.policy, ticket)
    now = given.now()
    passed = 0.0
    if due is not None:
        whole = (due.due_at - due.started_at).total_seconds()
        passed = min(1.0, max(0.0, (now - due.started_at).total_seconds() / whole)) if whole > 0 else 1.0
    return {
        "ticket": ticket,
        "status": status_of(given, ticket),
        "due": due,
        "due_text": given.moment(due.due_at) if due else "",
        "left": given.language.length(due.due_at - now) if due and due.due_at > now else "",
        "finished": given.moment(ticket.resolved_at) if ticket.resolved_at else "",
        "late": bool(due and due.due_at <= now),
        "wrote": given.language.length(now - ticket.wrote_at) if ticket.wrote_at else "",
        "waits": given.language.length(now - ticket.waits[-1].start) if ticket.waiting else "",
        "fresh": fresh.lines if fresh and not fresh.whole else 0,
        "unread": bool(fresh and fresh.whole),
        "alone": ticket.reason == EMERGENCY,
        "fresh_ago": given.language.length(now - fresh.last) if fresh else "",
        "cannot_wait": CANNOT_WAIT in ticket.signals and ticket.is_open,
        "passed": round(passed * 100),
    }


def status_of(given: Services, ticket: Ticket) -> str:
    """In what state it is, in words of the console; what nobody has waits for a person, whatever it was before."""
    waits = ticket.is_open and ticket.owner is None and ticket.status != "new"
    return given.console_words["statuses"]["triaged" if waits else ticket.status]
