"""Who somebody is by mail: nobody speaks as another, nobody goes unanswered for a name, nothing of a stranger's goes out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from email import message_from_bytes
from email.header import Header
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.actions import staff
from bot.actions.deliver import deliver
from bot.actions.deps import Deps
from bot.actions.receive import Incoming, open_conversation, receive
from bot.channels.email.compose import as_html
from bot.channels.email.incoming import Intake, Taken
from bot.channels.email.limits import MOST_STRANGERS
from bot.channels.email.parse import read_mail
from bot.channels.email.proof import proof
from bot.channels.email.quiet import MOST_AN_HOUR as MOST_QUIET
from bot.channels.email.texts import load_email_words
from bot.channels.email.tokens import Tokens
from bot.config import SettingsError, load_settings
from bot.mind import Mind
from bot.storage import tickets
from bot.storage.database import open_database, reading_sessions_of, sessions_of
from bot.storage.migrate import migrate
from bot.storage.tables import AttachmentRow, ConversationRow, MessageRow, OutboxRow, TicketRow
from bot.wiring import HOME
from handoff.names import plain_name
from handoff.policy import Policy
from handoff.ticket import Ticket, User
from tests.channels.email_post import MARIA
from tests.channels.test_email_mails import OURS, the_mail
from tests.makers import ALEX, NINE

MARKER = load_email_words().texts["marker"]
TOKENS = Tokens("k" * 40, "support@smartmed.com")
SERVER = "mx.smartmed.com"
LOG_IN = "I cannot log in to my account, it says invalid email or password."
CHEST = "I have chest pain and cannot breathe."
EVIL = '"[Confirm your SmartMed account](https://evil.example/login)" <victim@hospital.example>'


@dataclass
class Desk:
    """The mailbox' inside, on a clock of the test's own."""

    deps: Deps
    intake: Intake
    now: datetime = NINE
    number: int = 0

    def gets(self, text: str, sender: str, *heads: str, later: float = 10, to: str = "support@smartmed.com") -> Taken:
        """A mail comes in."""
        self.number += 1
        subject = () if any(head.startswith("Subject") for head in heads) else ("Subject: Help",)
        lines = [f"From: {sender}", f"To: {to}", *subject, f"Message-ID: <{self.number}@x.example>", *heads]
        head = "\r\n".join([*lines, "Content-Type: text/plain; charset=utf-8"])
        return self.takes(f"{head}\r\n\r\n{text}".encode(), later)

    def takes(self, raw: bytes, later: float = 10) -> Taken:
        """A mail comes in as it is."""
        self.now += timedelta(seconds=later)
        return self.intake.take_in(read_mail(message_from_bytes(raw), MARKER, SERVER), self.now)

    def rows(self, table: Any) -> list[Any]:
        """Every row, in order."""
        with self.deps.reading.begin() as db:
            return list(db.scalars(select(table).order_by(*table.__table__.primary_key)))

    def written_to(self) -> set[str]:
        """Whom we wrote to."""
        return {row.address for row in self.rows(OutboxRow) if row.channel == "email"}

    def people(self) -> list[Ticket]:
        """The tickets."""
        return [tickets.ticket_of(row) for row in self.rows(TicketRow)]

    def said(self, person: str) -> list[str]:
        """What stands in the conversations of a person as their own words."""
        mine = [row.id for row in self.rows(ConversationRow) if row.user_id == person]
        return [row.body for row in self.rows(MessageRow) if row.said_by == "user" and row.conversation_id in mine]

    def reply_address(self) -> str:
        """Where an answer to the last letter goes."""
        return TOKENS.reply_address(self.rows(ConversationRow)[-1].public_id)


@pytest.fixture
def desk(policy: Policy, mind: Mind, tmp_path: Path) -> Iterator[Desk]:
    engine = open_database(f"sqlite:///{tmp_path / 'mail.db'}")
    migrate(engine)
    deps = Deps(sessions_of(engine), reading_sessions_of(engine), policy, lambda: mind.assistant, "http://desk.test")
    yield Desk(deps, Intake(deps, TOKENS))
    engine.dispose()


def a_result(result: str, server: str = SERVER) -> str:
    """What a mail server found."""
    return f"Authentication-Results: {server}; {result}"


SPOOFED = [
    "=?utf-8?b?bWFyaWFAZXhhbXBsZS5jb20=?= <eve@evil.example>",
    "=?utf-8?Q?Maria_=3Cmaria=40example.com=3E?= <eve@evil.example>",
    "=?utf-8?Q?maria=40example=2Ecom?= <eve@evil.example>",
    "=?utf-8?Q?maria@example.com?= <eve@evil.example>",
    "=?utf-8?Q?maria=40example.com=2C?= <eve@evil.example>",
    '"maria@example.com" <eve@evil.example>',
    '"Maria <maria@example.com>" <eve@evil.example>',
    '"a\\" <maria@example.com>" <eve@evil.example>',
    "maria@example.com <eve@evil.example>",
    "<maria@example.com> <eve@evil.example>",
    "maria@example.com, eve@evil.example",
    "eve@evil.example (maria@example.com)",
    "(maria@example.com) eve@evil.example",
    "(<maria@example.com>) <eve@evil.example>",
    "=?utf-8?q?=22maria=40example.com=22?= <eve@evil.example>",
    "=?utf-7?Q?+AG0-aria=40example.com?= <eve@evil.example>",
    "=?iso-2022-jp?B?bWFyaWFAZXhhbXBsZS5jb20=?= <eve@evil.example>",
    "<@evil.example,@x:eve@evil.example>",
    "maria@example.com\r\nFrom: eve@evil.example",
    "eve@evil.example\r\nFrom: maria@example.com",
    "=?utf-8?q?maria=40example=2Ecom=0A?= <eve@evil.example>",
    "eve@evil.example\r\nX-Original-From: maria@example.com",
    "eve@evil.example\r\nReply-To: Maria <maria@example.com>",
    "Support <support@smartmed.com>\r\nReply-To: maria@example.com",
]


@pytest.mark.parametrize("sender", SPOOFED)
def test_no_header_lets_a_stranger_speak_in_the_conversation_of_another(desk: Desk, sender: str) -> None:
    desk.gets(LOG_IN, f"Maria <{MARIA}>")
    before = desk.said(f"mail:{MARIA}")
    desk.gets("Please change my address to Evil Street.", sender)
    assert desk.said(f"mail:{MARIA}") == before
    assert any("Evil Street" in row.body for row in desk.rows(MessageRow))


FIRST = ["Jörg", "Müller", "Ανδρέας", "Иван", "יוסי", "太郎", "María", "Žofie", "Łukasz", "Søren"]
LAST = ["Müller,", "Ñandú", "O’Brien", "Straße,", "Lopez,", "Nguyễn", "d’Arc", "Žák,", "山田", "(Praxis)"]
CHARSETS = ("utf-8", "iso-8859-1", "windows-1250", "koi8-r", "iso-2022-jp")


def as_written(name: str, charset: str) -> str:
    """A name as a mail program writes it into a header."""
    try:
        return Header(name, charset).encode()
    except UnicodeEncodeError:
        return Header(name, "utf-8").encode()


def test_two_hundred_names_in_five_charsets_are_all_answered_by_mails_to_them(desk: Desk) -> None:
    addresses = []
    for number in range(200):
        first, last = FIRST[number % 10], LAST[(number // 10) % 10]
        name = f"{last} {first}" if "," in last else f"{first} {last}"
        addresses.append(f"p{number}@clinic.example")
        sender = f"{as_written(name, CHARSETS[number % 5])} <{addresses[-1]}>"
        assert desk.gets(LOG_IN, sender, later=120) == Taken()
    assert desk.written_to() == set(addresses)
    authors = {row.author for row in desk.rows(MessageRow) if row.said_by == "user"}
    assert {"Müller, Jörg", "Lopez, Žofie", "太郎 山田"} <= authors


@pytest.mark.parametrize(
    "sender", ["=?utf-8?b?####?=", "=?no-such?Q?=FF=FE?=", "=?utf-8?Q?=FF=FE=00?=", "\\", '"', "(", ","]
)
def test_a_name_that_cannot_be_read_never_loses_the_mail(desk: Desk, sender: str) -> None:
    assert desk.gets(LOG_IN, f"{sender} <{MARIA}>") == Taken()
    assert desk.written_to() == {MARIA}


@pytest.mark.parametrize(
    "sender", ["", "undisclosed-recipients:;", "Maria", '"a b"@x.example', "ada@x.example, bo@x.example"]
)
def test_a_mail_of_nobody_certain_is_a_ticket_and_no_answer(desk: Desk, sender: str) -> None:
    taken = desk.gets(LOG_IN, sender)
    assert taken.to_look_at and taken.silent == "no_address"
    assert [ticket.flags[-1] for ticket in desk.people()] == ["sender_not_readable"]
    assert [row.body for row in desk.rows(MessageRow)] == [f"Help\n\n{LOG_IN}"]
    assert not desk.rows(OutboxRow)
    desk.gets("Another person", sender)
    assert len(desk.people()) == 2


@pytest.mark.parametrize(
    "name", [EVIL, "<b>x</b> www.evil.example <victim@hospital.example>", "evil.example/login <victim@x.example>"]
)
def test_a_link_in_a_name_never_goes_out_and_never_is_live_at_the_desk(desk: Desk, name: str) -> None:
    desk.gets("I want to talk to a person", name)
    for _ in range(5):
        desk.gets("skip", name)
    ours = [row.body for row in desk.rows(MessageRow) if row.said_by != "user"]
    assert ours and not any("evil.example" in body or "](" in body.split("help.smartmed")[0] for body in ours)


@pytest.mark.parametrize(
    ("name", "spoken"),
    [
        ("Maria Lopez", "Maria Lopez"),
        ("Müller, Anna", "Müller, Anna"),
        ("Jörg Müller (Praxis)", "Jörg Müller Praxis"),
        ("O’Brien-Smith", "O’Brien-Smith"),
        ("Dr.Müller", "Dr. Müller"),
        ("J.R. Ewing Jr.", "J. R. Ewing Jr."),
        ("山田太郎", "山田太郎"),
        ("**Maria**", "Maria"),
        ("Maria_Lopez", "Maria Lopez"),
        ("evil.com", "evil. com"),
        ("３vil．com", "3vil. com"),
        ("[click](x)", "click x"),
        ("# Heading", "Heading"),
        ("https://evil.example", ""),
        ("eve@evil.example", ""),
        ("www.evil.example", ""),
        ("Call +1 555 123 4567", ""),
        ("Your account will be closed unless you confirm", ""),
        ("😀", ""),
        ("", ""),
    ],
)
def test_a_name_stands_in_a_sentence_as_letters_alone(name: str, spoken: str) -> None:
    assert plain_name(name) == spoken


@pytest.mark.parametrize(
    "words",
    ["[Confirm my account](evil-login) please", "![x](evil-login) my account", "[Confirm it](https://evil.example/)"],
)
def test_a_link_in_the_first_words_is_none_in_the_letter_about_the_ticket(desk: Desk, words: str) -> None:
    for text in (words, "I want to talk to a person", *["skip"] * 6):
        desk.gets(text, MARIA, "Subject: Re: x")
    letters = [as_html(row.body) for row in desk.rows(MessageRow) if row.kind == "initial_response"]
    assert letters and not any(
        "evil" in target for letter in letters for target in re.findall(r"(?:href|src)=\"([^\"]*)", letter)
    )


def test_a_signed_in_name_greets_as_letters_alone(desk: Desk) -> None:
    eve = User("u-eve", "[Confirm your account](https://evil.example)", "eve@x.example")
    row = open_conversation(desk.deps, eve, "in_app_chat", NINE)
    receive(desk.deps, Incoming(eve, "in_app_chat", "I want to talk to a person", conversation=row.public_id), NINE)
    assert not any("evil.example" in line.body for line in desk.rows(MessageRow) if line.said_by == "bot")


@pytest.mark.parametrize(
    ("results", "found"),
    [
        (["dmarc=pass header.from=x.example"], "proven"),
        (["dmarc=fail (p=none dis=none) header.from=x.example"], "failed"),
        (["dkim=pass header.d=x.example; dmarc=fail"], "failed"),
        (["spf=pass smtp.mailfrom=a@mail.x.example; dmarc=none"], "proven"),
        (["dkim=pass header.i=@x.example"], "proven"),
        (["dkim=pass header.d=evil.example; spf=fail smtp.mailfrom=a@x.example"], "failed"),
        (["dkim=pass header.d=example; spf=hardfail smtp.mailfrom=a@x.example"], "failed"),
        (["spf=softfail smtp.mailfrom=a@x.example"], "unknown"),
        (["none"], "unknown"),
        ([], "unknown"),
        (['dkim=fail reason="x; dmarc=pass" header.d=x.example'], "failed"),
        (["dmarc=fail", "dmarc=pass"], "failed"),
        (["dmarc=pass", "dmarc=fail"], "failed"),
        (["spf=neutral (dmarc=pass (nested; dmarc=pass) ) smtp.mailfrom=x; dmarc=fail"], "failed"),
        (["DMARC = FAIL"], "failed"),
        (["dmarc/1=fail"], "failed"),
    ],
)
def test_our_own_server_says_whether_a_sender_is_proven(results: list[str], found: str) -> None:
    assert proof([f"{SERVER} 1; {result}" for result in results], SERVER, "x.example") == found
    assert proof([f"mx.evil.example; {result}" for result in results], SERVER, "x.example") == "unknown"
    assert proof([f"{SERVER}; {result}" for result in results], "", "x.example") == "unknown"


def test_a_hundred_and_fifty_forged_mails_are_answered_by_none(desk: Desk) -> None:
    for number in range(150):
        taken = desk.gets(
            CHEST, f"v{number}@hospital.example", a_result("dmarc=fail"), a_result("dmarc=pass", "evil"), later=1
        )
        assert taken.silent == "not_proven" and taken.to_look_at
    assert not desk.rows(OutboxRow)
    assert len(desk.people()) == MOST_QUIET + 1
    assert all({"sender_not_proven", "many_strangers"} & set(ticket.flags) for ticket in desk.people())
    assert sum(row.said_by == "user" for row in desk.rows(MessageRow)) == 150


def test_a_mail_that_is_not_proven_stands_apart_until_a_person_answers_it(desk: Desk) -> None:
    desk.gets(LOG_IN, MARIA, a_result("dmarc=pass"))
    told = len(desk.rows(OutboxRow))
    assert desk.gets(CHEST, MARIA, a_result("dmarc=fail"), to=desk.reply_address()).silent == "not_proven"
    assert desk.said(f"mail:{MARIA}") == [f"Help\n\n{LOG_IN}"]
    ticket = desk.people()[-1]
    assert ticket.priority == "critical" and "sender_not_proven" in ticket.flags
    desk.gets("It is urgent", MARIA, a_result("dmarc=fail"))
    assert len(desk.rows(OutboxRow)) == told and len(desk.people()) == 1
    staff.reply(desk.deps, ticket.number, "Please call us.", ALEX, desk.now)
    assert len(desk.rows(OutboxRow)) == told + 1
    desk.gets("I did", MARIA, a_result("dmarc=pass"), to=desk.reply_address())
    assert desk.rows(MessageRow)[-1].body == "I did" and len(desk.rows(OutboxRow)) == told + 1


def test_another_servers_word_is_not_believed(desk: Desk) -> None:
    assert desk.gets(LOG_IN, MARIA, a_result("dmarc=fail", "mx.evil.example")) == Taken()


@pytest.mark.parametrize("written", ["mx smartmed", "mx;x", "-", "mx.example.com;"])
def test_a_server_name_that_cannot_be_one_stops_the_start(written: str, policy: Policy, tmp_path: Path) -> None:
    environ = {"STATE_DIR": str(tmp_path), "SECRET_KEY": "a-long-secret-key-that-nobody-guesses-0123456789"}
    with pytest.raises(SettingsError, match="MAIL_AUTHSERV_ID"):
        load_settings({**environ, "MAIL_AUTHSERV_ID": written}, HOME, policy)
    assert (
        load_settings({**environ, "MAIL_AUTHSERV_ID": "MX.Example.com"}, HOME, policy).mail_authserv_id
        == "mx.example.com"
    )


def test_first_answers_to_strangers_have_a_bound_and_nothing_is_lost(desk: Desk) -> None:
    known = desk.gets(LOG_IN, MARIA, later=1)
    became = [desk.gets(LOG_IN, f"v{n}@x.example", later=1).silent for n in range(80)]
    assert known == Taken() and became.count("") == MOST_STRANGERS - 1
    assert desk.gets("Still not", MARIA, later=1) == Taken()
    pile = desk.people()
    assert len(pile) == 1 and pile[0].flags == ("many_strangers",) and pile[0].priority != "critical"
    assert desk.gets(CHEST, "late@x.example", later=1).silent == "too_many_strangers"
    assert desk.people()[0].priority == "critical" and len(desk.people()) == 1
    assert len(desk.written_to()) == MOST_STRANGERS
    assert desk.gets(LOG_IN, "next@x.example", later=3700) == Taken()


def test_an_answer_goes_where_the_writer_of_a_form_wants_it_and_no_two_meet(desk: Desk) -> None:
    for name in ("ada", "bo"):
        desk.gets(f"I am {name}. {LOG_IN}", "Contact form <form@t.example>", f"Reply-To: {name} <{name}@x.example>")
    assert desk.written_to() == {"ada@x.example", "bo@x.example"}
    assert len(desk.rows(ConversationRow)) == 2
    desk.gets("It is bo again", "bo@x.example", to=desk.reply_address())
    assert len(desk.rows(ConversationRow)) == 2


@pytest.mark.parametrize("name", ["replyto", "replyto_own", "group_from"])
def test_a_form_or_group_of_our_own_is_answered_to_the_writer(desk: Desk, name: str) -> None:
    assert desk.takes(the_mail(name)) == Taken()
    assert desk.written_to() == {"ada@t.example"}


def test_our_own_address_without_a_writer_is_for_people(desk: Desk) -> None:
    assert desk.gets(LOG_IN, "support@smartmed.com").to_look_at
    assert desk.gets(LOG_IN, MARIA, "Reply-To: support@smartmed.com") == Taken()
    assert desk.written_to() == {MARIA}


def test_the_same_message_id_with_other_words_is_another_mail(desk: Desk) -> None:
    for text, seen in ((LOG_IN, 1), (LOG_IN, 1), ("I have lost my phone", 2)):
        desk.number = 0
        desk.gets(text, MARIA)
        assert len(desk.said(f"mail:{MARIA}")) == seen


def test_a_machine_that_says_nothing_of_itself_is_answered_less_and_less_and_then_no_more(desk: Desk) -> None:
    became = [desk.gets(f"This mailbox is not read by anybody. Case 10{n}.", MARIA).silent for n in range(6)]
    assert became == ["", "", "repeats", "repeats", "repeats", "repeats"]


def test_a_machine_that_always_says_something_else_is_stopped_within_a_week(desk: Desk) -> None:
    answered = []
    for _ in range(3):
        became = [desk.gets(f"thanks {n}", MARIA, later=300).silent for n in range(50)]
        answered.append(became.count(""))
        desk.now += timedelta(hours=20)
    assert answered == [40, 40, 0]


@pytest.mark.parametrize(
    ("name", "silent", "flagged"),
    [
        ("xars", "", False),
        ("ooo_hdr", "auto_reply", False),
        ("ooo_de", "auto_reply", False),
        ("list_unsub", "list", True),
        ("prec_bulk", "list", True),
        ("cal_reply", "calendar", True),
        ("mdn", "receipt", False),
        ("dsn_ok", "receipt", False),
        ("tnef", "", True),
        ("smime_opaque", "", True),
        ("two_from", "no_address", True),
        ("idn", "", False),
    ],
)
def test_nothing_of_a_person_is_dropped_without_a_flag(desk: Desk, name: str, silent: str, flagged: bool) -> None:
    taken = desk.takes(the_mail(name))
    assert (taken.silent, taken.to_look_at) == (silent, flagged)


@pytest.mark.parametrize("name", ["tnef", "smime_opaque"])
def test_who_sends_what_we_cannot_read_is_told_so_and_of_no_file(desk: Desk, name: str) -> None:
    desk.takes(the_mail(name))
    told = "\n".join(row.body for row in desk.rows(MessageRow) if row.said_by == "bot")
    assert load_email_words().texts["unread"] in told and "take that file" not in told


@pytest.mark.parametrize(("name", "dead"), [("mdn", 0), ("dsn_ok", 0)])
def test_a_receipt_is_no_bounce(desk: Desk, name: str, dead: int) -> None:
    desk.gets(LOG_IN, "ada@t.example")
    sent = desk.rows(OutboxRow)[-1]
    desk.takes(the_mail(name).replace(OURS.encode(), TOKENS.message_id(sent.id).encode()))
    assert sum(row.state == "dead" for row in desk.rows(OutboxRow)) == dead


def test_a_bounce_in_plain_words_is_told_to_staff(desk: Desk) -> None:
    desk.gets(LOG_IN, "ada@t.example")
    first, last = (row.id for row in desk.rows(OutboxRow)[:: len(desk.rows(OutboxRow)) - 1])
    back = f"no such user\n\nMessage-ID: {TOKENS.message_id(last)}\nReferences: {TOKENS.message_id(first)}\n"
    assert desk.gets(back, "MAILER-DAEMON@t.example", "Return-Path: <>").silent == "bounce"
    assert [row.id for row in desk.rows(OutboxRow) if row.state == "dead"] == [last]


PICTURE = "iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAIAAAASFvFNAAAAFUlEQVR4nGPkrDjBwMDAwMDAxAADABafAU1QJTUyAAAAAElFTkSuQmCC"
LOGO = (
    "Content-Type: multipart/related; boundary=r\r\n\r\n--r\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    "<p>{}</p><img src='cid:logo'>\r\n--r\r\nContent-Type: image/png; name=\"image001.png\"\r\nContent-ID: <logo>\r\n"
    "Content-Disposition: inline\r\nContent-Transfer-Encoding: base64\r\n\r\n{picture}\r\n--r--\r\n"
)
FILE = (
    "Content-Type: multipart/mixed; boundary=r\r\n\r\n--r\r\nContent-Type: text/plain\r\n\r\n{}\r\n--r\r\n"
    'Content-Type: image/png; name="screen.png"\r\nContent-Disposition: attachment\r\nContent-Transfer-Encoding: base64\r\n\r\n'
    "{picture}\r\n--r--\r\n"
)


@pytest.mark.parametrize("form", [LOGO, FILE])
def test_a_picture_that_comes_with_words_answers_no_question(desk: Desk, form: str) -> None:
    head = f"From: Ada <{MARIA}>\r\nTo: support@smartmed.com\r\nSubject: Re: x\r\nMessage-ID: <%d@x.example>\r\n"
    for number, text in enumerate(["I want to talk to a person", *["skip"] * 6]):
        if desk.people():
            break
        desk.takes((head % number + form.replace("{picture}", PICTURE).format(text)).encode())
    details = [detail.value for ticket in desk.people() for detail in ticket.request.details]
    assert details and not any(".png" in value for value in details)
    assert desk.rows(AttachmentRow)
    assert form is FILE or len(desk.rows(AttachmentRow)) == 1


def test_danger_at_the_end_of_a_long_mail_is_heard_and_the_whole_is_kept(desk: Desk) -> None:
    desk.gets("\n".join(f"Line {n} of my story about the app." for n in range(400)) + f"\n{CHEST}", MARIA)
    assert [ticket.priority for ticket in desk.people()] == ["critical"]
    assert CHEST in desk.rows(AttachmentRow)[0].content.decode()


@pytest.mark.parametrize("name", ["gt_line", "html_between", "ps", "ps2", "sentfrom_mid", "dashes"])
def test_danger_is_heard_wherever_it_stands_in_a_mail(desk: Desk, name: str) -> None:
    desk.takes(the_mail(name))
    assert [ticket.priority for ticket in desk.people()] == ["critical"]


def test_the_same_unproven_mail_twice_is_one(desk: Desk) -> None:
    for _ in range(2):
        desk.number = 0
        desk.gets(LOG_IN, MARIA, a_result("dmarc=fail"))
    assert len(desk.people()) == 1 and len(desk.rows(MessageRow)) == 1


def test_nothing_is_delivered_to_whom_is_not_answered(desk: Desk) -> None:
    desk.gets(LOG_IN, MARIA, a_result("dmarc=fail"))
    assert not deliver(desk.deps, desk.now)
