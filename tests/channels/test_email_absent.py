"""Whoever left the chat is reached: one letter for an answer, no health data in it, by a real mail server."""

import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import select

from bot.actions import staff
from bot.actions.deps import Deps
from bot.actions.sweep.sweep import sweep
from bot.channels.email.pages import email_pages
from bot.outbound import AnswerWaiting
from bot.storage import conversations, outbox, unread
from bot.storage.conversations import Line
from bot.storage.tables import ConversationRow, MessageRow, OutboxRow, UnreadRow
from bot.storage.unit_of_work import UnitOfWork
from handoff.policy.model import Policy
from handoff.ticket import User
from tests.channels.email_away import Away, away_of, words
from tests.channels.email_post import MARIA as ADDRESS
from tests.channels.email_post import Post
from tests.makers import ALEX, DONE, MARIA, NINE, hours, minutes


def page_behind(away: Away) -> TestClient:
    """The page behind the link of a letter."""
    app = FastAPI()
    app.include_router(email_pages(away.settings, away.deps, lambda: NINE))
    return TestClient(app)


def quiet(policy: Policy, written: str) -> Policy:
    return policy.model_copy(update={"reach": policy.reach.model_copy(update={"quiet": written})})


@pytest.mark.guide("O27")
def test_an_answer_unread_for_three_minutes_is_told_by_one_letter_without_health_data(away: Away) -> None:
    number = away.ticket()
    away.reads()
    staff.reply(staff.Command(away.deps, number, ALEX, NINE + minutes(10)), "Your insulin prescription is ready.")

    assert away.mails(NINE + minutes(12.9)) == []
    sent = away.mails(NINE + minutes(13))
    assert len(sent) == 1
    mail = sent[0]
    assert away.mails(NINE + minutes(14)) == [] and away.mails(NINE + hours(3)) == []
    assert mail["Subject"] == "You have an answer from SmartMed Support"
    text = words(mail) + str(mail)
    for private in ("insulin", "prescription", "authenticator", "Maria Lopez", f"#{number}", "code"):
        assert private not in text
    assert "http://desk.test" in words(mail)


@pytest.mark.parametrize(
    "action",
    [
        lambda d, n, at: staff.reply(staff.Command(d, n, ALEX, at), "Hello."),
        lambda d, n, at: staff.resolve(staff.Command(d, n, ALEX, at), DONE),
        lambda d, n, at: staff.escalate(staff.Command(d, n, ALEX, at), "bug_confirmed", "It fails."),
    ],
    ids=["a reply", "a resolution", "an escalation"],
)
def test_whoever_is_there_and_reads_gets_no_letter(away: Away, action: Any) -> None:
    number = away.ticket()
    action(away.deps, number, NINE + minutes(1))
    away.reads()

    assert away.mails(NINE + minutes(30)) == []


def test_a_resolution_and_a_promised_update_are_told_too_each_once(away: Away) -> None:
    number = away.ticket()
    away.reads()

    sweep(away.deps, NINE + hours(4) + minutes(1))
    assert len(away.mails(NINE + hours(4) + minutes(5))) == 1
    staff.resolve(staff.Command(away.deps, number, ALEX, NINE + hours(5)), DONE)
    assert len(away.mails(NINE + hours(5) + minutes(4))) == 1
    assert away.mails(NINE + hours(9)) == []


def test_several_answers_that_wait_together_are_told_by_one_letter(away: Away) -> None:
    number = away.ticket()
    away.reads()
    for n in range(3):
        staff.reply(staff.Command(away.deps, number, ALEX, NINE + minutes(10 + n)), f"Part {n}.")

    assert len(away.mails(NINE + minutes(13))) == 1
    assert away.mails(NINE + hours(1)) == []
    with away.deps.reading.begin() as db:
        settled = sorted(str(row.settled) for row in db.scalars(select(UnreadRow)))
    assert settled == ["letter", "together", "together"]


