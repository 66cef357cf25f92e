"""The signs by which mails of machines, quotes and forwards are known, read from markers.yml once."""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from handoff.data_files import Strict, read_yaml, validated

HERE = Path(__file__).parent


class Markers(Strict):
    """Words of mail programs."""

    replying_headers: list[str]
    sending_headers: list[str]
    machine_senders: list[str]
    away_subjects: list[str]
    bounce_subjects: list[str]
    reply_subjects: list[str]
    forward_subjects: list[str]
    forwarded_lines: list[str]
    original_lines: list[str]
    from_labels: list[str]
    wrote: list[str]
    asks_to_call: list[str]

    @property
    def is_away(self) -> re.Pattern[str]:
        """Matches the subject of an answer that a machine gives for somebody who is away."""
        return _one_of(self.away_subjects, r"\s*(?:{})\s*(?:[:：!]|$)")

    @property
    def is_bounce(self) -> re.Pattern[str]:
        """Matches the subject of a mail that came back."""
        return _one_of(self.bounce_subjects, r"\s*(?:{})")

    @property
    def is_reply(self) -> re.Pattern[str]:
        """Matches the subject of an answer."""
        return _one_of(self.reply_subjects, r"\s*(?:{})(?:\s*\[\d+\])?\s*[:：]")

    @property
    def is_forward(self) -> re.Pattern[str]:
        """Matches the subject of something passed on."""
        return _one_of(self.forward_subjects, r"\s*(?:{})\s*[:：]")

    @property
    def forwarded(self) -> re.Pattern[str]:
        """Matches the line over something passed on."""
        return _one_of(self.forwarded_lines, r"[\s>*_-]*(?:{})[\s:*_-]*$")

    @property
    def original(self) -> re.Pattern[str]:
        """Matches the line over a quote."""
        return _one_of(self.original_lines, r"[\s>*]*[_-]{{2,}}\s*(?:{})\s*[_-]{{2,}}\s*$")

    @property
    def from_line(self) -> re.Pattern[str]:
        """Matches the first line of a block of headers; its value is the first group."""
        return _one_of(self.from_labels, r"[\s>*]*(?:{})\s?\*?\s*[:：]\*?\s*(.+)$")

    @property
    def says_whom_to_call(self) -> re.Pattern[str]:
        """Matches a sentence of an automatic answer that says whom to call if something were an emergency."""
        return re.compile("|".join(self.asks_to_call), re.IGNORECASE)

    @property
    def has_written(self) -> re.Pattern[str]:
        """Matches the end of "So-and-so wrote:"."""
        return _one_of(self.wrote, r".*(?:{})\s*[:：]$")


@cache
def _compiled(words: tuple[str, ...], form: str) -> re.Pattern[str]:
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile(form.format("|".join(re.escape(word) for word in longest_first)), re.IGNORECASE)


def _one_of(words: Iterable[str], form: str) -> re.Pattern[str]:
    return _compiled(tuple(words), form)


@cache
def load_markers(path: Path = HERE / "markers.yml") -> Markers:
    """The signs; raises DataFaults with file and line."""
    return validated(Markers, read_yaml(path, HERE.parents[2]))
