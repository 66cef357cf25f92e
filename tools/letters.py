"""Everything that four people read within two days, to be read aloud: `python -m tools.letters` writes `docs/letters.md`. The real
product on a clock of its own; nobody answers for a day, then a person does, and settles it."""

import os
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from pathlib import Path

from bot.actions import staff
from bot.actions.deliver import deliver
from bot.actions.deps import Deps
from bot.actions.receive import Incoming, open_conversation, receive
from bot.actions.sweep.sweep import sweep
from bot.channels.email.incoming import Intake
from bot.channels.email.outgoing import EmailSender
from bot.channels.email.parse import read_mail
from bot.channels.email.tokens import Tokens
from bot.mind import HELP, Mind, build_mind, open_the_encoder
from bot.storage import conversations, tickets
from bot.storage.columns import Keys
from bot.storage.database import open_database, reading_sessions_of, sessions_of
from bot.storage.migrate import migrate
from bot.storage.tables import ConversationRow
from bot.understanding.articles import DEFAULT as ARTICLES
from bot.understanding.intents.catalog import DEFAULT as INTENTS
from handoff.data_files import cache_folder
from handoff.hours import zone_of
from handoff.policy.loading import load_policy
from handoff.policy.model import Policy
from handoff.ticket import Resolution, User
from tests.channels.email_post import MARIA as ADDRESS
from tests.channels.email_post import Post, settings_for
from tests.makers import ALEX, NINE

DOCUMENT = Path(__file__).resolve().parents[1] / "docs" / "letters.md"
APP, MAIL = "in_app_chat", "email"
CHANNELS = {APP: "In the app, and then away from it", MAIL: "By e-mail"}
QUARTER, HOUR, DAYS = timedelta(minutes=15), timedelta(hours=1), timedelta(days=2)
ANSWERED, SETTLED = timedelta(hours=26), timedelta(hours=30)
REPLY = "Hello Maria, this is Alex. I have read what you wrote and am looking into it now."


_SIGNED = re.compile(r"(http://desk\.test/\w+)/[\w.=-]+")
"""Addresses that hold a word of ours, another one each time."""
ABOUT = (
    "Made by `python -m tools.letters`: the real product on a clock of its own, from a Monday at nine. Nobody answers for a day;",
    "then a person does, and settles it. Read it aloud after every change of a letter: nothing may contradict what was said before,",
    "repeat itself, or tell of a time that nobody keeps. What of it can be held by a test is in `tests/channels/test_two_days.py`.",
)


@dataclass(frozen=True)
class Person:
    """Somebody with a trouble: what it is called here, and what they write, one message after the other until people have it."""

    name: str
    writes: tuple[str, ...]
    settled: str


PEOPLE = (
    Person(
        "Chest pain",
        ("I have chest pain and can't breathe, and the app won't load",),
        "We spoke with you on the phone, and the app opens for you again.",
    ),
    Person(
        "A hacked account",
        ("someone hacked my account and changed my e-mail address",),
        "We put your own address back and signed every device out.",
    ),
    Person("A lost record", ("all my records are gone since the update",), "Your records are all there again."),
    Person(
        "A plain question",
        ("my prescription pdf will not download", "no", "no", "skip", "skip", "skip"),
        "We made the file anew, and it opens for you.",
    ),
)


def moments() -> list[timedelta]:
    """When the worker looks: each quarter of an hour at first, later each hour, and when a person has done something."""
    first = {number * QUARTER for number in range(9)}
    later = {QUARTER + number * HOUR for number in range(int(DAYS / HOUR))}
    return sorted(first | later | {deed + more for deed in (ANSWERED, SETTLED) for more in (0 * HOUR, QUARTER)})


