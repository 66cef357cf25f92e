"""Mail in, answer out, reply by the signed address, ticket: with real servers, on both databases."""

from collections.abc import Iterator
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from imap_tools import AND
from sqlalchemy import func, select

from bot.actions.deps import Deps
from bot.channels.email.imap import Inbox
from bot.channels.email.incoming import Intake, Taken
from bot.channels.email.parse import Mail
from bot.channels.email.texts import load_email_words
from bot.channels.email.tokens import Tokens
from bot.storage import outbox
from bot.storage.tables import ConversationRow, EventRow, MessageRow, OutboxRow, TicketRow
from handoff.policy.model import Policy
from tests.channels.email_post import MARIA, Office, Post, a_mail, answer_to, imap_server, office_of, settings_for
from tests.makers import a_picture

CANNOT_LOG_IN = "I cannot log in to my account, it says invalid email or password."
PNG = a_picture()


@pytest.fixture(scope="module")
def imap() -> Iterator[str]:
    """A mail server that all tests have one after the other."""
    with imap_server() as address:
        yield address


@pytest.fixture
def office(deps: Deps, policy: Policy, tmp_path: Path, imap: str) -> Iterator[Office]:
    post = Post()
    made = office_of(post, deps, settings_for(policy, tmp_path, post.url, imap), policy)
    made.empties()
    yield made
    post.close()


