"""Socket Mode: two connections so that one may fail, and a watchdog that renews what has gone deaf."""

import time
from threading import Event, Lock, Thread
from weakref import WeakKeyDictionary

import structlog
from slack_bolt import App
from slack_bolt.adapter.socket_mode.builtin import SocketModeHandler

from bot.channels.slack.client import SLACK_ERRORS, error_code, quiet_logger

log = structlog.get_logger()
CONNECTIONS = 2
PING_SECONDS = 5.0
DEAF_SECONDS = 20.0
WATCH_SECONDS = 5.0
CLOSE_SECONDS = 10.0


class SocketMode:
    """Keeps the connections while it is started; `state` is for /readyz."""

    def __init__(
        self,
        app: App,
        app_token: str,
        *,
        connections: int = CONNECTIONS,
        ping: float = PING_SECONDS,
        deaf: float = DEAF_SECONDS,
        watch: float = WATCH_SECONDS,
    ) -> None:
        self._app, self._token = app, app_token
        self._ping, self._deaf, self._watch = ping, deaf, watch
        self._handlers: list[SocketModeHandler | None] = [None] * connections
        self._heard: WeakKeyDictionary[SocketModeHandler, tuple[float, float]] = WeakKeyDictionary()
        self._stop, self._lock = Event(), Lock()
        self._watchdog: Thread | None = None

    def start(self) -> None:
        """Connect, and keep connected; what fails now is tried again by the watchdog."""
        self._look_after()
        self._watchdog = Thread(target=self._guard, name="slack-socket-watchdog", daemon=True)
        self._watchdog.start()

    def stop(self) -> None:
        """Close the connections after what is under way."""
        self._stop.set()
        if self._watchdog is not None:
            self._watchdog.join(timeout=10)
        with self._lock:
            closing = [Thread(target=one.client.close, daemon=True) for one in self._handlers if one is not None]
            self._handlers = [None] * len(self._handlers)
        for thread in closing:
            thread.start()
        until = time.monotonic() + CLOSE_SECONDS
        for thread in closing:
            thread.join(timeout=max(0.0, until - time.monotonic()))
        if any(thread.is_alive() for thread in closing):  # the library waits for a thread of its own that may never end
            log.warning("slack_socket_still_closing")

    def state(self) -> str:
        """`ok` while at least one connection hears Slack."""
        return "ok" if self.hearing() else "no connection"

    def hearing(self) -> int:
        """How many connections hear Slack."""
        return sum(handler is not None and self._hears(handler) for handler in self._handlers)

    def _guard(self) -> None:
        while not self._stop.wait(self._watch):
            try:
                self._look_after()
            except Exception as error:  # noqa: BLE001 - whatever it is, the watch goes on
                log.error("slack_socket_watch_raised", error=type(error).__name__)

    def _look_after(self) -> None:
        with self._lock:
            for at, handler in enumerate(self._handlers):
                if self._stop.is_set() or (handler is not None and self._hears(handler)):
                    continue
                self._handlers[at] = self._connected(at)
                if handler is not None:
                    log.warning("slack_socket_renewed", connection=at)
                    handler.client.close()

    def _connected(self, at: int) -> SocketModeHandler | None:
        handler = SocketModeHandler(self._app, self._token, logger=quiet_logger(), ping_interval=self._ping)
        try:
            handler.client.connect()
        except SLACK_ERRORS as error:
            log.warning("slack_socket_failed", connection=at, error=error_code(error))
            handler.client.close()
            return None
        return handler

    def _hears(self, handler: SocketModeHandler) -> bool:
        session = handler.client.current_session
        if session is None or not session.is_active():
            return False
        last, now = session.last_ping_pong_time, time.monotonic()
        if last is None:
            return True
        kept = self._heard.get(handler)
        if (
            kept is None or kept[0] != last
        ):  # the library tells it by the wall clock, which may be set: only that it moved counts
            kept = self._heard[handler] = (last, now)
        return now - kept[1] < self._deaf
