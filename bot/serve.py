"""Web and worker, in one process or apart, until a signal says stop."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from socket import socket

import uvicorn

from bot.authoring.content_paths import ContentPaths
from bot.hot_reload import watch_files
from bot.web.app import create_app
from bot.web.change_stream import ChangeStream
from bot.wiring import Runtime, build_services
from bot.worker import Worker

DRAIN_SECONDS = 2


@contextmanager
def watching(runtime: Runtime) -> Iterator[None]:
    """Changed files are taken up through the gate while this is open."""
    stop = threading.Event()
    own = ContentPaths(runtime.settings.intents, runtime.settings.articles)
    folders = [own.intents, own.articles, own.rules, own.lines, own.languages, own.templates, own.guide]
    watcher = threading.Thread(target=watch_files, args=(runtime.current, folders, stop), daemon=True)
    watcher.start()
    try:
        yield
    finally:
        stop.set()
        watcher.join(timeout=5)


def run_web(runtime: Runtime) -> None:
    """Serve the pages and the chat until a signal says stop."""
    for stop in (signal.SIGTERM, signal.SIGINT):  # uvicorn raises it again when it has drained: then it is no news
        signal.signal(stop, lambda *_: None)
    services = build_services(runtime)
    proxies = [one.strip() for one in runtime.settings.trusted_proxies.split(",") if one.strip() not in ("", "none")]
    host = "0.0.0.0" if not runtime.settings.demo else "127.0.0.1"  # noqa: S104 - production sits behind a proxy
    config = uvicorn.Config(
        create_app(services),
        host=host,
        port=runtime.settings.port,
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=DRAIN_SECONDS,
        server_header=False,
        proxy_headers=bool(proxies),
        forwarded_allow_ips=proxies,
    )
    WebServer(config, services.changes).run()


class WebServer(uvicorn.Server):
    """Ends the open streams first, so that they are no errors when the server stops."""

    def __init__(self, config: uvicorn.Config, changes: ChangeStream) -> None:
        super().__init__(config)
        self._changes = changes

    async def shutdown(self, sockets: list[socket] | None = None) -> None:
        """Stop."""
        self._changes.stop()
        await super().shutdown(sockets)


def run_both(runtime: Runtime) -> None:
    """Web and worker in one process."""
    worker = Worker(runtime)
    worker.start()
    try:
        with watching(runtime):
            run_web(runtime)
    finally:
        worker.stop()


def run_worker(runtime: Runtime) -> None:
    """The worker alone."""
    with watching(runtime):
        Worker(runtime).run()
