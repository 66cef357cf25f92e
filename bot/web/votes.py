"""The page behind the links of a resolution mail: looking at it does nothing, its button votes."""

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import HTMLResponse

from bot.actions.rating import last_resolution, rate_in
from bot.channels.email_tokens import Tokens, Vote
from bot.channels.email_words import fill_html, load_email_words
from bot.storage import conversations, tickets
from bot.web.caller import Given
from bot.web.services import Services

router = APIRouter(prefix="/votes", include_in_schema=False)
LONGEST_TOKEN = 500


@router.get("/{word}")
def ask(word: str, given: Given) -> HTMLResponse:
    """What pressing the button will say. Mail scanners open links: nothing is changed here."""
    vote = _vote(given, word)
    if vote is None:
        return vote_page("unknown", status=404)
    return vote_page("ask_yes", button="button_yes") if vote.helpful else vote_page("ask_no", button="button_no")


@router.post("/{word}")
def count(word: str, given: Given, score: Annotated[int | None, Form(ge=1, le=5)] = None) -> HTMLResponse:
    """The vote: once for each resolution, changeable with the other link; then, if they like, a mark (decision O1)."""
    vote = _vote(given, word)
    if vote is None:
        return vote_page("unknown", status=404)
    with given.deps.sessions.begin() as db:
        row = conversations.by_public_id(db, vote.conversation, for_update=True)
        memory = conversations.memory_of(row) if row else None
        if row is None or memory is None or vote.ticket not in (memory.ticket, memory.previous):
            return vote_page("old", status=410)
        if memory.ticket is not None and vote.ticket != memory.ticket:
            return vote_page("old", status=410)
        ticket = tickets.lock(db, vote.ticket)
        if ticket is not None and vote.cycle and vote.cycle != last_resolution(ticket):
            return vote_page("old", status=410)
        rate_in(db, given.deps, row, vote.helpful, score, "ticket", given.now())
        ticket = tickets.lock(db, vote.ticket)
        reopened = ticket is not None and ticket.is_open
    rule = given.deps.policy.metrics.satisfaction
    marks = () if score else tuple(range(rule.lowest, rule.highest + 1))
    if vote.helpful:
        return vote_page("thanks_yes", scores=marks)
    return vote_page("thanks_no" if reopened else "thanks_no_closed", scores=marks)


def _vote(given: Services, word: str) -> Vote | None:
    settings = given.settings
    return Tokens(settings.signing_key("mail"), settings.mail_from).vote_of(word[:LONGEST_TOKEN])


def vote_page(
    text: str, *, button: str = "", scores: tuple[int, ...] = (), status: int = 200, **facts: object
) -> HTMLResponse:
    """One of the approved pages behind a link in a mail: with the button that does what it says, or with marks to give."""
    pages = load_email_words().pages
    shown = {
        "title": pages["title"],
        "text": pages[text].format(**facts),
        "button": pages.get(button, ""),
        "press": pages["press"],
        "scores": scores,
        "score_question": pages["score_question"],
    }
    return HTMLResponse(fill_html("vote.html", shown), status, {"Cache-Control": "no-store"})
