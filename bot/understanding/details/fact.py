"""What a fact is: the ways in which it is said, and what takes it back."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Form = Literal["tagged", "cased", "plain"]
Denied = Literal["near", "next", "never"]

FAULT = (
    r"n't|cannot|unable|crash|stop|fail|error|broke|gone|disappear|missing|\bnot\b|\bdown\b|lock|freez|"
    r"frozen|hang|blank|problem|issue|never|slow|affected|wrong|\bno\b|same|stuck|gr[ea]y|black|não|nao|"
    r"\bne\b|\bpas\b|nicht|kein|नहीं|nahi|ला |لم |لا |不|没|hindi|apektado|problema|fehler|erreur|erro\b|"
    r"falla|trava|plante|bloqu|gesperrt"
)
"""What a sentence has that tells of a fault."""


@dataclass(frozen=True)
class Way:
    """One way in which a fact is said: the group that matched is the value, unless the value is fixed.

    It is tried only where a message has a word of one of the lists in `needs`, one of its texts, or as many digits as it has noughts.
    `unless` is sought around the hit, which stands between ‹ and ›; `only_if` in the words of its sentence.
    """

    pattern: str
    needs: str
    value: str | None = None
    reads: Form = "tagged"
    rank: int = 0
    accepts: Callable[[str], bool] | None = None
    only_if: str = ""
    unless: str = ""


@dataclass(frozen=True)
class Fact:
    """All ways in which one fact is said, and how it is taken back.

    `denied`: a denial counts a few small words before it or right after it ("near"), only right before it ("next"), or not at all.
    `imaginable`: it does not count where it is only asked about or thought of.
    `put_right`: its value alone puts an earlier one right: `on Monday, sorry, Tuesday`.
    """

    ways: tuple[Way, ...]
    denied: Denied = "never"
    imaginable: bool = False
    put_right: str = ""