def test_letters_about_answers_that_stay_unread_are_never_the_same_twice(away: Away) -> None:
    number = away.ticket()
    away.reads()
    sent = []
    for at in (10, 60, 120):
        staff.reply(staff.Command(away.deps, number, ALEX, NINE + minutes(at)), "Hello.")
        sent += away.mails(NINE + minutes(at + 4))

    assert len({words(mail) for mail in sent}) == len(sent) == 3
    assert "3 answers" in words(sent[-1]) and "answers" not in words(sent[0])
    away.reads()
    staff.reply(staff.Command(away.deps, number, ALEX, NINE + minutes(180)), "And more.")
    (after,) = away.mails(NINE + minutes(184))
    assert "An answer from" in words(after)


def the_update_is_said_again(away: Away, at: datetime) -> None:
    """A line in the words of the one before."""
    with away.deps.sessions.begin() as db:
        line = db.scalars(select(MessageRow).where(MessageRow.kind == "next_update")).one()
        again = Line("bot", "SmartMed", line.body, visible_to_user=True, kind="next_update")
        work, row = UnitOfWork(db, at), db.get_one(ConversationRow, line.conversation_id)
        unread.watch(work, away.deps.policy, row, conversations.append(work, row, again))


def test_a_letter_that_would_say_the_very_same_does_not_go(away: Away) -> None:
    """No answer yet, and the promised time is still the same: the next line says nothing new to who has read none."""
    number = away.ticket()
    away.reads()
    sweep(away.deps, NINE + hours(4) + minutes(1))
    (told,) = away.mails(NINE + hours(4) + minutes(5))
    the_update_is_said_again(away, NINE + hours(4) + minutes(6))

    assert told and away.mails(NINE + hours(4) + minutes(12)) == []
    with away.deps.reading.begin() as db:
        assert [str(row.settled) for row in db.scalars(select(UnreadRow))][-1] == "told"
    staff.reply(staff.Command(away.deps, number, ALEX, NINE + hours(5)), "Hello.")
    assert len(away.mails(NINE + hours(5) + minutes(4))) == 1


def test_a_letter_that_came_back_has_told_nobody_and_goes_again(away: Away) -> None:
    away.ticket()
    away.reads()
    sweep(away.deps, NINE + hours(4) + minutes(1))
    (told,) = away.mails(NINE + hours(4) + minutes(5))
    with away.deps.sessions.begin() as db:
        letter = db.scalars(select(OutboxRow).where(OutboxRow.kind == AnswerWaiting.kind)).one()
        outbox.came_back(UnitOfWork(db, NINE + hours(4) + minutes(6)), letter.id, "bounced")
    the_update_is_said_again(away, NINE + hours(4) + minutes(6))

    (again,) = away.mails(NINE + hours(4) + minutes(12))
    assert words(again) == words(told)


def test_a_letter_that_waits_for_the_mail_server_is_not_sent_when_the_answer_was_read_by_then(away: Away) -> None:
    number = away.ticket()
    staff.reply(staff.Command(away.deps, number, ALEX, NINE + minutes(10)), "Hello.")
    sweep(away.deps, NINE + minutes(14))
    away.reads()

    assert away.mails(NINE + minutes(15)) == []


def test_a_visitor_without_a_signed_address_gets_no_letter(deps: Deps, policy: Policy, tmp_path: Path) -> None:
    post = Post()
    away = replace(away_of(deps, policy, tmp_path, post), user=User("anonymous:1", email=ADDRESS))
    number = away.ticket()
    staff.reply(staff.Command(away.deps, number, ALEX, NINE + minutes(10)), "Hello.")

    assert away.mails(NINE + hours(1)) == []
    post.close()


