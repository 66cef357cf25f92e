"""Who somebody is by mail: nobody speaks as another, and each is answered at the address they write from."""

import pytest

from bot.channels.email.incoming import Taken
from bot.channels.email.limits import MOST_STRANGERS
from bot.storage.tables import ConversationRow, MessageRow, OutboxRow
from tests.channels.email_mailbox import CHEST, LOG_IN, Mailbox
from tests.channels.email_post import MARIA
from tests.channels.email_samples import the_mail

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
def test_no_header_lets_a_stranger_speak_in_the_conversation_of_another(mailbox: Mailbox, sender: str) -> None:
    mailbox.gets(LOG_IN, f"Maria <{MARIA}>")
    before = mailbox.said(f"mail:{MARIA}")
    mailbox.gets("Please change my address to Evil Street.", sender)
    assert mailbox.said(f"mail:{MARIA}") == before
    assert any("Evil Street" in row.body for row in mailbox.rows(MessageRow))


@pytest.mark.parametrize(
    "sender", ["", "undisclosed-recipients:;", "Maria", '"a b"@x.example', "ada@x.example, bo@x.example"]
)
def test_a_mail_of_nobody_certain_is_a_ticket_and_no_answer(mailbox: Mailbox, sender: str) -> None:
    taken = mailbox.gets(LOG_IN, sender)
    assert taken.to_look_at and taken.silent == "no_address"
    assert [ticket.flags[-1] for ticket in mailbox.people()] == ["sender_not_readable"]
    assert [row.body for row in mailbox.rows(MessageRow)] == [f"Help\n\n{LOG_IN}"]
    assert not mailbox.rows(OutboxRow)
    mailbox.gets("Another person", sender)
    assert len(mailbox.people()) == 2


def test_first_answers_to_strangers_have_a_bound_and_nothing_is_lost(mailbox: Mailbox) -> None:
    known = mailbox.gets(LOG_IN, MARIA, later=1)
    became = [mailbox.gets(LOG_IN, f"v{n}@x.example", later=1).silent for n in range(80)]
    assert known == Taken() and became.count("") == MOST_STRANGERS - 1
    assert mailbox.gets("Still not", MARIA, later=1) == Taken()
    pile = mailbox.people()
    assert len(pile) == 1 and pile[0].flags == ("many_strangers",) and pile[0].priority != "critical"
    assert mailbox.gets(CHEST, "late@x.example", later=1).silent == "too_many_strangers"
    assert mailbox.people()[0].priority == "critical" and len(mailbox.people()) == 1
    assert len(mailbox.written_to()) == MOST_STRANGERS
    assert mailbox.gets(LOG_IN, "next@x.example", later=3700) == Taken()


def test_an_answer_goes_where_the_writer_of_a_form_wants_it_and_no_two_meet(mailbox: Mailbox) -> None:
    for name in ("ada", "bo"):
        mailbox.gets(f"I am {name}. {LOG_IN}", "Contact form <form@t.example>", f"Reply-To: {name} <{name}@x.example>")
    assert mailbox.written_to() == {"ada@x.example", "bo@x.example"}
    assert len(mailbox.rows(ConversationRow)) == 2
    mailbox.gets("It is bo again", "bo@x.example", to=mailbox.reply_address())
    assert len(mailbox.rows(ConversationRow)) == 2


@pytest.mark.parametrize("name", ["replyto", "replyto_own", "group_from"])
def test_a_form_or_group_of_our_own_is_answered_to_the_writer(mailbox: Mailbox, name: str) -> None:
    assert mailbox.takes(the_mail(name)) == Taken()
    assert mailbox.written_to() == {"ada@t.example"}


def test_our_own_address_without_a_writer_is_for_people(mailbox: Mailbox) -> None:
    assert mailbox.gets(LOG_IN, "support@smartmed.com").to_look_at
    assert mailbox.gets(LOG_IN, MARIA, "Reply-To: support@smartmed.com") == Taken()
    assert mailbox.written_to() == {MARIA}
