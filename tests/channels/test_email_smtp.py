"""What a mail server's refusal means: of one letter, of one reader, or of all that we send."""

import smtplib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.actions.deliver import deliver
from bot.actions.deps import Deps
from bot.channels.email.outgoing import EmailSender
from bot.channels.email.smtp import as_failure
from bot.outbound import Place, StaffEmail
from bot.storage import outbox
from bot.storage.unit_of_work import UnitOfWork
from handoff.policy.model import Policy
from tests.channels.email_post import Post, settings_for
from tests.makers import NINE, minutes

US, THEM = "support@smartmed.com", "maria@example.com"


def to_maria(code: int, words: bytes) -> smtplib.SMTPRecipientsRefused:
    """A refusal when the server hears for whom the letter is."""
    return smtplib.SMTPRecipientsRefused({THEM: (code, words)})


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (smtplib.SMTPSenderRefused(550, b"5.7.1 not allowed", US), "smtp_sender"),
        (smtplib.SMTPSenderRefused(553, b"sorry", US), "smtp_sender"),
        (smtplib.SMTPSenderRefused(554, b"account suspended", US), "smtp_sender"),
        (smtplib.SMTPSenderRefused(571, b"no", US), "smtp_sender"),
        (smtplib.SMTPSenderRefused(530, b"5.7.0 Authentication required", US), "smtp_530"),
        (to_maria(553, b"5.7.1 <s@x>: Sender address rejected: not owned by user"), "smtp_sender"),
        (to_maria(550, b"5.1.8 domain not found"), "smtp_sender"),
        (to_maria(550, b"5.7.64 TenantAttribution; Relay Access Denied"), "smtp_sender"),
        (to_maria(530, b"sign in first"), "smtp_530"),
        (smtplib.SMTPDataError(550, b"5.1.7 bad sender"), "smtp_sender"),
        (smtplib.SMTPAuthenticationError(535, b"no"), "smtp_535"),
        (smtplib.SMTPAuthenticationError(538, b"encrypt"), "smtp_538"),
    ],
)
def test_what_refuses_all_that_we_send_waits_until_it_is_mended(error: Exception, code: str) -> None:
    failure = as_failure(error)
    assert (failure.code, failure.mend, failure.permanent) == (code, "way", False)


@pytest.mark.parametrize(
    "error",
    [
        to_maria(550, b"5.1.1 no such user"),
        to_maria(554, b"5.7.1 blocked"),
        to_maria(550, b"15.1.80 no such user"),
        to_maria(550, b"5.7.1 recipient rejected: sender address not on the list"),
        to_maria(550, b"5.7.1 our policy takes no mail of this sender address"),
        smtplib.SMTPSenderRefused(552, b"5.3.4 message size exceeds fixed limit", US),
        smtplib.SMTPSenderRefused(554, b"5.3.4 message too big for system", US),
        smtplib.SMTPSenderRefused(523, b"the message is too large", US),
        smtplib.SMTPDataError(554, b"spam"),
    ],
)
def test_what_refuses_one_letter_is_a_dead_letter(error: Exception) -> None:
    failure = as_failure(error)
    assert failure.permanent and not failure.mend


@pytest.mark.parametrize("words", [b"5.7.1 <m@x>: Relay access denied", b"5.7.54 unable to relay", b"relaying denied"])
def test_a_letter_that_is_not_passed_on_to_one_reader_is_tried_for_a_while_and_holds_up_no_other(words: bytes) -> None:
    failure = as_failure(to_maria(554, words))
    assert (failure.code, failure.refused, failure.permanent, failure.mend) == ("smtp_554", True, False, "")


@pytest.mark.parametrize(
    "error", [smtplib.SMTPSenderRefused(451, b"later", US), to_maria(450, b"Sender address later")]
)
def test_what_is_only_put_off_is_tried_again(error: Exception) -> None:
    failure = as_failure(error)
    assert not failure.permanent and not failure.mend


class Refusing(Post):
    """A server that refuses a sender until that is put right."""

    refusing = True

    async def handle_MAIL(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:
        """Refuse the sender, or take it."""
        if self.refusing:
            return "553 5.7.1 not owned by user"
        envelope.mail_from = address
        return "250 OK"


def test_letters_go_out_without_further_ado_once_our_address_may_send_again(
    deps: Deps, policy: Policy, tmp_path: Path
) -> None:
    post = Refusing()
    settings = settings_for(policy, tmp_path, post.url, "")
    deps = replace(deps, senders={"email": EmailSender(settings, policy, deps.sessions)})
    with deps.sessions.begin() as db:
        for n in range(3):
            address = f"someone{n}@example.com"
            letter = StaffEmail(to=Place(address=address), subject="s", text="t")
            outbox.put(UnitOfWork(db, NINE), "email", address, letter)

    deliver(deps, NINE)
    with deps.reading.begin() as db:
        (fault,) = outbox.faults(db)
        assert (fault.error, fault.rows, outbox.backlog(db).get("dead", 0)) == ("smtp_sender", 3, 0)
    post.refusing = False
    deliver(deps, NINE + minutes(1))
    assert len(post.taken) == 3
    post.close()
