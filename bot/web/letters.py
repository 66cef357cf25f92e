"""The page behind the link under a letter that an answer waits: letters off, and on again. Looking at it does nothing."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from bot.channels.email_tokens import Tokens
from bot.storage import conversations, unread
from bot.web.caller import Given
from bot.web.services import Services
from bot.web.votes import LONGEST_TOKEN, vote_page

router = APIRouter(prefix="/letters", include_in_schema=False)


@router.get("/{word}")
def ask(word: str, given: Given) -> HTMLResponse:
    """What pressing the button will do. Mail scanners open links: nothing is changed here."""
    if _user(given, word) is None:
        return vote_page("unknown", status=404)
    return vote_page("letters_ask", button="letters_off")


@router.post("/{word}")
def off(word: str, given: Given) -> HTMLResponse:
    """No such letters any more: the button of the page, or the one of the mail program (RFC 8058)."""
    return _turned(given, word, on=False)


@router.get("/{word}/on")
def ask_on(word: str, given: Given) -> HTMLResponse:
    """What pressing the button will do."""
    if _user(given, word) is None:
        return vote_page("unknown", status=404)
    return vote_page("letters_ask_on", button="letters_on")


@router.post("/{word}/on")
def on(word: str, given: Given) -> HTMLResponse:
    """Letters again."""
    return _turned(given, word, on=True)


def _turned(given: Services, word: str, *, on: bool) -> HTMLResponse:
    user = _user(given, word)
    if user is None:
        return vote_page("unknown", status=404)
    with given.deps.sessions.begin() as db:
        unread.turn_letters(db, user, on=on, now=given.now())
    return vote_page("letters_are_on" if on else "letters_are_off")


def _user(given: Services, word: str) -> str | None:
    """Whose letters the signed word of a conversation is about."""
    settings = given.settings
    conversation = Tokens(settings.signing_key("mail"), settings.mail_from).letters_of(word[:LONGEST_TOKEN])
    with given.deps.reading.begin() as db:
        row = conversations.by_public_id(db, conversation) if conversation else None
        return row.user_id if row else None
