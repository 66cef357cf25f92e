"""What staff do with a ticket in the console, with or without Slack: take it, answer, resolve."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from typing import Annotated

from fastapi import APIRouter, Depends, Form
from fastapi.responses import RedirectResponse, Response

from bot.actions import staff as staff_actions
from bot.actions.staff import Command
from bot.storage import conversations, tickets
from bot.web.console.access import Text, Visit, Visiting, colleagues, may_read, may_see
from bot.web.console.sign_in import must_come_from_here
from bot.web.console.ticket_page import LAST, see, ticket_facts, visible
from handoff.lifecycle import NotAllowed
from handoff.policy.names import PRIORITIES
from handoff.ticket import Resolution, Ticket

router = APIRouter(prefix="/console", include_in_schema=False)


@dataclass(frozen=True)
class Sent:
    """What every form about a ticket carries: its own word, an id by which the same press counts once, and the last line
    that was shown."""

    number: int
    form: str
    once: str
    seen: int | None

    def once_only(self, command: Command, action: str, *words: str) -> Command:
        """The command as one that this press gives once; a form without an id gives it each time. Another action, or other words, are
        another press, whatever id their form still carries: a page renews itself around what is being written."""
        if not self.once:
            return command
        said = sha256("\0".join(words).encode()).hexdigest()[:16]
        return replace(command, key=f"console:{command.by.id}:{action}:{self.once}:{said}")


def sent(
    number: int,
    form: Text = "",
    once: Annotated[str, Form(pattern="^[A-Za-z0-9_-]{0,64}$")] = "",
    seen: Annotated[int | None, Form(ge=0, le=LAST)] = None,
) -> Sent:
    """What the form carries."""
    return Sent(number, form, once, seen)


Form_ = Annotated[Sent, Depends(sent)]
StaffAction = Callable[[Command], Ticket]
NOTHING: Mapping[str, str] = {}


def _done(visit: Visit, sent: Sent, action: StaffAction, written: Mapping[str, str] = NOTHING) -> Response:
    """Do it and go back to the ticket; what cannot be done is said in words there, beside what was written."""
    visit.must_be_own_form(sent.form)
    given, number = visit.given, sent.number
    with given.deps.reading.begin() as db:
        row = visible(tickets.get(db, number) if 0 < number < 2**31 else None, visit.staff)
        team = row.team if row is not None else ""
    if row is None:
        return visit.missing()
    try:
        ticket = action(Command(given.deps, number, visit.staff.actor, given.now(), seen=sent.seen))
    except NotAllowed as refusal:
        return _refused(visit, number, refusal, written)
    page = f"/console/tickets/{number}"
    if ticket.team == team:
        return RedirectResponse(page, 303)
    seen = may_see(visit.staff, ticket.team)
    return RedirectResponse(f"{page}?handed=1" if seen else f"/console?handed={number}&to={ticket.team}", 303)


def _refused(visit: Visit, number: int, refusal: NotAllowed, written: Mapping[str, str]) -> Response:
    facts = ticket_facts(visit.given, number, visit.staff)
    if facts is None:
        return visit.missing()
    problems = visit.given.console_words["problems"]
    said = {name: visit.given.language.said(str(fact)) for name, fact in refusal.facts.items()}
    problem = problems.get(refusal.code, problems["move_not_allowed"]).format(**said)
    told = {"problem": problem, "written": written, "handed": ""}
    return visit.render("console/ticket.html", {**facts, **told}, status=409)


def _nobody_was_first(visit: Visit, command: Command, sent: Sent) -> None:
    """Raise NotAllowed when a colleague has answered the user below the last line that this person was shown."""
    if sent.seen is None:
        return
    with command.deps.reading.begin() as db:
        row = tickets.get(db, command.number)
        newer = conversations.transcript(db, row.conversation_id, sent.seen) if row else []
        others = [line for line in newer if tickets.answered_by(db, line) - {command.by.id}]
        if any(may_read(db, visit.staff, line) for line in others):
            raise NotAllowed("colleague_was_first")


@router.post("/tickets/{number}/seen", status_code=204)
def seen(visit: Visiting, number: int, line: Annotated[int, Form(ge=0, le=LAST)]) -> Response:
    """Every line up to this one was before a person who did something on the page."""
    must_come_from_here(visit.request)
    see(visit, number, line)
    return Response(status_code=204)


@router.post("/tickets/{number}/take")
def take(visit: Visiting, sent: Form_) -> Response:
    """Become the owner."""
    return _done(visit, sent, staff_actions.take)


@router.post("/tickets/{number}/acknowledge")
def acknowledge(visit: Visiting, sent: Form_) -> Response:
    """Say that somebody is on a Critical ticket: nobody else is called."""
    return _done(visit, sent, staff_actions.acknowledge)


@router.post("/tickets/{number}/take-over")
def take_over(visit: Visiting, sent: Form_) -> Response:
    """Become the owner of somebody else's ticket, on purpose."""
    return _done(visit, sent, lambda command: staff_actions.assign(command, command.by))


