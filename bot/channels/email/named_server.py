"""Whether the mails that come carry the word of the server whose word we believe: without it nobody is ever proven."""

import imaplib
from collections.abc import Iterator
from email import message_from_bytes
from urllib.parse import urlsplit

from imap_tools import BaseMailBox, ImapToolsError

from bot.channels.base import OFF, OK
from bot.channels.email.authentication import server_of
from bot.channels.email.headers import raw_headers
from bot.channels.email.imap import leave, opened
from bot.outbound import SendFailed

LOOKED_AT = 20
FEWEST = 5
"""Of fewer mails nothing is said: one or two can have come from inside."""
HEADER = "Authentication-Results"


def is_named(url: str, authserv_id: str) -> str:
    """`ok` or `off`; raises SendFailed when none of the last mails names the server. A mailbox that cannot be read is told of
    elsewhere."""
    if not (url and authserv_id):
        return OFF
    try:
        box = opened(urlsplit(url))
        try:
            named = [authserv_id in servers for servers in _servers(box)]
        finally:
            leave(box)
    except (imaplib.IMAP4.error, ImapToolsError, OSError):
        return OK
    if len(named) >= FEWEST and not any(named):
        raise SendFailed("authserv_unnamed", mend="way")
    return OK


def _servers(box: BaseMailBox) -> Iterator[set[str]]:
    """Of each of the last mails the servers that wrote what they found of its sender; nothing is marked as read."""
    _, (count,) = box.folder.set(str(box.folder.get()), readonly=True)
    last = int(count or 0)
    if not last:
        return
    wanted = f"(BODY.PEEK[HEADER.FIELDS ({HEADER.upper()})])"
    _, found = box.client.fetch(f"{max(1, last - LOOKED_AT + 1)}:{last}", wanted)
    for part in found:
        if isinstance(part, tuple):
            yield {server_of(header) for header in raw_headers(message_from_bytes(part[1]), HEADER)}