@dataclass
class TwoDays:
    """What one person wrote and read, in order: when, by what way, who says it, and the words."""

    deps: Deps
    post: Post
    intake: Intake
    channel: str
    read: list[tuple[datetime, str, str, str]] = field(default_factory=list)
    _lines = _mails = 0

    def live(self, person: Person) -> None:
        """From the first words to the end of the second day."""
        told = iter(person.writes)
        if self.channel == APP:
            open_conversation(self.deps, self.user, APP, NINE)
        for after in moments():
            at = NINE + after
            if (words := next(told, "")) and not (after and self._number()):
                self._write(words, at)
            self._staff(at, person.settled)
            self._time_passes(at)

    @property
    def user(self) -> User:
        """Maria, as the app has signed her in."""
        return User("u-maria", "Maria Lopez", ADDRESS, "patient", zone="America/New_York", verified=True)

    def _write(self, words: str, at: datetime) -> None:
        self.read.append((at, "", "Maria", words))
        if self.channel == APP:
            receive(self.deps, Incoming(self.user, APP, words), at)
            return
        head = f"From: Maria Lopez <{ADDRESS}>\r\nSubject: Help\r\nMessage-ID: <{at:%H%M}@maria.example>\r\n"
        head += f"To: {self._reply_to()}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
        self.intake.take_in(read_mail(message_from_bytes((head + words).encode()), "support", ""), at)

    def _reply_to(self) -> str:
        return str(self.post.taken[-1][2]["Reply-To"]) if self.post.taken else "support@smartmed.com"

    def _staff(self, at: datetime, settled: str) -> None:
        number = self._number()
        if number and at - NINE == ANSWERED:
            staff.reply(staff.Command(self.deps, number, ALEX, at), REPLY)
        if number and at - NINE == SETTLED:
            done = Resolution(settled, findings="Looked at with the user.")
            staff.resolve(staff.Command(self.deps, number, ALEX, at), done)

    def _time_passes(self, at: datetime) -> None:
        self._note_lines(at)
        sweep(self.deps, at)
        self._note_lines(at)
        while deliver(self.deps, at):
            pass
        for _, to, mail in self.post.taken[self._mails :]:
            if ADDRESS in to:
                self.read.append((at, "mail", str(mail["Subject"]), _words(mail)))
        self._mails = len(self.post.taken)

    def _note_lines(self, at: datetime) -> None:
        row = self._row()
        if self.channel != APP or row is None:
            return
        with self.deps.reading.begin() as db:
            lines = conversations.transcript(db, row.id, self._lines)
        for line in lines:
            if not line.by_user:
                labels = " ".join(f"[{button['label']}]" for button in line.buttons)
                self.read.append((at, "chat", line.author, f"{line.body}\n\n{labels}".strip()))
            self._lines = line.number

    def _row(self) -> ConversationRow | None:
        with self.deps.reading.begin() as db:
            return next(iter(db.query(ConversationRow).order_by(ConversationRow.id)), None)

    def _number(self) -> int:
        with self.deps.reading.begin() as db:
            found = tickets.queue(db) or tickets.queue(db, tickets.Wanted(over=True))
        return found[-1].number if found else 0


def _words(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    return str(body.get_content()).strip() if body else ""


def two_days(person: Person, channel: str, policy: Policy, mind: Mind, folder: Path) -> TwoDays:
    """What this person reads by this channel, with a database and a mail server of its own."""
    engine = open_database(f"sqlite:///{folder / 'letters.db'}")
    migrate(engine)
    post = Post()
    try:
        settings = settings_for(policy, folder, post.url, "")
        sessions = sessions_of(engine)
        senders = {"email": EmailSender(settings, policy, sessions)}
        deps = Deps(sessions, reading_sessions_of(engine), policy, lambda: mind.assistant, "https://desk.smartmed.com")
        whole = replace(deps, senders=senders)
        lived = TwoDays(whole, post, Intake(whole, Tokens(settings.signing_key("mail"), settings.mail_from)), channel)
        lived.live(person)
    finally:
        post.close()
        engine.dispose()
    return lived


def main() -> None:
    """Write the document anew."""
    Keys.use([b"x" * 43 + b"="])
    policy = load_policy()
    encoder, _ = open_the_encoder(os.environ)
    mind = build_mind(policy, INTENTS, ARTICLES, encoder, cache_folder(os.environ), HELP, NINE.date())
    DOCUMENT.write_text("\n".join(_document(policy, mind)) + "\n", encoding="utf-8")


def _document(policy: Policy, mind: Mind) -> Iterator[str]:
    yield "# What people read within two days"
    yield ""
    yield from ABOUT
    for person in PEOPLE:
        for channel, title in CHANNELS.items():
            with tempfile.TemporaryDirectory() as folder:
                lived = two_days(person, channel, policy, mind, Path(folder))
            yield f"\n## {person.name}. {title}"
            yield from _told(lived, policy)


def _told(lived: TwoDays, policy: Policy) -> Iterator[str]:
    for at, way, who, words in lived.read:
        time = f"{at.astimezone(zone_of('America/New_York', policy.hours.zone)):%a %-I:%M %p}"
        how = f"a mail: {who}" if way == "mail" else who
        yield f"\n**{time}, {how}**\n"
        yield "\n".join(f"> {line}".rstrip() for line in _SIGNED.sub(r"\1/…", words).splitlines())


if __name__ == "__main__":
    main()
