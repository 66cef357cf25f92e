"""Who is signed in to the console, and which tickets they may see."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Form, Query, Request
from fastapi.responses import HTMLResponse
from sqlalchemy import ColumnElement, or_, select, true
from sqlalchemy.orm import Session

from bot.actions.deps import Caller
from bot.storage import people, tickets
from bot.storage.tables import MessageRow
from bot.web.console.sign_in import Staff, must_be_own_form, staff_of
from bot.web.dependencies import Given
from bot.web.services import Services
from bot.web.templating import render
from handoff.policy.names import role_sees
from handoff.ticket import Actor
from handoff.triage import EMERGENCY


def signed_in(request: Request, given: Given) -> Staff:
    """Who is signed in to the console."""
    return staff_of(request, given)


Person = Annotated[Staff, Depends(signed_in)]
Text = Annotated[str, Form(max_length=4000)]
At = Annotated[int, Query(ge=1, le=100_000)]
"""Which page of a list."""


@dataclass(frozen=True)
class Visit:
    """A request of somebody who is signed in, and what it is answered with."""

    request: Request
    staff: Staff
    given: Services

    @property
    def caller(self) -> Caller:
        """This person, who does something now."""
        return Caller(self.given.deps, self.staff.actor, self.given.now())

    def render(self, template: str, facts: Mapping[str, Any], status: int = 200) -> HTMLResponse:
        """A page for this person."""
        return render(self.request, template, {"staff": self.staff, **facts}, status)

    def missing(self) -> HTMLResponse:
        """What is not there, or not for this person."""
        return self.render("console/missing.html", {}, 404)

    def must_be_own_form(self, form: str) -> None:
        """403 for a form that was not made for this person's session."""
        must_be_own_form(self.request, self.staff, form)


def visit(request: Request, staff: Person, given: Given) -> Visit:
    """The request of whoever is signed in."""
    return Visit(request, staff, given)


Visiting = Annotated[Visit, Depends(visit)]


def may_see(staff: Staff, team: str) -> bool:
    """Security and compliance tickets are for those teams and for leads."""
    return role_sees(staff.role, team)


def hidden(db: Session, staff: Staff, number: int | None) -> bool:
    """Whether a ticket is of a team whose tickets this person may not see, not even by number."""
    team = tickets.team_of(db, number) if number else None
    return team is not None and not may_see(staff, team)


@dataclass(frozen=True)
class Readable:
    """Which lines of a conversation a person may read: the condition, and whether it leaves any ticket out."""

    lines: ColumnElement[bool]
    whole: bool


def readable(db: Session, staff: Staff, conversation_id: int) -> Readable:
    """The lines of the tickets that this person may see, and all from an emergency among them on (O13); what is part of no ticket only
    where none is hidden."""
    own = tickets.of_conversation(db, conversation_id)
    seen = [row for row in own if may_see(staff, row.team)]
    if seen and len(seen) == len(own):
        return Readable(true(), whole=True)
    emergencies = [MessageRow.at >= row.opened_at for row in seen if row.reason == EMERGENCY]
    return Readable(or_(MessageRow.ticket_number.in_([row.number for row in seen]), *emergencies), whole=False)


def may_read(db: Session, staff: Staff, line: MessageRow) -> bool:
    """Whether this person may read a line, and so open its file."""
    found = select(MessageRow.id).where(MessageRow.id == line.id, readable(db, staff, line.conversation_id).lines)
    return db.scalar(found) is not None


def colleagues(db: Session, staff: Staff, team: str) -> list[Actor]:
    """Everybody else who may see the tickets of this team, by name."""
    others = [row for row in people.everybody(db) if row.id != staff.actor.id and role_sees(row.role, team)]
    return [Actor("staff", row.id, row.name) for row in others]


def teams_seen(given: Services, staff: Staff) -> Collection[str]:
    """The teams whose tickets this person may see."""
    return [team for team in given.deps.policy.tiers.teams if may_see(staff, team)]
