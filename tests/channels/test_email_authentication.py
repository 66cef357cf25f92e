"""Whether a sender is proven: our own server says so, and nothing goes out to who is not."""

from pathlib import Path

import pytest

from bot.actions import staff
from bot.actions.deliver import deliver
from bot.channels.email.authentication import proof
from bot.channels.email.incoming import Taken
from bot.channels.email.no_auto_reply import MOST_AN_HOUR as MOST_QUIET
from bot.config import SettingsError, load_settings
from bot.storage.tables import MessageRow, OutboxRow
from bot.wiring import HOME
from handoff.policy.model import Policy
from tests.channels.email_mailbox import CHEST, LOG_IN, SERVER, Mailbox, a_result
from tests.channels.email_post import MARIA
from tests.makers import ALEX


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
        (["dkim=pass header.i=@x-example.20230601.gappssmtp.com; spf=none; dmarc=none"], "unknown"),
        (["dkim=pass header.d=x.onmicrosoft.example; spf=neutral smtp.mailfrom=a@x.example; dmarc=none"], "unknown"),
        (["spf=pass smtp.mailfrom=bounce@sender.example; dmarc=none"], "unknown"),
        (["dmarc=temperror; spf=temperror; dkim=pass header.d=gmail.example"], "unknown"),
        (["spf=softfail smtp.mailfrom=a@x.example; dkim=pass header.d=x.example; dmarc=none"], "proven"),
        (["dmarc=pass header.from=evil.example"], "unknown"),
        (["dmarc=pass header.from=evil.example; spf=pass smtp.mailfrom=x.example"], "proven"),
        (["dmarc=pass"], "proven"),
        (["dmarc=bestguesspass action=none header.from=x.example"], "proven"),
        (["dmarc=temperror header.from=x.example; dkim=pass header.d=x.example"], "proven"),
        (["dkim=pass header.d=evil.example header.from=x.example; dmarc=none header.from=x.example"], "unknown"),
        (["spf=pass smtp.mailfrom=b@evil.example smtp.helo=x.example; dmarc=none"], "unknown"),
        (["spf=pass smtp.mailfrom=smtp.mailfrom=x.example@evil.example; dmarc=none"], "unknown"),
        (["spf=pass; dkim=pass; dmarc=none"], "unknown"),
        (["spf=none smtp.mailfrom=a@x.example; dkim=none; dmarc=none header.from=x.example"], "unknown"),
        (["spf=neutral smtp.mailfrom=a@x.example; dmarc=temperror"], "unknown"),
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
    assert proof([f"{SERVER}; {result}" for result in results], "", "x.example") == "unchecked"


def test_a_hundred_and_fifty_forged_mails_are_answered_by_none(mailbox: Mailbox) -> None:
    for number in range(150):
        taken = mailbox.gets(
            CHEST, f"v{number}@hospital.example", a_result("dmarc=fail"), a_result("dmarc=pass", "evil"), later=1
        )
        assert taken.silent == "not_proven" and taken.to_look_at
    assert not mailbox.rows(OutboxRow)
    assert len(mailbox.people()) == MOST_QUIET + 1
    assert all({"sender_not_proven", "many_strangers"} & set(ticket.flags) for ticket in mailbox.people())
    assert sum(row.said_by == "user" for row in mailbox.rows(MessageRow)) == 150


def test_a_mail_that_is_not_proven_stands_apart_until_a_person_answers_it(mailbox: Mailbox) -> None:
    mailbox.gets(LOG_IN, MARIA, a_result("dmarc=pass"))
    told = len(mailbox.rows(OutboxRow))
    assert mailbox.gets(CHEST, MARIA, a_result("dmarc=fail"), to=mailbox.reply_address()).silent == "not_proven"
    assert mailbox.said(f"mail:{MARIA}") == [f"Help\n\n{LOG_IN}"]
    ticket = mailbox.people()[-1]
    assert ticket.priority == "critical" and "sender_not_proven" in ticket.flags
    mailbox.gets("It is urgent", MARIA, a_result("dmarc=fail"))
    assert len(mailbox.rows(OutboxRow)) == told and len(mailbox.people()) == 1
    staff.reply(staff.Command(mailbox.deps, ticket.number, ALEX, mailbox.now), "Please call us.")
    assert len(mailbox.rows(OutboxRow)) == told + 1
    mailbox.gets("I did", MARIA, a_result("dmarc=pass"), to=mailbox.reply_address())
    assert mailbox.rows(MessageRow)[-1].body == "I did" and len(mailbox.rows(OutboxRow)) == told + 1


