"""Signed words that lead a mail or a click back to its conversation: in the reply address, the Message-ID, the links."""

import hmac
import re
from base64 import b32decode, b32encode
from binascii import Error as NotBase32
from dataclasses import dataclass
from email.utils import parseaddr
from hashlib import sha256

from itsdangerous import BadSignature, URLSafeSerializer, URLSafeTimedSerializer

LONGEST_LOCAL_PART = 64
ID_LETTERS, MARK_LETTERS = 26, 16
VOTE_LASTS_SECONDS = 30 * 24 * 3600
CALL_LASTS_SECONDS = 3 * 24 * 3600
_OURS = re.compile(r"<outbox-(\d{1,18})\.([a-z2-7]{16})@([^<>\s@]+)>", re.IGNORECASE)


@dataclass(frozen=True)
class Vote:
    """What a link under a resolution says when it is confirmed."""

    conversation: str
    ticket: int
    helpful: bool
    cycle: int = 0
    """Which resolution of the ticket it is about; 0 in links that were made before this was told."""


@dataclass(frozen=True)
class Call:
    """Whom the link of a page lets say that they are on it: a ticket, and a contact of the guide."""

    ticket: int
    contact: str


class Tokens:
    """Makes and reads the signed words; `sender` is our own address."""

    def __init__(self, key: str, sender: str) -> None:
        self._key = key
        self.sender = parseaddr(sender)[1]
        self._local, _, self.domain = self.sender.rpartition("@")
        self._votes = URLSafeTimedSerializer(key, salt="votes")
        self._calls = URLSafeTimedSerializer(key, salt="calls")
        self._letters = URLSafeSerializer(key, salt="letters")

    def reply_address(self, conversation: str) -> str:
        """Our address for answers to this conversation; letters and digits only, as some servers fold the case."""
        packed = _base32(bytes.fromhex(conversation))
        local = f"{self._local}+{packed}{self._mark('reply', conversation)}"
        return f"{local}@{self.domain}" if len(local) <= LONGEST_LOCAL_PART else self.sender

    def conversation_of(self, address: str) -> str | None:
        """The public id in such an address, or None when there is none or it is not signed by us."""
        local, _, domain = address.strip().lower().rpartition("@")
        word = local.removeprefix(f"{self._local.lower()}+")
        if domain != self.domain.lower() or word == local or len(word) != ID_LETTERS + MARK_LETTERS:
            return None
        try:
            conversation = b32decode(word[:ID_LETTERS].upper() + "======").hex()
        except (NotBase32, ValueError):
            return None
        return conversation if self._is_mark(word[ID_LETTERS:], "reply", conversation) else None

    def is_ours(self, address: str) -> bool:
        """True for our own address, with a signed word in it or without."""
        local, _, domain = address.strip().lower().rpartition("@")
        return domain == self.domain.lower() and local.partition("+")[0] == self._local.lower()

    def message_id(self, outbox_id: int) -> str:
        """The Message-ID of the mail for this row of the outbox: the same for every try."""
        return f"<outbox-{outbox_id}.{self._mark('mail', str(outbox_id))}@{self.domain}>"

    def outbox_ids(self, header: str) -> list[int]:
        """The rows whose Message-IDs stand in a header, the last one first."""
        found = [m for m in _OURS.finditer(header[-20_000:]) if m[3].lower() == self.domain.lower()]
        return [int(m[1]) for m in reversed(found) if self._is_mark(m[2].lower(), "mail", m[1])]

    def vote(self, vote: Vote) -> str:
        """The word in the link under a resolution."""
        return str(self._votes.dumps([vote.conversation, vote.ticket, vote.helpful, vote.cycle]))

    def vote_of(self, word: str) -> Vote | None:
        """What the link says; None when it is not ours or older than thirty days."""
        try:
            conversation, ticket, helpful, *cycle = self._votes.loads(word, max_age=VOTE_LASTS_SECONDS)
        except BadSignature:
            return None
        return Vote(conversation, ticket, helpful, *cycle)

    def call(self, call: Call) -> str:
        """The word in the link of a page."""
        return str(self._calls.dumps([call.ticket, call.contact]))

    def call_of(self, word: str) -> Call | None:
        """Which page the link answers; None when it is not ours or older than three days."""
        try:
            ticket, contact = self._calls.loads(word, max_age=CALL_LASTS_SECONDS)
        except BadSignature:
            return None
        return Call(ticket, contact)

    def letters(self, conversation: str) -> str:
        """The word in the link under a letter that an answer waits; good for ever, as a wish to be left alone is."""
        return str(self._letters.dumps(conversation))

    def letters_of(self, word: str) -> str | None:
        """Whose letters are meant, by their conversation; None when it is not ours."""
        try:
            return str(self._letters.loads(word))
        except BadSignature:
            return None

    def _mark(self, purpose: str, value: str) -> str:
        return _base32(hmac.digest(self._key.encode(), f"{purpose} {value}".encode(), sha256)[:10])

    def _is_mark(self, mark: str, purpose: str, value: str) -> bool:
        return hmac.compare_digest(mark.encode(), self._mark(purpose, value).encode())


def _base32(raw: bytes) -> str:
    return b32encode(raw).decode().rstrip("=").lower()
