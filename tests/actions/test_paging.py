"""A Critical ticket: people are called at once, again and further up, until somebody says that they are on it."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import select

from bot.actions import staff
from bot.actions.deps import Deps
from bot.actions.paging import page_people
from bot.actions.receive import Incoming, receive
from bot.actions.sweep.sweep import sweep
from bot.storage import paging, tickets
from bot.storage.tables import EventRow, OutboxRow
from handoff import on_call
from handoff.policy.channels import Contact, RotaWeek
from handoff.policy.model import Policy
from handoff.ticket import Ticket, User
from tests.makers import ALEX, DONE, NINE, a_ticket, minutes

EMERGENCY = "my husband has chest pain and cannot breathe"
CALLED = {"on_call": "UONCALL", "support_lead": "ULEAD", "support_manager": "UMANAGER", "security": "USECURITY"}


class Taken:
    """A way out that is set up; the rows are what these tests look at."""

    def send(self, delivery: Any, now: datetime) -> str:
        """Never reached."""
        raise AssertionError((delivery, now))


def staffed(policy: Policy, **rota: Any) -> Policy:
    """The guide with its contacts filled in."""
    filled: dict[str, Contact] = {}
    for key, contact in policy.contacts.contacts.items():
        reach = {"name": key.title(), "email": f"{key}@example.com", "slack": CALLED.get(key, "")}
        filled[key] = contact.model_copy(update=reach)
    return policy.model_copy(update={"contacts": policy.contacts.model_copy(update={"contacts": filled, **rota})})


@pytest.fixture
def on_duty(deps: Deps, policy: Policy) -> Deps:
    """With contacts, mail, a pager and a Slack channel."""
    ways = {"email": Taken(), "webhook": Taken(), "slack_desk": Taken()}
    return replace(deps, policy=staffed(policy), senders=ways, team_channels={"support": "C1", "security": "C2"})


def in_danger(deps: Deps) -> int:
    """An emergency at nine; the number of its ticket."""
    told = receive(deps, Incoming(User("u-maria", "Maria"), "in_app_chat", EMERGENCY), NINE)
    assert told.conversation.ticket_number is not None
    return told.conversation.ticket_number


def called(deps: Deps) -> list[list[str]]:
    """Who was called, round by round."""
    with deps.reading.begin() as db:
        found = db.scalars(select(EventRow).where(EventRow.kind == "paged").order_by(EventRow.id))
        return [row.data["roles"] for row in found]


def sent(deps: Deps, channel: str, kind: str) -> list[Any]:
    with deps.reading.begin() as db:
        rows = db.scalars(select(OutboxRow).where(OutboxRow.channel == channel, OutboxRow.kind == kind))
        return [row.payload for row in rows.all()]


def the_ticket(deps: Deps, number: int) -> Ticket:
    with deps.reading.begin() as db:
        row = tickets.get(db, number)
        assert row is not None
        return tickets.ticket_of(row)


@pytest.mark.guide("O13", "CO3")
def test_the_person_on_call_is_called_at_once_by_slack_mail_and_pager(on_duty: Deps) -> None:
    number = in_danger(on_duty)

    assert page_people(on_duty, NINE) and not page_people(on_duty, NINE)

    assert called(on_duty) == [["on_call"]]
    assert [p.get("user") or p["channel"] for p in sent(on_duty, "slack_desk", "page")] == ["C1", "UONCALL"]
    assert [p["to"]["address"] for p in sent(on_duty, "email", "letter")] == ["on_call@example.com"]
    (page,) = sent(on_duty, "webhook", "page")
    assert page["type"] == "ticket.paged" and page["data"]["ticket"] == number


def test_after_five_minutes_the_next_person_is_called_too_then_the_manager_and_all_again(on_duty: Deps) -> None:
    in_danger(on_duty)
    for minute in range(17):
        sweep(on_duty, NINE + minutes(minute))

    assert called(on_duty) == [
        ["on_call"],
        ["on_call", "support_lead"],
        ["on_call", "support_lead", "support_manager"],
        ["on_call", "support_lead", "support_manager"],
    ]


@pytest.mark.parametrize("action", ["acknowledge", "take", "reply", "resolve"])
def test_whoever_acts_first_ends_the_calls_and_stands_on_the_ticket(on_duty: Deps, action: str) -> None:
    number, at = in_danger(on_duty), NINE + minutes(2)
    page_people(on_duty, NINE)

    if action == "reply":
        staff.reply(staff.Command(on_duty, number, ALEX, at), "We are calling you.")
    elif action == "resolve":
        staff.resolve(staff.Command(on_duty, number, ALEX, at), DONE)
    else:
        getattr(staff, action)(staff.Command(on_duty, number, ALEX, at))
    sweep(on_duty, NINE + minutes(40))

    ticket = the_ticket(on_duty, number)
    assert ticket.acknowledged_by == ALEX and ticket.acknowledged_at == at
    assert called(on_duty) == [["on_call"]]


def test_who_acknowledged_first_stays_on_the_ticket(on_duty: Deps) -> None:
    number = in_danger(on_duty)
    staff.acknowledge(staff.Command(on_duty, number, ALEX, NINE + minutes(1)))
    staff.acknowledge(staff.Command(on_duty, number, replace(ALEX, id="bo", name="Bo"), NINE + minutes(2)))
    assert the_ticket(on_duty, number).acknowledged_by == ALEX


def test_raising_a_ticket_to_critical_calls_people_and_lowering_it_ends_the_calls(on_duty: Deps) -> None:
    told = receive(on_duty, Incoming(User("u-1", "Jo"), "in_app_chat", "I want to talk to a person"), NINE)
    for _ in range(6):
        told = receive(on_duty, Incoming(User("u-1", "Jo"), "in_app_chat", "skip"), NINE)
    number = told.conversation.ticket_number
    assert number is not None and not page_people(on_duty, NINE)

    staff.set_priority(staff.Command(on_duty, number, ALEX, NINE + minutes(1)), "critical", "it is down for all")
    assert page_people(on_duty, NINE + minutes(1))
    staff.set_priority(staff.Command(on_duty, number, ALEX, NINE + minutes(2)), "low", "it was not")
    assert not page_people(on_duty, NINE + minutes(60))


def test_a_reopened_critical_ticket_calls_people_again_from_the_first(on_duty: Deps) -> None:
    number = in_danger(on_duty)
    page_people(on_duty, NINE)
    staff.resolve(staff.Command(on_duty, number, ALEX, NINE + minutes(3)), DONE)
    receive(on_duty, Incoming(User("u-maria", "Maria"), "in_app_chat", "it has started again"), NINE + minutes(30))

    assert page_people(on_duty, NINE + minutes(30))
    assert called(on_duty) == [["on_call"], ["on_call"]]


def test_two_workers_send_each_round_once(on_duty: Deps) -> None:
    in_danger(on_duty)
    for minute in (0, 5, 10):
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(lambda _, at=minute: page_people(on_duty, NINE + minutes(at)), range(8)))
    assert len(called(on_duty)) == 3 and len(sent(on_duty, "webhook", "page")) == 3


def test_a_call_by_mail_holds_no_word_of_the_user(on_duty: Deps) -> None:
    in_danger(on_duty)
    page_people(on_duty, NINE)
    written = str(sent(on_duty, "email", "letter")) + str(sent(on_duty, "webhook", "page"))
    assert "husband" not in written and "Maria" not in written


def test_without_any_contact_the_console_still_says_that_nobody_is_on_it(deps: Deps) -> None:
    number = in_danger(deps)
    assert page_people(deps, NINE)
    with deps.reading.begin() as db:
        assert [(row.ticket_number, row.round) for row in paging.unanswered(db)] == [(number, 1)]


@pytest.mark.guide("CO3")
def test_the_rota_says_who_is_on_call_by_the_date_where_support_sits(policy: Policy) -> None:
    week = RotaWeek(start=date(2026, 11, 23), end=date(2026, 11, 29), name="Ruth", email="ruth@example.com")
    duty = staffed(policy, rota=(week,))
    midnight_in_new_york = datetime.fromisoformat("2026-11-23T05:00:00+00:00")

    assert on_call.person(duty, "on_call", midnight_in_new_york).name == "Ruth"
    assert on_call.person(duty, "on_call", midnight_in_new_york - minutes(1)).name == "On_Call"
    assert on_call.person(duty, "support_lead", midnight_in_new_york).name == "Support_Lead"


def test_a_security_ticket_calls_its_own_contact_from_the_first_round(policy: Policy) -> None:
    ticket = replace(a_ticket(policy), team="security", priority="critical")
    assert [p.key for p in on_call.round_of(staffed(policy), ticket, 1, NINE).people] == ["security", "on_call"]


def test_a_warning_goes_to_who_answers_for_a_ticket_that_nobody_has_taken(on_duty: Deps) -> None:
    in_danger(on_duty)
    sweep(on_duty, NINE + minutes(8))

    told = [letter for letter in sent(on_duty, "email", "letter") if "50 %" in letter["subject"]]
    assert [letter["to"]["address"] for letter in told] == ["support_lead@example.com"]
    assert sent(on_duty, "slack_desk", "warning")[0]["named"] == ["ULEAD"]


def test_a_breach_of_a_taken_ticket_names_its_owner(on_duty: Deps) -> None:
    number = in_danger(on_duty)
    staff.take(staff.Command(on_duty, number, replace(ALEX, id="slack:UALEX"), NINE + minutes(1)))
    sweep(on_duty, NINE + minutes(16))

    told = [row for row in sent(on_duty, "slack_desk", "breach") if row["kind"] == "first_response"]
    assert [row["named"] for row in told] == [["UALEX"]]
    assert not [letter for letter in sent(on_duty, "email", "letter") if "Overdue" in letter["subject"]]
