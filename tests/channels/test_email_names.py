"""Names by mail: nobody goes unanswered for one, and none carries a link out."""

import re
from email.header import Header

import pytest

from bot.actions.receive import Incoming, open_conversation, receive
from bot.channels.email.compose import as_html
from bot.channels.email.incoming import Taken
from bot.storage.tables import MessageRow
from handoff.names import plain_name
from handoff.ticket import User
from tests.channels.email_mailbox import LOG_IN, Mailbox
from tests.channels.email_post import MARIA
from tests.makers import NINE

EVIL = '"[Confirm your SmartMed account](https://evil.example/login)" <victim@hospital.example>'
FIRST = ["Jörg", "Müller", "Ανδρέας", "Иван", "יוסי", "太郎", "María", "Žofie", "Łukasz", "Søren"]
LAST = ["Müller,", "Ñandú", "O’Brien", "Straße,", "Lopez,", "Nguyễn", "d’Arc", "Žák,", "山田", "(Praxis)"]
CHARSETS = ("utf-8", "iso-8859-1", "windows-1250", "koi8-r", "iso-2022-jp")


def as_written(name: str, charset: str) -> str:
    """A name as a mail program writes it into a header."""
    try:
        return Header(name, charset).encode()
    except UnicodeEncodeError:
        return Header(name, "utf-8").encode()


def test_a_hundred_names_in_five_charsets_are_all_answered_by_mails_to_them(mailbox: Mailbox) -> None:
    addresses = []
    for number in range(100):
        first, last = FIRST[number % 10], LAST[number // 10]
        name = f"{last} {first}" if "," in last else f"{first} {last}"
        addresses.append(f"p{number}@clinic.example")
        sender = f"{as_written(name, CHARSETS[number % 5])} <{addresses[-1]}>"
        assert mailbox.gets(LOG_IN, sender, later=120) == Taken()
    assert mailbox.written_to() == set(addresses)
    authors = {row.author for row in mailbox.rows(MessageRow) if row.said_by == "user"}
    assert {"Müller, Jörg", "Lopez, Žofie", "太郎 山田"} <= authors


@pytest.mark.parametrize(
    "sender", ["=?utf-8?b?####?=", "=?no-such?Q?=FF=FE?=", "=?utf-8?Q?=FF=FE=00?=", "\\", '"', "(", ","]
)
def test_a_name_that_cannot_be_read_never_loses_the_mail(mailbox: Mailbox, sender: str) -> None:
    assert mailbox.gets(LOG_IN, f"{sender} <{MARIA}>") == Taken()
    assert mailbox.written_to() == {MARIA}


@pytest.mark.parametrize(
    "name", [EVIL, "<b>x</b> www.evil.example <victim@hospital.example>", "evil.example/login <victim@x.example>"]
)
def test_a_link_in_a_name_never_goes_out_and_never_is_live_at_the_desk(mailbox: Mailbox, name: str) -> None:
    mailbox.gets("I want to talk to a person", name)
    for _ in range(5):
        mailbox.gets("skip", name)
    ours = [row.body for row in mailbox.rows(MessageRow) if row.said_by != "user"]
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
def test_a_link_in_the_first_words_is_none_in_the_letter_about_the_ticket(mailbox: Mailbox, words: str) -> None:
    for text in (words, "I want to talk to a person", *["skip"] * 6):
        mailbox.gets(text, MARIA, "Subject: Re: x")
    letters = [as_html(row.body) for row in mailbox.rows(MessageRow) if row.kind == "initial_response"]
    assert letters and not any(
        "evil" in target for letter in letters for target in re.findall(r"(?:href|src)=\"([^\"]*)", letter)
    )


def test_a_signed_in_name_greets_as_letters_alone(mailbox: Mailbox) -> None:
    eve = User("u-eve", "[Confirm your account](https://evil.example)", "eve@x.example")
    row = open_conversation(mailbox.deps, eve, "in_app_chat", NINE)
    receive(mailbox.deps, Incoming(eve, "in_app_chat", "I want to talk to a person", conversation=row.public_id), NINE)
    assert not any("evil.example" in line.body for line in mailbox.rows(MessageRow) if line.said_by == "bot")
