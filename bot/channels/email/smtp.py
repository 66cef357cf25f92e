"""The mail server that sends: one mail handed over, and what its answer means for the row."""

import re
import smtplib
import ssl
from contextlib import suppress
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from bot.outbound import SendFailed

SECONDS = 20
SIGN_IN = frozenset({530, 534, 535, 538})
"""The server wants us to sign in, or to do it otherwise."""
SENDER_REFUSED = "smtp_sender"
_SENDER = re.compile(rb"(?:^|\s)5\.(?:1\.[78]|7\.64)\b|sender address rejected", re.IGNORECASE)
"""Our address, or our account, may not send; other words on senders can be the reader's own policy."""
_RELAY = re.compile(rb"relay(?:ing)? (?:access )?(?:is )?(?:not permitted|denied)|unable to relay", re.IGNORECASE)
"""The server does not pass letters on: for us, or to this reader alone. It is tried again for a while."""
_LARGE = re.compile(rb"^\s*5\.3\.4\b")
OVERSIZE = frozenset({523, 552})
PERMANENT = frozenset({501, 523, 550, 551, 552, 553, 554, 555, 556})
PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}


class Smtp:
    """A mail server: smtp://, smtp+starttls:// or smtps://, with user:password@ where it asks for them."""

    def __init__(self, url: str, seconds: float = SECONDS) -> None:
        parts = urlsplit(url)
        if parts.scheme not in PORTS or not parts.hostname:
            raise ValueError("SMTP_URL: write smtp://, smtp+starttls:// or smtps://, then the server's name")
        self._scheme, self._host, self._seconds = parts.scheme, parts.hostname, seconds
        self._port = parts.port or PORTS[parts.scheme]
        self._user, self._password = unquote(parts.username or ""), unquote(parts.password or "")

    def post(self, mail: EmailMessage, sender: str, to: str) -> None:
        """Hand over one mail; raises SendFailed. What happens after the server took it does not count."""
        try:
            server = self._opened()
            try:
                self._secure(server)
                server.send_message(mail, from_addr=sender, to_addrs=[to])
                with suppress(smtplib.SMTPException, OSError):
                    server.quit()
            finally:
                server.close()
        except (smtplib.SMTPException, OSError, ValueError) as error:
            raise as_failure(error) from error

    def greet(self) -> None:
        """Sign in and go; raises SendFailed."""
        try:
            server = self._opened()
            try:
                server.ehlo()
                self._secure(server)
                server.noop()
            finally:
                server.close()
        except (smtplib.SMTPException, OSError) as error:
            raise as_failure(error) from error

    def _opened(self) -> smtplib.SMTP:
        if self._scheme == "smtps":
            context = ssl.create_default_context()
            return smtplib.SMTP_SSL(self._host, self._port, timeout=self._seconds, context=context)
        return smtplib.SMTP(self._host, self._port, timeout=self._seconds)

    def _secure(self, server: smtplib.SMTP) -> None:
        if self._scheme == "smtp+starttls":
            server.starttls(context=ssl.create_default_context())
        if self._user:
            server.login(self._user, self._password)


def as_failure(error: Exception) -> SendFailed:
    """What an error means for the row; its code names no address and no word of the mail."""
    for code, words in _answers(error):
        if isinstance(error, smtplib.SMTPAuthenticationError) or code in SIGN_IN:
            return SendFailed(f"smtp_{code}", mend="way")
        if _of_sender(error, code, words):
            return SendFailed(SENDER_REFUSED, mend="way")
        relay = _RELAY.search(words) is not None
        return SendFailed(f"smtp_{code}", permanent=code in PERMANENT and not relay, refused=relay)
    cannot = isinstance(error, ValueError | smtplib.SMTPNotSupportedError)
    gone = isinstance(error, smtplib.SMTPServerDisconnected) or not isinstance(error, smtplib.SMTPException)
    return SendFailed(type(error).__name__, permanent=cannot, unreached=gone and isinstance(error, OSError))


def _answers(error: Exception) -> list[tuple[int, bytes]]:
    """What the server answered, by code and words; nothing where it did not."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return list(error.recipients.values()) or [(0, b"")]
    return [(error.smtp_code, _bytes(error.smtp_error))] if isinstance(error, smtplib.SMTPResponseException) else []


def _bytes(words: bytes | str) -> bytes:
    return words.encode("utf-8", "replace") if isinstance(words, str) else words


def _of_sender(error: Exception, code: int, words: bytes) -> bool:
    """True where every letter would be refused: our address may not send, or not by this server. Many servers say so only
    when they hear for whom a letter is. A letter that is too large is refused for itself."""
    large = code in OVERSIZE or _LARGE.match(words) is not None
    refused = isinstance(error, smtplib.SMTPSenderRefused) and not large
    return 500 <= code < 600 and (refused or _SENDER.search(words) is not None)
