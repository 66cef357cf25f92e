"""The page behind the button of a page by mail: looking at it does nothing, its button says that somebody is on it."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from bot.actions import staff as deeds
from bot.channels.email_tokens import Call, Tokens
from bot.storage import tickets
from bot.web.caller import Given
from bot.web.services import Services
from bot.web.votes import LONGEST_TOKEN, vote_page
from handoff import ladder
from handoff.lifecycle import NotAllowed
from handoff.ticket import Actor, Ticket

router = APIRouter(prefix="/acknowledge", include_in_schema=False)


@router.get("/{word}")
def ask(word: str, given: Given) -> HTMLResponse:
    """What pressing the button will say. Mail scanners open links: nothing is changed here."""
    call = _call(given, word)
    ticket = _ticket(given, call)
    if call is None or ticket is None:
        return vote_page("unknown", status=404)
    if not ladder.is_paged(ticket):
        return _told(ticket)
    return vote_page("call_ask", button="call_button", number=call.ticket)


@router.post("/{word}")
def answer(word: str, given: Given) -> HTMLResponse:
    """Somebody is on it: the ladder ends, and the ticket says who and when."""
    call = _call(given, word)
    ticket = _ticket(given, call)
    if call is None or ticket is None:
        return vote_page("unknown", status=404)
    person = ladder.person(given.deps.policy, call.contact, given.now())
    by = Actor("staff", f"contact:{person.key}", person.name or person.role)
    try:
        now = deeds.acknowledge(given.deps, call.ticket, by, given.now())
    except NotAllowed:
        return _told(ticket)
    mine = now.acknowledged_by is not None and now.acknowledged_by.id == by.id
    return vote_page("call_thanks", number=call.ticket) if mine else _told(now)


def _told(ticket: Ticket) -> HTMLResponse:
    """Why nobody is called any more."""
    who = ticket.acknowledged_by
    if who is not None and ticket.is_open:
        return vote_page("call_other", number=ticket.number, name=who.name)
    return vote_page("call_over", number=ticket.number)


def _call(given: Services, word: str) -> Call | None:
    settings = given.settings
    call = Tokens(settings.signing_key("mail"), settings.mail_from).call_of(word[:LONGEST_TOKEN])
    return call if call is not None and call.contact in given.deps.policy.contacts.contacts else None


def _ticket(given: Services, call: Call | None) -> Ticket | None:
    if call is None:
        return None
    with given.deps.reading.begin() as db:
        row = tickets.get(db, call.ticket)
        return tickets.ticket_of(row) if row else None
