"""The endpoint: whatever stands outside, nobody gets in without Slack's signature, and nobody sees a traceback."""

import hmac
import json
import logging
from hashlib import sha256
from http.client import HTTPConnection
from urllib.parse import urlencode

import httpx2
import pytest
from fastapi import APIRouter
from sqlalchemy import func, select

from bot.channels.slack.http import events_router
from bot.storage.tables import MessageRow
from tests.channels.slack_double import SECRET
from tests.channels.slack_workspace import DM, MARIA, Workspace, served

GOOD = b'{"type": "event_callback", "event": {"type": "message"}}'
DEEP = b"[" * 100_000 + b"]" * 100_000
AT = 1_795_000_000
"""The moment at which the endpoint stands, in seconds: on a slow machine none passes between signing and asking."""
OWN_WORDS = "my secret rash is back"


def sign(body: bytes, at: str, secret: str = SECRET) -> str:
    """Slack's signature."""
    return "v0=" + hmac.new(secret.encode(), f"v0:{at}:".encode() + body, sha256).hexdigest()


def door_at(office: Workspace, seconds: int) -> APIRouter:
    """The office's endpoint, where the clock stands at this moment."""
    return events_router(office.channel.intake.app, SECRET, lambda: float(seconds))


def hostile() -> list[tuple[str, dict[str, bytes], bytes]]:
    """49 requests as they come from the internet at AT: name, headers, body."""
    now = str(AT)
    made: list[tuple[str, dict[str, bytes], bytes]] = []

    def add(name: str, at: bytes | None, signature: bytes | None, body: bytes = GOOD, **more: bytes) -> None:
        headers = {"Content-Type": b"application/json", **{key.replace("_", "-"): value for key, value in more.items()}}
        headers |= {"X-Slack-Request-Timestamp": at} if at is not None else {}
        headers |= {"X-Slack-Signature": signature} if signature is not None else {}
        made.append((name, headers, body))

    for at in (
        "abc",
        "",
        "-1",
        "1.5",
        "9" * 5000,
        "1e9",
        " ",
        "0x5f",
        "+1",
        "٣٤٥",
        now + "x",
        "0",
        "1",
        "999999999999",
    ):
        add(f"timestamp {at[:12]!r}", at.encode(), sign(GOOD, at).encode())
    for apart in (-301, 301, -86_400, 86_400, 3600):
        at = str(AT + apart)
        add(f"{apart} seconds apart", at.encode(), sign(GOOD, at).encode())
    right = sign(GOOD, now)
    for signature in (
        None,
        b"",
        b"v0=",
        b"v0=abc",
        "v0=ünïcode".encode(),
        b"v0=\xff\xfe",
        b"v1=" + right[3:].encode(),
        right[3:].encode(),
        right.upper().encode(),
        right.encode() + b"0",
        right[:-1].encode(),
        sign(GOOD, now, "another secret").encode(),
        sign(GOOD, now, "").encode(),
        sign(b"{}", now).encode(),
        b"v0=" + b"0" * 64,
        b"v0=" + b"f" * 100_00,
    ):
        add(f"signature {signature!r:.24}", now.encode(), signature)
    add("no timestamp", None, right.encode())
    add("no headers", None, None)
    for name, body in (
        ("not JSON", b"{"),
        ("no object", b"[1]"),
        ("a word", b'"hi"'),
        ("null", b"null"),
        ("empty", b""),
    ):
        add(f"signed, {name}", now.encode(), sign(body, now).encode(), body)
    for name, body in (("not UTF-8", b"\xff\xfe{}"), ("deep", DEEP)):
        add(f"signed, {name}", now.encode(), sign(body, now).encode(), body)
        add(f"unsigned, {name}", now.encode(), b"v0=00", body)
    for body in (b"payload=%7B", b"payload=[1]"):
        form = {"Content_Type": b"application/x-www-form-urlencoded"}
        add(f"signed form {body!r}", now.encode(), sign(body, now).encode(), body, **form)
    add("huge", now.encode(), b"v0=00", b"x" * (1024 * 1024 + 1))
    return made


