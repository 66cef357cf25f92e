"""E-mail as a whole: the server that sends, the mailbox that is read, and the pages behind the links of our mails."""

import imaplib
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from urllib.parse import urlsplit

from fastapi import APIRouter
from imap_tools import ImapToolsError

from bot.actions.deps import Deps, Sender
from bot.channels.base import OFF, OK, Channel
from bot.channels.email import CHANNEL
from bot.channels.email.imap import Inbox, NoWelcome, leave, opened
from bot.channels.email.named_server import is_named
from bot.channels.email.outgoing import EmailSender
from bot.channels.email.pages import email_pages
from bot.channels.email.smtp import Smtp
from bot.config import Settings
from bot.outbound import SendFailed

PROOF = "mail_proof"


class EmailChannel(Channel):
    """Either way alone is possible: letters without a mailbox, a mailbox that is answered in the console."""

    name = CHANNEL
    done_without = frozenset({PROOF})

    def __init__(self, settings: Settings, deps: Deps, now: Callable[[], datetime]) -> None:
        self._settings, self._deps, self._now = settings, deps, now
        self._inbox = Inbox(settings, deps) if settings.imap_url else None

    def senders(self) -> Mapping[str, Sender]:
        """Mails, where a server is set."""
        if not self._settings.smtp_url:
            return {}
        return {CHANNEL: EmailSender(self._settings, self._deps.policy, self._deps.sessions)}

    def router(self) -> APIRouter:
        """The pages behind the links; those of mails sent earlier work without a server too."""
        return email_pages(self._settings, self._deps, self._now)

    def poll(self, now: datetime) -> int:
        """Take in what is unread in the mailbox, at most fifty. Raises OSError and IMAP errors."""
        return self._inbox.fetch_new(now) if self._inbox is not None else 0

    def probes(self) -> Mapping[str, Callable[[], str]]:
        """Whether either server lets us in; nothing is sent or read."""
        settings = self._settings
        return {
            "mail_out": partial(_answers, _greet, settings.smtp_url),
            "mail_in": partial(_answers, _sign_in, settings.imap_url),
            PROOF: partial(is_named, settings.imap_url, settings.mail_authserv_id),
        }


def _answers(ask: Callable[[str], object], url: str) -> str:
    """`ok` or `off`; raises SendFailed and OSError for what the server, or the way to it, says against us."""
    if not url:
        return OFF
    ask(url)
    return OK


def _greet(url: str) -> None:
    Smtp(url).greet()


def _sign_in(url: str) -> None:
    """What the server says to our name and password counts; how it takes our leave does not."""
    try:
        box = opened(urlsplit(url))
    except NoWelcome as error:
        raise SendFailed("imap_no_welcome") from error
    except imaplib.IMAP4.abort as error:  # the line was lost: nothing was said of us
        raise SendFailed("imap_lost", unreached=True) from error
    except (imaplib.IMAP4.error, ImapToolsError) as error:
        raise SendFailed("imap_refused", mend="way") from error
    leave(box)