def test_of_a_mail_too_large_the_headers_alone_are_fetched_and_its_writer_is_told(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.email.imap.MOST_BYTES", 5_000)
    sent = office.says(a_mail("word " * 2_000))

    assert any(load_email_words().texts["too_large"] in words(mail) for mail in sent)
    with office.box() as box:
        assert [sorted(mail.flags) for mail in box.fetch(mark_seen=False)] == [["\\Flagged", "\\Seen"]]


def words(mail: EmailMessage, kind: str = "plain") -> str:
    body = mail.get_body((kind,))
    assert body is not None
    return str(body.get_content())


def rows(office: Office, table: Any) -> list[Any]:
    with office.deps.reading.begin() as db:
        return list(db.scalars(select(table).order_by(*table.__table__.primary_key)))


def test_a_mail_is_answered_by_one_mail_in_its_thread(office: Office) -> None:
    answers = office.says(a_mail(CANNOT_LOG_IN, Subject="my password, again"))
    assert len(answers) == 1
    mail = answers[0]
    assert mail["To"] == MARIA
    assert mail["In-Reply-To"] == "<m1@example.com>"
    assert mail["Auto-Submitted"] == "auto-replied"
    assert "password" not in str(mail["Subject"])
    assert str(mail["Reply-To"]).startswith("support+")
    assert {part.get_content_type() for part in mail.walk()} >= {"text/plain", "text/html"}
    assert "support@smartmed.com" in str(mail["From"])
    assert words(mail).startswith("Please write your reply above this line.")


def test_the_greeting_and_the_answer_come_in_one_mail_and_nothing_is_left(office: Office) -> None:
    office.says(a_mail(CANNOT_LOG_IN))
    with office.deps.reading.begin() as db:
        assert set(outbox.backlog(db)) == {"sent"}
    bodies = [row.body for row in rows(office, MessageRow) if row.said_by == "bot"]
    text = " ".join(words(office.post.taken[0][2]).split())
    assert len(bodies) >= 2
    assert all(" ".join(body.split())[:40] in text for body in bodies)


def test_a_reply_reaches_its_conversation_and_becomes_a_ticket(office: Office) -> None:
    first = office.says(a_mail(CANNOT_LOG_IN))[0]
    answer = office.says(answer_to(first, "I want to talk to a person please", number=2))[-1]
    for number in range(3, 9):
        if rows(office, TicketRow):
            break
        answer = office.says(answer_to(answer, "skip", number=number))[-1]
    assert len(rows(office, TicketRow)) == 1
    assert len(rows(office, ConversationRow)) == 1
    assert "[Ticket #" in str(answer["Subject"])
    said = [row.body for row in rows(office, MessageRow) if row.said_by == "user"]
    assert said[1] == "I want to talk to a person please"


def test_both_letters_of_a_handover_go_out_each_under_its_own_subject(office: Office) -> None:
    answer = office.says(a_mail(CANNOT_LOG_IN))[0]
    for number, text in enumerate(("I want to talk to a person please", *["skip"] * 6), 2):
        mails = office.says(answer_to(answer, text, number=number))
        answer = mails[-1]
        if rows(office, TicketRow):
            break

    subjects = [str(mail["Subject"]) for mail in mails]
    assert all("[Ticket #1001]" in subject for subject in subjects)
    assert "Your SmartMed Support Request" in subjects[0] and "Escalated to" in subjects[1]
    assert [words(mail).count("Hi Maria") for mail in mails[:2]] == [1, 1]
    assert "Escalated" not in words(mails[0])


def test_the_same_mail_twice_is_one_message(office: Office) -> None:
    office.says(a_mail(CANNOT_LOG_IN))
    assert office.says(a_mail(CANNOT_LOG_IN)) == []
    assert len([row for row in rows(office, MessageRow) if row.said_by == "user"]) == 1


def test_a_forged_reply_address_of_another_person_opens_her_own_conversation(office: Office) -> None:
    first = office.says(a_mail(CANNOT_LOG_IN))[0]
    office.says(a_mail("hello", number=2, to=str(first["Reply-To"]), From="Eve <eve@example.net>"))
    assert {row.user_id for row in rows(office, ConversationRow)} == {f"mail:{MARIA}", "mail:eve@example.net"}
    assert office.post.taken[-1][1] == ["eve@example.net"]


def test_a_mail_is_marked_as_read_only_after_it_was_stored(office: Office) -> None:
    office.put(a_mail(CANNOT_LOG_IN))
    office.fetches()
    with office.box() as box:
        assert box.uids(AND(seen=False)) == []
    assert office.fetches() == 0


def test_an_attached_picture_is_kept_and_a_program_is_refused_in_words(office: Office) -> None:
    mail = EmailMessage()
    for name, value in (("From", MARIA), ("To", "support@smartmed.com"), ("Subject", "x"), ("Message-ID", "<a@b>")):
        mail[name] = value
    mail.set_content(CANNOT_LOG_IN)
    mail.add_attachment(PNG, maintype="image", subtype="png", filename="screen.png")
    mail.add_attachment(b"MZ\x90\x00" + b"\x00" * 200, maintype="image", subtype="png", filename="evil.png")
    text = "".join(words(answer) for answer in office.says(mail.as_bytes()))
    stored = [row.attachment_id for row in rows(office, MessageRow) if row.attachment_id is not None]
    assert len(stored) == 1
    assert "received your file" in text and "take that file" in text


def test_a_greylisted_mail_arrives_once_later_with_the_same_id(office: Office) -> None:
    office.post.answers = ["451 4.7.1 come back later", "452 4.2.2 full", "250 OK"]
    assert office.says(a_mail(CANNOT_LOG_IN)) == []
    assert office.delivers(later=60) == []
    assert len(office.delivers(later=600)) == 1
    assert office.delivers(later=6000) == []
    last = [row for row in rows(office, OutboxRow) if row.state == "sent"][-1]
    assert last.external_id == office.post.taken[0][2]["Message-ID"]


@pytest.mark.parametrize("refusal", ["550 5.1.1 no such user", "552 5.2.2 over quota", "553 bad name"])
def test_a_mail_that_is_refused_for_good_is_a_dead_letter(office: Office, refusal: str) -> None:
    office.post.answers = [refusal]
    office.says(a_mail(CANNOT_LOG_IN))
    with office.deps.reading.begin() as db:
        assert outbox.backlog(db)["dead"] == 1
        assert db.scalar(select(func.count()).where(EventRow.kind == "delivery_failed")) == 1


def test_a_bounce_is_put_on_the_record_and_not_answered(office: Office) -> None:
    first = office.says(a_mail(CANNOT_LOG_IN))[0]
    bounce = (
        "From: MAILER-DAEMON@example.com\r\nReturn-Path: <>\r\nMessage-ID: <b@x>\r\n"
        f"To: {first['Reply-To']}\r\nContent-Type: multipart/report; boundary=b\r\n\r\n--b\r\n\r\nNo such user\r\n"
        f"--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: {first['Message-ID']}\r\n--b--\r\n"
    )
    assert office.says(bounce.encode()) == []
    assert [row.last_error for row in rows(office, OutboxRow) if row.state == "dead"] == ["bounced"]
    kinds = [row.kind for row in rows(office, EventRow) if row.conversation_id is not None]
    assert kinds[-2:] == ["mail_not_answered", "delivery_failed"]


def test_a_loop_and_a_flood_are_not_answered(office: Office) -> None:
    first = office.says(a_mail(CANNOT_LOG_IN))[0]
    assert office.says(first.as_bytes()) == []
    for number in range(2, 26):
        office.put(a_mail("thanks", number=number))
    office.fetches()
    office.delivers()
    said = [row for row in rows(office, MessageRow) if row.said_by == "user"]
    assert len(said) == 20
    with office.box() as box:
        assert len(box.uids(AND(flagged=True))) == 5


class Poisoned(Intake):
    """One writer's mails cannot be read."""

    def take_in(self, mail: Mail, now: datetime) -> Taken:
        if mail.address == "poison@example.com":
            raise RecursionError(mail.text)
        return super().take_in(mail, now)


def test_a_mail_that_cannot_be_read_is_flagged_and_holds_up_nothing(office: Office) -> None:
    tokens = Tokens(office.settings.signing_key("mail"), office.settings.mail_from)
    office.inbox = Inbox(office.settings, office.deps, Poisoned(office.deps, tokens))
    office.put(a_mail("hello", number=9, From="poison@example.com"))
    assert len(office.says(a_mail(CANNOT_LOG_IN))) == 1
    with office.box() as box:
        assert len(box.uids(AND(flagged=True))) == 1
        assert box.uids(AND(seen=False)) == []
