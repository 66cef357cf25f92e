"""The chat API of the app: the caller's own conversations and nothing else."""

from collections.abc import Mapping, Sequence
from typing import Annotated, NotRequired, TypedDict

from fastapi import APIRouter, Depends, Header, Query, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, BeforeValidator, Field

from bot.actions.rating import Rating, rate
from bot.actions.receive import (
    MOST_CHARACTERS,
    ClientIdReused,
    Incoming,
    NoSuchConversation,
    TextTooLong,
    open_conversation,
    receive,
)
from bot.storage import conversations
from bot.storage.conversations import WIDGET
from bot.storage.tables import ConversationRow
from bot.understanding.text.typed import displayable
from bot.web.chat.caller import Caller, Known, often, opens, own
from bot.web.chat.device import device_of
from bot.web.chat.serializers import MessageJson, TicketJson
from bot.web.chat.stream import events
from bot.web.chat.transcript import current_ticket, is_cut, messages_after, shown
from bot.web.dependencies import Given, address_of, count
from bot.web.identity import anonymous
from bot.web.problems import RESPONSES, Problem
from bot.web.services import Services
from handoff.events import About
from handoff.ticket import User

router = APIRouter(prefix="/api/v1", tags=["chat"], responses=RESPONSES)
A_PAGE = 100

Typed = Annotated[str, BeforeValidator(lambda value: displayable(value) if isinstance(value, str) else value)]
CLIENT_ID = r"^[\x21-\x7e]{1,100}$"
ClientId = Annotated[str, Field(pattern=CLIENT_ID)]
PublicId = Annotated[str, Field(max_length=64)]


def device_in_use(user_agent: Annotated[str, Header()] = "") -> str:
    """What the caller's browser says it is, in two words."""
    return device_of(user_agent)


Device = Annotated[str, Depends(device_in_use)]


class NewConversation(BaseModel):
    """What the page may tell of its visitor."""

    zone: Annotated[Typed, Field(max_length=64)] = ""


class NewMessage(BaseModel):
    """Typed words, under an id of the client's own."""

    client_id: ClientId
    text: Typed


class NewAction(BaseModel):
    """A pressed button, under an id of the client's own."""

    client_id: ClientId
    value: Annotated[Typed, Field(max_length=200)]


class ReadUpTo(BaseModel):
    """Up to which line the user has read."""

    number: Annotated[int, Field(ge=0, lt=2**31)]


class NewRating(BaseModel):
    """A vote: did it help, and perhaps how well from 1 to 5."""

    helpful: bool
    score: Annotated[int, Field(ge=1, le=5)] | None = None
    about: About = "bot"


class ConversationJson(TypedDict):
    """A conversation of the caller, and its transcript where that is asked for."""

    id: str
    state: str
    opened_at: str
    closed_at: str | None
    ticket: TicketJson | None
    messages: NotRequired[list[MessageJson]]
    more: NotRequired[bool]
    """Whether there are further lines, after the last of these."""


@router.post("/sessions", status_code=201)
def new_session(request: Request, given: Given) -> dict[str, str]:
    """An anonymous identity, where the operator allows it."""
    if not given.settings.anonymous_chat:
        raise Problem(404, "Not found", given.words["not_found"])
    count(given, "sessions", address_of(request))
    return {"token": given.signed(anonymous())}


@router.post("/conversations", dependencies=[Depends(opens)])
def open_or_get(user: Caller, given: Given, body: NewConversation | None = None) -> Mapping[str, object]:
    """The caller's open conversation, or a new one."""
    zone = body.zone if body else ""
    known = User(user.id, user.name, user.email, user.role, user.zone or zone, user.verified)
    row = open_conversation(given.deps, known, WIDGET, given.now())
    return _conversation_json(given, row, with_messages=True)


@router.get("/conversations")
def list_own(
    user: Caller, given: Given, response: Response, before: Annotated[str, Query(max_length=64)] = ""
) -> Sequence[Mapping[str, object]]:
    """The caller's conversations, newest first, a hundred at a time; where there are more, a `Link` header says where (RFC 8288)."""
    older_than = own(before, user, given).id if before else None
    with given.deps.reading.begin() as db:
        rows = conversations.of_user(db, user.id, before=older_than, limit=A_PAGE + 1)
    if len(rows) > A_PAGE:
        response.headers["Link"] = f'</api/v1/conversations?before={rows[A_PAGE - 1].public_id}>; rel="next"'
    return [_conversation_json(given, row, with_messages=False) for row in rows[:A_PAGE]]


