"""What /readyz says fits what happened: each fault in the words of whoever it is of, and "cannot be reached" only of what cannot."""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from smtplib import SMTPResponseException
from threading import Thread
from typing import Any

import pytest

from bot.actions import alert_words
from bot.channels.base import OK
from bot.channels.email.channel import EmailChannel
from bot.channels.email.smtp import as_failure
from bot.channels.registry import CHANNELS
from bot.channels.slack.client import TOKEN_FAULTS
from bot.config import load_settings
from bot.outbound import SendFailed
from bot.web.probes import Probe, Probes
from bot.wiring import utc_now
from handoff.data_files import DataFaults
from handoff.policy.model import Policy
from tests.authoring.copies import Edit, a_copy
from tests.documents import HOME
from tests.waiting import in_a_loop

OURS, OF_SLACK = "bot/actions/ops_alerts.yml", "bot/channels/slack/alerts.yml"
EDITS = [
    Edit(OURS, "  other: Messages\n", "  any: Messages\n", "`other`"),
    Edit(OURS, "  other: The other side", "  others: The other side", "`other`"),
    Edit(OURS, "  put_off_subject:", "  put_of_subject:", "put_off_subject"),
    Edit(OF_SLACK, "faults:", "fault:", "fault"),
]


def said(asked: Exception | Callable[[], str], channel: str, part: str = "part") -> str:
    """What /readyz says of a part that raised this, or that is asked so."""
    ask = raising(asked) if isinstance(asked, Exception) else asked
    probes = Probes({part: Probe(ask, 60, channel=channel)}, alert_words.of_part)
    try:
        return str(in_a_loop(probes.answers())[part])
    finally:
        probes.close()


@contextmanager
def a_mailbox_that_says(*lines: bytes) -> Iterator[str]:
    """A server that says each of these, the later ones when it is told something, and hangs up; gives its address."""

    def serve() -> None:
        while True:
            try:
                line, _ = listening.accept()
            except OSError:
                return
            with line:
                for number, told in enumerate(lines):
                    asked = line.recv(1000) if number else b""
                    line.sendall(told.replace(b"TAG", asked.split(b" ")[0]))

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = Thread(target=serve, daemon=True)
        thread.start()
        yield f"imap://maria:geheim@127.0.0.1:{listening.getsockname()[1]}"
        listening.shutdown(socket.SHUT_RDWR)
    thread.join(timeout=10)


HELLO, CAN = b"* OK [CAPABILITY IMAP4rev1] hello\r\n", b"* CAPABILITY IMAP4rev1\r\nTAG OK done\r\n"


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ((HELLO, CAN), "mailbox cannot be reached"),
        ((HELLO, CAN, b"* BYE going down\r\n"), "mailbox cannot be reached"),
        ((b"* BYE going down\r\n",), "does not answer as it should"),
        ((HELLO, CAN, b"TAG NO wrong\r\n"), "does not accept our name or password"),
    ],
)
def test_only_a_mailbox_that_says_no_is_told_to_refuse_our_password(
    lines: tuple[bytes, ...], told: str, policy: Policy, tmp_path: Path
) -> None:
    with a_mailbox_that_says(*lines) as address:
        assert told in said(mailbox(address, policy, tmp_path), "email", "mail_in")


def test_a_mailbox_that_lets_us_in_is_well_however_it_takes_our_leave(policy: Policy, tmp_path: Path) -> None:
    seen = b"* 0 EXISTS\r\nTAG OK [READ-WRITE] done\r\n"
    with a_mailbox_that_says(HELLO, CAN, b"TAG OK in\r\n", seen) as address:
        assert said(mailbox(address, policy, tmp_path), "email", "mail_in") == OK


def mailbox(address: str, policy: Policy, state: Path) -> Callable[[], str]:
    """What asks the mailbox at this address."""
    environ = {"STATE_DIR": str(state), "SECRET_KEY": "a-secret-of-the-tests-of-forty-characters", "IMAP_URL": address}
    deps: Any = None
    return EmailChannel(load_settings(environ, HOME, policy), deps, utc_now).probes()["mail_in"]


def raising(failure: Exception) -> Callable[[], str]:
    """What asks a part that raises this."""

    def ask() -> str:
        raise failure

    return ask


def test_every_way_in_which_slack_refuses_our_token_has_words_of_its_own() -> None:
    assert set(alert_words.brought()["slack"].faults) >= TOKEN_FAULTS


def test_a_code_is_told_in_the_words_of_the_channel_that_failed_and_of_no_other() -> None:
    assert "PAGER_WEBHOOK_SECRET" in said(SendFailed("http_401"), "pager")
    for channel in ("another", "slack", "email"):
        assert said(SendFailed("http_401"), channel) == f"{alert_words.words().parts['other']} (http_401)"


def test_what_answers_is_not_told_to_be_out_of_reach() -> None:
    for code in (550, 421, 534, 530, 454):
        answer = as_failure(SMTPResponseException(code, b""))
        assert "reached" not in said(answer, "email", "mail_out")
    assert "mail server cannot be reached" in said(as_failure(ConnectionRefusedError()), "email", "mail_out")
    assert "Slack cannot be reached" in said(TimeoutError(), "slack", "slack")
    assert "reached" not in said(SendFailed("unknown_to_us"), "slack", "slack")


def test_a_part_that_fails_is_told_of_though_its_words_cannot_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise DataFaults([])

    monkeypatch.setattr(alert_words, "words", broken)
    monkeypatch.setattr(alert_words, "brought", broken)

    assert said(SendFailed("invalid_auth"), "slack") == "invalid_auth"


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.new.strip())
def test_words_that_cannot_be_told_are_refused_by_the_gate_and_at_the_start(
    edit: Edit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = a_copy(tmp_path, edit)
    asked = alert_words.file_faults
    faults = list(asked(places.troubles, places.channels))
    monkeypatch.setattr(alert_words, "file_faults", lambda: asked(places.troubles, places.channels))

    assert any(edit.told in fault.message and edit.file.endswith(fault.file) for fault in faults)
    with pytest.raises(DataFaults):
        alert_words.must_be_whole()


def test_a_channel_is_called_as_its_package_is() -> None:
    assert {make.name for make in CHANNELS} == {make.__module__.split(".")[-2] for make in CHANNELS}  # type: ignore[attr-defined]
