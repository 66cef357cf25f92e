"""Answers as mail: plain text and HTML from the same approved lines, in the thread, with links to vote."""

import re
from dataclasses import dataclass, replace
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP

import nh3

from bot.channels.email.texts import Words, fill_html
from bot.channels.email.tokens import Tokens, Vote
from bot.markdown import MARKDOWN, TAGS
from bot.outbound import StaffEmail

LONGEST_LINE = 990
"""No folding inside a Message-ID; SMTP's own limit is 998."""
LONGEST_SUBJECT = 150
MOST_REFERENCES = 20
NAME = "SmartMed Support"
_MESSAGE_ID = re.compile(r"<[!-;=?-~]{3,200}>")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
_LINK = re.compile(r"\[([^\]\n]+)\]\(([^)\s]+)\)")
_STRONG = re.compile(r"\*\*(.+?)\*\*")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")

Votes = list[tuple[str, str]]
"""What a link says, and where it leads."""


@dataclass(frozen=True)
class OutgoingMail:
    """What one mail says, to whom, and where in the thread."""

    outbox_id: int
    to: str
    conversation: str
    subject: str
    bodies: tuple[str, ...]
    choices: tuple[str, ...] = ()
    rated_ticket: int | None = None
    """The ticket that the reader is asked about."""
    rated_cycle: int = 0
    """Which of its resolutions."""
    in_reply_to: str = ""
    references: str = ""


def as_html(text: str) -> str:
    """Markdown as HTML that a mail program shows and never runs."""
    return nh3.clean(MARKDOWN.render(text), tags=TAGS, url_schemes={"http", "https", "tel", "mailto"})


def as_plain(text: str) -> str:
    """Markdown as people read it without a renderer: links in words, no marks of emphasis."""
    shown = _LINK.sub(lambda m: m[2] if m[1] == m[2] else f"{m[1]}: {m[2]}", text)
    return _ESCAPED.sub(r"\1", _STRONG.sub(r"\1", shown)).strip()


def one_line(text: str, longest: int) -> str:
    """A header's value or a name: no line break, so that no second header can begin, and nothing that turns letters around."""
    return " ".join(_CONTROL.sub(" ", text).split())[:longest]


def message_ids(text: str) -> list[str]:
    """The Message-IDs in a header, in order, the last twenty."""
    return _MESSAGE_ID.findall(text[-20_000:])[-MOST_REFERENCES:]


@dataclass(frozen=True)
class Composer:
    """Writes our mails. Each raises ValueError for an address that cannot be one."""

    tokens: Tokens
    words: Words
    base_url: str
    emergency_number: str

    def answer(self, letter: OutgoingMail, now: datetime) -> EmailMessage:
        """What was said in a conversation, in its thread."""
        return self._filled(self._headed(letter, now), letter)

    def waiting(self, letter: OutgoingMail, off: str, now: datetime) -> EmailMessage:
        """That an answer waits in the chat, with the link that stops such letters."""
        mail = self._headed(letter, now)
        mail["List-Unsubscribe"] = f"<{off}>"
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        link = f"[{self.words.texts['letters_off']}]({off})"
        return self._filled(mail, replace(letter, bodies=(*letter.bodies, link)))

    def to_staff(self, outbox_id: int, letter: StaffEmail, link: str, now: datetime) -> EmailMessage:
        """A letter to one of our own people, with the button that answers a page."""
        mail = EmailMessage(SMTP.clone(max_line_length=LONGEST_LINE))
        mail["From"] = f"{NAME} <{self.tokens.sender}>"
        mail["To"] = one_line(letter.to.address, 200)
        mail["Subject"] = one_line(letter.subject, LONGEST_SUBJECT)
        mail["Date"] = now
        mail["Message-ID"] = self.tokens.message_id(outbox_id)
        mail["Auto-Submitted"] = "auto-generated"
        mail["X-Auto-Response-Suppress"] = "All"
        button, footer = self.words.texts["acknowledge"], self.words.texts["staff_footer"]
        plain = [as_plain(letter.text), *([f"{button}: {link}"] if link else []), f"-- \n{footer}"]
        mail.set_content("\n\n".join(plain) + "\n", cte="quoted-printable")
        facts = {
            "subject": mail["Subject"],
            "text": as_html(letter.text),
            "link": link,
            "button": button,
            "footer": footer,
        }
        mail.add_alternative(fill_html("letter.html", facts), subtype="html", cte="quoted-printable")
        return mail

    def _headed(self, letter: OutgoingMail, now: datetime) -> EmailMessage:
        mail = EmailMessage(SMTP.clone(max_line_length=LONGEST_LINE))
        mail["From"] = f"{NAME} <{self.tokens.sender}>"
        mail["To"] = one_line(letter.to, 200)
        mail["Reply-To"] = self.tokens.reply_address(letter.conversation)
        mail["Subject"] = one_line(letter.subject, LONGEST_SUBJECT)
        mail["Date"] = now
        mail["Message-ID"] = self.tokens.message_id(letter.outbox_id)
        parent = message_ids(letter.in_reply_to)[-1:]
        chain = [known for known in message_ids(letter.references) if known not in parent] + parent
        if parent:
            mail["In-Reply-To"] = parent[0]
        if chain:
            mail["References"] = " ".join(chain[-MOST_REFERENCES:])
        mail["Auto-Submitted"] = "auto-replied"
        mail["X-Auto-Response-Suppress"] = "All"
        return mail

    def _filled(self, mail: EmailMessage, letter: OutgoingMail) -> EmailMessage:
        texts, votes = self.words.texts, self._votes(letter)
        mail.set_content(self._plain(letter, votes), cte="quoted-printable")
        facts = {
            "subject": mail["Subject"],
            "marker": texts["marker"],
            "parts": [as_html(body) for body in letter.bodies],
            "choices": letter.choices,
            "choices_head": texts["choices"],
            "votes": votes,
            "vote_question": texts["vote_question"],
            "footer": texts["footer"],
            "emergency": self._emergency,
        }
        mail.add_alternative(fill_html("mail.html", facts), subtype="html", cte="quoted-printable")
        return mail

    def _plain(self, letter: OutgoingMail, votes: Votes) -> str:
        texts = self.words.texts
        parts = [texts["marker"], *(as_plain(body) for body in letter.bodies)]
        if letter.choices:
            parts.append("\n".join([texts["choices"], *(f"- {choice}" for choice in letter.choices)]))
        if votes:
            parts.append("\n".join([texts["vote_question"], *(f"{label}: {url}" for label, url in votes)]))
        parts.append(f"-- \n{texts['footer']}\n{self._emergency}")
        return "\n\n".join(parts) + "\n"

    @property
    def _emergency(self) -> str:
        return self.words.texts["emergency"].format(emergency_number=self.emergency_number)

    def _votes(self, letter: OutgoingMail) -> Votes:
        if letter.rated_ticket is None:
            return []
        yes = Vote(letter.conversation, letter.rated_ticket, True, letter.rated_cycle)
        votes = {"vote_yes": yes, "vote_no": replace(yes, helpful=False)}
        links = {label: f"{self.base_url}/votes/{self.tokens.vote(vote)}" for label, vote in votes.items()}
        return [(self.words.texts[label], link) for label, link in links.items()]
