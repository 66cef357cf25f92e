"""The worker's work, piece by piece: a piece that raises is put off and shown to people, and all the others go on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile
from traceback import extract_tb

import structlog
from sqlalchemy import Select
from sqlalchemy.exc import InterfaceError, OperationalError

from bot.actions.deps import Deps
from bot.actions.transaction import Transaction, reading, transaction
from bot.storage import put_off

log = structlog.get_logger()
DATABASE_AWAY = (OperationalError, InterfaceError)
"""No fault of any piece: nothing can be done now, and nothing could be put off."""
Resting = Select[int]
ALONE = 0
"""The unit of work that is done as a whole."""


@dataclass(frozen=True)
class Work:
    """One kind of work: `find` names the next piece that is due and not resting, `do` does it in a transaction of its own,
    and asks again whether it is still due."""

    name: str
    find: Callable[[Transaction, Resting], int | None]
    do: Callable[[Transaction, int], None]


def _due(tx: Transaction, work: Work) -> int | None:
    return work.find(tx, put_off.resting(work.name, tx.now))


def do_next(deps: Deps, work: Work, now: datetime) -> bool:
    """Do one piece, or put it off when it raises. False when nothing is due."""
    with reading(deps, now) as tx:
        unit = _due(tx, work)
        raised_before = unit is not None and put_off.known(tx.db, work.name, unit)
    if unit is None:
        return False
    try:
        with transaction(deps, now) as tx:
            work.do(tx, unit)
    except DATABASE_AWAY:
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is, this piece alone
        put_back(deps, work.name, unit, error, now)
        return True
    if raised_before:
        with deps.sessions.begin() as db:
            put_off.done(db, work.name, unit)
    return True


def work_off(deps: Deps, work: Work, now: datetime, most: int) -> int:
    """Do what is due, so many pieces at most; returns how many were dealt with."""
    done = 0
    while done < most and do_next(deps, work, now):
        done += 1
    return done


def work_through(deps: Deps, works: Sequence[Work], now: datetime, most: int) -> int:
    """Work off one kind after another. The kinds before the first of which something is due cost one look together, so that a
    sweep with nothing to do is cheap."""
    with reading(deps, now) as tx:
        idle = sum(1 for _ in takewhile(lambda work: _due(tx, work) is None, works))
    return sum(work_off(deps, work, now, most) for work in works[idle:])


def as_a_whole(deps: Deps, name: str, do: Callable[[Deps, datetime], bool], now: datetime, most: int) -> int:
    """The same for work that finds its own pieces; returns how many were dealt with."""
    with reading(deps, now) as tx:
        before = put_off.of(tx.db, name, ALONE)
    if before is not None and before.next_at > now:
        return 0
    done = 0
    try:
        while done < most and do(deps, now):
            done += 1
    except DATABASE_AWAY:
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is, this piece alone
        put_back(deps, name, ALONE, error, now)
        return done
    if before is not None:
        with deps.sessions.begin() as db:
            put_off.done(db, name, ALONE)
    return done


def put_back(deps: Deps, name: str, unit: int, error: Exception, now: datetime) -> None:
    """Put a piece off; the log is told what raised and where, and no word of what was in it."""
    log.error("put_off", work=name, unit=unit, error=type(error).__name__, at=place_of(error))
    with transaction(deps, now) as tx:
        put_off.keep(tx, name, unit, type(error).__name__)


def place_of(error: BaseException) -> str:
    """The line of code that raised."""
    frames = extract_tb(error.__traceback__)
    return f"{frames[-1].filename.rpartition('/')[2]}:{frames[-1].lineno}" if frames else ""
