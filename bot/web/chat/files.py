"""Files in the chat: sent by their user, and given back to nobody else."""

import re
from collections.abc import Mapping
from typing import TypeGuard

from fastapi import APIRouter, Depends, Request, Response
from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.requests import ClientDisconnect

from bot.actions.attach import FileRefused, TooManyFiles, Upload, attach, attachment_by_public_id
from bot.actions.message_limits import load_limits
from bot.actions.receive import NoSuchConversation
from bot.storage.tables import AttachmentRow, ConversationRow
from bot.web.chat.api import CLIENT_ID, PublicId
from bot.web.chat.caller import Caller, often, own
from bot.web.chat.serializers import MessageJson
from bot.web.chat.transcript import shown
from bot.web.dependencies import Given
from bot.web.files import as_download
from bot.web.problems import RESPONSES, Problem
from bot.web.services import Services
from handoff.ticket import User

router = APIRouter(prefix="/api/v1", tags=["chat"], responses=RESPONSES)
FILE_FORM = {
    "type": "object",
    "required": ["file"],
    "properties": {
        "file": {"type": "string", "format": "binary"},
        "client_id": {"type": "string", "pattern": CLIENT_ID},
    },
}


@router.post(
    "/conversations/{public_id}/attachments",
    status_code=201,
    dependencies=[Depends(often)],
    openapi_extra={"requestBody": {"required": True, "content": {"multipart/form-data": {"schema": FILE_FORM}}}},
)
async def post_attachment(public_id: PublicId, request: Request, user: Caller, given: Given) -> Mapping[str, object]:
    """Store one file of the user: sniffed by content, capped in size. Nothing of it is read before it is known who sends it, where
    to, and that they may; then it waits on the disk until it is its turn."""
    row = await run_in_threadpool(own, public_id, user, given)
    try:
        async with request.form(max_files=1, max_fields=1) as form:
            file, client_id = form.get("file"), form.get("client_id")
            if not isinstance(file, UploadFile) or not (client_id is None or _is_client_id(client_id)):
                raise Problem(422, "Not valid", given.words["not_valid"])
            async with given.uploads:
                return await run_in_threadpool(_taken_file, given, row, user, file, client_id)
    except ClientDisconnect as gone:
        raise Problem(400, "Not whole", given.words["not_valid"]) from gone


def _is_client_id(written: object) -> TypeGuard[str]:
    return isinstance(written, str) and re.fullmatch(CLIENT_ID, written) is not None


def _taken_file(
    given: Services, row: ConversationRow, user: User, file: UploadFile, client_id: str | None
) -> MessageJson:
    most = load_limits().files
    content = file.file.read(most.most_bytes + 1)
    try:
        upload = Upload(row.public_id, user, file.filename or "", content, client_id)
        received = attach(given.deps, upload, given.now())
    except TooManyFiles as error:
        raise Problem(
            422, "Not accepted", given.words["too_many_files"].format(files=most.most_in_conversation)
        ) from error
    except FileRefused as error:
        raise Problem(422, "Not accepted", given.line("file_refused", limit=most.most_bytes // 2**20)) from error
    except NoSuchConversation as error:
        raise Problem(404, "Not found", given.words["not_found"]) from error
    with given.deps.reading.begin() as db:
        assert received.message is not None
        stored = db.get(AttachmentRow, received.message.attachment_id)
    return shown(given, received.message, stored)


@router.get("/attachments/{public_id}")
def get_attachment(public_id: PublicId, user: Caller, given: Given) -> Response:
    """A file of the caller's own conversation; never shown inside a page."""
    file = attachment_by_public_id(given.deps, public_id)
    if file is not None:
        with given.deps.reading.begin() as db:
            owner = db.get_one(ConversationRow, file.conversation_id).user_id
    if file is None or owner != user.id:
        raise Problem(404, "Not found", given.words["not_found"])
    return as_download(file)
