"""A resolved ticket as a patch: it applies, it is learnt, and it says what a lead has still to do."""

import os
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.authoring.content_paths import ContentPaths
from bot.authoring.known_issue import Proposal, propose
from bot.mind import Mind
from bot.understanding.intents.catalog import DEFAULT as OWN_INTENTS
from bot.understanding.intents.catalog import load_catalog
from handoff.data_files import cache_folder
from handoff.policy.model import Policy
from handoff.ticket import Resolution, Ticket
from tests.authoring.copies import faults_in
from tests.makers import NINE, a_ticket
from tests.walks import test_intents_files as walks

DONE = Resolution(
    "We moved your codes to the new tablet.\nSign in once more to see it.", "Keep the old tablet for a day."
)
TODAY = date(2026, 11, 23)


def resolved(policy: Policy, issue: str, words: str) -> Ticket:
    return replace(a_ticket(policy, issue=issue, title="Some title", summary=words), resolution=DONE, resolved_at=NINE)


def proposed(mind: Mind, ticket: Ticket) -> Proposal:
    return propose(ticket, mind.assistant.script.policy, mind.catalog, OWN_INTENTS, mind.assistant.library, TODAY)


def applied(proposal: Proposal, tmp_path: Path) -> Path:
    """A copy of the intents with the patch applied by git."""
    shutil.copytree(OWN_INTENTS, tmp_path / "intents")
    (tmp_path / "it.patch").write_text(proposal.patch, encoding="utf-8")
    subprocess.run(["git", "apply", "--whitespace=nowarn", "it.patch"], cwd=tmp_path, check=True)
    return tmp_path / "intents"


@pytest.mark.guide("KM2")
def test_a_ticket_of_a_known_issue_adds_its_words_and_what_helped_and_only_waits_to_be_made_plain(
    mind: Mind, policy: Policy, tmp_path: Path
) -> None:
    ticket = resolved(policy, "account.mfa_not_working", "my tablet's codes are turned down since monday")
    proposal = proposed(mind, ticket)
    folder = applied(proposal, tmp_path)

    intent = load_catalog(folder, cache_folder(os.environ)).intents["account.mfa_not_working"]
    assert "my tablet's codes are turned down since monday" in intent.examples
    assert intent.steps[-1].say.splitlines() == [*DONE.done.splitlines(), DONE.instructions]
    before, new = intent.steps[-2:]
    assert [option.go for option in before.options if option.label == "No"] == [new.id]
    found = faults_in(ContentPaths(folder))
    assert [fault.message for fault in found] == [
        "this is as it was written on a ticket: make it plain, then take the comment away"
    ]
    assert len(proposal.faults) == 1 and "make it plain" in proposal.faults[0]
    file = folder / Path(found[0].file).name
    rows = file.read_text(encoding="utf-8").splitlines(keepends=True)
    del rows[found[0].line - 1]
    file.write_text("".join(rows), encoding="utf-8")
    assert faults_in(ContentPaths(folder)) == []


CATALOG = load_catalog(OWN_INTENTS, cache_folder(os.environ))


@pytest.mark.parametrize("issue", [i for i, intent in sorted(CATALOG.intents.items()) if intent.steps])
def test_the_patch_of_every_issue_applies_and_its_conversations_still_hold(
    mind: Mind, policy: Policy, tmp_path: Path, issue: str
) -> None:
    folder = applied(proposed(mind, resolved(policy, issue, "words that nobody has used for this before")), tmp_path)
    catalog, was = load_catalog(folder, cache_folder(os.environ)), mind.catalog.intents[issue]
    intent = catalog.intents[issue]
    assert len(intent.examples) == len(was.examples) + 1
    reached = {option.go for step in intent.steps for option in step.options}
    assert {step.id for step in intent.steps[1:]} <= reached
    script = replace(mind.assistant.script, catalog=catalog)
    for walk in intent.tests.walks:
        walks.test_walk(issue, walk, replace(mind, assistant=replace(mind.assistant, script=script)))


@pytest.mark.guide("KM2")
def test_a_ticket_of_no_known_issue_is_a_new_file_and_says_what_is_missing(
    mind: Mind, policy: Policy, tmp_path: Path
) -> None:
    words = 'the kiosk says "insert: card" and stays blue'
    proposal = proposed(mind, resolved(policy, "escalate.unknown_issue", words))
    folder = applied(proposal, tmp_path)

    written = (folder / "new_ticket_1001.yml").read_text()
    assert words in written.replace('\\"', '"') and DONE.instructions in written
    assert any("examples" in fault for fault in proposal.faults) and any("match" in fault for fault in proposal.faults)


def test_words_that_are_known_already_are_not_added_twice(mind: Mind, policy: Policy) -> None:
    known = mind.catalog.intents["account.mfa_not_working"].examples[0]
    assert known not in proposed(mind, resolved(policy, "account.mfa_not_working", known.upper())).patch


def test_a_ticket_that_is_not_resolved_is_refused(mind: Mind, policy: Policy) -> None:
    with pytest.raises(ValueError, match="no resolution"):
        proposed(mind, a_ticket(policy))


@pytest.mark.parametrize("issue", ["account.mfa_not_working", "escalate.unknown_issue"])
def test_nobody_is_named_in_a_patch_neither_by_users_nor_by_staff(mind: Mind, policy: Policy, issue: str) -> None:
    names = ("Zorblatt", "Quixmark", "555-0199", "zq@example.com", "MRN-448812", "Wexley")
    done = Resolution(
        "Called Zorblatt Quixmark at (415) 555-0199 and reset the sign-in.\nWrite to zq@example.com.",
        "Ask for MRN-448812.",
        findings="Wexley did it.",
    )
    ticket = replace(resolved(policy, issue, "Zorblatt Quixmark cannot sign in, 555-0199"), resolution=done)

    proposal = proposed(mind, ticket)

    assert not [name for name in names if name in proposal.patch], proposal.patch
    assert any("was hidden" in fault for fault in proposal.faults) or issue == "escalate.unknown_issue"
