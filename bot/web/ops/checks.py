"""The parts that /readyz asks: the database and its key, the worker, the disk. What channels say of themselves is theirs."""

import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryFile

from sqlalchemy import Engine, select

from bot.actions import alert_words, ops_alerts
from bot.actions.deps import Deps
from bot.channels.base import OK
from bot.clock import Clock
from bot.storage import heartbeats, outbox
from bot.storage.columns import Keys
from bot.storage.tables import SealRow
from bot.storage.unit_of_work import UnitOfWork
from bot.understanding.encoding import is_built

BEAT_IS_LATE = timedelta(seconds=120)
BEAT_IS_AHEAD = timedelta(seconds=60)
LEAST_FREE = 200 * 2**20
PROBE = "probe"
MISSING = "missing"


def database(deps: Deps, now: Callable[[], datetime]) -> str:
    """It takes a write."""
    with deps.sessions.begin() as db:
        heartbeats.beat(UnitOfWork(db, now()), PROBE)
    return OK


def key(deps: Deps) -> str:
    """What was sealed with each key can be opened with the keys of this process; raises InvalidToken otherwise."""
    with deps.reading.begin() as db:
        for seal in db.scalars(select(SealRow)):
            Keys.fernet().decrypt(seal.sealed)
    return OK


@dataclass
class WorkerHeartbeat:
    """Watches the worker's marks of life: one that changes is alive, whatever the clocks of the two processes say."""

    deps: Deps
    now: Callable[[], datetime]
    seconds: Callable[[], float] = time.monotonic
    seen: datetime | None = None
    changed: float | None = None

    def __call__(self) -> str:
        """`ok`, or since when there was no mark."""
        with self.deps.reading.begin() as db:
            beat = heartbeats.last(db, "worker")
        if self.seen is not None and beat != self.seen:
            self.changed = self.seconds()
        self.seen = beat
        if beat is None:
            return "no sign of life"
        moving = self.changed is not None and self.seconds() - self.changed <= BEAT_IS_LATE.total_seconds()
        age = self.now() - beat
        if moving or -BEAT_IS_AHEAD <= age <= BEAT_IS_LATE:
            return OK
        return "its last sign of life is in the future" if age < timedelta() else "no sign of life"


def clock(here: Clock) -> str:
    """Whether somebody has set the clock of this machine since the process began."""
    jump = here.jump()
    if jump is None:
        return OK
    behind = round(here.ahead().total_seconds())
    return f"{jump}" + (f"; until it has caught up, {behind} s are made up slowly" if behind > 1 else "")


def disk(engine: Engine, state: Path) -> str:
    """Room where we keep what is ours and where the database lies, and a file can be written there; raises OSError."""
    on_file = engine.dialect.name == "sqlite" and engine.url.database
    for place in (state, *([Path(str(engine.url.database)).parent] if on_file else [])):
        while not place.exists() and place != place.parent:
            place = place.parent
        free = shutil.disk_usage(place).free
        if free < LEAST_FREE:
            return f"only {free // 2**20} MiB left"
        with TemporaryFile(dir=place) as probe:
            probe.write(b".")
    return OK


def backlog(deps: Deps) -> dict[str, int]:
    """How many messages are in each state."""
    with deps.reading.begin() as db:
        return outbox.backlog(db)


def standing_still(deps: Deps) -> dict[str, object]:
    """What people must mend, and the work that was put off; dead letters are shown, but the service is none the worse for one."""
    with deps.reading.begin() as db:
        told = ops_alerts.facts(db)
    return {"status": "standing still" if told["to_mend"] or told["put_off"] else OK, **told}


def encoder(word: str, folder: Path) -> str:
    """Whether it was read at the start, as `word` tells, and whether the next start would find it in its folder."""
    there = is_built(folder)
    if word.startswith(MISSING):
        return f"{word}. {alert_words.part('encoder_back' if there else 'encoder_missing')}"
    return OK if there else alert_words.part("encoder_gone")
