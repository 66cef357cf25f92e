"""Whoever left the chat is reached: one letter for an answer, no health data in it, by a real mail server."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import select

from bot.actions import staff
from bot.actions.clocks import sweep
from bot.actions.deliver import deliver
from bot.actions.deps import Deps
from bot.actions.receive import Incoming, receive
from bot.channels.email.incoming import Intake
from bot.channels.email.outgoing import EmailSender
from bot.channels.email.pages import email_pages
from bot.channels.email.parse import Mail
from bot.channels.email.tokens import Tokens
from bot.storage import conversations, tickets
from bot.storage.tables import ConversationRow, MessageRow, UnreadRow
from handoff import notices
from handoff.policy import Policy
from handoff.ticket import Ticket, User
from tests.channels.email_post import MARIA as ADDRESS
from tests.channels.email_post import Post, settings_for
from tests.makers import ALEX, DONE, MARIA, NINE, hours, minutes

QUESTION = "my authenticator code is refused"


@dataclass
class Desk:
    """Us with a mail server, and Maria in the chat of the app."""

    deps: Deps
    settings: Any
    post: Post
    user: User = MARIA
    _seen: int = field(default=0)

    def says(self, text: str, at: datetime = NINE, **given: Any) -> list[MessageRow]:
        return list(receive(self.deps, Incoming(self.user, "in_app_chat", text, **given), at).answers)

    def ticket(self) -> int:
        """The number of a ticket that Maria got; she skips the questions."""
        self.says(QUESTION)
        self.says("please let me talk to a person")
        return self.number()

    def asks_for(self, way: str) -> int:
        """The number of a ticket that Maria got who asked to be answered in a way."""
        for text in ("I want to talk to a human", "My invoice for October is wrong", way):
            self.says(text)
        return self.number()

    def number(self) -> int:
        for _ in range(9):
            if not self.row().ticket_number:
                self.says("skip")
        number = self.row().ticket_number
        assert number is not None
        return number

    def row(self) -> ConversationRow:
        with self.deps.reading.begin() as db:
            return conversations.of_user(db, self.user.id)[0]

    def reads(self) -> None:
        """Her client has everything."""
        with self.deps.sessions.begin() as db:
            conversations.mark_read(db, self.row().id, self.row().last_number)

    def mails(self, at: datetime) -> list[EmailMessage]:
        """What the worker sends to her at this time; the sweep runs as often as it likes."""
        for _ in range(3):
            sweep(self.deps, at)
            while deliver(self.deps, at):
                pass
        fresh = [mail for _, to, mail in self.post.taken[self._seen :] if ADDRESS in to]
        self._seen = len(self.post.taken)
        return fresh


def words(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def a_desk(deps: Deps, policy: Policy, folder: Path, post: Post) -> Desk:
    settings = settings_for(policy, folder, post.url, "")
    sender = EmailSender(settings, policy, deps.sessions)
    return Desk(replace(deps, policy=policy, senders={"email": sender}), settings, post)


@pytest.fixture
def desk_(deps: Deps, policy: Policy, tmp_path: Path) -> Iterator[Desk]:
    post = Post()
    yield a_desk(deps, policy, tmp_path, post)
    post.close()


def page_behind(desk_: Desk) -> TestClient:
    """The page behind the link of a letter."""
    app = FastAPI()
    app.include_router(email_pages(desk_.settings, desk_.deps, lambda: NINE))
    return TestClient(app)


def quiet(policy: Policy, written: str) -> Policy:
    return policy.model_copy(update={"reach": policy.reach.model_copy(update={"quiet": written})})


@pytest.mark.guide("O27")
def test_an_answer_unread_for_three_minutes_is_told_by_one_letter_without_health_data(desk_: Desk) -> None:
    number = desk_.ticket()
    desk_.reads()
    staff.reply(desk_.deps, number, "Your insulin prescription is ready.", ALEX, NINE + minutes(10))

    assert desk_.mails(NINE + minutes(12.9)) == []
    (mail,) = desk_.mails(NINE + minutes(13))
    assert desk_.mails(NINE + minutes(14)) == [] and desk_.mails(NINE + hours(3)) == []
    assert mail["Subject"] == "You have an answer from SmartMed Support"
    text = words(mail) + str(mail)
    for private in ("insulin", "prescription", "authenticator", "Maria Lopez", f"#{number}", "code"):
        assert private not in text
    assert "http://desk.test" in words(mail)


@pytest.mark.parametrize(
    "deed",
    [
        lambda d, n, at: staff.reply(d, n, "Hello.", ALEX, at),
        lambda d, n, at: staff.resolve(d, n, DONE, ALEX, at),
        lambda d, n, at: staff.escalate(d, n, "bug_confirmed", ALEX, at),
    ],
    ids=["a reply", "a resolution", "an escalation"],
)
def test_whoever_is_there_and_reads_gets_no_letter(desk_: Desk, deed: Any) -> None:
    number = desk_.ticket()
    deed(desk_.deps, number, NINE + minutes(1))
    desk_.reads()

    assert desk_.mails(NINE + minutes(30)) == []


def test_a_resolution_and_a_promised_update_are_told_too_each_once(desk_: Desk) -> None:
    number = desk_.ticket()
    desk_.reads()

    sweep(desk_.deps, NINE + hours(4) + minutes(1))
    assert len(desk_.mails(NINE + hours(4) + minutes(5))) == 1
    staff.resolve(desk_.deps, number, DONE, ALEX, NINE + hours(5))
    assert len(desk_.mails(NINE + hours(5) + minutes(4))) == 1
    assert desk_.mails(NINE + hours(9)) == []


def test_several_answers_that_wait_together_are_told_by_one_letter(desk_: Desk) -> None:
    number = desk_.ticket()
    desk_.reads()
    for n in range(3):
        staff.reply(desk_.deps, number, f"Part {n}.", ALEX, NINE + minutes(10 + n))

    assert len(desk_.mails(NINE + minutes(13))) == 1
    assert desk_.mails(NINE + hours(1)) == []
    with desk_.deps.reading.begin() as db:
        settled = sorted(str(row.settled) for row in db.scalars(select(UnreadRow)))
    assert settled == ["letter", "together", "together"]


def test_a_letter_that_waits_for_the_mail_server_is_not_sent_when_the_answer_was_read_by_then(desk_: Desk) -> None:
    number = desk_.ticket()
    staff.reply(desk_.deps, number, "Hello.", ALEX, NINE + minutes(10))
    sweep(desk_.deps, NINE + minutes(14))
    desk_.reads()

    assert desk_.mails(NINE + minutes(15)) == []


def test_a_visitor_without_a_signed_address_gets_no_letter(deps: Deps, policy: Policy, tmp_path: Path) -> None:
    post = Post()
    desk_ = replace(a_desk(deps, policy, tmp_path, post), user=User("anonymous:1", email=ADDRESS))
    number = desk_.ticket()
    staff.reply(desk_.deps, number, "Hello.", ALEX, NINE + minutes(10))

    assert desk_.mails(NINE + hours(1)) == []
    post.close()


def test_the_link_in_the_letter_ends_letters_and_looking_at_it_does_nothing(desk_: Desk) -> None:
    number = desk_.ticket()
    staff.reply(desk_.deps, number, "Hello.", ALEX, NINE + minutes(10))
    (mail,) = desk_.mails(NINE + minutes(13))
    (link,) = set(re.findall(r"http://desk\.test(/letters/\S+)", words(mail)))
    assert str(mail["List-Unsubscribe"]) == f"<http://desk.test{link}>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    client = page_behind(desk_)

    assert client.get(link).status_code == 200
    staff.reply(desk_.deps, number, "And more.", ALEX, NINE + minutes(20))
    assert len(desk_.mails(NINE + minutes(24))) == 1
    assert client.post(link, content=b"List-Unsubscribe=One-Click").status_code == 200
    staff.reply(desk_.deps, number, "And more.", ALEX, NINE + minutes(30))
    assert desk_.mails(NINE + hours(1)) == []
    assert client.post(f"{link}/on").status_code == 200
    staff.reply(desk_.deps, number, "And more again.", ALEX, NINE + hours(2))
    assert len(desk_.mails(NINE + hours(3))) == 1
    assert client.post("/letters/forged").status_code == 404


@pytest.mark.parametrize(("zone", "late"), [("", 5), ("Europe/Berlin", 0)])
def test_in_quiet_hours_the_letter_waits_for_their_end_in_the_users_zone(
    deps: Deps, policy: Policy, tmp_path: Path, zone: str, late: int
) -> None:
    """02:10 in New York is 08:10 in Berlin."""
    post, night = Post(), NINE + hours(17)
    desk_ = replace(a_desk(deps, quiet(policy, "21:00-07:00"), tmp_path, post), user=replace(MARIA, zone=zone))
    number = desk_.ticket()
    staff.reply(desk_.deps, number, "Hello.", ALEX, night + minutes(10))

    assert len(desk_.mails(night + minutes(20))) == (0 if late else 1)
    assert len(desk_.mails(night + hours(5.1))) == (1 if late else 0)
    post.close()


def test_an_emergency_is_not_held_back_and_its_letter_names_the_numbers(
    deps: Deps, policy: Policy, tmp_path: Path
) -> None:
    post = Post()
    desk_ = a_desk(deps, quiet(policy, "00:00-23:59"), tmp_path, post)
    desk_.says("I have chest pain and can't breathe, and the app won't load")
    sweep(desk_.deps, NINE + minutes(16))

    (mail,) = desk_.mails(NINE + minutes(20))
    assert "911" in words(mail) and "988" in words(mail) and "chest" not in words(mail)
    with desk_.deps.reading.begin() as db:
        update = db.scalars(select(MessageRow).where(MessageRow.kind == "next_update")).one()
    assert "911" in update.body and "don't need to do anything" not in update.body
    post.close()


@pytest.mark.guide("O27")
def test_whoever_asks_for_e_mail_is_answered_by_e_mail_in_one_mail_each(desk_: Desk) -> None:
    number = desk_.asks_for("By e-mail")
    assert the_ticket(desk_, number).request.details[-1].value == "By e-mail"
    with desk_.deps.reading.begin() as db:
        opened = db.scalars(select(MessageRow).where(MessageRow.kind == "ticket_opened")).one()
    assert "The answer comes by e-mail" in opened.body

    staff.reply(desk_.deps, number, "We corrected the invoice.", ALEX, NINE + minutes(10))
    (mail,) = desk_.mails(NINE + minutes(11))
    assert "We corrected the invoice." in words(mail) and f"[Ticket #{number}]" in str(mail["Subject"])
    assert desk_.mails(NINE + hours(1)) == []
    staff.resolve(desk_.deps, number, DONE, ALEX, NINE + hours(2))
    (mail,) = desk_.mails(NINE + hours(2) + minutes(0.1))
    assert "Issue Resolved" in str(mail["Subject"]) and desk_.mails(NINE + hours(4)) == []


def test_what_is_answered_to_such_a_mail_stands_in_the_same_chat(desk_: Desk) -> None:
    number = desk_.asks_for("By e-mail")
    staff.reply(desk_.deps, number, "Which month?", ALEX, NINE + minutes(10))
    (mail,) = desk_.mails(NINE + minutes(11))
    tokens = Tokens(desk_.settings.signing_key("mail"), desk_.settings.mail_from)
    for writer, key in ((ADDRESS, "a"), ("eve@example.net", "b")):
        to = (str(mail["Reply-To"]),)
        came = Mail(writer, "x", "Re: it", f"October {key}", f"<{key}@example.com>", (), to, ())
        Intake(desk_.deps, tokens).take_in(came, NINE + minutes(20))

    with desk_.deps.reading.begin() as db:
        said = [line.body for line in conversations.transcript(db, desk_.row().id)]
    assert "October a" in said and "October b" not in said


def test_who_asks_to_be_called_is_asked_for_the_number_and_staff_see_it(desk_: Desk) -> None:
    number = desk_.asks_for("By phone")
    with desk_.deps.reading.begin() as db:
        opened = db.scalars(select(MessageRow).where(MessageRow.kind == "ticket_opened")).one()

    assert "Please write here the number we should call." in opened.body
    card = notices.card(desk_.deps.policy, the_ticket(desk_, number), desk_.deps.showing(), base_url="x").body
    assert "Answer: asked to be called; no number is known yet" in card


def test_a_way_that_cannot_be_kept_is_not_offered(deps: Deps, policy: Policy, tmp_path: Path) -> None:
    post = Post()
    for desk_, offered in (
        (a_desk(deps, policy, tmp_path, post), True),
        (Desk(replace(deps, policy=policy), None, post, User("u-2", "Jo", ADDRESS, verified=True)), False),
        (replace(a_desk(deps, policy, tmp_path, post), user=User("anonymous:2")), False),
    ):
        said = [*desk_.says("I want to talk to a human"), *desk_.says("My invoice for October is wrong")]
        labels = [button["label"] for one in said for button in one.buttons]
        assert "By phone" in labels and ("By e-mail" in labels) is offered
    post.close()


def test_the_choices_of_the_question_are_those_of_the_guide(deps: Deps, policy: Policy) -> None:
    wish = policy.reach.wish
    details = [d for intent in deps.assistant().script.catalog.intents.values() for d in intent.details]
    choices = {choice for detail in details if detail.id == wish.detail for choice in detail.choices}
    assert {*wish.by_email, *wish.by_phone} <= choices


def the_ticket(desk_: Desk, number: int) -> Ticket:
    with desk_.deps.reading.begin() as db:
        row = tickets.get(db, number)
        assert row is not None
        return tickets.ticket_of(row)
