"""The pages by which staff sign in to the console and out of it."""

from typing import Annotated

import structlog
from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import RedirectResponse, Response

from bot.web.console.access import Person, Text, Visiting
from bot.web.console.coming_back import forget_place, place_of
from bot.web.console.sign_in import must_come_from_here, sign_in, sign_out, spend_link
from bot.web.dependencies import Given, address_of, count
from bot.web.templating import render

log = structlog.get_logger()
router = APIRouter(prefix="/console", include_in_schema=False)
Word = Annotated[str, Query(max_length=200)]
FormWord = Annotated[str, Form(max_length=200)]


@router.get("/sign-in")
def look_at_link(request: Request, word: Word = "") -> Response:
    """A page with the button that signs in. Mail scanners open links: looking spends nothing."""
    if not word:
        return render(request, "console/signed_out.html", {"expired": False, "back": place_of(request)}, status=401)
    return render(request, "console/sign_in.html", {"word": word})


@router.post("/sign-in")
def use_link(request: Request, given: Given, word: FormWord = "") -> Response:
    """Use up a one-time link and go to the page that was wanted; many wrong ones from one place are refused for a while."""
    must_come_from_here(request)
    person = spend_link(given.deps, word, given.now())
    if person is None:
        log.warning("sign_in_refused")
        count(given, "wrong_links", address_of(request))
        return render(request, "console/signed_out.html", {"expired": True, "back": place_of(request)}, status=401)
    log.info("signed_in", staff=person.id)
    answer = RedirectResponse(place_of(request), 303)
    forget_place(answer)
    sign_in(answer, given, person)
    return answer


@router.post("/sign-out")
def leave(visit: Visiting, form: Text = "") -> Response:
    """End the sign-in."""
    visit.must_be_own_form(form)
    answer = RedirectResponse("/console/sign-in", 303)
    forget_place(answer)
    sign_out(visit.request, answer, visit.given)
    return answer


@router.post("/here", status_code=204)
def still_here(request: Request, _staff: Person) -> Response:
    """The person reads or types: they are signed in for as long as they do."""
    must_come_from_here(request)
    return Response(status_code=204)