REFUSED = (
    "dmarc=fail",
    "dmarc=quarantine",
    "dmarc=reject",
    "spf=hardfail smtp.mailfrom=maria@example.com; dmarc=none",
    "dkim=fail header.d=example.com; dmarc=temperror",
)
NOT_SEEN = (
    "spf=pass smtp.mailfrom=other.example; dkim=pass header.d=other.example; dmarc=none",
    "spf=pass smtp.mailfrom=b@other.example; dmarc=none",
    "spf=softfail smtp.mailfrom=maria@example.com; dmarc=none",
    "dmarc=temperror; spf=pass smtp.mailfrom=other.example",
    "dmarc=pass header.from=other.example",
    "none",
    "dmarc=temperror",
    "spf=neutral smtp.mailfrom=maria@example.com; dmarc=none",
    "spf=permerror; dkim=none",
)


@pytest.mark.parametrize("result", [*REFUSED, *NOT_SEEN])
def test_what_is_not_proven_of_a_sender_stands_in_no_conversation_of_theirs(mailbox: Mailbox, result: str) -> None:
    mailbox.gets(LOG_IN, MARIA, a_result("dmarc=pass"))
    mine, told = mailbox.said(f"mail:{MARIA}"), len(mailbox.rows(OutboxRow))

    taken = mailbox.gets("Please change my address to Evil Street.", MARIA, a_result(result))

    assert taken.silent == "not_proven" and taken.to_look_at
    assert mailbox.said(f"mail:{MARIA}") == mine and len(mailbox.rows(OutboxRow)) == told
    assert "sender_not_proven" in mailbox.people()[-1].flags


@pytest.mark.parametrize("result", REFUSED)
def test_whom_a_check_refused_is_not_answered_either(mailbox: Mailbox, result: str) -> None:
    assert mailbox.gets(LOG_IN, MARIA, a_result(result)).silent == "not_proven" and not mailbox.rows(OutboxRow)


@pytest.mark.parametrize("result", NOT_SEEN)
def test_of_whom_our_server_proves_nothing_is_answered_as_a_stranger(mailbox: Mailbox, result: str) -> None:
    assert mailbox.gets(LOG_IN, MARIA, a_result(result)) == Taken()
    assert mailbox.gets("I still cannot.", MARIA, a_result(result)) == Taken()
    assert mailbox.gets("And now it is the code.", MARIA, a_result("dmarc=pass")) == Taken()
    assert len(mailbox.said(f"mail:{MARIA}")) == 3


@pytest.mark.parametrize("result", NOT_SEEN)
def test_an_answer_to_our_own_letter_is_heard_where_our_server_could_not_look(mailbox: Mailbox, result: str) -> None:
    mailbox.gets(LOG_IN, MARIA, a_result("dmarc=pass"))
    assert mailbox.gets("I still cannot.", MARIA, a_result(result), to=mailbox.reply_address()) == Taken()
    assert mailbox.gets("It says invalid.", MARIA, a_result(result)).silent == "not_proven"
    assert len(mailbox.said(f"mail:{MARIA}")) == 2


def test_who_was_proven_goes_on_where_the_check_was_switched_off(mailbox: Mailbox) -> None:
    mailbox.gets(LOG_IN, MARIA, a_result("dmarc=pass"))
    mailbox.authserv_id = ""
    assert mailbox.gets("I still cannot.", MARIA, a_result("dmarc=pass")) == Taken()
    assert len(mailbox.said(f"mail:{MARIA}")) == 2


def test_another_servers_word_is_not_believed(mailbox: Mailbox) -> None:
    assert mailbox.gets(LOG_IN, MARIA, a_result("dmarc=fail", "mx.evil.example")) == Taken()


@pytest.mark.parametrize("written", ["mx smartmed", "mx;x", "-", "mx.example.com;"])
def test_a_server_name_that_cannot_be_one_stops_the_start(written: str, policy: Policy, tmp_path: Path) -> None:
    environ = {"STATE_DIR": str(tmp_path), "SECRET_KEY": "a-long-secret-key-that-nobody-guesses-0123456789"}
    with pytest.raises(SettingsError, match="MAIL_AUTHSERV_ID"):
        load_settings({**environ, "MAIL_AUTHSERV_ID": written}, HOME, policy)
    assert (
        load_settings({**environ, "MAIL_AUTHSERV_ID": "MX.Example.com"}, HOME, policy).mail_authserv_id
        == "mx.example.com"
    )


def test_the_same_unproven_mail_twice_is_one(mailbox: Mailbox) -> None:
    for _ in range(2):
        mailbox.number = 0
        mailbox.gets(LOG_IN, MARIA, a_result("dmarc=fail"))
    assert len(mailbox.people()) == 1 and len(mailbox.rows(MessageRow)) == 1


def test_nothing_is_delivered_to_whom_is_not_answered(mailbox: Mailbox) -> None:
    mailbox.gets(LOG_IN, MARIA, a_result("dmarc=fail"))
    assert not deliver(mailbox.deps, mailbox.now)
