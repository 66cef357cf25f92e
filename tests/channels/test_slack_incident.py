"""A suspected incident in the team's channel: one message, true in its place, settled by staff."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import delete

from bot.actions import incidents
from bot.actions.receive import Incoming, receive
from bot.storage import incidents as rows
from bot.storage import tickets as ticket_rows
from bot.storage.tables import ConversationRow, StaffRow
from bot.storage.unit_of_work import UnitOfWork
from bot.wiring import utc_now
from handoff import desk
from handoff.ticket import User
from tests.channels.slack_workspace import ALEX, BO, CY, SECURITY, TIER2, Workspace, buttons, words_of
from tests.makers import a_request

CRASH = "the app keeps crashing since the update"


ABOUT = "technical.mobile_app"


def suspected(workspace: Workspace, *tickets: tuple[str, str]) -> dict:
    """Five people have the same fault, and the first of them tickets of these issues and teams; the message about it."""
    for user in range(5):
        receive(workspace.deps, Incoming(User(f"u-{user}", f"Maria {user}"), "in_app_chat", CRASH), utc_now())
    for number, (issue, team) in enumerate(tickets, start=1):
        has_ticket(workspace, number, 5000 + number, issue, team)
    assert incidents.sense(workspace.deps, utc_now())
    (message,) = workspace.posts(TIER2)
    return message


def test_a_suspicion_lists_whom_it_affects_and_holds_no_word_of_theirs(workspace: Workspace) -> None:
    message = suspected(workspace)
    assert "Suspected incident" in words_of(message) and "5 people" in words_of(message)
    assert "Maria" not in words_of(message) and "crashing" not in words_of(message)
    assert set(buttons(message)) == {"Confirm", "Not an incident"} and workspace.double.refused == []


def test_what_everybody_who_has_it_will_read_stands_on_the_message_before_it_is_sent(office: Workspace) -> None:
    message = suspected(office)
    words = words_of(message)

    assert "*Confirm* writes this to everybody who has it:" in words
    assert "> Thank you for telling us about this. It is a known problem now" in words and "Good news" not in words


def test_another_text_than_stands_on_the_message_is_never_sent(
    office: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = suspected(office)
    edited = {"text": "We know of it.", "file": "bot/dialogue/lines.yml", "id": "incident_of", "hash": "h"}
    monkeypatch.setattr(incidents, "_approved", lambda *_: edited)
    office.presses(ALEX, TIER2, message, buttons(message)["Confirm"])

    assert "was changed meanwhile" in office.double.ephemerals[-1]["text"]
    (renewed,) = office.posts(TIER2)
    assert "> We know of it." in words_of(renewed)
    with office.deps.reading.begin() as db:
        assert [row.state for row in rows.live(db)] == ["suspected"]

    office.presses(ALEX, TIER2, renewed, buttons(renewed)["Confirm"])
    with office.deps.reading.begin() as db:
        assert [row.state for row in rows.live(db)] == ["confirmed"]


def has_ticket(workspace: Workspace, conversation: int, number: int, issue: str, team: str) -> None:
    """A ticket of a conversation."""
    policy, now = workspace.deps.policy, utc_now()
    with workspace.deps.sessions.begin() as db:
        talk = db.get_one(ConversationRow, conversation)
        talk.ticket_number = number
        request = a_request(conversation_id=talk.id, user=User(talk.user_id), issue=issue)
        opened = replace(desk.open_ticket(policy, number, request, now).ticket, team=team)
        ticket_rows.save(UnitOfWork(db, now), policy, opened)


def test_the_tickets_that_it_concerns_are_listed_and_no_other(office: Workspace) -> None:
    listed = words_of(suspected(office, (ABOUT, "support"), ("account.locked", "support"), (ABOUT, "security")))

    assert "#5001, " in listed and "#5002" not in listed and "#5003" not in listed
    assert listed.count("a ticket of another team") == 1 and listed.count("chat without a ticket about this") == 3


@pytest.mark.parametrize("settings_more", [{"SLACK_STAFF_GROUP": ""}])
def test_whoever_may_work_on_a_ticket_that_it_concerns_settles_it(office: Workspace) -> None:
    with office.deps.sessions.begin() as db:
        db.execute(delete(StaffRow))
    office.double.channels[SECURITY]["members"].remove(CY)
    message = suspected(office, (ABOUT, "security"))
    confirm = buttons(message)["Confirm"]

    office.presses(CY, TIER2, message, confirm)
    refused = [one["user"] for one in office.double.ephemerals]
    office.presses(BO, TIER2, message, confirm)

    assert refused == [CY]
    with office.deps.reading.begin() as db:
        assert [(row.state, row.data["by"]) for row in rows.live(db)] == [("confirmed", "Bo Lind")]


def test_confirming_and_ending_it_renews_the_same_message(workspace: Workspace) -> None:
    message = suspected(workspace)
    assert workspace.presses(ALEX, TIER2, message, buttons(message)["Confirm"]).status_code == 200
    (message,) = workspace.posts(TIER2)
    assert "Confirmed by Alex Morgan" in words_of(message) and set(buttons(message)) == {"All clear"}

    assert workspace.presses(ALEX, TIER2, message, buttons(message)["All clear"]).status_code == 200
    (message,) = workspace.posts(TIER2)
    assert "Over" in words_of(message) and not buttons(message)


def test_what_nobody_judged_is_said_to_be_put_aside_as_time_passed(workspace: Workspace) -> None:
    pressed = suspected(workspace)
    incidents.dismiss_quiet(workspace.deps, utc_now() + timedelta(hours=3))
    workspace.presses(ALEX, TIER2, pressed, buttons(pressed)["Confirm"])

    (message,) = workspace.posts(TIER2)
    (told,) = workspace.double.ephemerals
    assert "Put aside" in words_of(message) and "Clock" not in words_of(message)
    assert "Nobody judged it in time" in told["text"] and "Clock" not in told["text"]


def test_who_is_second_is_told_who_was_first_and_who_is_no_staff_is_refused(office: Workspace) -> None:
    message = suspected(office)
    confirm, dismiss = buttons(message)["Confirm"], buttons(message)["Not an incident"]
    office.presses(CY, TIER2, message, confirm)
    office.presses(ALEX, TIER2, message, confirm)
    office.presses(BO, TIER2, message, dismiss)

    told = {one["user"]: one["text"] for one in office.double.ephemerals}
    assert "support staff" in told[CY] and "Alex Morgan was faster" in told[BO]
    with office.deps.reading.begin() as db:
        assert [row.state for row in rows.live(db)] == ["confirmed"]
