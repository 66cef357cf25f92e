"""Names of screens are those of the glossary, in bold and outside it: nobody is sent to a page that is not there."""

import pytest

from bot.authoring.content_paths import ContentPaths
from bot.authoring.wording import wording_of
from handoff.policy.loading import load_policy

NOWHERE = [
    "Open Google Account Vault.",
    "Go to Settings Vault.",
    "On a computer, go to Account Vault and reload the page.",
    "In the left bar, find the purple pill icon called Medicine Locker.",
    "Press the red Help flag at the top.",
    "Look under Favourite Clinics.",
    "Open the Repair Center first.",
    "Use the page named Reset All.",
]
THERE = [
    "Open Gmail and look in Junk.",
    "Use a VPN only when you must.",
    "Find Airplane Mode and switch it off.",
    "See Dr Silva at your visit.",
    "Under Friday choose a time.",
    "Open Google Chrome or Microsoft Edge.",
    "Open Prescriptions and choose the newest one.",
    "Go to Settings, then Security settings.",
    "Open Safari or Chrome, and go to the sign-in page.",
    "Find the PDF under Downloads.",
    "Look in the folder called Spam.",
    "Press the Windows key.",
    "Open SmartMed again.\n\nYou can also call us.",
]


@pytest.mark.parametrize("text", NOWHERE)
def test_a_screen_that_nobody_knows_is_refused(text: str) -> None:
    told = wording_of(load_policy(), ContentPaths().articles).said(text, steps=True)
    assert any("is no name of a screen" in one.message for one in told)


@pytest.mark.parametrize("text", THERE)
def test_what_is_there_passes(text: str) -> None:
    assert list(wording_of(load_policy(), ContentPaths().articles).said(text, steps=True)) == []
