"""Socket Mode: two connections, one effect per event, and nobody stays deaf."""

import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from slack_sdk.socket_mode import SocketModeClient
from sqlalchemy import select

from bot.channels.slack import socket_mode
from bot.channels.slack.channel import SlackChannel
from bot.channels.slack.socket_mode import SocketMode
from bot.storage.database import open_database
from bot.storage.migrate import migrate
from bot.storage.tables import MessageRow
from bot.wiring import utc_now
from handoff.policy.model import Policy
from tests.channels.slack_double import APP_TOKEN, SlackDouble
from tests.channels.slack_workspace import DM, MARIA, Workspace, slack_deps, slack_settings, words_of
from tests.waiting import until

ISSUE = "my authenticator code is refused"


@pytest.fixture
def listening(double: SlackDouble, policy: Policy, mind: Any, tmp_path: Path) -> Iterator[tuple[Workspace, SocketMode]]:
    """The whole over Socket Mode, with a watchdog in a hurry."""
    address = f"sqlite:///{tmp_path / 'slack.db'}"
    engine = open_database(address)
    migrate(engine)
    settings = slack_settings(address, double, policy, tmp_path, SLACK_APP_TOKEN=APP_TOKEN)
    deps = slack_deps(engine, settings, policy, mind)
    channel = SlackChannel(settings, deps, utc_now)
    assert channel.router() is None
    assert channel.intake is not None and channel.intake.socket is not None
    socket = SocketMode(channel.intake.app, APP_TOKEN, ping=0.3, deaf=1.0, watch=0.2)
    try:
        yield Workspace(double, deps, settings, channel, ""), socket
    finally:
        socket.stop()
        engine.dispose()


def said(workspace: Workspace) -> list[str]:
    """What users said, as stored."""
    with workspace.deps.reading.begin() as db:
        return [row.body for row in db.scalars(select(MessageRow).order_by(MessageRow.id)) if row.said_by == "user"]


def deliver(workspace: Workspace, event: dict[str, Any], envelope: str) -> bool:
    """An event over the socket; True when it was acknowledged."""
    return workspace.double.wires.deliver("events_api", workspace.envelope(event), envelope)


def test_two_connections_are_kept_and_an_event_over_both_has_one_effect(
    listening: tuple[Workspace, SocketMode],
) -> None:
    workspace, socket = listening
    assert socket.state() == "no connection"
    socket.start()
    until(lambda: len(workspace.double.wires.open) == 2 and socket.hearing() == 2)
    event = workspace.message(MARIA, DM, ISSUE)

    assert [deliver(workspace, event, f"E{n}") for n in range(4)] == [True] * 4

    assert said(workspace) == [ISSUE] and len(workspace.posts(DM)) == 2 and socket.state() == "ok"


def test_a_window_is_answered_over_the_socket(listening: tuple[Workspace, SocketMode]) -> None:
    workspace, socket = listening
    socket.start()
    until(lambda: socket.hearing() == 2)
    command = {
        "command": "/support",
        "text": "",
        "user_id": MARIA,
        "channel_id": DM,
        "trigger_id": workspace.double.trigger(),
    }

    assert workspace.double.wires.deliver("slash_commands", command, "C1")
    view = {**workspace.view(), "state": {"values": {"text": {"text": {"type": "plain_text_input", "value": " "}}}}}
    form = {"type": "view_submission", "user": {"id": MARIA}, "view": view}
    assert workspace.double.wires.deliver("interactive", form, "V1")

    assert workspace.double.wires.answers["V1"]["response_action"] == "errors"


def test_a_dropped_connection_is_made_again_while_the_other_goes_on(listening: tuple[Workspace, SocketMode]) -> None:
    workspace, socket = listening
    socket.start()
    until(lambda: socket.hearing() == 2)

    workspace.double.wires.open[0].drop()

    assert socket.state() == "ok"
    until(lambda: workspace.double.wires.opened >= 3 and socket.hearing() == 2)
    assert deliver(workspace, workspace.message(MARIA, DM, ISSUE), "E1") and said(workspace) == [ISSUE]


@pytest.mark.parametrize("moved", [0, -3600, 3600])
def test_deaf_connections_are_noticed_and_renewed_also_where_the_clock_is_set(
    listening: tuple[Workspace, SocketMode], monkeypatch: pytest.MonkeyPatch, moved: float
) -> None:
    workspace, socket = listening
    told = time.time
    socket.start()
    until(lambda: socket.hearing() == 2)
    deaf = list(workspace.double.wires.open)
    workspace.double.fail("apps.connections.open", *["500"] * 1000)  # nothing is renewed before it was seen to be deaf
    for wire in deaf:
        wire.deaf = True
    monkeypatch.setattr(time, "time", lambda: told() + moved)

    until(lambda: socket.state() == "no connection")
    workspace.double.faults.clear()
    until(lambda: not set(deaf) & set(workspace.double.wires.open) and socket.hearing() == 2)

    event = workspace.message(MARIA, DM, ISSUE)
    until(lambda: deliver(workspace, event, "E1"))
    assert said(workspace) == [ISSUE]


def test_what_could_not_be_stored_is_not_acknowledged_and_comes_again(listening: tuple[Workspace, SocketMode]) -> None:
    workspace, socket = listening
    socket.start()
    until(lambda: socket.hearing() == 2)
    workspace.double.fail("users.info", "500")
    event = workspace.message(MARIA, DM, ISSUE)

    assert not workspace.double.wires.deliver("events_api", workspace.envelope(event, "Ev1"), "E1", 1.0)
    again = (workspace.double.wires.deliver("events_api", workspace.envelope(event, "Ev1"), f"E{n}") for n in (2, 3, 4))
    assert any(again)  # Slack gives an event up to three more times
    assert said(workspace) == [ISSUE]


def test_a_start_without_slack_goes_on_and_connects_when_slack_is_back(listening: tuple[Workspace, SocketMode]) -> None:
    workspace, socket = listening
    workspace.double.fail("apps.connections.open", "500", "500", "500", "reset")

    socket.start()

    until(lambda: socket.hearing() == 2)
    assert deliver(workspace, workspace.message(MARIA, DM, ISSUE), "E1")
    assert "911" in words_of(workspace.posts(DM)[0])


def test_a_connection_that_never_closes_does_not_keep_the_process(
    listening: tuple[Workspace, SocketMode], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, socket = listening
    socket.start()
    until(lambda: socket.hearing() == 2)
    never = Event()
    monkeypatch.setattr(SocketModeClient, "close", lambda _: never.wait())
    monkeypatch.setattr(socket_mode, "CLOSE_SECONDS", 0.2)

    socket.stop()  # ends, though nothing is closed

    assert socket.hearing() == 0
    monkeypatch.undo()
    never.set()
