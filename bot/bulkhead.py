"""A bulkhead: what fails in one piece of work is logged, and stops nothing beside it."""

from collections.abc import Callable

import structlog

log = structlog.get_logger()


def guarded(name: str, tick: Callable[[], object]) -> Callable[[], bool]:
    """What raises is told in the log, and the next tick comes all the same; true when nothing did."""

    def run() -> bool:
        try:
            tick()
        except Exception:
            log.exception("tick_raised", tick=name)
            return False
        return True

    return run
