"""The console: where staff see the queue, work on tickets and answer, with or without Slack."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response, StreamingResponse

from bot.actions import staff as deeds
from bot.storage import conversations, incidents, outbox, pages, tickets
from bot.storage.tables import AttachmentRow, TicketRow
from bot.web.chat import Given
from bot.web.pages import page
from bot.web.services import Services
from bot.web.shown import as_article, as_html
from bot.web.sign_in import Staff, may_see, must_be_own_form, sign_in, spend_link, staff_of
from bot.web.stream import rings
from bot.web.transcript import file_link
from handoff import kinds, ladder, notices, reach, sla
from handoff.lifecycle import NotAllowed
from handoff.policy import PRIORITIES
from handoff.ticket import Actor, Resolution, Ticket

router = APIRouter(prefix="/console", include_in_schema=False)
DOCUMENTS = Path(__file__).resolve().parents[2] / "docs"
VIEWS = ("open", "mine", "over")


def signed_in(request: Request, given: Given) -> Staff:
    """Who is signed in to the console."""
    return staff_of(request, given)


Person = Annotated[Staff, Depends(signed_in)]
Text = Annotated[str, Form(max_length=4000)]


@router.get("/sign-in")
def use_link(request: Request, given: Given, word: str = "") -> Response:
    """Use up a one-time link."""
    person = spend_link(given.deps, word, given.now())
    if person is None:
        return page(request, "signed_out.html", {"expired": bool(word)}, status=401)
    sign_in(request, person, given.now())
    return RedirectResponse("/console", 303)


@router.post("/sign-out")
def sign_out(request: Request, staff: Person, form: Text = "") -> Response:
    """Forget who is signed in."""
    must_be_own_form(request, staff, form)
    request.session.clear()
    return RedirectResponse("/console", 303)


@router.get("")
def queue(request: Request, staff: Person, given: Given, view: str = "open", team: str = "") -> HTMLResponse:
    """The queue, most urgent first."""
    view = view if view in VIEWS else "open"
    with given.deps.reading.begin() as db:
        owner = staff.actor.id if view == "mine" else None
        team_name = team if team in given.deps.policy.tiers.teams else None
        rows = tickets.queue(db, team=team_name, owner=owner, over=view == "over")
        counts = {name: len(tickets.queue(db, team=name)) for name in given.deps.policy.tiers.teams}
        dead = outbox.dead_letters(db)
        known = incidents.live(db)
        called = {row.ticket_number: row.round for row in pages.unanswered(db)}
    shown = [_in_queue(given, row) for row in rows if may_see(staff, row.team)]
    facts = {
        "view": view,
        "team": team,
        "rows": shown,
        "counts": counts,
        "dead": dead,
        "incidents": [(row.id, given.deps.assistant().script.catalog.title(row.issue), row.state) for row in known],
        "called": called,
        "reachable": bool(given.deps.team_channels) or ladder.anybody_reachable(given.deps.policy, given.now()),
        "teams": given.deps.policy.tiers.teams,
    }
    return page(request, "queue.html", {"staff": staff, **facts})


def _in_queue(given: Services, row: TicketRow) -> dict[str, Any]:
    ticket = tickets.ticket_of(row)
    due = sla.next_due(given.deps.policy, ticket)
    now = given.now()
    passed = 0.0
    if due is not None:
        whole = (due.due_at - due.started_at).total_seconds()
        passed = min(1.0, max(0.0, (now - due.started_at).total_seconds() / whole)) if whole > 0 else 1.0
    return {
        "ticket": ticket,
        "due": due,
        "due_text": notices.clock_time(due.due_at, "", given.deps.policy.hours.zone) if due else "",
        "left": notices.length(given.deps.policy, due.due_at - now) if due and due.due_at > now else "",
        "late": bool(due and due.due_at <= now),
        "passed": round(passed * 100),
    }


@router.get("/tickets/{number}")
def ticket_page(request: Request, number: int, staff: Person, given: Given, problem: str = "") -> HTMLResponse:
    """One ticket: card, transcript, what may be done."""
    facts = _ticket_facts(given, number, staff)
    if facts is None:
        return page(request, "missing.html", {"staff": staff}, status=404)
    words = given.extra["console_words"]
    facts["problem"] = words["problems"].get(problem, "") if problem else ""
    return page(request, "ticket.html", {"staff": staff, **facts})


@router.get("/checklists/{name}")
def checklist(request: Request, name: str, staff: Person, given: Given) -> HTMLResponse:
    """What a team does, step by step: the document that its tickets name."""
    known = {row.checklist for row in given.deps.policy.tiers.teams.values() if row.checklist}
    path = DOCUMENTS / f"{name}.md"
    if name not in known or not path.exists():
        return page(request, "missing.html", {"staff": staff}, status=404)
    html = as_article(path.read_text(encoding="utf-8"))
    return page(request, "checklist.html", {"staff": staff, "html": html})


def _ticket_facts(given: Services, number: int, staff: Staff) -> dict[str, Any] | None:
    policy = given.deps.policy
    with given.deps.reading.begin() as db:
        row = tickets.get(db, number) if number < 2**31 else None
        if row is None or not may_see(staff, row.team):
            return None
        lines = conversations.transcript(db, row.conversation_id, visible_only=False)
        files = {line.id: db.get(AttachmentRow, line.attachment_id) for line in lines if line.attachment_id}
        happened = tickets.events_of(db, number)
        known = [one for one in incidents.of_conversation(db, row.conversation_id) if one.state != "dismissed"]
    ticket = tickets.ticket_of(row)
    zone = policy.hours.zone
    return {
        "ticket": ticket,
        "queue": _in_queue(given, row),
        "clocks": [
            {"kind": c.kind, "due": notices.clock_time(c.due_at, "", zone), "late": c.due_at <= given.now()}
            for c in sla.running(policy, ticket)
        ],
        "reason": notices.reason_text(policy, ticket),
        "called": ladder.is_paged(ticket),
        "called_text": notices.called_text(policy, ticket, lambda at: notices.clock_time(at, "", zone)),
        "answer_by": policy.reach.staff[reach.staff_route(policy, ticket, mail=given.deps.mail)],
        "number_to_call": reach.number_of(policy, ticket),
        "remind": kinds.kind_of(policy, ticket).staff,
        "checklist": notices.checklist_of("", policy, ticket),
        "details": [(d.label, notices.shown_detail(policy, d.value)) for d in ticket.request.details],
        "incidents": [(given.deps.assistant().script.catalog.title(one.issue), one.state) for one in known],
        "outcomes": policy.words.outcomes,
        "lines": [
            {
                "row": line,
                "html": as_html(line.body) if line.said_by != "user" else None,
                "file": files.get(line.id),
                "link": file_link(given, files[line.id].public_id) if files.get(line.id) else "",  # type: ignore[union-attr]
                "at": notices.clock_time(line.at, "", zone),
            }
            for line in lines
        ],
        "events": [(notices.clock_time(e.at, "", zone), e) for e in happened],
        "priorities": [(name, policy.words.priorities[name]) for name in PRIORITIES],
        "reasons": policy.escalation.to_tier_3,
        "states": policy.lifecycle.states,
        "teams": policy.tiers.teams,
        "last_number": lines[-1].number if lines else 0,
    }


Deed = Callable[[Actor], Ticket]


def _done(request: Request, given: Services, staff: Staff, number: int, form: str, deed: Deed) -> Response:
    """Do it and go back to the ticket; what the state does not allow is said in words there."""
    must_be_own_form(request, staff, form)
    facts = _ticket_facts(given, number, staff)
    if facts is None:
        return page(request, "missing.html", {"staff": staff}, status=404)
    try:
        deed(staff.actor)
    except NotAllowed as refusal:
        return RedirectResponse(f"/console/tickets/{number}?problem={refusal.code}", 303)
    return RedirectResponse(f"/console/tickets/{number}", 303)


@router.post("/tickets/{number}/take")
def take(request: Request, number: int, staff: Person, given: Given, form: Text = "") -> Response:
    """Become the owner."""
    return _done(request, given, staff, number, form, lambda by: deeds.take(given.deps, number, by, given.now()))


@router.post("/tickets/{number}/acknowledge")
def acknowledge(request: Request, number: int, staff: Person, given: Given, form: Text = "") -> Response:
    """Say that somebody is on a Critical ticket: nobody else is called."""
    return _done(request, given, staff, number, form, lambda by: deeds.acknowledge(given.deps, number, by, given.now()))


@router.post("/tickets/{number}/take-over")
def take_over(request: Request, number: int, staff: Person, given: Given, form: Text = "") -> Response:
    """Become the owner of somebody else's ticket, on purpose."""
    return _done(request, given, staff, number, form, lambda by: deeds.assign(given.deps, number, by, by, given.now()))


