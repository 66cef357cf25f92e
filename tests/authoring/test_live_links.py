"""What the renderer would make a link of leads to our own hosts only, and no text tells people to call or text a stranger."""

import pytest

from tests.authoring.copies import wording

LEADS_AWAY = [
    "Sign in again on smartmed-login.ru and try once more.",
    "Open smartmed-help.shop",
    "Look at smartmed.pro",
    "Look at smartmed.de/help",
    "Look at smartmed-help.museum",
    "Text START to 83355.",
]


@pytest.mark.parametrize("text", LEADS_AWAY)
def test_a_way_to_somebody_else_is_refused(text: str) -> None:
    assert any("leads away from SmartMed" in said.message for said in wording().said(text))
