"""Incidents in the console: what is suspected or known, whom it affects, and what a lead can do about it."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlalchemy.orm import Session

from bot.actions import incidents as incident_actions
from bot.storage import incidents
from bot.storage.tables import ConversationRow, IncidentRow
from bot.web.console.access import At, Text, Visit, Visiting, hidden
from bot.web.markdown import as_html
from bot.web.services import Services
from bot.web.templating import pagination
from handoff.lifecycle import NotAllowed
from handoff.policy.names import SEE_ALL

router = APIRouter(prefix="/console/incidents", include_in_schema=False)
ON_A_PAGE = 50


@router.get("")
def incidents_page(visit: Visiting, problem: str = "", at: At = 1) -> HTMLResponse:
    """Every incident, newest first, with whom it affects."""
    with visit.given.deps.reading.begin() as db:
        count = incidents.count(db)
        newest = incidents.newest(db, ON_A_PAGE, (at - 1) * ON_A_PAGE)
        rows = [(row, _affected(visit, db, row)) for row in newest]
    shown = [_shown(visit.given, row, affected) for row, affected in rows]
    problems = visit.given.console_words["problems"]
    facts = {
        "rows": shown,
        "count": count,
        "may_settle": visit.staff.role in SEE_ALL,
        "paging": pagination(at, count, ON_A_PAGE),
        "problem": problems.get(problem, ""),
    }
    return visit.render("console/incidents.html", {**facts})


def _affected(visit: Visit, db: Session, row: IncidentRow) -> list[dict[str, object]]:
    """Everybody it affects, with the ticket that it concerns only where this person may see it."""
    found: list[dict[str, object]] = []
    concerned = incidents.tickets_of(db, row)
    for member in incidents.members(db, row.id):
        talk = db.get(ConversationRow, member.conversation_id)
        number, _ = concerned.get(member.conversation_id, (None, ""))
        found.append(
            {
                "ticket": number,
                "hidden": hidden(db, visit.staff, number),
                "channel": talk.channel if talk else "",
                "since": visit.given.moment(member.joined_at),
                "told": member.told_over_at or member.told_of_at,
            }
        )
    return found


def _shown(given: Services, row: IncidentRow, affected: list[dict[str, object]]) -> dict[str, object]:
    lines = incident_actions.lines_to_send(given.deps, row)
    return {
        "id": row.id,
        "title": given.deps.assistant().script.catalog.title(row.issue),
        "state": "passed" if incident_actions.nobody_judged(row) else row.state,
        "actions": incident_actions.possible(row.state),
        "lines": {to: as_html(line) for to, line in lines.items()},
        "seen": {to: incident_actions.mark_of(line) for to, line in lines.items()},
        "settled": _settled(given, row),
        "users": row.data.get("users", 0),
        "usual": row.data.get("usual", 0),
        "opened": given.moment(row.opened_at),
        "over": given.moment(row.over_at) if row.over_at else "",
        "affected": affected,
    }


def _settled(given: Services, row: IncidentRow) -> str:
    """Who settled it, or that nobody did and time passed; empty while it is open."""
    words, policy, by = given.console_words["incident_told"], given.deps.policy, row.data.get("by", "")
    if incident_actions.nobody_judged(row):
        return words["passed"].format(length=given.language.length(policy.outage.quiet_after))
    return words["settled"].format(by=by) if by else ""


@router.post("/{incident}/{action}")
def settle(visit: Visiting, incident: int, action: str, form: Text = "", seen: Text = "") -> Response:
    """Confirm, dismiss or end an incident, which writes to everybody it affects: a lead does. Who is second is told so, and who
    saw another text than would be sent."""
    visit.must_be_own_form(form)
    if visit.staff.role not in SEE_ALL:
        return RedirectResponse("/console/incidents?problem=for_leads", 303)
    to = next((name for name in incident_actions.NEEDS if name == action), None)
    if to is None:
        return visit.missing()
    try:
        incident_actions.settle(visit.caller, incident, to, seen)
    except NotAllowed as refusal:
        return RedirectResponse(f"/console/incidents?problem={refusal.code}", 303)
    except incident_actions.NoSuchIncident:
        return visit.missing()
    return RedirectResponse("/console/incidents", 303)
