"""What routes of every kind ask for: the services, where a request comes from, and that nobody comes too often."""

from math import ceil
from typing import Annotated

from fastapi import Depends, Request

from bot.actions.message_limits import TooOften
from bot.web.problems import Problem
from bot.web.services import Services


async def services_of(request: Request) -> Services:
    """What this process works with; needs no thread, which others may be waiting in."""
    services: Services = request.app.state.services
    return services


Given = Annotated[Services, Depends(services_of)]


def address_of(request: Request) -> str:
    """Where a request comes from; a proxy that is trusted says it."""
    return request.client.host if request.client else ""


def count(given: Services, kind: str, address: str, user: str = "") -> None:
    """429 when a user, or an address, does something more often than a person can."""
    try:
        given.rate_limits.use(kind, address, given.now(), user)
    except TooOften as error:
        raise Problem(
            429, "Too many requests", given.words["too_many"], {"Retry-After": f"{ceil(error.wait)}"}
        ) from error
