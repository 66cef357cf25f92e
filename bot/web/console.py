"""The console: where staff see the queue, work on tickets and answer, with or without Slack."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from secrets import token_urlsafe
from typing import Annotated, Any

import structlog
from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response, StreamingResponse

from bot.actions import staff as deeds
from bot.actions.attach import attachment_by_public_id
from bot.storage import conversations, incidents, tickets
from bot.storage.tables import AttachmentRow, MessageRow, TicketRow
from bot.web.access import Person, Text, may_see
from bot.web.chat import Given, address_of, count
from bot.web.files import as_download
from bot.web.pages import page
from bot.web.queue import in_queue
from bot.web.services import Services
from bot.web.shown import as_article, as_html
from bot.web.sign_in import (
    Staff,
    must_be_own_form,
    must_come_from_here,
    sign_in,
    sign_out,
    spend_link,
    still_signed_in,
)
from bot.web.stream import rings
from handoff import kinds, ladder, notices, reach, sla
from handoff.guide_names import PRIORITIES
from handoff.lifecycle import NotAllowed
from handoff.ticket import Actor, Resolution, Ticket

log = structlog.get_logger()
router = APIRouter(prefix="/console", include_in_schema=False)
DOCUMENTS = Path(__file__).resolve().parents[2] / "docs"
LINES_SHOWN = 200
LAST = 2**31 - 1
Word = Annotated[str, Query(max_length=200)]
FormWord = Annotated[str, Form(max_length=200)]


@dataclass(frozen=True)
class Sent:
    """What every form carries: its own word, an id by which the same press counts once, and the last line that was shown."""

    form: str
    once: str
    seen: int | None

    def key(self, staff: Staff) -> str:
        """The key of this press; empty for a form without one."""
        return f"console:{staff.actor.id}:{self.once}" if self.once else ""


def sent(
    form: Text = "",
    once: Annotated[str, Form(pattern="^[A-Za-z0-9_-]{0,64}$")] = "",
    seen: Annotated[int | None, Form(ge=0, le=LAST)] = None,
) -> Sent:
    """What the form carries."""
    return Sent(form, once, seen)


Form_ = Annotated[Sent, Depends(sent)]


@router.get("/sign-in")
def look_at_link(request: Request, word: Word = "") -> Response:
    """A page with the button that signs in. Mail scanners open links: looking spends nothing."""
    if not word:
        return page(request, "signed_out.html", {"expired": False}, status=401)
    return page(request, "sign_in.html", {"word": word})


@router.post("/sign-in")
def use_link(request: Request, given: Given, word: FormWord = "") -> Response:
    """Use up a one-time link; many wrong ones from one place are refused for a while."""
    must_come_from_here(request)
    person = spend_link(given.deps, word, given.now())
    if person is None:
        log.warning("sign_in_refused")
        count(given, "wrong_links", address_of(request))
        return page(request, "signed_out.html", {"expired": True}, status=401)
    log.info("signed_in", staff=person.id)
    answer = RedirectResponse("/console", 303)
    sign_in(answer, given, person)
    return answer


@router.post("/sign-out")
def leave(request: Request, staff: Person, given: Given, form: Text = "") -> Response:
    """End the sign-in."""
    must_be_own_form(request, staff, form)
    answer = RedirectResponse("/console/sign-in", 303)
    sign_out(request, answer, given)
    return answer


@router.post("/here", status_code=204)
def still_here(request: Request, _staff: Person) -> Response:
    """The person reads or types: they are signed in for as long as they do."""
    must_come_from_here(request)
    return Response(status_code=204)


@router.get("/files/{public_id}")
def file(request: Request, public_id: str, staff: Person, given: Given) -> Response:
    """A file of a user, for whoever may see a ticket of that conversation."""
    found = attachment_by_public_id(given.deps, public_id[:64])
    if found is not None:
        with given.deps.reading.begin() as db:
            teams = tickets.teams_of_conversation(db, found.conversation_id)
    if found is None or not any(may_see(staff, team) for team in teams):
        return page(request, "missing.html", {"staff": staff}, status=404)
    return as_download(found)


@router.get("/tickets/{number}")
def ticket_page(
    request: Request, number: int, staff: Person, given: Given, before: Annotated[int, Query(ge=1, le=LAST)] = LAST
) -> HTMLResponse:
    """One ticket: card, transcript, what may be done."""
    facts = _ticket_facts(given, number, staff, before)
    if facts is None:
        return page(request, "missing.html", {"staff": staff}, status=404)
    return page(request, "ticket.html", {"staff": staff, "problem": "", "written": {}, **facts})


@router.get("/checklists/{name}")
def checklist(request: Request, name: str, staff: Person, given: Given) -> HTMLResponse:
    """What a team does, step by step: the document that its tickets name."""
    known = {row.checklist for row in given.deps.policy.tiers.teams.values() if row.checklist}
    path = DOCUMENTS / f"{name}.md"
    if name not in known or not path.exists():
        return page(request, "missing.html", {"staff": staff}, status=404)
    html = as_article(path.read_text(encoding="utf-8"))
    return page(request, "checklist.html", {"staff": staff, "html": html})


def _ticket_facts(given: Services, number: int, staff: Staff, before: int = LAST) -> dict[str, Any] | None:
    policy = given.deps.policy
    with given.deps.reading.begin() as db:
        row = _visible(tickets.get(db, number) if 0 < number < 2**31 else None, staff)
        if row is None:
            return None
        lines = conversations.before(db, row.conversation_id, before, LINES_SHOWN)
        files = {line.id: db.get(AttachmentRow, line.attachment_id) for line in lines if line.attachment_id}
        happened = tickets.events_of(db, number)
        known = [one for one in incidents.of_conversation(db, row.conversation_id) if one.state != "dismissed"]
    ticket = tickets.ticket_of(row)
    zone = policy.hours.zone
    return {
        "ticket": ticket,
        "queue": in_queue(given, row),
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
        "lines": [_line(line, files.get(line.id), zone) for line in lines],
        "earlier": lines[0].number - 1 if lines else 0,
        "first": lines[0].number if lines else 0,
        "newest": before >= LAST,
        "events": [(notices.clock_time(e.at, "", zone), e) for e in happened],
        "priorities": [(name, policy.words.priorities[name]) for name in PRIORITIES],
        "reasons": policy.escalation.to_tier_3,
        "states": policy.lifecycle.states,
        "teams": policy.tiers.teams,
        "last_number": lines[-1].number if lines else 0,
        "once": token_urlsafe(16),
    }


def _visible(row: TicketRow | None, staff: Staff) -> TicketRow | None:
    return row if row is not None and may_see(staff, row.team) else None


def _line(line: MessageRow, file: AttachmentRow | None, zone: str) -> dict[str, Any]:
    return {
        "row": line,
        "html": as_html(line.body) if line.said_by != "user" else None,
        "file": file,
        "link": f"/console/files/{file.public_id}" if file else "",
        "at": notices.clock_time(line.at, "", zone),
    }


Deed = Callable[[Actor], Ticket]
NOTHING: Mapping[str, str] = {}


def _done(
    request: Request,
    given: Services,
    staff: Staff,
    number: int,
    sent: Sent,
    deed: Deed,
    written: Mapping[str, str] = NOTHING,
) -> Response:
    """Do it and go back to the ticket; what cannot be done is said in words there, beside what was written."""
    must_be_own_form(request, staff, sent.form)
    with given.deps.reading.begin() as db:
        row = _visible(tickets.get(db, number) if 0 < number < 2**31 else None, staff)
    if row is None:
        return page(request, "missing.html", {"staff": staff}, status=404)
    try:
        deed(staff.actor)
    except NotAllowed as refusal:
        return _refused(request, given, staff, number, refusal, written)
    return RedirectResponse(f"/console/tickets/{number}", 303)


def _refused(
    request: Request, given: Services, staff: Staff, number: int, refusal: NotAllowed, written: Mapping[str, str]
) -> Response:
    facts = _ticket_facts(given, number, staff)
    if facts is None:
        return page(request, "missing.html", {"staff": staff}, status=404)
    problems = given.extra["console_words"]["problems"]
    told = {"problem": problems.get(refusal.code, problems["move_not_allowed"]), "written": written}
    return page(request, "ticket.html", {"staff": staff, **facts, **told}, status=409)


def _nobody_was_first(given: Services, number: int, staff: Staff, sent: Sent) -> None:
    """Raise NotAllowed when a colleague has answered the user below the last line that this person was shown."""
    if sent.seen is None:
        return
    with given.deps.reading.begin() as db:
        row = tickets.get(db, number)
        newer = conversations.transcript(db, row.conversation_id, sent.seen) if row else []
    if any(line.said_by == "staff" and line.author != staff.actor.name for line in newer):
        raise NotAllowed("colleague_was_first")


@router.post("/tickets/{number}/take")
def take(request: Request, number: int, staff: Person, given: Given, sent: Form_) -> Response:
    """Become the owner."""
    return _done(request, given, staff, number, sent, lambda by: deeds.take(given.deps, number, by, given.now()))


@router.post("/tickets/{number}/acknowledge")
def acknowledge(request: Request, number: int, staff: Person, given: Given, sent: Form_) -> Response:
    """Say that somebody is on a Critical ticket: nobody else is called."""
    return _done(request, given, staff, number, sent, lambda by: deeds.acknowledge(given.deps, number, by, given.now()))


@router.post("/tickets/{number}/take-over")
def take_over(request: Request, number: int, staff: Person, given: Given, sent: Form_) -> Response:
    """Become the owner of somebody else's ticket, on purpose."""
    return _done(request, given, staff, number, sent, lambda by: deeds.assign(given.deps, number, by, by, given.now()))


