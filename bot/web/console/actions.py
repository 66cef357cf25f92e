"""What staff do with a ticket in the console, with or without Slack: take it, answer, resolve."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Depends, Form
from fastapi.responses import RedirectResponse, Response

from bot.actions import staff as deeds
from bot.storage import conversations, tickets
from bot.web.console.access import Text, Visit, Visiting
from bot.web.console.sign_in import Staff
from bot.web.console.ticket_page import LAST, ticket_facts, visible
from bot.web.services import Services
from handoff.guide_names import PRIORITIES
from handoff.lifecycle import NotAllowed
from handoff.ticket import Actor, Resolution, Ticket

router = APIRouter(prefix="/console", include_in_schema=False)


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
Deed = Callable[[Actor], Ticket]
NOTHING: Mapping[str, str] = {}


def _done(
    visit: Visit,
    number: int,
    sent: Sent,
    deed: Deed,
    written: Mapping[str, str] = NOTHING,
) -> Response:
    """Do it and go back to the ticket; what cannot be done is said in words there, beside what was written."""
    visit.must_be_own_form(sent.form)
    with visit.given.deps.reading.begin() as db:
        row = visible(tickets.get(db, number) if 0 < number < 2**31 else None, visit.staff)
    if row is None:
        return visit.missing()
    try:
        deed(visit.staff.actor)
    except NotAllowed as refusal:
        return _refused(visit, number, refusal, written)
    return RedirectResponse(f"/console/tickets/{number}", 303)


def _refused(visit: Visit, number: int, refusal: NotAllowed, written: Mapping[str, str]) -> Response:
    facts = ticket_facts(visit.given, number, visit.staff)
    if facts is None:
        return visit.missing()
    problems = visit.given.extra["console_words"]["problems"]
    told = {"problem": problems.get(refusal.code, problems["move_not_allowed"]), "written": written}
    return visit.page("console/ticket.html", {**facts, **told}, status=409)


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
def take(visit: Visiting, number: int, sent: Form_) -> Response:
    """Become the owner."""
    return _done(visit, number, sent, lambda by: deeds.take(visit.given.deps, number, by, visit.given.now()))


@router.post("/tickets/{number}/acknowledge")
def acknowledge(visit: Visiting, number: int, sent: Form_) -> Response:
    """Say that somebody is on a Critical ticket: nobody else is called."""
    return _done(visit, number, sent, lambda by: deeds.acknowledge(visit.given.deps, number, by, visit.given.now()))


@router.post("/tickets/{number}/take-over")
def take_over(visit: Visiting, number: int, sent: Form_) -> Response:
    """Become the owner of somebody else's ticket, on purpose."""
    return _done(visit, number, sent, lambda by: deeds.assign(visit.given.deps, number, by, by, visit.given.now()))


@router.post("/tickets/{number}/review")
def review(visit: Visiting, number: int, sent: Form_) -> Response:
    """Say that the ticket was looked at."""
    return _done(visit, number, sent, lambda by: deeds.review(visit.given.deps, number, by, visit.given.now()))


@router.post("/tickets/{number}/reply")
def reply(visit: Visiting, number: int, sent: Form_, text: Text = "", ask: str = Form("")) -> Response:
    """Answer the user, or ask them something."""

    def deed(by: Actor) -> Ticket:
        _nobody_was_first(visit.given, number, visit.staff, sent)
        answer = deeds.ask if ask else deeds.reply
        return answer(visit.given.deps, number, text, by, visit.given.now(), key=sent.key(visit.staff))

    return _done(visit, number, sent, deed, {"reply": text})


@router.post("/tickets/{number}/note")
def note(visit: Visiting, number: int, sent: Form_, text: Text = "") -> Response:
    """Leave an internal note."""

    def deed(by: Actor) -> Ticket:
        return deeds.note(visit.given.deps, number, text, by, visit.given.now(), key=sent.key(visit.staff))

    return _done(visit, number, sent, deed, {"note": text})


@router.post("/tickets/{number}/priority")
def priority(visit: Visiting, number: int, sent: Form_, to: Text = "", why: Text = "") -> Response:
    """Change the priority."""

    def deed(by: Actor) -> Ticket:
        named = next((name for name in PRIORITIES if name == to), None)
        if named is None:
            raise NotAllowed("no_such_priority")
        return deeds.set_priority(
            visit.given.deps, number, named, why, by, visit.given.now(), key=sent.key(visit.staff)
        )

    return _done(visit, number, sent, deed, {"why": why})


@router.post("/tickets/{number}/escalate")
def escalate(visit: Visiting, number: int, sent: Form_, reason: Text = "") -> Response:
    """Hand the ticket to the team a reason calls for."""

    def deed(by: Actor) -> Ticket:
        return deeds.escalate(visit.given.deps, number, reason, by, visit.given.now(), key=sent.key(visit.staff))

    return _done(visit, number, sent, deed)


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
def resolve(visit: Visiting, number: int, sent: Form_, finished: Annotated[Finished, Depends()]) -> Response:
    """Resolve the ticket with what was done and found."""
    resolved = partial(
        deeds.resolve, visit.given.deps, number, finished.resolution(), now=visit.given.now(), key=sent.key(visit.staff)
    )
    return _done(visit, number, sent, lambda by: resolved(by=by), asdict(finished))
