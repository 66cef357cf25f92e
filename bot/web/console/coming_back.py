"""Whoever is signed out in the midst of something comes back to that page of the console after signing in, and to no other site."""

import re

from fastapi import Request
from fastapi.responses import Response

from bot.web.console.sign_in import COOKIE, LINK_LASTS
from bot.web.problems import for_a_browser
from bot.web.services import Services
from bot.web.templating import CONSOLE

BACK = f"{COOKIE}_back"
LONGEST = 300
_OWN = re.compile(rf"{CONSOLE}(/(?!sign-)[a-z0-9_-]+)*(\?[\w=&.-]*)?", re.ASCII)
_TICKET = re.compile(rf"{CONSOLE}/tickets/\d+", re.ASCII)


def remember_place(request: Request, answer: Response, given: Services) -> None:
    """Keep on this browser which page was wanted: for a form about a ticket, the ticket. What no person looks at is not kept."""
    if not for_a_browser(request):
        return
    path, query = request.url.path, request.url.query
    ticket = _TICKET.match(path)
    wanted = f"{path}?{query}" if query else path
    if request.method == "POST":
        wanted = ticket[0] if ticket else ""
    if _is_own(wanted) and wanted != CONSOLE:
        seconds, safe = int(LINK_LASTS.total_seconds()), given.settings.base_url.startswith("https")
        answer.set_cookie(BACK, wanted, seconds, path=CONSOLE, httponly=True, samesite="lax", secure=safe)


def place_of(request: Request) -> str:
    """The page of the console that was wanted; the queue where none was, or what is kept is no address of ours."""
    kept = request.cookies.get(BACK, "")
    return kept if _is_own(kept) else CONSOLE


def forget_place(answer: Response) -> None:
    """Nobody is to come back there any more."""
    answer.delete_cookie(BACK, path=CONSOLE, httponly=True, samesite="lax")


def _is_own(place: str) -> bool:
    return len(place) <= LONGEST and _OWN.fullmatch(place) is not None
