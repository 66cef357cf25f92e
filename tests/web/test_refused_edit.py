"""An edit that is refused is told: in the console to leads, in /readyz and /metrics, and once by letter."""

from dataclasses import replace

import httpx2
from sqlalchemy import select

from bot.actions.edit_alerts import tell_refused, tell_waits
from bot.storage.tables import OutboxRow
from handoff.data_files import Fault
from tests.makers import NINE
from tests.web.conftest import Server

FAULTS = (Fault("intents/account_locked.yml", 12, "`send us your password` asks for a secret: never ask"),)


def console(server: Server, role: str) -> str:
    """The first page of the console, as somebody of this role sees it."""
    with httpx2.Client(base_url=server.base, follow_redirects=True, timeout=20) as client:
        server.sign_in(client, role.capitalize(), role)
        return client.get("/console").text


def test_a_lead_and_the_machines_are_told_and_an_agent_is_not(sqlite_server: Server) -> None:
    server = sqlite_server
    server.runtime.current.faults = FAULTS

    shown = console(server, "lead")
    assert "An edit is not live" in shown and "account_locked.yml:12" in shown
    assert "account_locked.yml:12" not in console(server, "agent")
    with server.client() as client:
        intents = client.get("/readyz").json()["intents"]
        assert intents["faults"] == 1 and "account_locked.yml:12" in intents["fault"][0]
        assert "smartmed_refused_edit_faults 1.0" in client.get("/metrics").text
        server.runtime.current.faults = ()
        assert "smartmed_refused_edit_faults 0.0" in client.get("/metrics").text
    assert "An edit is not live" not in console(server, "lead")


def test_the_lead_is_told_once_a_day_where_support_reads(sqlite_server: Server) -> None:
    deps = replace(sqlite_server.deps, team_channels={"support": "C1"})

    assert tell_refused(deps, FAULTS, NINE) and not tell_refused(deps, FAULTS, NINE)

    with deps.reading.begin() as db:
        texts = [row.payload["text"] for row in db.scalars(select(OutboxRow).where(OutboxRow.channel == "slack"))]
    assert len(texts) == 1 and "account_locked.yml:12" in texts[0] and "last good version" in texts[0]


def test_an_edit_that_waits_for_the_start_is_told_as_fine_and_leaves_the_service_well(sqlite_server: Server) -> None:
    server = sqlite_server
    deps = replace(server.deps, team_channels={"support": "C1"})
    server.runtime.current.waits = True

    shown = console(server, "lead")
    told_first, told_again = tell_waits(deps, NINE), tell_waits(deps, NINE)

    assert "fine and waits for the next start" in shown and "An edit is not live" not in shown
    assert "fine and waits for the next start" not in console(server, "agent")
    with server.client() as client:
        intents = client.get("/readyz").json()["intents"]
    assert intents["status"] == "ok" and intents["waits_for_start"] is True
    with deps.reading.begin() as db:
        texts = [row.payload["text"] for row in db.scalars(select(OutboxRow).where(OutboxRow.channel == "slack"))]
    assert told_first and not told_again and len(texts) == 1
    assert "nothing is to be put right" in texts[0] and "save again" not in texts[0]
    server.runtime.current.waits = False
