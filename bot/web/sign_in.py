"""How staff get into the console: a one-time link, then a signed cookie that ends after an idle quarter of an hour."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import compare_digest, token_urlsafe

from fastapi import Request

from bot.actions.deps import Deps
from bot.storage import runs
from bot.storage.tables import StaffRow
from bot.web.services import Services
from handoff.ticket import Actor

LINK = "sign_in_link"
LINK_LASTS = timedelta(hours=12)
IDLE = timedelta(minutes=60)


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


def one_time_link(deps: Deps, base_url: str, staff_id: str, name: str, role: str, now: datetime) -> str:
    """An address that signs this person in once, within twelve hours."""
    word = token_urlsafe(24)
    with deps.sessions.begin() as db:
        known = db.get(StaffRow, staff_id)
        if known is None:
            db.add(StaffRow(id=staff_id, name=name, role=role))
        runs.once(db, LINK, _fingerprint(word), now, staff=staff_id)
    return f"{base_url}/console/sign-in?word={word}"


def _fingerprint(word: str) -> str:
    return sha256(word.encode()).hexdigest()


def spend_link(deps: Deps, word: str, now: datetime) -> StaffRow | None:
    """Who the link signs in; None when it was used, is too old, or never was."""
    with deps.sessions.begin() as db:
        data = runs.spend(db, LINK, _fingerprint(word[:200]), now - LINK_LASTS)
        return db.get(StaffRow, data["staff"]) if data else None


def sign_in(request: Request, person: StaffRow, now: datetime) -> None:
    """Remember the person in the signed cookie."""
    request.session.clear()
    request.session.update(
        {"id": person.id, "name": person.name, "role": person.role, "seen": now.timestamp(), "form": token_urlsafe(16)}
    )


def staff_of(request: Request, given: Services) -> Staff:
    """Who is signed in; raises NotStaff when nobody is, or nobody was active for too long."""
    session = request.session
    now = given.now().timestamp()
    if "id" not in session or now - session.get("seen", 0) > IDLE.total_seconds():
        session.clear()
        raise NotStaff
    session["seen"] = now
    return Staff(Actor("staff", session["id"], session["name"]), session["role"], session["form"])


def may_see(staff: Staff, team: str) -> bool:
    """Security and compliance tickets are for those teams and for leads (reliability, S17)."""
    return team not in ("security", "compliance") or staff.role in (team, "admin", "lead")


def must_be_own_form(request: Request, staff: Staff, word: str) -> None:
    """Refuse a form of another site: foreign origin, or without our word."""
    site = request.headers.get("sec-fetch-site", "same-origin")
    origin = request.headers.get("origin")
    own = f"{request.url.scheme}://{request.headers.get('host', '')}"
    foreign = site not in ("same-origin", "none") or (
        origin is not None and origin not in (own, own.replace("http:", "https:"))
    )
    if foreign or not compare_digest(word.encode(), staff.form_word.encode()):
        raise ForeignForm
