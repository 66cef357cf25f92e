"""Web and worker, in one process or apart, until a signal says stop."""

import logging
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import structlog
import uvicorn

from bot.authoring.places import Places
from bot.web.app import create_app
from bot.wiring import House, build_services
from bot.worker import Worker, watch_files

DRAIN_SECONDS = 2


def log_to_json(level: int = logging.INFO) -> None:
    """Structured lines with ids, states and durations; other libraries only from warnings on."""
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(level),
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
    )
    logging.basicConfig(level=logging.WARNING)
    logging.getLogger("apscheduler").setLevel(logging.ERROR)  # a tick that finds the last one at work is no news


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
    app = create_app(build_services(house))
    host = "0.0.0.0" if not house.settings.demo else "127.0.0.1"  # noqa: S104 - production sits behind a proxy
    uvicorn.run(
        app,
        host=host,
        port=house.settings.port,
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=DRAIN_SECONDS,
        server_header=False,
    )


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
