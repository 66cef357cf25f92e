"""Slips of the keyboard are read as what they are a slip of, and nothing else is changed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.mind import Mind
from bot.understanding.text.spelling import mended


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("need to cancle friday", "need to cancel friday"),
        ("hcaked!! help", "hacked!! help"),
        ("my perscription isnt in the app", "my prescription isnt in the app"),
        ("cant book for my daugther", "cant book for my daughter"),
        ("heart atack", "heart attack"),
        ("the verificaton mail", "the verification mail"),
    ],
)
def test_a_slip_is_read_as_the_word_that_was_meant(typed: str, meant: str) -> None:
    assert mended(typed) == meant


@pytest.mark.parametrize(
    "text",
    [
        "best movie rn?",
        "a third verb is wanting, tear it up",
        "it likes the corruption, thinning and retention of presses",
        "spells me jhon not john, dr okafor wrote it",
        "logn failed",
        "theyre here and itll work",
        "no puedo cancelar mi visita urgente",
        "mali ang gamot na nireseta sa akin",
        "write to cancle@example.com",
        "code bk-409, version 5.2.1",
    ],
)
def test_what_is_a_word_or_could_be_two_stays_as_it_is(text: str) -> None:
    assert mended(text) == text


@given(st.text(max_size=80))
def test_mending_twice_changes_nothing_more(text: str) -> None:
    once = mended(text)
    assert mended(once) == once and len(once.split()) == len(text.split())


def test_what_was_meant_decides(mind: Mind) -> None:
    assert mind.assistant.read("need to cancle friday").issue == "appointment.cancel"
    assert mind.assistant.read("hcaked!! help").issue == "escalate.security"