def _conversation_json(given: Services, row: ConversationRow, *, with_messages: bool) -> ConversationJson:
    body: ConversationJson = {
        "id": row.public_id,
        "state": conversations.memory_of(row).state,
        "opened_at": row.opened_at.isoformat(),
        "closed_at": row.closed_at.isoformat() if row.closed_at else None,
        "ticket": current_ticket(given, row),
    }
    if with_messages:
        body["messages"] = messages_after(given, row.id, 0)
        body["more"] = is_cut(body["messages"])
    return body


@router.post("/conversations/{public_id}/messages", status_code=201, dependencies=[Depends(often)])
def post_message(
    public_id: PublicId, body: NewMessage, user: Caller, given: Given, device: Device
) -> Mapping[str, object]:
    """Store a message of the user; the answers follow in the transcript and on the stream."""
    row = own(public_id, user, given)
    if not body.text.strip():
        raise Problem(422, "Empty", given.line("empty"))
    incoming = Incoming(user, WIDGET, body.text, client_id=body.client_id, conversation=row.public_id, device=device)
    return _taken_in(given, incoming)


@router.post("/conversations/{public_id}/actions", status_code=201, dependencies=[Depends(often)])
def post_action(
    public_id: PublicId, body: NewAction, user: Caller, given: Given, device: Device
) -> Mapping[str, object]:
    """Store a pressed button; the answers follow in the transcript and on the stream."""
    row = own(public_id, user, given)
    incoming = Incoming(
        user, WIDGET, pressed=body.value, client_id=body.client_id, conversation=row.public_id, device=device
    )
    return _taken_in(given, incoming)


def _taken_in(given: Services, incoming: Incoming) -> MessageJson:
    try:
        received = receive(given.deps, incoming, given.now())
    except TextTooLong as error:
        raise Problem(422, "Too long", given.line("too_long", limit=f"{MOST_CHARACTERS:,}")) from error
    except ClientIdReused as error:
        raise Problem(409, "Used before", given.words["used_before"]) from error
    except NoSuchConversation as error:
        raise Problem(404, "Not found", given.words["not_found"]) from error
    assert received.message is not None
    return shown(given, received.message)


@router.get("/conversations/{public_id}/messages")
def get_messages(
    public_id: PublicId,
    user: Caller,
    given: Given,
    response: Response,
    after: Annotated[int, Field(ge=0)] = 0,
    read: bool = True,
) -> Sequence[Mapping[str, object]]:
    """The transcript after a number; where there is more of it, a `Link` header says where (RFC 8288). What is given counts as
    read, unless the client says by `read=false` that it tells so itself."""
    row = own(public_id, user, given)
    messages = messages_after(given, row.id, min(after, 2**31 - 1))
    if is_cut(messages):
        address = (
            f"/api/v1/conversations/{public_id}/messages?after={messages[-1]['number']}{'' if read else '&read=false'}"
        )
        response.headers["Link"] = f'<{address}>; rel="next"'
    if read:
        _mark_read(given, row, messages[-1]["number"] if messages else min(after, row.last_number))
    return messages


@router.post("/conversations/{public_id}/read", status_code=204)
def post_read(public_id: PublicId, body: ReadUpTo, user: Caller, given: Given) -> Response:
    """The user has seen every line up to this number: no letter tells them of it."""
    row = own(public_id, user, given)
    _mark_read(given, row, min(body.number, row.last_number))
    return Response(status_code=204)


def _mark_read(given: Services, row: ConversationRow, number: int) -> None:
    if number <= row.read_number:
        return
    with given.deps.sessions.begin() as db:
        conversations.mark_read(db, row.id, number)


@router.get("/conversations/{public_id}/events")
def stream_events(
    public_id: PublicId,
    known: Known,
    given: Given,
    last_event_id: Annotated[str, Header()] = "",
    read: bool = True,
) -> StreamingResponse:
    """Server-sent events: messages and the ticket's state, from `Last-Event-ID` on, until the identity ends. What was given on
    a stream that still lives counts as read, unless the client says by `read=false` that it tells so itself."""
    row = own(public_id, known.user, given)
    if given.settings.limits and given.streams.full(known.user.id):
        raise Problem(429, "Too many streams", given.words["too_many_windows"], {"Retry-After": "15"})
    number = last_event_id.isascii() and last_event_id.isdecimal() and len(last_event_id) < 10
    after = int(last_event_id) if number else row.last_number
    return StreamingResponse(
        given.streams.counted(known.user.id, events(given, row.id, after, known.until, read=read)),
        media_type="text/event-stream",
        headers={"X-Accel-Buffering": "no"},
    )


@router.post("/conversations/{public_id}/rating", status_code=204, dependencies=[Depends(often)])
def post_rating(public_id: PublicId, body: NewRating, user: Caller, given: Given) -> Response:
    """Keep a vote on the last answer or resolution."""
    row = own(public_id, user, given)
    rate(given.deps, row.id, Rating(body.about, body.helpful, body.score), given.now())
    return Response(status_code=204)
