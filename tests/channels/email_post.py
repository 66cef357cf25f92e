"""Mail servers on loopback, really started: SMTP (aiosmtpd), IMAP (pymap), and us between them."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from imap_tools import MailBoxUnencrypted

from bot.actions.deliver import deliver
from bot.actions.deps import Deps
from bot.channels.email.imap import Inbox
from bot.channels.email.outgoing import EmailSender
from bot.config import Settings, load_settings
from bot.wiring import HOME
from handoff.policy.model import Policy
from tests.makers import NINE

MAILBOX, PASSWORD = "support", "a secret"
MARIA = "maria@example.com"
QUICK_PYMAP = """
import functools, pymap.config, pymap.main
pymap.config.BuiltinHash = functools.partial(pymap.config.BuiltinHash, rounds=1)
pymap.main.main()
"""
"""The server with a password that is no secret: half a million rounds of hashing are most of the time of a sign-in."""


class Post:
    """An SMTP server that keeps what it takes; answers for the next mails can be set."""

    def __init__(self) -> None:
        self.answers: list[str] = []
        self.taken: list[tuple[str, list[str], EmailMessage]] = []
        self._controller = Controller(self, hostname="127.0.0.1", port=free_port())
        self._controller.start()
        self.url = f"smtp://127.0.0.1:{self._controller.port}"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        """Take a mail, or answer what was set."""
        answer = self.answers.pop(0) if self.answers else "250 OK"
        if answer.startswith("250"):
            mail = message_from_bytes(envelope.content, policy=default)
            assert isinstance(mail, EmailMessage)
            self.taken.append((envelope.mail_from, envelope.rcpt_tos, mail))
        return answer

    def close(self) -> None:
        """Stop."""
        self._controller.stop()


@contextmanager
def imap_server(port: int | None = None) -> Iterator[str]:
    """An empty mailbox; gives its address."""
    port = port or free_port()
    command = [sys.executable, "-c", QUICK_PYMAP, "--no-tls", "--host", "127.0.0.1", "--port", str(port)]
    command += ["dict", "--demo-user", MAILBOX, "--demo-password", PASSWORD]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(port)
        yield f"imap://{MAILBOX}:{PASSWORD.replace(' ', '%20')}@127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=10)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def _wait_for(port: int) -> None:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("the IMAP server did not start within 10 s")


def settings_for(policy: Policy, folder: Path, smtp: str, imap: str) -> Settings:
    """Settings for these servers."""
    environ = {
        "STATE_DIR": str(folder),
        "SECRET_KEY": "a-secret-of-the-tests-of-forty-characters",
        "BASE_URL": "http://desk.test",
    }
    return load_settings({**environ, "SMTP_URL": smtp, "IMAP_URL": imap}, HOME, policy)


@dataclass
class Office:
    """Us, between the two servers, on a clock of the test's own."""

    post: Post
    deps: Deps
    settings: Settings
    inbox: Inbox
    now: datetime = NINE
    _seen: int = field(default=0)

    def put(self, raw: bytes) -> None:
        """A mail arrives in the mailbox."""
        with self.box() as box:
            box.append(raw, "INBOX", flag_set=())

    def empties(self) -> None:
        """Nothing is left in the mailbox."""
        with self.box() as box:
            box.delete(box.uids())

    def box(self) -> MailBoxUnencrypted:
        """The mailbox, signed in."""
        port = int(self.settings.imap_url.rpartition(":")[2])
        return MailBoxUnencrypted("127.0.0.1", port, timeout=10).login(MAILBOX, PASSWORD)

    def fetches(self, later: float = 10) -> int:
        """The worker looks into the mailbox, so many seconds later."""
        self.now += timedelta(seconds=later)
        return self.inbox.fetch_new(self.now)

    def delivers(self, later: float = 10) -> list[EmailMessage]:
        """The worker sends what is due; gives the mails that are new."""
        self.now += timedelta(seconds=later)
        while deliver(self.deps, self.now):
            pass
        fresh = [mail for _, _, mail in self.post.taken[self._seen :]]
        self._seen = len(self.post.taken)
        return fresh

    def says(self, raw: bytes) -> list[EmailMessage]:
        """A mail comes in; gives the answers."""
        self.put(raw)
        self.fetches()
        return self.delivers()


def office_of(post: Post, deps: Deps, settings: Settings, policy: Policy) -> Office:
    """The channel on these settings."""
    whole = replace(deps, senders={"email": EmailSender(settings, policy, deps.sessions)})
    return Office(post, whole, settings, Inbox(settings, whole))


def a_mail(text: str, *, number: int = 1, to: str = "support@smartmed.com", **headers: str) -> bytes:
    """A mail from Maria; further headers with _ for -."""
    mail = EmailMessage()
    values = {"From": f"Maria Lopez <{MARIA}>", "To": to, "Subject": "Help", "Message-ID": f"<m{number}@example.com>"}
    values |= {name.replace("_", "-"): value for name, value in headers.items()}
    for name, value in values.items():
        mail[name] = value
    mail.set_content(text)
    return mail.as_bytes()


def answer_to(mail: EmailMessage, text: str, *, number: int) -> bytes:
    """What Maria's mail program sends when she answers: the quote below, to the reply address."""
    body = mail.get_body(("plain",))
    assert body is not None
    quote = "\n".join(f"> {line}" for line in body.get_content().splitlines())
    whole = f"{text}\n\nOn Mon, Nov 23, 2026 at 9:00 AM SmartMed Support <support@smartmed.com> wrote:\n{quote}\n"
    known = {"Subject": str(mail["Subject"]), "In_Reply_To": str(mail["Message-ID"])}
    return a_mail(whole, number=number, to=str(mail["Reply-To"]), References=str(mail["Message-ID"]), **known)
