"""A mail as it came, made readable: who, which thread, what is new in it, and whether a machine wrote it."""

from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from hashlib import sha256

from bot.actions.receive import MOST_CHARACTERS
from bot.channels.email.authentication import Proof, proof
from bot.channels.email.auto_generated import BOUNCE, machine, returned
from bot.channels.email.charsets import header_text
from bot.channels.email.compose import message_ids, one_line
from bot.channels.email.headers import Mailbox, addresses, header, mailboxes, only_one, raw_headers
from bot.channels.email.markers import load_markers
from bot.channels.email.mime_parts import TOO_LARGE, TOO_LONG, Content, File, content_of, kept_files
from bot.channels.email.quotes import new_words, of_others
from bot.understanding.text.typed import displayable

LONGEST_READ = 40_000
ARRIVED_AT = ("Delivered-To", "X-Original-To", "Envelope-To", "To", "Cc")


@dataclass(frozen=True)
class Mail:
    """What one mail says."""

    address: str
    """Who sent it, as a mail server can prove; empty when the sender is no address, or not one."""
    name: str
    subject: str
    text: str
    message_id: str
    parents: tuple[str, ...]
    """Message-IDs that this one answers, the nearest last."""
    recipients: tuple[str, ...]
    files: tuple[File, ...]
    machine: str = ""
    """Why this was not written by a person to us, as auto_generated.py says; empty for a person's mail."""
    returned: tuple[str, ...] = ()
    """Message-IDs of the mails that a bounce brings back."""
    reply_to: str = ""
    """Where an answer goes, when the writer wants it elsewhere than to the sender."""
    proof: Proof = "unknown"
    rest: str = ""
    """What stands after the first four thousand characters."""
    quoted: str = ""
    """What it quotes of somebody else's mail, under which the writer may have typed: kept beside, and heard for danger."""
    unread: tuple[str, ...] = ()
    """Types of parts in which words may be that we cannot read."""

    @property
    def key(self) -> str:
        """Its name among all mails: the same Message-ID with other words is another mail."""
        said = (self.message_id, self.address, self.reply_to, self.subject, self.text, self.rest)
        files = [(file.name, sha256(file.content).hexdigest()) for file in self.files]
        return sha256(repr((said, files)).encode("utf-8", "replace")).hexdigest()[:40]

    @property
    def answer_to(self) -> str:
        """The address that an answer goes to."""
        return self.reply_to or self.address

    @property
    def is_reply(self) -> bool:
        """True when its subject or headers say that it answers something, or passes something on."""
        signs = load_markers()
        return bool(self.parents or signs.is_reply.match(self.subject) or signs.is_forward.match(self.subject))


def read_mail(message: Message, marker: str, authserv_id: str = "", *, whole: bool = True) -> Mail:
    """The mail in these parts; bad charsets and broken headers are read as well as they can be. `authserv_id`: the name of the
    mail server whose word on the sender is believed. Not `whole`: the headers alone were fetched."""
    sender, writer = _people(message)
    subject = one_line(displayable(header(message, "Subject")), 300)
    parents = tuple(message_ids(f"{header(message, 'References')} {header(message, 'In-Reply-To')}"))
    content = content_of(message) if whole else Content(unread=[TOO_LARGE])
    said, quoted = _words(content, subject, marker, answers=bool(parents))
    kind = machine(message, sender.address, subject, answers=bool(parents), has_words=bool(content.text.strip()))
    return Mail(
        address=sender.address,
        name=writer.name or sender.name,
        subject=subject,
        text=said[:MOST_CHARACTERS].strip(),
        message_id=(message_ids(header(message, "Message-ID")) or [_made_up_id(message, content)])[0],
        parents=parents,
        recipients=tuple(addresses(message, ARRIVED_AT)),
        files=tuple(_files(content)),
        machine=kind,
        returned=tuple(dict.fromkeys(returned(message))) if kind == BOUNCE else (),
        reply_to=writer.address if writer.address != sender.address else "",
        proof=proof(raw_headers(message, "Authentication-Results"), authserv_id, sender.address.rpartition("@")[2]),
        rest=said[MOST_CHARACTERS:].strip(),
        quoted=quoted,
        unread=tuple(dict.fromkeys(content.unread)),
    )


def _people(message: Message) -> tuple[Mailbox, Mailbox]:
    """Who sent the mail, and who wants the answer: another one where a form or a group sends what somebody wrote."""
    sender = only_one(mailboxes(message, "From"))
    for name in ("Reply-To", "X-Original-From"):
        writer = only_one(mailboxes(message, name))
        if writer.address:
            return sender, writer
    return sender, sender


def _words(content: Content, subject: str, marker: str, *, answers: bool) -> tuple[str, str]:
    """What is new in the mail, and after it what was attached as a mail; and what it quotes of somebody else's."""
    signs = load_markers()
    passes_on = signs.is_forward.match(subject) is not None
    replies = answers or signs.is_reply.match(subject) is not None
    if len(content.text) > LONGEST_READ:
        content.unread.append(TOO_LONG)
    text = content.text[:LONGEST_READ]
    own = new_words(text, marker, answers=replies, passes_on=passes_on)
    quoted = of_others(text, marker, answers=replies, passes_on=passes_on)
    said = "\n\n".join(part for part in (own, *content.passed_on) if part)[:LONGEST_READ]
    return said, "" if quoted in own else quoted


def _files(content: Content) -> Iterator[File]:
    """A picture in the design of a mail with words is a decoration; the only thing in a mail never is."""
    for file in kept_files(content.files):
        yield file if content.text.strip() else File(file.name, file.content)


def _made_up_id(message: Message, content: Content) -> str:
    """The same for the same mail, when it brings no Message-ID."""
    parts = [
        header_text(raw) for name in ("From", "Date", "Subject", "Received") for raw in raw_headers(message, name)[:1]
    ]
    return f"<{sha256(repr((parts, content.text)).encode('utf-8', 'replace')).hexdigest()}@none>"