def test_the_link_in_the_letter_ends_letters_and_looking_at_it_does_nothing(away: Away) -> None:
    number = away.ticket()
    staff.reply(staff.Command(away.deps, number, ALEX, NINE + minutes(10)), "Hello.")
    (mail,) = away.mails(NINE + minutes(13))
    (link,) = set(re.findall(r"http://desk\.test(/letters/\S+)", words(mail)))
    assert str(mail["List-Unsubscribe"]) == f"<http://desk.test{link}>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    client = page_behind(away)

    assert client.get(link).status_code == 200
    staff.reply(staff.Command(away.deps, number, ALEX, NINE + minutes(20)), "And more.")
    assert len(away.mails(NINE + minutes(24))) == 1
    assert client.post(link, content=b"List-Unsubscribe=One-Click").status_code == 200
    staff.reply(staff.Command(away.deps, number, ALEX, NINE + minutes(30)), "And more.")
    assert away.mails(NINE + hours(1)) == []
    assert client.post(f"{link}/on").status_code == 200
    staff.reply(staff.Command(away.deps, number, ALEX, NINE + hours(2)), "And more again.")
    assert len(away.mails(NINE + hours(3))) == 1
    assert client.post("/letters/forged").status_code == 404


@pytest.mark.parametrize(("zone", "late"), [("", 5), ("Europe/Berlin", 0)])
def test_in_quiet_hours_the_letter_waits_for_their_end_in_the_users_zone(
    deps: Deps, policy: Policy, tmp_path: Path, zone: str, late: int
) -> None:
    """02:10 in New York is 08:10 in Berlin."""
    post, night = Post(), NINE + hours(17)
    away = replace(away_of(deps, quiet(policy, "21:00-07:00"), tmp_path, post), user=replace(MARIA, zone=zone))
    number = away.ticket()
    staff.reply(staff.Command(away.deps, number, ALEX, night + minutes(10)), "Hello.")

    assert len(away.mails(night + minutes(20))) == (0 if late else 1)
    assert len(away.mails(night + hours(5.1))) == (1 if late else 0)
    post.close()


def test_an_emergency_is_not_held_back_and_its_letter_names_the_numbers(
    deps: Deps, policy: Policy, tmp_path: Path
) -> None:
    post = Post()
    away = away_of(deps, quiet(policy, "00:00-23:59"), tmp_path, post)
    away.says("I have chest pain and can't breathe, and the app won't load")
    sweep(away.deps, NINE + minutes(16))

    (mail,) = away.mails(NINE + minutes(20))
    assert "911" in words(mail) and "988" in words(mail) and "chest" not in words(mail)
    with away.deps.reading.begin() as db:
        update = db.scalars(select(MessageRow).where(MessageRow.kind == "next_update")).one()
    assert "911" in update.body and "don't need to do anything" not in update.body
    post.close()


def test_the_letter_is_in_the_language_of_the_request_and_tells_nothing_of_it(away: Away) -> None:
    away.says("hola, no puedo entrar en mi cuenta")
    away.reads()
    number = away.number()
    staff.reply(staff.Command(away.deps, number, ALEX, NINE + minutes(10)), "Ya puede entrar.")

    (mail,) = away.mails(NINE + minutes(13))

    assert mail["Subject"] == "SmartMed Support: Tiene una respuesta de nuestro equipo"
    assert "Tiene una respuesta de nuestro equipo:\r\n\r\nhttp://desk.test" in words(mail)
    assert not any(private in words(mail) + str(mail) for private in ("entrar", "cuenta", f"#{number}"))


def test_that_an_emergency_still_waits_is_told_in_its_language_with_the_numbers(
    deps: Deps, policy: Policy, tmp_path: Path
) -> None:
    post = Post()
    away = away_of(deps, quiet(policy, "00:00-23:59"), tmp_path, post)
    away.says("me duele mucho el pecho y no puedo respirar")
    sweep(away.deps, NINE + minutes(16))

    (mail,) = away.mails(NINE + minutes(20))

    assert mail["Subject"] == "SmartMed Support" and "pecho" not in words(mail)
    assert "llame ahora al 911" in words(mail) and "Tendrá noticias a más tardar" in words(mail)
    assert "Nobody" not in words(mail) and "http://desk.test" in words(mail)
    post.close()
