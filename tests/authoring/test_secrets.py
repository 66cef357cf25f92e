"""Asking for a secret in many words is found; helping people with their own sign-in is not taken for it."""

from pathlib import Path

import pytest

from tests.authoring.copies import wording

HERE = Path(__file__).parent
ASKS = (HERE / "asks.txt").read_text(encoding="utf-8").splitlines()
DOES_NOT = (HERE / "asks_not.txt").read_text(encoding="utf-8").splitlines()


def asked(text: str) -> list[str]:
    """The faults that are about secrets."""
    return [fault for fault in wording().faults(text) if "asks for a secret" in fault]


@pytest.mark.guide("T1.3")
@pytest.mark.parametrize("text", ASKS)
def test_a_text_that_asks_for_a_secret_is_found(text: str) -> None:
    assert asked(text)


@pytest.mark.parametrize("text", DOES_NOT)
def test_a_text_that_helps_with_a_sign_in_passes(text: str) -> None:
    assert asked(text) == []
