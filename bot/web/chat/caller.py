"""Who uses the chat, what is theirs, and how often they may."""

from typing import Annotated

from fastapi import Depends, Header, Request

from bot.storage import conversations
from bot.storage.conversations import WIDGET
from bot.storage.tables import ConversationRow
from bot.web.dependencies import Given, address_of, count
from bot.web.identity import Identity, NotSignedIn, identity_of
from bot.web.problems import Problem
from bot.web.services import Services
from handoff.ticket import User


def identity(given: Given, authorization: Annotated[str, Header()] = "") -> Identity:
    """The signed-in user, or the anonymous one that the operator allows; 401 otherwise."""
    scheme, _, token = authorization.partition(" ")
    try:
        if scheme.lower() != "bearer":
            raise NotSignedIn("no bearer")
        found = identity_of(token.strip(), given.trust, given.now())
        if not found.user.verified and not given.settings.anonymous_chat:
            raise NotSignedIn("anonymous")
    except NotSignedIn as error:
        raise Problem(401, "Not signed in", given.words["sign_in"], {"WWW-Authenticate": "Bearer"}) from error
    return found


Known = Annotated[Identity, Depends(identity)]


def caller(known: Known) -> User:
    """The user of the identity."""
    return known.user


Caller = Annotated[User, Depends(caller)]


def often(request: Request, user: Caller, given: Given) -> None:
    """Count what a user sends."""
    count(given, "messages", address_of(request), user.id)


def opens(request: Request, user: Caller, given: Given) -> None:
    """Count how often a user opens the chat."""
    count(given, "conversations", address_of(request), user.id)


def own(public_id: str, user: User, given: Services) -> ConversationRow:
    """The caller's conversation; 404 for somebody else's, as for one that does not exist."""
    with given.deps.reading.begin() as db:
        row = conversations.by_public_id(db, public_id) if len(public_id) <= 64 and public_id.isalnum() else None
    if row is None or row.user_id != user.id or row.channel != WIDGET:
        raise Problem(404, "Not found", given.words["not_found"])
    return row