@router.post("/tickets/{number}/review")
def review(visit: Visiting, sent: Form_) -> Response:
    """Say that the ticket was looked at."""
    return _done(visit, sent, staff_actions.review)


@router.post("/tickets/{number}/reply")
def reply(visit: Visiting, sent: Form_, text: Text = "", ask: str = Form("")) -> Response:
    """Answer the user, or ask them something."""

    def action(command: Command) -> Ticket:
        _nobody_was_first(visit, command, sent)
        return (staff_actions.ask if ask else staff_actions.reply)(sent.once_only(command, "reply", text), text)

    return _done(visit, sent, action, {"reply": text})


@router.post("/tickets/{number}/note")
def note(visit: Visiting, sent: Form_, text: Text = "") -> Response:
    """Leave an internal note."""
    return _done(
        visit, sent, lambda command: staff_actions.note(sent.once_only(command, "note", text), text), {"note": text}
    )


@router.post("/tickets/{number}/priority")
def priority(visit: Visiting, sent: Form_, to: Text = "", why: Text = "") -> Response:
    """Change the priority."""

    def action(command: Command) -> Ticket:
        named = next((name for name in PRIORITIES if name == to), None)
        if named is None:
            raise NotAllowed("no_such_priority")
        return staff_actions.set_priority(sent.once_only(command, "priority", to, why), named, why)

    return _done(visit, sent, action, {"to": to, "why": why})


@router.post("/tickets/{number}/escalate")
def escalate(visit: Visiting, sent: Form_, reason: Text = "", finding: Text = "") -> Response:
    """Hand the ticket to the team a reason calls for."""

    def action(command: Command) -> Ticket:
        return staff_actions.escalate(sent.once_only(command, "escalate", reason, finding), reason, finding)

    return _done(visit, sent, action, {"reason": reason, "finding": finding})


@router.post("/tickets/{number}/hand-back")
def hand_back(visit: Visiting, sent: Form_, back: Text = "") -> Response:
    """Give the ticket back to the team that has every ticket first."""
    return _done(
        visit,
        sent,
        lambda command: staff_actions.hand_back(sent.once_only(command, "hand-back", back), back),
        {"back": back},
    )


@router.post("/tickets/{number}/let-go")
def let_go(visit: Visiting, sent: Form_) -> Response:
    """Put the ticket back into the queue."""
    return _done(visit, sent, staff_actions.let_go)


@router.post("/tickets/{number}/assign")
def assign(visit: Visiting, sent: Form_, colleague: Text = "") -> Response:
    """Give the ticket to a colleague who may see it."""

    def action(command: Command) -> Ticket:
        with command.deps.reading.begin() as db:
            team = tickets.team_of(db, command.number) or ""
            to = next((one for one in colleagues(db, visit.staff, team) if one.id == colleague), None)
        if to is None:
            raise NotAllowed("no_such_colleague")
        return staff_actions.assign(command, to)

    return _done(visit, sent, action)


@router.post("/tickets/{number}/reopen")
def reopen(visit: Visiting, sent: Form_) -> Response:
    """Put a resolved ticket back to work."""
    return _done(visit, sent, lambda command: staff_actions.reopen(sent.once_only(command, "reopen")))


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
def resolve(visit: Visiting, sent: Form_, finished: Annotated[Finished, Depends()]) -> Response:
    """Resolve the ticket with what was done and found."""
    done, written = finished.resolution(), asdict(finished)

    def action(command: Command) -> Ticket:
        return staff_actions.resolve(sent.once_only(command, "resolve", *written.values()), done)

    return _done(visit, sent, action, written)
