"""One transaction of an action: its session, what the actions work with, and the moment at which everything in it happens."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from bot.actions.deps import Deps
from bot.storage.unit_of_work import UnitOfWork
from handoff.policy.model import Policy


@dataclass(frozen=True)
class Transaction(UnitOfWork):
    """All or nothing. Lives for one `with`."""

    deps: Deps

    @property
    def policy(self) -> Policy:
        """The guide."""
        return self.deps.policy


@contextmanager
def reading(deps: Deps, now: datetime) -> Iterator[Transaction]:
    """A transaction that only reads."""
    with deps.reading.begin() as db:
        yield Transaction(db, now, deps)


@contextmanager
def transaction(deps: Deps, now: datetime) -> Iterator[Transaction]:
    """A transaction that is committed at its end, and undone by whatever is raised in it."""
    with deps.sessions.begin() as db:
        yield Transaction(db, now, deps)
