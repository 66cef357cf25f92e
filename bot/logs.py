"""The log: JSON lines with ids, states and durations, and never a word that a user wrote."""

import json
import logging
import sys
import traceback
from collections.abc import MutableMapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import structlog

MOST_CAUSES, MOST_PLACES = 5, 12


def log_to_json(level: int = logging.INFO) -> None:
    """Structured lines with ids, states and durations, ours and, from warnings on, those of other libraries. What was raised is
    told by its kinds and places, never by its words: a library may repeat in them what a user wrote."""
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(level),
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            without_words,
            structlog.processors.JSONRenderer(),
        ],
    )
    handler = logging.StreamHandler()
    handler.setFormatter(LibraryLines())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)


def without_words(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """An exception as where it came from and what kinds of errors led to it."""
    given = event.pop("exc_info", None)
    error = given if isinstance(given, BaseException) else sys.exc_info()[1] if given is True else None
    if error is not None:
        event["exception"] = trail(error)
    return event


def trail(error: BaseException) -> list[str]:
    """The error and what caused it, each by its class and the places that it went through, innermost last."""
    told: list[str] = []
    at: BaseException | None = error
    while at is not None and len(told) < MOST_CAUSES:
        places = [f"{Path(f.filename).name}:{f.lineno} {f.name}" for f in traceback.extract_tb(at.__traceback__)]
        told.append(f"{type(at).__module__}.{type(at).__qualname__} at {' > '.join(places[-MOST_PLACES:])}")
        at = at.__cause__ or (None if at.__suppress_context__ else at.__context__)
    return told


class LibraryLines(logging.Formatter):
    """A line of another library as JSON: what it says where it is the server, elsewhere only the text without what was put in."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        said = record.getMessage() if record.name.startswith("uvicorn") and not record.exc_info else str(record.msg)
        line: dict[str, Any] = {"event": said, "logger": record.name, "level": record.levelname.lower()}
        if record.exc_info and record.exc_info[1] is not None:
            line["event"], line["exception"] = "raised", trail(record.exc_info[1])
        return json.dumps({**line, "timestamp": datetime.fromtimestamp(record.created, UTC).isoformat()})
