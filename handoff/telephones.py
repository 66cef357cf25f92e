"""Telephone numbers as people read them and as telephones dial them."""

import re

from handoff.policy.model import Policy

_KEYPAD = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "22233344455566677778889999")


def digits_of(number: str) -> str:
    """A telephone number as its digits; letters as they stand on the keys."""
    return re.sub(r"\D", "", number.upper().translate(_KEYPAD))


def to_call(policy: Policy) -> tuple[str, ...]:
    """The numbers that people are told to call, as they are written: for an emergency, for a crisis, and our own."""
    words, own = policy.words, (channel.contact for channel in policy.channels.channels.values())
    return (words.emergency_number, words.crisis_number, *(one for one in own if re.match(r"\+?\d", one)))
