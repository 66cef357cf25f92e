"""Whoever asks to be answered by e-mail or by phone is, and no way is offered that cannot be kept."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.actions import staff
from bot.actions.deps import Deps
from bot.channels.email.incoming import Intake
from bot.channels.email.parse import Mail
from bot.channels.email.tokens import Tokens
from bot.storage import conversations
from bot.storage.tables import MessageRow
from handoff import ticket_card
from handoff.policy.model import Policy
from handoff.ticket import User
from tests.channels.email_away import Away, away_of, the_ticket, words
from tests.channels.email_post import MARIA as ADDRESS
from tests.channels.email_post import Post
from tests.makers import ALEX, DONE, NINE, hours, minutes


@pytest.mark.guide("O27")
def test_whoever_asks_for_e_mail_is_answered_by_e_mail_in_one_mail_each(away: Away) -> None:
    number = away.asks_for("By e-mail")
    assert the_ticket(away, number).request.details[-1].value == "By e-mail"
    with away.deps.reading.begin() as db:
        opened = db.scalars(select(MessageRow).where(MessageRow.kind == "ticket_opened")).one()
    assert "The answer comes by e-mail" in opened.body

    staff.reply(staff.Command(away.deps, number, ALEX, NINE + minutes(10)), "We corrected the invoice.")
    (mail,) = away.mails(NINE + minutes(11))
    assert "We corrected the invoice." in words(mail) and f"[Ticket #{number}]" in str(mail["Subject"])
    assert away.mails(NINE + hours(1)) == []
    staff.resolve(staff.Command(away.deps, number, ALEX, NINE + hours(2)), DONE)
    (mail,) = away.mails(NINE + hours(2) + minutes(0.1))
    assert "Issue Resolved" in str(mail["Subject"]) and away.mails(NINE + hours(4)) == []


def test_what_is_answered_to_such_a_mail_stands_in_the_same_chat(away: Away) -> None:
    number = away.asks_for("By e-mail")
    staff.reply(staff.Command(away.deps, number, ALEX, NINE + minutes(10)), "Which month?")
    (mail,) = away.mails(NINE + minutes(11))
    tokens = Tokens(away.settings.signing_key("mail"), away.settings.mail_from)
    for writer, key in ((ADDRESS, "a"), ("eve@example.net", "b")):
        to = (str(mail["Reply-To"]),)
        came = Mail(writer, "x", "Re: it", f"October {key}", f"<{key}@example.com>", (), to, ())
        Intake(away.deps, tokens).take_in(came, NINE + minutes(20))

    with away.deps.reading.begin() as db:
        said = [line.body for line in conversations.transcript(db, away.row().id)]
    assert "October a" in said and "October b" not in said


def test_who_asks_to_be_called_is_asked_for_the_number_and_staff_see_it(away: Away) -> None:
    number = away.asks_for("By phone")
    with away.deps.reading.begin() as db:
        opened = db.scalars(select(MessageRow).where(MessageRow.kind == "ticket_opened")).one()

    assert "Please write here the number we should call." in opened.body
    card = ticket_card.card(away.deps.policy, the_ticket(away, number), away.deps.showing(), base_url="x").body
    assert "Answer: asked to be called; no number is known yet" in card


def test_a_way_that_cannot_be_kept_is_not_offered(deps: Deps, policy: Policy, tmp_path: Path) -> None:
    post = Post()
    for away, offered in (
        (away_of(deps, policy, tmp_path, post), True),
        (Away(replace(deps, policy=policy), None, post, User("u-2", "Jo", ADDRESS, verified=True)), False),
        (replace(away_of(deps, policy, tmp_path, post), user=User("anonymous:2")), False),
    ):
        said = [*away.says("I want to talk to a human"), *away.says("My invoice for October is wrong")]
        labels = [button["label"] for one in said for button in one.buttons]
        assert "By phone" in labels and ("By e-mail" in labels) is offered
    post.close()


def test_the_choices_of_the_question_are_those_of_the_guide(deps: Deps, policy: Policy) -> None:
    wish = policy.reach.wish
    details = [d for intent in deps.assistant().script.catalog.intents.values() for d in intent.details]
    choices = {choice for detail in details if detail.id == wish.detail for choice in detail.choices}
    assert {*wish.by_email, *wish.by_phone} <= choices
