"""Who is signed in to the console, and which tickets they may see."""

from collections.abc import Collection
from typing import Annotated

from fastapi import Depends, Form, Request

from bot.web.console.sign_in import Staff, staff_of
from bot.web.dependencies import Given
from bot.web.services import Services

CONFINED = ("security", "compliance")
SEE_ALL = ("admin", "lead")


def signed_in(request: Request, given: Given) -> Staff:
    """Who is signed in to the console."""
    return staff_of(request, given)


Person = Annotated[Staff, Depends(signed_in)]
Text = Annotated[str, Form(max_length=4000)]


def may_see(staff: Staff, team: str) -> bool:
    """Security and compliance tickets are for those teams and for leads."""
    return team not in CONFINED or staff.role in (team, *SEE_ALL)


def teams_seen(given: Services, staff: Staff) -> Collection[str]:
    """The teams whose tickets this person may see."""
    return [team for team in given.deps.policy.tiers.teams if may_see(staff, team)]
