"""A name in MAIL_AUTHSERV_ID that no mail carries is told: with it nobody is ever proven."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.actions.deps import Deps
from bot.channels.base import OFF, OK
from bot.channels.email.channel import EmailChannel
from bot.outbound import SendFailed
from bot.wiring import utc_now
from handoff.policy.model import Policy
from tests.channels.email_post import Office, Post, a_mail, imap_server, office_of, settings_for

OURS = "mx.smartmed.com 1; dmarc=pass header.from=example.com"


@pytest.fixture
def office(deps: Deps, policy: Policy, tmp_path: Path) -> Iterator[Office]:
    """A mailbox in which five mails lie that our server has looked at."""
    post = Post()
    with imap_server() as imap:
        made = office_of(post, deps, settings_for(policy, tmp_path, post.url, imap), policy)
        for number in range(5):
            made.put(a_mail("Hello", number=number, Authentication_Results=OURS))
        yield made
    post.close()


def asked(office: Office, name: str) -> str:
    """What the health check finds with this setting."""
    settings = replace(office.settings, mail_authserv_id=name)
    return EmailChannel(settings, office.deps, utc_now).probes()["mail_proof"]()


def test_a_server_that_no_mail_names_is_told_and_nothing_is_marked_as_read(office: Office) -> None:
    for name in ("nonee", "evil.example", "smartmed.com"):
        with pytest.raises(SendFailed, match="authserv_unnamed"):
            asked(office, name)
    assert asked(office, "mx.smartmed.com") == OK and asked(office, "") == OFF
    with office.box() as box:
        assert len(box.uids("UNSEEN")) == 5


def test_of_few_mails_nothing_is_said_and_one_of_the_last_that_names_it_is_enough(office: Office) -> None:
    office.put(a_mail("Hello", number=6, Authentication_Results="new.example; dmarc=pass"))
    assert asked(office, "new.example") == OK
    office.empties()
    assert asked(office, "nonee") == OK
    office.put(a_mail("Hello", number=7))
    assert asked(office, "nonee") == OK


def test_a_mailbox_that_cannot_be_read_is_told_of_elsewhere(office: Office) -> None:
    gone = replace(office, settings=replace(office.settings, imap_url="imap://support:wrong@127.0.0.1:9"))
    assert asked(gone, "nonee") == OK
