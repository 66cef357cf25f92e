"""A table of rules for one kind of turn: the first whose condition holds decides. Printed for a lead by `talk --why`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.dialogue.reply import Reply


@dataclass(frozen=True)
class Rule:
    """In plain words when it holds, the test, and what is done."""

    when: str
    holds: Callable[[Reply], bool]
    then: Callable[[Reply], None]


def decide(reply: Reply, rules: Sequence[Rule]) -> None:
    """Do what the first rule that holds says; the last rule of a table always holds."""
    for rule in rules:
        if rule.holds(reply):
            reply.why.append(rule.when)
            rule.then(reply)
            return


def always(_: Reply) -> bool:
    """For the last rule of a table."""
    return True
