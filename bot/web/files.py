"""Files of users as downloads: never shown inside a page, under the name that their owner gave them."""

from urllib.parse import quote

from fastapi.responses import Response

from bot.storage.tables import AttachmentRow


def as_download(file: AttachmentRow) -> Response:
    """The file, for whoever was found to be allowed to have it."""
    extension = file.type.partition("/")[2].partition("+")[0]
    named = f"attachment; filename=\"file.{extension}\"; filename*=UTF-8''{quote(str(file.name), safe='')}"
    headers = {"Content-Disposition": named, "Content-Security-Policy": "sandbox", "Cache-Control": "private, no-store"}
    return Response(file.content, media_type=file.type, headers=headers)
