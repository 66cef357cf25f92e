"""Mails of machines: each is known for what it is, a bounce reaches staff, and no machine is answered for ever."""

from datetime import timedelta
from email import message_from_bytes

import pytest

from bot.channels.email.parse import read_mail
from bot.storage.tables import OutboxRow
from tests.channels.email_mailbox import LOG_IN, TOKENS, Mailbox
from tests.channels.email_post import MARIA
from tests.channels.email_samples import ANSWER, MARKER, OURS, UTF8, read, the_mail


@pytest.mark.parametrize(
    ("heads", "kind"),
    [
        (("Auto-Submitted: auto-replied",), "auto_reply"),
        (("Auto-Submitted: no",), ""),
        (("X-Autoreply: yes",), "auto_reply"),
        (("X-Auto-Response-Suppress: All",), ""),
        (("Return-Path: <>",), "auto_reply"),
        (("Return-Path: <>", "Auto-Submitted: auto-replied"), "auto_reply"),
        (("Return-Path: <>", "Subject: Undeliverable: Re: x"), "bounce"),
        (("Subject: Out of office", ANSWER), "auto_reply"),
        (("Subject: Réponse automatique : absence", ANSWER), "auto_reply"),
        (("Subject: Automatic reply: x",), "perhaps_machine"),
        (("Subject: Out of office hours, whom do I call?",), ""),
        (("Auto-Submitted: auto-generated", "Reply-To: Bob <bob@x.example>"), ""),
        (("Auto-Submitted: auto-generated",), "auto_reply"),
        (("List-Id: <l.x.example>",), "list"),
    ],
)
def test_a_machine_is_known_by_all_its_signs_together(heads: tuple[str, ...], kind: str) -> None:
    assert read(LOG_IN, UTF8, *heads).machine == kind


def test_a_bounce_in_plain_words_names_the_mail_that_came_back_and_no_older_one() -> None:
    older, back = OURS.replace("-1.", "-2."), OURS
    body = f"Hi. This is the qmail-send program.\n<ada@t.example>:\nno such user\n\nMessage-ID: {back}\nReferences: {older}\n"
    raw = f"From: MAILER-DAEMON@t.example\r\nReturn-Path: <>\r\nSubject: failure notice\r\n\r\n{body}"
    mail = read_mail(message_from_bytes(raw.encode()), MARKER)
    assert mail.machine == "bounce" and mail.returned == (back,)


def test_the_person_who_looks_after_the_mail_of_a_clinic_is_looked_at_by_people() -> None:
    raw = f"From: Bo <postmaster@clinic.example>\r\nSubject: Help\r\n\r\n{LOG_IN}"
    assert read_mail(message_from_bytes(raw.encode()), MARKER).machine == "perhaps_machine"


def test_a_machine_that_says_nothing_of_itself_is_answered_less_and_less_and_then_no_more(mailbox: Mailbox) -> None:
    became = [mailbox.gets(f"This mailbox is not read by anybody. Case 10{n}.", MARIA).silent for n in range(6)]
    assert became == ["", "", "repeats", "repeats", "repeats", "repeats"]


def test_a_machine_that_always_says_something_else_is_stopped_within_a_week(mailbox: Mailbox) -> None:
    answered = []
    for _ in range(3):
        became = [mailbox.gets(f"thanks {n}", MARIA, later=300).silent for n in range(50)]
        answered.append(became.count(""))
        mailbox.now += timedelta(hours=20)
    assert answered == [40, 40, 0]


@pytest.mark.parametrize(("name", "dead"), [("mdn", 0), ("dsn_ok", 0)])
def test_a_receipt_is_no_bounce(mailbox: Mailbox, name: str, dead: int) -> None:
    mailbox.gets(LOG_IN, "ada@t.example")
    sent = mailbox.rows(OutboxRow)[-1]
    mailbox.takes(the_mail(name).replace(OURS.encode(), TOKENS.message_id(sent.id).encode()))
    assert sum(row.state == "dead" for row in mailbox.rows(OutboxRow)) == dead


def test_a_bounce_in_plain_words_is_told_to_staff(mailbox: Mailbox) -> None:
    mailbox.gets(LOG_IN, "ada@t.example")
    first, last = (row.id for row in mailbox.rows(OutboxRow)[:: len(mailbox.rows(OutboxRow)) - 1])
    back = f"no such user\n\nMessage-ID: {TOKENS.message_id(last)}\nReferences: {TOKENS.message_id(first)}\n"
    assert mailbox.gets(back, "MAILER-DAEMON@t.example", "Return-Path: <>").silent == "bounce"
    assert [row.id for row in mailbox.rows(OutboxRow) if row.state == "dead"] == [last]
