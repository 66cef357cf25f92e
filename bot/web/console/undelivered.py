"""What stands still, in the console: dead letters to send again or dismiss, faults to mend, work that was put off."""

from urllib.parse import urlencode

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlalchemy.orm import Session

from bot.actions import alert_words, dead_letters
from bot.storage import outbox, put_off, quarantine, tickets
from bot.storage.tables import EventRow, OutboxRow, PutOffRow
from bot.storage.unit_of_work import UnitOfWork
from bot.web.console.access import At, Text, Visiting, may_see, teams_seen
from bot.web.console.sign_in import Staff
from bot.web.services import Services
from bot.web.templating import pagination

router = APIRouter(prefix="/console/undelivered", include_in_schema=False)
ON_A_PAGE = 50
ACTIONS = {"again": dead_letters.send_again, "dismiss": dead_letters.dismiss}


@router.get("")
def undelivered_page(visit: Visiting, problem: str = "", at: At = 1, mails: At = 1) -> HTMLResponse:
    """Everything that stands still, the dead letters a page at a time, and so the mails that were set aside."""
    given, teams = visit.given, teams_seen(visit.given, visit.staff)
    with given.deps.reading.begin() as db:
        count = outbox.count_dead_of(db, teams)
        dead = outbox.dead_letters_of(db, teams, ON_A_PAGE, (at - 1) * ON_A_PAGE)
        work = UnitOfWork(db, given.now())
        count_aside = quarantine.count(work, teams)
        aside = quarantine.listed(work, teams, ON_A_PAGE, (mails - 1) * ON_A_PAGE)
        facts = {
            "dead": [_letter(given, row) for row in dead],
            "count": count,
            "at": at,
            "paging": pagination(at, count, ON_A_PAGE),
            "alike": [_fault(given, fault) for fault in outbox.dead_alike(db, teams)],
            "faults": [_fault(given, fault) for fault in outbox.faults(db)],
            "put_off": [_piece(given, row) for row in put_off.everything(db)],
            "aside": [_mail(given, row) for row in aside],
            "count_aside": count_aside,
            "mails": mails,
            "paging_aside": pagination(mails, count_aside, ON_A_PAGE),
        }
    words = given.console_words["problems"]
    return visit.render("console/undelivered.html", {**facts, "problem": words.get(problem, "")})


def _may_settle(db: Session, staff: Staff, row: OutboxRow) -> bool:
    team = tickets.team_of(db, row.ticket_number) if row.ticket_number else None
    return team is None or may_see(staff, team)


def _letter(given: Services, row: OutboxRow) -> dict[str, object]:
    error, said = row.last_error or "", given.language.said
    return {
        "id": row.id,
        "way": said(alert_words.way(row.channel)),
        "ticket": row.ticket_number,
        "error": error,
        "what_to_do": said(alert_words.what_to_do(error, row.channel)),
        "tries": row.attempts,
        "since": given.moment(row.made_at),
    }


def _fault(given: Services, fault: outbox.Fault) -> dict[str, object]:
    said = given.language.said
    return {
        "way": said(alert_words.way(fault.channel)),
        "channel": fault.channel,
        "error": fault.error,
        "what_to_do": said(alert_words.what_to_do(fault.error, fault.channel)),
        "rows": fault.rows,
        "since": given.moment(fault.since),
    }


def _mail(given: Services, row: EventRow) -> dict[str, object]:
    return {
        "why": given.console_words["set_aside"].get(str(row.data["why"]), str(row.data["why"])),
        "ticket": row.ticket_number,
        "at": given.moment(row.at),
    }


def _piece(given: Services, row: PutOffRow) -> dict[str, object]:
    return {
        "kind": row.kind,
        "unit": row.unit,
        "work": given.language.said(alert_words.work(row.kind)),
        "error": row.error,
        "tries": row.tries,
        "since": given.moment(row.since),
        "next": given.moment(row.next_at),
    }


@router.post("/all/again")
def send_all(visit: Visiting, way: Text, error: Text = "", form: Text = "", at: At = 1, mails: At = 1) -> Response:
    """Send again whatever died of one fault, of what may be seen here."""
    visit.must_be_own_form(form)
    done = dead_letters.send_all_again(visit.caller, way, error, teams_seen(visit.given, visit.staff))
    return _back(at, mails, "" if done else "letter_settled")


@router.post("/{letter}/{action}")
def settle(visit: Visiting, letter: int, action: str, form: Text = "", at: At = 1, mails: At = 1) -> Response:
    """Send a dead letter again, or dismiss it; who is second is told that it is settled."""
    visit.must_be_own_form(form)
    with visit.given.deps.reading.begin() as db:
        row = db.get(OutboxRow, letter, options=[outbox.WITHOUT_CONTENT]) if letter < 2**31 else None
        may = row is not None and _may_settle(db, visit.staff, row)
    if action not in ACTIONS or not may:
        return visit.missing()
    done = ACTIONS[action](visit.caller, letter)
    return _back(at, mails, "" if done else "letter_settled")


@router.post("/put-off/{kind}/{unit}/now")
def try_now(visit: Visiting, kind: str, unit: int, form: Text = "", at: At = 1, mails: At = 1) -> Response:
    """Let work that was put off be tried at the next sweep."""
    visit.must_be_own_form(form)
    done = unit < 2**31 and dead_letters.try_now(visit.given.deps, kind[:40], unit, visit.given.now())
    return _back(at, mails, "" if done else "letter_settled")


def _back(at: int, mails: int, problem: str) -> Response:
    """To the page of both lists from which something was done."""
    asked = {"at": at, "mails": mails, **({"problem": problem} if problem else {})}
    return RedirectResponse(f"/console/undelivered?{urlencode(asked)}", 303)
