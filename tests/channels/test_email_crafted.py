"""Mails made to break us: many of them, none raises, none makes a loop; and headers that cannot be broken into."""

import os
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest

from bot.actions.deps import Deps
from bot.actions.receive import MOST_CHARACTERS
from bot.channels.email.compose import Composer, OutgoingMail
from bot.channels.email.headers import known_address
from bot.channels.email.incoming import Intake
from bot.channels.email.parse import read_mail
from bot.channels.email.texts import load_email_words
from bot.channels.email.tokens import Tokens
from bot.mind import Mind
from bot.storage.database import open_database, reading_sessions_of, sessions_of
from bot.storage.migrate import migrate
from bot.storage.tables import OutboxRow
from handoff.policy.model import Policy
from tests.channels.email_post import a_mail
from tests.growth import calls_of, grows_no_faster
from tests.makers import NINE

MOST_CALLS = 1_000_000
"""Of any functions for one mail; 430 thousand for the largest when they were counted first."""
MAILS = int(os.environ.get("CRAFTED_MAILS", "120"))
MARKER = load_email_words().texts["marker"]
TOKENS = Tokens("k" * 40, "support@smartmed.com")
OURS = Composer(TOKENS, load_email_words(), "http://desk.test", "911")
CONVERSATION = "0123456789abcdef" * 2
CHARSETS = ("utf-8", "latin-1", "no-such-charset", "utf-7", "idna", "hex", "\x00", "utf-16", "punycode", "rot13", "'")
BODIES = (b"hello", b"\xff\xfe\x00bad", b"=E2=28=A1", b"", b"> only quotes\n> here", b"\xf0\x9f\x98\x80" * 50)


def nested(depth: int) -> bytes:
    inner = b"Content-Type: text/plain\r\n\r\nI cannot log in\r\n"
    for level in range(depth):
        edge = b"e%d" % level
        head = b"Content-Type: multipart/mixed; boundary=" + edge + b"\r\n\r\n"
        inner = head + b"--" + edge + b"\r\n" + inner + b"\r\n--" + edge + b"--\r\n"
    return b"From: a@example.com\r\nMessage-ID: <n%d@x>\r\n" % depth + inner


def crafted(number: int, chance: random.Random) -> bytes:
    """A mail of one of many bad kinds."""
    kind = number % 10
    if kind == 0:
        return nested(chance.choice([1, 20, 100, 150]))
    if kind == 1:
        many = b"".join(b"X-H%d: %s\r\n" % (n, b"v" * 20) for n in range(10_000 if number < 40 else 300))
        return b"From: m%d@example.com\r\n" % number + many + b"\r\nhello\r\n"
    if kind == 2:
        flag = chance.choice(
            [b"Auto-Submitted: auto-replied", b"Precedence: bulk", b"List-Id: <x>", b"Return-Path: <>"]
        )
        return b"From: r%d@example.com\r\n%s\r\nMessage-ID: <r%d@x>\r\n\r\naway\r\n" % (number, flag, number)
    if kind == 3:
        own = TOKENS.message_id(number).encode()
        return b"From: loop@example.com\r\nMessage-ID: %s\r\n\r\nloop\r\n" % own
    if kind == 4:
        return chance.randbytes(chance.randrange(2000))
    if kind == 5:
        whole = bytearray(a_mail("I cannot log in", number=number, From=f"f{number}@example.com"))
        for _ in range(20):
            whole[chance.randrange(len(whole))] = chance.randrange(256)
        return bytes(whole)
    charset, transfer = chance.choice(CHARSETS), chance.choice(["base64", "quoted-printable", "7bit", "uuencode", "?"])
    subject = f"=?{charset}?{chance.choice('BQX')}?{chance.choice(['aGk=', '=FF=FE', '####', 'aGk'])}?="
    head = f"From: {subject} <c{number}@example.com>\r\nSubject: {subject}\r\nMessage-ID: <c{number}@x>\r\n"
    head += f"Content-Type: text/{chance.choice(['plain', 'html'])}; charset={charset}\r\n"
    head += f"Content-Transfer-Encoding: {transfer}\r\nContent-Disposition: attachment; filename*=x''%FF{number}\r\n"
    return head.encode() + b"\r\n" + chance.choice(BODIES)


@pytest.fixture
def whole(policy: Policy, mind: Mind, tmp_path: Path) -> Iterator[Deps]:
    engine = open_database(f"sqlite:///{tmp_path / 'mail.db'}")
    migrate(engine)
    deps = Deps(sessions_of(engine), reading_sessions_of(engine), policy, lambda: mind.assistant, "http://desk.test")
    yield deps
    engine.dispose()


