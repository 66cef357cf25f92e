"""The demo: a page of a SmartMed-like app that embeds the widget, and its sign-in. Only in demo mode."""

from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse
from pydantic import BaseModel

from bot.config.together import LOOPBACK
from bot.web import reader_word
from bot.web.dependencies import Given
from bot.web.problems import Problem
from handoff.ticket import User

router = APIRouter(include_in_schema=False)
STATIC = Path(__file__).parents[1] / "static" / "public"
PASSED_ON = (
    *("forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-forwarded-server"),
    *("x-real-ip", "via", "cf-connecting-ip"),
)
"""What a proxy puts on a request."""
PEOPLE = {
    "patient": User("demo-patient", "Maria Lopez", "maria@example.com", "patient", verified=True),
    "doctor": User("demo-doctor", "Dr. Alan Chen", "chen@example.com", "doctor", verified=True),
    "staff": User("demo-staff", "Sam Rivera", "sam@example.com", "staff", verified=True),
    "other": User("demo-other", "Jonas Weber", "jonas@example.com", "patient", verified=True),
}


class DemoSignIn(BaseModel):
    """Whom to be."""

    as_: Literal["patient", "doctor", "staff", "other"] = "patient"

    model_config = {"populate_by_name": True, "alias_generator": lambda name: name.rstrip("_")}


@router.get("/")
def home() -> FileResponse:
    """The demo page."""
    return FileResponse(STATIC / "demo.html")


def is_near(request: Request) -> bool:
    """Whether our own page asks on the machine itself, as far as can be told: no proxy says that it passed the request on, and
    the page that asks is of the address that was asked for, of this machine. No boundary: whoever writes requests by hand, or a
    proxy that says nothing of itself, can say the same."""
    asked = f"{request.url.scheme}://{request.headers.get('host', '')}"
    own = request.headers.get("origin") == asked and _host(asked) in LOOPBACK
    return own and not any(name in request.headers for name in PASSED_ON)


def _host(address: str) -> str | None:
    """The machine that an address names; None for what is no address."""
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None


@router.post("/demo/sign-in")
def sign_in(body: DemoSignIn, request: Request, given: Given, response: Response) -> dict[str, str]:
    """A signed identity, as the host app would give its user; with it go the pages of the help center for such users. On this
    machine alone: whoever signs in as Maria reads what others wrote as Maria."""
    if not is_near(request):
        raise Problem(403, "Not allowed", given.words["demo_is_near"])
    user = PEOPLE[body.as_]
    for section, roles in given.deps.policy.knowledge_base.only_for.items():
        if user.role in roles:
            reader_word.keep(response, given.settings, section)
    return {"token": given.signed(user), "name": user.name, "role": user.role}