@router.post("/tickets/{number}/review")
def review(request: Request, number: int, staff: Person, given: Given, form: Text = "") -> Response:
    """Say that the ticket was looked at."""
    return _done(request, given, staff, number, form, lambda by: deeds.review(given.deps, number, by, given.now()))


@router.post("/tickets/{number}/reply")
def reply(
    request: Request, number: int, staff: Person, given: Given, text: Text = "", form: Text = "", ask: str = Form("")
) -> Response:
    """Answer the user, or ask them something."""
    deed = deeds.ask if ask else deeds.reply
    return _done(request, given, staff, number, form, lambda by: deed(given.deps, number, text, by, given.now()))


@router.post("/tickets/{number}/note")
def note(request: Request, number: int, staff: Person, given: Given, text: Text = "", form: Text = "") -> Response:
    """Leave an internal note."""
    return _done(request, given, staff, number, form, lambda by: deeds.note(given.deps, number, text, by, given.now()))


@router.post("/tickets/{number}/priority")
def priority(
    request: Request, number: int, staff: Person, given: Given, to: Text = "", why: Text = "", form: Text = ""
) -> Response:
    """Change the priority."""

    def deed(by: Actor) -> Ticket:
        named = next((name for name in PRIORITIES if name == to), None)
        if named is None:
            raise NotAllowed("no_such_priority")
        return deeds.set_priority(given.deps, number, named, why, by, given.now())

    return _done(request, given, staff, number, form, deed)


