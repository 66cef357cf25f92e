"""A resolved ticket as a known issue: the change that is prepared for the lead, to read and to take away as a patch."""

from fastapi import APIRouter
from fastapi.responses import PlainTextResponse, Response

from bot.authoring.known_issue import Proposal, propose
from bot.storage import tickets
from bot.web.console.access import Visiting, may_see
from bot.web.console.sign_in import Staff
from bot.web.services import Services

router = APIRouter(prefix="/console/tickets", include_in_schema=False)


@router.get("/{number}/known-issue")
def known_issue_page(visit: Visiting, number: int) -> Response:
    """The change, with what is still to be done before it can be merged."""
    proposal = _proposal(visit.given, number, visit.staff)
    if proposal is None:
        return visit.missing()
    return visit.render("console/known_issue.html", {"number": number, "proposal": proposal})


@router.get("/{number}/known-issue.patch")
def as_patch(visit: Visiting, number: int) -> Response:
    """The same change as a file for `git apply`."""
    proposal = _proposal(visit.given, number, visit.staff)
    if proposal is None:
        return visit.missing()
    headers = {"Content-Disposition": f'attachment; filename="ticket-{number}.patch"'}
    return PlainTextResponse(proposal.patch, headers=headers, media_type="text/x-diff; charset=utf-8")


def _proposal(given: Services, number: int, staff: Staff) -> Proposal | None:
    """None when there is no such ticket for this person, or it is not resolved yet."""
    with given.deps.reading.begin() as db:
        row = tickets.get(db, number) if number < 2**31 else None
        ticket = tickets.ticket_of(row) if row is not None and may_see(staff, row.team) else None
    if ticket is None or ticket.resolution is None:
        return None
    assistant, today = given.deps.assistant(), given.now().date()
    catalog, library = assistant.script.catalog, assistant.library
    return propose(ticket, given.deps.policy, catalog, given.settings.intents, library, today)
