"""A suspected incident in the team's channel: one message, true in its place, settled by staff."""

from datetime import timedelta

from bot.actions import incidents
from bot.actions.receive import Incoming, receive
from bot.storage import incidents as rows
from bot.wiring import utc_now
from handoff.ticket import User
from tests.channels.slack_workspace import ALEX, BO, CY, TIER2, Workspace, buttons, words_of

CRASH = "the app keeps crashing since the update"


def suspected(workspace: Workspace) -> dict:
    """Five people have the same fault; the message about it."""
    for user in range(5):
        receive(workspace.deps, Incoming(User(f"u-{user}", f"Maria {user}"), "in_app_chat", CRASH), utc_now())
    assert incidents.sense(workspace.deps, utc_now())
    (message,) = workspace.posts(TIER2)
    return message


def test_a_suspicion_lists_whom_it_affects_and_holds_no_word_of_theirs(workspace: Workspace) -> None:
    message = suspected(workspace)
    assert "Suspected incident" in words_of(message) and "5 people" in words_of(message)
    assert "Maria" not in words_of(message) and "crashing" not in words_of(message)
    assert set(buttons(message)) == {"Confirm", "Not an incident"} and workspace.double.refused == []


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
