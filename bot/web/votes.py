"""The page behind the links of a resolution mail: looking at it does nothing, its button votes."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from bot.actions.rating import rate_in
from bot.channels.email_tokens import Tokens, Vote
from bot.channels.email_words import fill_html, load_email_words
from bot.storage import conversations, tickets
from bot.web.chat import Given
from bot.web.services import Services

router = APIRouter(prefix="/votes", include_in_schema=False)
LONGEST_TOKEN = 500


@router.get("/{word}")
def ask(word: str, given: Given) -> HTMLResponse:
    """What pressing the button will say. Mail scanners open links: nothing is changed here."""
    vote = _vote(given, word)
    if vote is None:
        return _page("unknown", status=404)
    return _page("ask_yes", button="button_yes") if vote.helpful else _page("ask_no", button="button_no")


@router.post("/{word}")
def count(word: str, given: Given) -> HTMLResponse:
    """The vote: once for each resolution, changeable with the other link."""
    vote = _vote(given, word)
    if vote is None:
        return _page("unknown", status=404)
    with given.deps.sessions.begin() as db:
        row = conversations.by_public_id(db, vote.conversation, for_update=True)
        memory = conversations.memory_of(row) if row else None
        if row is None or memory is None or vote.ticket not in (memory.ticket, memory.previous):
            return _page("old", status=410)
        if memory.ticket is not None and vote.ticket != memory.ticket:
            return _page("old", status=410)
        rate_in(db, given.deps, row, vote.helpful, None, "ticket", given.now())
        ticket = tickets.lock(db, vote.ticket)
        reopened = ticket is not None and ticket.is_open
    if vote.helpful:
        return _page("thanks_yes")
    return _page("thanks_no" if reopened else "thanks_no_closed")


def _vote(given: Services, word: str) -> Vote | None:
    settings = given.settings
    return Tokens(settings.signing_key("mail"), settings.mail_from).vote_of(word[:LONGEST_TOKEN])


def _page(text: str, *, button: str = "", status: int = 200) -> HTMLResponse:
    pages = load_email_words().pages
    facts = {"title": pages["title"], "text": pages[text], "button": pages.get(button, ""), "press": pages["press"]}
    return HTMLResponse(fill_html("vote.html", facts), status, {"Cache-Control": "no-store"})
