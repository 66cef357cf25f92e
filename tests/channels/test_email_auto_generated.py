"""Mails of machines: each is known for what it is, a bounce reaches staff, and no machine is answered for ever."""

from datetime import timedelta
from email import message_from_bytes

import pytest

from bot.channels.email.parse import read_mail
from bot.storage.tables import OutboxRow
from tests.channels.email_mailbox import CHEST, LOG_IN, TOKENS, Mailbox
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


MACHINES = {
    "auto_reply": ("Auto-Submitted: auto-replied",),
    "list": ("List-Id: <l.x.example>",),
    "perhaps_machine": ("Subject: Automatic reply: x",),
}


@pytest.mark.parametrize("why", MACHINES)
def test_danger_is_heard_in_a_mail_that_a_machine_may_have_sent(mailbox: Mailbox, why: str) -> None:
    taken = mailbox.gets(CHEST, MARIA, *MACHINES[why])

    (ticket,) = mailbox.people()
    assert taken.silent == why and taken.to_look_at
    assert ticket.priority == "critical" and ticket.request.issue == "safety.emergency"
    assert "set_aside" in ticket.flags and mailbox.written_to() == set()


def test_danger_is_heard_in_a_mail_too_many_and_the_same_mail_again_changes_nothing(mailbox: Mailbox) -> None:
    while not (silent := mailbox.gets("thanks", MARIA, later=1).silent):
        pass
    before = len(mailbox.people())
    raw = f"From: {MARIA}\r\nTo: support@smartmed.com\r\nMessage-ID: <again@x.example>\r\nSubject: Help\r\n\r\n{CHEST}".encode()
    for _ in range(25):
        mailbox.gets(f"number {_}", MARIA, later=1)
    became = [mailbox.takes(raw, later=1).silent for _ in range(2)]

    assert silent and became[0] == "too_many"
    fresh = mailbox.people()[before:]
    assert [ticket.priority for ticket in fresh] == ["critical"]


CALM = (
    "I am out of the office until Monday. If this is a medical emergency, please hang up and dial 911.",
    "Thank you for your email. This mailbox is not monitored for emergencies. If you are experiencing a medical emergency, call 911 or "
    "go to the nearest emergency room. If you are having thoughts of suicide, call or text 988.",
    "I am away this week, and answer next week.",
    "Dr. Lee is on leave until 3 May. For urgent matters please call the front desk. In an emergency call 911.",
)


@pytest.mark.parametrize("text", CALM)
def test_an_automatic_answer_that_says_whom_to_call_in_an_emergency_wakes_nobody(mailbox: Mailbox, text: str) -> None:
    assert mailbox.gets(text, MARIA, "Auto-Submitted: auto-replied").silent == "auto_reply"
    assert mailbox.people() == []


def test_danger_beside_such_advice_is_heard(mailbox: Mailbox) -> None:
    told = f"{CHEST} If this is a medical emergency, call 911."
    mailbox.gets(told, MARIA, "Auto-Submitted: auto-replied")
    assert [ticket.priority for ticket in mailbox.people()] == ["critical"]
