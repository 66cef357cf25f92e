"""A table of rules for one kind of turn: the first whose condition holds decides. Printed for a lead by `talk --why`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.dialogue.reply import Reply


@dataclass(frozen=True)
class Rule:
    """In plain words when it holds, the test, and what is done. The test changes nothing: what is said stands in what is done."""

    when: str
    holds: Callable[[Reply], bool]
    then: Callable[[Reply], None]
    ends: bool = True
    """False where something is said first, and the rules below decide."""


def decide(reply: Reply, rules: Sequence[Rule]) -> None:
    """Do what the first rule that holds and ends the turn says; the last rule of a table always holds."""
    for rule in rules:
        if not rule.holds(reply):
            continue
        if rule.ends:
            reply.why.append(rule.when)
        rule.then(reply)
        if rule.ends:
            return


def always(_: Reply) -> bool:
    """For the last rule of a table."""
    return True
