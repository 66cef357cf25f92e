"""The mailbox of support: new mails are fetched, taken in, and only then marked as read."""

import imaplib
from collections import Counter
from contextlib import suppress
from datetime import datetime
from urllib.parse import SplitResult, unquote, urlsplit

import structlog
from imap_tools import (
    AND,
    BaseMailBox,
    ImapToolsError,
    MailBox,
    MailBoxStartTls,
    MailBoxUnencrypted,
    MailMessage,
    MailMessageFlags,
)
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

from bot.actions.deps import Deps
from bot.channels.email.incoming import Intake, Taken
from bot.channels.email.parse import read_mail
from bot.channels.email.texts import load_email_words
from bot.channels.email.tokens import Tokens
from bot.config import Settings
from bot.storage import tickets
from handoff.events import MailNotAnswered
from handoff.ticket import CLOCK, Event

log = structlog.get_logger()
KINDS = {"imap": (MailBoxUnencrypted, 143), "imap+starttls": (MailBoxStartTls, 143), "imaps": (MailBox, 993)}
SECONDS = 30
AT_ONCE = 50
MOST_BYTES = 40 * 2**20
TRIES = 3
"""So often a mail is tried that makes something of ours raise; then people are to look at it."""
UNREADABLE = (ValueError, LookupError, TypeError, AttributeError, AssertionError, ArithmeticError, RuntimeError)
"""What reading a crafted mail can raise (RecursionError is a RuntimeError)."""


class Inbox:
    """Reads the mailbox at IMAP_URL: imaps://user:password@host/Folder, or imap+starttls://, or imap://."""

    def __init__(self, settings: Settings, deps: Deps, intake: Intake | None = None) -> None:
        self._url = urlsplit(settings.imap_url)
        if self._url.scheme not in KINDS or not self._url.hostname:
            raise ValueError(
                "IMAP_URL: write imaps://, imap+starttls:// or imap://, then user:password@ and the server"
            )
        self._deps, self._marker = deps, load_email_words().texts["marker"]
        self._intake = intake or Intake(deps, Tokens(settings.signing_key("mail"), settings.mail_from))
        self._authserv_id = settings.mail_authserv_id
        self._broken: Counter[str] = Counter()

    def fetch_new(self, now: datetime) -> int:
        """Take in what is unread, at most fifty; returns how many mails were dealt with. Raises OSError and IMAP errors."""
        box = opened(self._url)
        try:
            uids = sorted(box.uids(AND(seen=False)), key=lambda uid: self._broken[uid])[:AT_ONCE]
            return sum(self._one(box, uid, now) for uid in uids)
        finally:
            leave(box)

    def _one(self, box: BaseMailBox, uid: str, now: datetime) -> bool:
        """Deal with one mail; a mail that cannot be read is flagged for people and holds up nothing."""
        self._broken[uid] += 1
        try:
            message = _fetched(box, uid)
            if message is None:
                return False
            mail = read_mail(message.obj, self._marker, self._authserv_id, whole=message.size_rfc822 <= MOST_BYTES)
            taken = self._intake.take_in(mail, now)
        except (OperationalError, InterfaceError):
            raise
        except (imaplib.IMAP4.error, ImapToolsError, OSError):
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, this mail alone
            if not isinstance(error, (*UNREADABLE, DBAPIError)) and self._broken[uid] < TRIES:
                log.error("mail_put_off", error=type(error).__name__)
                return False
            taken = self._set_aside(error, now)
        flags = [MailMessageFlags.SEEN, *([MailMessageFlags.FLAGGED] if taken.to_look_at else [])]
        box.flag(uid, flags, True)
        del self._broken[uid]
        return True

    def _set_aside(self, error: Exception, now: datetime) -> Taken:
        """Only the kind of the fault is told: its words may be the writer's."""
        log.error("mail_set_aside", error=type(error).__name__)
        event = Event(MailNotAnswered("unreadable", type(error).__name__), CLOCK, now)
        with self._deps.sessions.begin() as db:
            tickets.record(db, [event])
        return Taken("unreadable")


class NoWelcome(imaplib.IMAP4.abort):
    """The server was there, and did not let us come as far as to say who we are."""


def opened(url: SplitResult) -> BaseMailBox:
    """The mailbox, signed in, with its folder selected. Raises OSError and IMAP errors; NoWelcome before we could sign in."""
    kind, port = KINDS[url.scheme]
    try:
        box: BaseMailBox = kind(str(url.hostname), url.port or port, timeout=SECONDS)
    except (imaplib.IMAP4.error, ImapToolsError) as error:
        raise NoWelcome(type(error).__name__) from error
    try:
        box.login(unquote(url.username or ""), unquote(url.password or ""), unquote(url.path.strip("/")) or "INBOX")
    except (imaplib.IMAP4.error, ImapToolsError, OSError):
        leave(box)
        raise
    return box


def leave(box: BaseMailBox) -> None:
    """Sign out and hang up, whatever the server makes of it."""
    with suppress(imaplib.IMAP4.error, ImapToolsError, OSError):
        box.client.logout()
    with suppress(OSError):  # closed by then, unless the server had gone
        box.client.shutdown()


def _fetched(box: BaseMailBox, uid: str) -> MailMessage | None:
    """The mail, left unread; of one that is too large only its headers."""
    head = next(iter(box.fetch(AND(uid=uid), headers_only=True, mark_seen=False)), None)
    if head is None or head.size_rfc822 > MOST_BYTES:
        return head
    return next(iter(box.fetch(AND(uid=uid), mark_seen=False)), None)