@router.post("/tickets/{number}/escalate")
def escalate(
    request: Request, number: int, staff: Person, given: Given, reason: Text = "", form: Text = ""
) -> Response:
    """Hand the ticket to the team a reason calls for."""
    return _done(
        request, given, staff, number, form, lambda by: deeds.escalate(given.deps, number, reason, by, given.now())
    )


@router.post("/tickets/{number}/resolve")
def resolve(
    request: Request,
    number: int,
    staff: Person,
    given: Given,
    done: Text = "",
    instructions: Text = "",
    findings: Text = "",
    root_cause: Text = "",
    reproduced: Text = "",
    logs: Text = "",
    known_issue: Text = "",
    form: Text = "",
) -> Response:
    """Resolve the ticket with what was done and found."""
    resolution = Resolution(
        done.strip(),
        instructions.strip(),
        root_cause.strip(),
        reproduced.strip(),
        logs.strip(),
        findings.strip(),
        known_issue=bool(known_issue),
    )
    return _done(
        request, given, staff, number, form, lambda by: deeds.resolve(given.deps, number, resolution, by, given.now())
    )


@router.get("/events")
def live(_staff: Person, given: Given) -> StreamingResponse:
    """Says that the desk changed; the page then fetches itself again."""
    return StreamingResponse(rings(given, "desk"), media_type="text/event-stream")