@pytest.mark.soak
@pytest.mark.timeout(180 + MAILS)
def test_crafted_mails_raise_nothing_and_answer_no_machine(whole: Deps) -> None:
    chance, intake, became = random.Random(7), Intake(whole, TOKENS), Counter[str]()
    most_work = 0
    for number in range(MAILS):
        raw = crafted(number, chance)
        mail = read_mail(message_from_bytes(raw), MARKER)
        most_work = max(most_work, calls_of(lambda raw=raw: read_mail(message_from_bytes(raw), MARKER)))  # type: ignore[misc]
        assert len(mail.text) <= MOST_CHARACTERS
        became[intake.take_in(mail, NINE + timedelta(minutes=number)).silent or "answered"] += 1
    assert became["loop"] == MAILS // 10
    assert became["answered"] >= 3 * MAILS // 10
    assert most_work < MOST_CALLS
    with whole.reading.begin() as db:
        told = {row.address for row in db.query(OutboxRow)}
    assert not told & {f"r{n}@example.com" for n in range(MAILS)} and "loop@example.com" not in told


@pytest.mark.parametrize("piece", ["<p>a <b>b</b></p>", "> on Mon wrote:\n", "&#39;", "<div", "On Mon, X wrote "])
@pytest.mark.parametrize("kind", ["plain", "html"])
def test_the_work_for_a_body_grows_with_its_length(kind: str, piece: str) -> None:
    head = f"From: a@b.c\r\nContent-Type: text/{kind}\r\n\r\n"
    text = piece * (16_000 // len(piece))
    assert grows_no_faster(lambda body: read_mail(message_from_bytes((head + body).encode()), MARKER), text)


def test_our_answer_that_comes_back_is_never_answered(whole: Deps) -> None:
    intake = Intake(whole, TOKENS)
    ours = OURS.answer(a_letter(), NINE)
    for change in ({}, {"Message-ID": "<new@example.com>"}):
        back = message_from_bytes(ours.as_bytes())
        for name, value in change.items():
            back.replace_header(name, value)
        assert intake.take_in(read_mail(back, MARKER), NINE).silent


def a_letter(**changes: object) -> OutgoingMail:
    return replace(OutgoingMail(7, "maria@example.com", CONVERSATION, "Re: Help", ("Hello **Maria**",)), **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "bad", ["x\r\nBcc: eve@example.net", "x\nBcc: e@x\n\nbody", "\x00\u2028\r\rBcc: e@x", "é\r\n " * 99]
)
@pytest.mark.parametrize("place", ["subject", "in_reply_to", "references"])
def test_no_header_can_be_broken_into(bad: str, place: str) -> None:
    letter = a_letter(**{place: bad})
    raw = OURS.answer(letter, NINE).as_bytes()
    read = message_from_bytes(raw, policy=default)
    assert read["Bcc"] is None
    assert all(len(read.get_all(name, [])) <= 1 for name in read)
    assert read["To"] == "maria@example.com"


@pytest.mark.parametrize("bad", ["a@b.c\r\nBcc: e@x.y", "a b@c.d", "a@b,c@d", "<a@b>", "", "a" * 200 + "@b.c"])
def test_what_is_no_plain_address_is_no_address(bad: str) -> None:
    assert known_address(bad) == ""


def test_markup_in_an_answer_is_shown_and_never_runs() -> None:
    letter = a_letter(bodies=("<script>alert(1)</script> [x](javascript:alert(1))",), choices=("<b>yes</b>",))
    mail = OURS.answer(letter, NINE)
    assert isinstance(mail, EmailMessage)
    body = mail.get_body(("html",))
    assert body is not None
    shown = body.get_content()
    assert "<script" not in shown and 'href="javascript' not in shown and "&lt;b&gt;yes" in shown


def test_the_signed_words_survive_folded_case_and_refuse_any_other_letter() -> None:
    address = TOKENS.reply_address(CONVERSATION)
    assert len(address.partition("@")[0]) <= 64
    assert TOKENS.conversation_of(address.upper()) == CONVERSATION
    local, _, domain = address.partition("@")
    for place in range(len("support+"), len(local)):
        other = "a" if local[place] != "a" else "b"
        assert TOKENS.conversation_of(f"{local[:place]}{other}{local[place + 1 :]}@{domain}") is None
    assert Tokens("other" * 9, "support@smartmed.com").conversation_of(address) is None
    assert TOKENS.outbox_ids(TOKENS.message_id(5)) == [5]
    assert TOKENS.outbox_ids("<outbox-5.aaaaaaaaaaaaaaaa@smartmed.com>") == []


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("It works now.\n\nOn Mon, Nov 23, 2026 at 9:00 AM X <x@y.z> wrote:\n> Please try", "It works now."),
        ("On Mon, Nov 23, 2026 at 9:00 AM X <x@y.z> wrote:\n> Please try\n\nIt still fails.", "It still fails."),
        (f"Yes\n\n{MARKER}\nHello Maria", "Yes"),
        ("> only a quote", "> only a quote"),
    ],
)
def test_only_what_is_new_is_read(text: str, kept: str) -> None:
    assert read_mail(message_from_bytes(a_mail(text)), MARKER).text == kept


def test_an_html_mail_is_read_as_words() -> None:
    raw = b"From: a@b.c\r\nContent-Type: text/html\r\n\r\n<style>p{}</style><p>I can&#39;t <b>log in</b></p><p>Help</p>"
    assert read_mail(message_from_bytes(raw), MARKER).text == "I can't log in\nHelp"