@router.post("/tickets/{number}/review")
def review(request: Request, number: int, staff: Person, given: Given, sent: Form_) -> Response:
    """Say that the ticket was looked at."""
    return _done(request, given, staff, number, sent, lambda by: deeds.review(given.deps, number, by, given.now()))


@router.post("/tickets/{number}/reply")
def reply(
    request: Request, number: int, staff: Person, given: Given, sent: Form_, text: Text = "", ask: str = Form("")
) -> Response:
    """Answer the user, or ask them something."""

    def deed(by: Actor) -> Ticket:
        _nobody_was_first(given, number, staff, sent)
        answer = deeds.ask if ask else deeds.reply
        return answer(given.deps, number, text, by, given.now(), key=sent.key(staff))

    return _done(request, given, staff, number, sent, deed, {"reply": text})


@router.post("/tickets/{number}/note")
def note(request: Request, number: int, staff: Person, given: Given, sent: Form_, text: Text = "") -> Response:
    """Leave an internal note."""

    def deed(by: Actor) -> Ticket:
        return deeds.note(given.deps, number, text, by, given.now(), key=sent.key(staff))

    return _done(request, given, staff, number, sent, deed, {"note": text})


@router.post("/tickets/{number}/priority")
def priority(
    request: Request, number: int, staff: Person, given: Given, sent: Form_, to: Text = "", why: Text = ""
) -> Response:
    """Change the priority."""

    def deed(by: Actor) -> Ticket:
        named = next((name for name in PRIORITIES if name == to), None)
        if named is None:
            raise NotAllowed("no_such_priority")
        return deeds.set_priority(given.deps, number, named, why, by, given.now(), key=sent.key(staff))

    return _done(request, given, staff, number, sent, deed, {"why": why})


