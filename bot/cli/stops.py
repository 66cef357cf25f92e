"""What stops a command for reasons outside it."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import SQLAlchemyError

from bot.cli.common import stop
from handoff.data_files import DataFaults


@contextmanager
def told_in_one_line() -> Iterator[None]:
    """Faults in the data, a file or a database that cannot be used: one line, and exit code 1. Not a reader that went away."""
    try:
        yield
    except DataFaults as error:
        stop(str(error))
    except BrokenPipeError:
        raise
    except SQLAlchemyError as error:
        stop(f"It cannot go on: {type(error).__name__}")
    except OSError as error:
        told = f"{error.filename}: {error.strerror}" if error.filename else type(error).__name__
        stop(f"It cannot go on: {told}")
