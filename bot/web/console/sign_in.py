"""How staff get into the console: a one-time link, then a sign-in that lies in the database and can be ended there."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import compare_digest, token_urlsafe

from fastapi import Request
from fastapi.responses import Response

from bot.actions.deps import Deps
from bot.storage import people, sign_ins
from bot.storage.tables import StaffRow
from bot.storage.unit_of_work import UnitOfWork
from bot.web.services import Services
from handoff.ticket import Actor

LINK_LASTS = timedelta(hours=12)
COOKIE = "smartmed_staff"
LONGEST_WORD = 200
BY_ITSELF = "x-by-itself"
"""Our own script marks with this what no person asked for."""


class NotStaff(Exception):
    """Nobody is signed in to the console."""


class ForeignForm(Exception):
    """A form that did not come from our own page."""


@dataclass(frozen=True)
class Staff:
    """Who is signed in, and the word that their forms must carry."""

    actor: Actor
    role: str
    form_word: str


def one_time_link(deps: Deps, base_url: str, staff_id: str, name: str | None, role: str | None, now: datetime) -> str:
    """An address that signs this person in once, within twelve hours; a known person gets the name and role that are given.
    Raises NotAPerson."""
    word = token_urlsafe(24)
    with deps.sessions.begin() as db:
        people.put(db, staff_id, name, role)
        sign_ins.make_link(UnitOfWork(db, now), _fingerprint(word), staff_id)
    return f"{base_url}/console/sign-in?word={word}"


def _fingerprint(word: str) -> str:
    return sha256(word.encode()).hexdigest()


def spend_link(deps: Deps, word: str, now: datetime) -> StaffRow | None:
    """Who the link signs in; None when it was used, is too old, or never was."""
    with deps.sessions.begin() as db:
        staff_id = sign_ins.spend_link(db, _fingerprint(word[:LONGEST_WORD]), now - LINK_LASTS)
        return db.get(StaffRow, staff_id) if staff_id else None


def sign_in(response: Response, given: Services, person: StaffRow) -> None:
    """Sign the person in on this browser."""
    word = token_urlsafe(32)
    with given.deps.sessions.begin() as db:
        sign_ins.begin(UnitOfWork(db, given.now()), _fingerprint(word), person, token_urlsafe(16))
    seconds = int(sign_ins.LONGEST.total_seconds())
    response.set_cookie(cookie(given), word, seconds, httponly=True, samesite="lax", secure=_is_safe(given))


def sign_out(request: Request, response: Response, given: Services) -> None:
    """End the sign-in of this browser, here and in the database."""
    with given.deps.sessions.begin() as db:
        sign_ins.end(db, _fingerprint(_word(request, given)))
    response.delete_cookie(cookie(given), httponly=True, samesite="lax", secure=_is_safe(given))


def cookie(given: Services) -> str:
    """The name of the cookie; over https one that browsers take from this very host alone."""
    return f"__Host-{COOKIE}" if _is_safe(given) else COOKIE


def _is_safe(given: Services) -> bool:
    return given.settings.base_url.startswith("https")


def _word(request: Request, given: Services) -> str:
    return request.cookies.get(cookie(given), "")[:LONGEST_WORD]


def staff_of(request: Request, given: Services) -> Staff:
    """Who is signed in; raises NotStaff when nobody is, or the sign-in is over. What a person does keeps it alive."""
    now, fingerprint = given.now(), _fingerprint(_word(request, given))
    with given.deps.reading.begin() as db:
        found = sign_ins.of(UnitOfWork(db, now), fingerprint)
    if found is None:
        raise NotStaff
    row, person = found
    if by_person(request) and now - row.active_at > sign_ins.OFTEN_ENOUGH:
        with given.deps.sessions.begin() as db:
            sign_ins.was_active(UnitOfWork(db, now), fingerprint)
    return Staff(Actor("staff", person.id, person.name), person.role, row.form_word)


def still_signed_in(request: Request, given: Services) -> bool:
    """Whether the sign-in of a request that is still being answered has not ended meanwhile."""
    with given.deps.reading.begin() as db:
        return sign_ins.of(UnitOfWork(db, given.now()), _fingerprint(_word(request, given))) is not None


def by_person(request: Request) -> bool:
    """True for what a person did: opened a page or sent a form; false for what a page fetches by itself."""
    if BY_ITSELF in request.headers:
        return False
    return request.method == "POST" or request.headers.get("sec-fetch-mode", "navigate") == "navigate"


def must_be_own_form(request: Request, staff: Staff, word: str) -> None:
    """Refuse a form of another site: foreign origin, or without our word."""
    must_come_from_here(request)
    if not compare_digest(word.encode(), staff.form_word.encode()):
        raise ForeignForm


def must_come_from_here(request: Request) -> None:
    """Refuse a form that another site sends."""
    site = request.headers.get("sec-fetch-site", "same-origin")
    origin = request.headers.get("origin")
    own = f"{request.url.scheme}://{request.headers.get('host', '')}"
    if site not in ("same-origin", "none") or (
        origin is not None and origin not in (own, own.replace("http:", "https:"))
    ):
        raise ForeignForm