@router.post("/tickets/{number}/escalate")
def escalate(request: Request, number: int, staff: Person, given: Given, sent: Form_, reason: Text = "") -> Response:
    """Hand the ticket to the team a reason calls for."""

    def deed(by: Actor) -> Ticket:
        return deeds.escalate(given.deps, number, reason, by, given.now(), key=sent.key(staff))

    return _done(request, given, staff, number, sent, deed)


@dataclass(frozen=True)
class Finished:
    """The form of a resolution."""

    done: Annotated[str, Form(max_length=4000)] = ""
    instructions: Annotated[str, Form(max_length=4000)] = ""
    findings: Annotated[str, Form(max_length=4000)] = ""
    root_cause: Annotated[str, Form(max_length=4000)] = ""
    reproduced: Annotated[str, Form(max_length=20)] = ""
    logs: Annotated[str, Form(max_length=1000)] = ""
    known_issue: Annotated[str, Form(max_length=20)] = ""

    def resolution(self) -> Resolution:
        """What was done and found."""
        return Resolution(
            self.done.strip(),
            self.instructions.strip(),
            self.root_cause.strip(),
            self.reproduced.strip(),
            self.logs.strip(),
            self.findings.strip(),
            known_issue=bool(self.known_issue),
        )


@router.post("/tickets/{number}/resolve")
def resolve(
    request: Request, number: int, staff: Person, given: Given, sent: Form_, finished: Annotated[Finished, Depends()]
) -> Response:
    """Resolve the ticket with what was done and found."""
    resolved = partial(deeds.resolve, given.deps, number, finished.resolution(), now=given.now(), key=sent.key(staff))
    return _done(request, given, staff, number, sent, lambda by: resolved(by=by), asdict(finished))


@router.get("/events")
def live(request: Request, _staff: Person, given: Given) -> StreamingResponse:
    """Says that the desk changed, for as long as the person is signed in; the page then fetches itself again."""
    still = partial(still_signed_in, request, given)
    return StreamingResponse(rings(given, "desk", still), media_type="text/event-stream")