def test_49_hostile_requests_are_refused_without_a_trace_or_an_effect(
    office: Workspace, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    asked = hostile()
    assert len(asked) == 49

    with served(door_at(office, AT)) as base:
        for name, headers, body in asked:
            client = HTTPConnection(base.removeprefix("http://"), timeout=20)  # takes any bytes as a header
            client.putrequest("POST", "/slack/events")
            for key, value in {**headers, "Content-Length": str(len(body)).encode()}.items():
                client.putheader(key, value)
            client.endheaders(body)
            answer = client.getresponse()
            assert answer.status in (400, 401, 413), (name, answer.status)
            assert b"Traceback" not in answer.read(), name
            client.close()

    with office.deps.reading.begin() as db:
        assert db.scalar(select(func.count()).select_from(MessageRow)) == 0
    assert "Traceback" not in caplog.text + capsys.readouterr().err


@pytest.mark.parametrize(("apart", "refused"), [(-301, True), (-300, False), (0, False), (300, False), (301, True)])
def test_a_request_is_refused_that_is_more_than_five_minutes_older_or_younger(
    office: Workspace, apart: int, refused: bool
) -> None:
    at = str(AT + apart)
    headers = {"X-Slack-Request-Timestamp": at, "X-Slack-Signature": sign(GOOD, at), "Content-Type": "application/json"}

    with served(door_at(office, AT)) as base:
        answer = httpx2.post(f"{base}/slack/events", content=GOOD, headers=headers, timeout=20)

    assert (answer.status_code == 401) is refused


def test_a_body_without_an_end_is_cut_off(office: Workspace) -> None:
    def endless():
        for _ in range(64):
            yield b"x" * 65_536

    answer = httpx2.post(f"{office.base}/slack/events", content=endless(), timeout=20)

    assert answer.status_code in (401, 413)


def test_a_replay_within_five_minutes_has_one_effect(office: Workspace) -> None:
    event = office.message(MARIA, DM, "my authenticator code is refused")
    body = json.dumps(office.envelope(event, "Ev-1")).encode()

    assert [office.signed(body).status_code for _ in range(3)] == [200] * 3

    with office.deps.reading.begin() as db:
        said = [row for row in db.scalars(select(MessageRow)) if row.said_by == "user"]
    assert len(said) == 1


def test_the_address_is_confirmed_to_slack_only_when_slack_signed(office: Workspace) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "abc", "token": "x"}).encode()

    assert "abc" in office.signed(body).text
    assert httpx2.post(f"{office.base}/slack/events", content=body, timeout=20).status_code == 401


def test_signed_requests_of_kinds_we_do_not_know_raise_nothing(office: Workspace) -> None:
    form = "application/x-www-form-urlencoded"
    for payload in (
        {"type": "block_actions", "user": {"id": MARIA}, "actions": [{"action_id": "unknown", "type": "button"}]},
        {"type": "view_submission", "user": {"id": MARIA}, "view": {"callback_id": "unknown", "type": "modal"}},
        {"type": "view_closed", "user": {"id": MARIA}, "view": {"callback_id": "unknown", "type": "modal"}},
        {"type": "message_action", "callback_id": "unknown", "user": {"id": MARIA}},
        {"type": "shortcut", "callback_id": "unknown", "user": {"id": MARIA}},
    ):
        assert office.signed(urlencode({"payload": json.dumps(payload)}).encode(), form).status_code == 200
    for body in (GOOD, b"{}", b'{"type": "event_callback", "event": null}', b'{"type": 7}'):
        assert office.signed(body).status_code in (200, 400, 404)


def test_a_listener_that_raises_is_told_to_slack_and_shows_no_words_of_the_user(
    office: Workspace, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    office.double.fail("users.info", "500")

    answer = office.event(office.message(MARIA, DM, OWN_WORDS))

    assert answer.status_code == 500 and answer.content == b""
    shown = caplog.text + "".join(capsys.readouterr())
    assert "secret rash" not in shown and "slack_listener_raised" in shown


def test_an_empty_signing_secret_is_refused_at_the_start(office: Workspace) -> None:
    with pytest.raises(ValueError, match="SLACK_SIGNING_SECRET"):
        events_router(office.channel.intake.app, "")
