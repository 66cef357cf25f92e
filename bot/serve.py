"""Web and worker, in one process or apart, until a signal says stop."""

import json
import logging
import signal
import sys
import threading
import traceback
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from socket import socket
from typing import Any

import structlog
import uvicorn

from bot.authoring.places import Places
from bot.web.app import create_app
from bot.web.wakeups import Bell
from bot.wiring import House, build_services
from bot.worker import Worker, watch_files

DRAIN_SECONDS = 2
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


@contextmanager
def watching(house: House) -> Iterator[None]:
    """Changed files are taken up through the gate while this is open."""
    stop = threading.Event()
    own = Places(house.settings.intents, house.settings.articles)
    folders = [own.intents, own.articles, own.rules, own.guide]
    watcher = threading.Thread(target=watch_files, args=(house.current, folders, stop), daemon=True)
    watcher.start()
    try:
        yield
    finally:
        stop.set()
        watcher.join(timeout=5)


def run_web(house: House) -> None:
    """Serve the pages and the chat until a signal says stop."""
    for stop in (signal.SIGTERM, signal.SIGINT):  # uvicorn raises it again when it has drained: then it is no news
        signal.signal(stop, lambda *_: None)
    services = build_services(house)
    proxies = [one.strip() for one in house.settings.trusted_proxies.split(",") if one.strip() not in ("", "none")]
    host = "0.0.0.0" if not house.settings.demo else "127.0.0.1"  # noqa: S104 - production sits behind a proxy
    config = uvicorn.Config(
        create_app(services),
        host=host,
        port=house.settings.port,
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=DRAIN_SECONDS,
        server_header=False,
        proxy_headers=bool(proxies),
        forwarded_allow_ips=proxies,
    )
    WebServer(config, services.bell).run()


class WebServer(uvicorn.Server):
    """Ends the open streams first, so that they are no errors when the server stops."""

    def __init__(self, config: uvicorn.Config, bell: Bell) -> None:
        super().__init__(config)
        self._bell = bell

    async def shutdown(self, sockets: list[socket] | None = None) -> None:
        """Stop."""
        self._bell.stop()
        await super().shutdown(sockets)


def run_both(house: House) -> None:
    """Web and worker in one process."""
    worker = Worker(house)
    worker.start()
    try:
        with watching(house):
            run_web(house)
    finally:
        worker.stop()


def run_worker(house: House) -> None:
    """The worker alone."""
    with watching(house):
        Worker(house).run()
