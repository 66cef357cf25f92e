"""A Slack of our own on loopback: a real HTTP server that keeps messages, checks like Slack, and fails as told."""

import json
import threading
import time
from collections import deque
from collections.abc import Callable
from http.server import ThreadingHTTPServer
from itertools import count
from typing import Any

from tests.channels.slack_checks import POST_FIELDS, UPDATE_FIELDS, message_faults, view_faults
from tests.channels.slack_http import APP_TOKEN, TOKEN, SlackSays, handler_of
from tests.channels.slack_wire import Wires

TEAM, BOT_USER, BOT_ID = "T0SMART", "U0BOT", "B0BOT"
SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
TRIGGER_SECONDS = 60.0
"""Slack gives three; a busy machine of tests is no fault of ours."""
Fields = dict[str, Any]


class SlackDouble:
    """The workspace: people, channels, messages, windows; and the faults that are to come."""

    def __init__(self) -> None:
        self.users: dict[str, Fields] = {}
        self.channels: dict[str, Fields] = {}
        self.groups: dict[str, list[str]] = {}
        self.views: dict[str, Fields] = {}
        self.homes: dict[str, Fields] = {}
        self.triggers: dict[str, float] = {}
        self.files: dict[str, tuple[str, bytes]] = {}
        self.ephemerals: list[Fields] = []
        self.calls: list[tuple[str, Fields]] = []
        self.refused: list[tuple[str, str]] = []
        self.faults: dict[str, deque[tuple[str, float]]] = {}
        self.rate: tuple[float, int] | None = None
        self.wires = Wires()
        self._sent_at: dict[str, list[float]] = {}
        self._ids = count(1)
        self._last_ts = 0.0
        self._lock = threading.RLock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler_of(self))
        self._server.daemon_threads = True
        self.base = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def api(self) -> str:
        """For SLACK_API_URL."""
        return f"{self.base}/api/"

    def close(self) -> None:
        """Stop the server."""
        self.wires.close()
        self._server.shutdown()
        self._server.server_close()

    def person(self, user: str, name: str, **more: Any) -> None:
        """Somebody in the workspace."""
        profile = {"real_name": name, "email": f"{user.lower()}@example.com"}
        self.users[user] = {"id": user, "team_id": TEAM, "tz": "America/New_York", "profile": profile, **more}

    def channel(self, channel: str, *members: str) -> None:
        """A channel or direct message with its members."""
        self.channels[channel] = {"members": {BOT_USER, *members}, "messages": [], "archived": False}

    def trigger(self) -> str:
        """A trigger id: good once, for three seconds."""
        made = f"trigger-{next(self._ids)}"
        self.triggers[made] = time.monotonic()
        return made

    def fail(self, method: str, *kinds: str, seconds: float = 1.0) -> None:
        """The next calls of a method fail so: 429, 500, lost, html, slow, reset, or an error code."""
        with self._lock:
            self.faults.setdefault(method, deque()).extend((kind, seconds) for kind in kinds)

    def next_fault(self, method: str) -> tuple[str, float] | None:
        """Take the fault that is due."""
        with self._lock:
            waiting = self.faults.get(method) or self.faults.get("*")
            return waiting.popleft() if waiting else None

    def messages(self, channel: str, thread: str | None = None) -> list[Fields]:
        """What the bot posted in a channel outside threads, or in one thread."""
        with self._lock:
            return [m for m in self.channels[channel]["messages"] if m.get("thread_ts") == thread]

    def doubled(self) -> list[Any]:
        """Outbox rows that stand in Slack more than once."""
        marks = [
            json.dumps(m["metadata"]["event_payload"], sort_keys=True)
            for channel in self.channels.values()
            for m in channel["messages"]
            if m.get("metadata")
        ]
        return [mark for mark in set(marks) if marks.count(mark) > 1]

    def ts(self) -> str:
        """The next message's id: a time, always growing."""
        with self._lock:
            self._last_ts = max(time.time(), self._last_ts + 0.000001)
            return f"{self._last_ts:.6f}"

    def call(self, method: str, fields: Fields) -> Fields:
        """Answer a call of the Web API; raises SlackSays."""
        with self._lock:
            self.calls.append((method, fields))
            answer: Callable[[Fields], Fields] | None = getattr(self, "_" + method.replace(".", "_"), None)
            if answer is None:
                raise SlackSays("unknown_method")
            return answer(fields)

    def _refuse_if(self, method: str, faults: list[str]) -> None:
        if faults:
            self.refused.append((method, faults[0]))
            raise SlackSays(faults[0] if faults[0].replace("_", "").isalpha() else "invalid_arguments")

    def _in(self, fields: Fields) -> Fields:
        channel = self.channels.get(str(fields.get("channel")))
        if channel is None:
            raise SlackSays("channel_not_found")
        if BOT_USER not in channel["members"]:
            raise SlackSays("not_in_channel")
        if channel["archived"]:
            raise SlackSays("is_archived")
        return channel

    def _auth_test(self, _fields: Fields) -> Fields:
        return {"team_id": TEAM, "user_id": BOT_USER, "bot_id": BOT_ID}

    def _chat_postMessage(self, fields: Fields) -> Fields:
        channel = self._in(fields)
        self._refuse_if("chat.postMessage", list(message_faults(fields, POST_FIELDS, 40_000)))
        thread = fields.get("thread_ts")
        if thread and not any(m["ts"] == thread for m in channel["messages"]):
            raise SlackSays("thread_not_found")
        message = {**fields, "ts": self.ts(), "user": BOT_USER, "bot_id": BOT_ID, "updates": 0}
        channel["messages"].append(message)
        return {"channel": fields["channel"], "ts": message["ts"], "message": message}

    def _chat_update(self, fields: Fields) -> Fields:
        channel = self._in(fields)
        self._refuse_if("chat.update", list(message_faults(fields, UPDATE_FIELDS, 4000)))
        message = next((m for m in channel["messages"] if m["ts"] == fields["ts"] and m["user"] == BOT_USER), None)
        if message is None:
            raise SlackSays("message_not_found")
        message.update(text=fields.get("text"), blocks=fields.get("blocks") or [], updates=message["updates"] + 1)
        return {"channel": fields["channel"], "ts": fields["ts"]}

    def _chat_postEphemeral(self, fields: Fields) -> Fields:
        if fields.get("user") not in self._in(fields)["members"]:
            raise SlackSays("user_not_in_channel")
        self.ephemerals.append(fields)
        return {"message_ts": self.ts()}

    def _conversations_open(self, fields: Fields) -> Fields:
        user = str(fields["users"])
        if user not in self.users:
            raise SlackSays("user_not_found")
        channel = f"D{user}"
        if channel not in self.channels:
            self.channel(channel, user)
        return {"channel": {"id": channel}}

    def _conversations_history(self, fields: Fields) -> Fields:
        found = [m for m in self._in(fields)["messages"] if not m.get("thread_ts")]
        return self._page([m for m in reversed(found) if m["ts"] >= fields.get("oldest", "0")], fields)

    def _conversations_replies(self, fields: Fields) -> Fields:
        of_thread = [m for m in self._in(fields)["messages"] if fields["ts"] in (m["ts"], m.get("thread_ts"))]
        if not of_thread:
            raise SlackSays("thread_not_found")
        return self._page(of_thread, fields)

    def _page(self, found: list[Fields], fields: Fields) -> Fields:
        start, size = int(fields.get("cursor") or 0), int(fields.get("limit") or 100)
        asked = fields.get("include_all_metadata") in (True, "1", "true", "True")
        shown = [m if asked else {k: v for k, v in m.items() if k != "metadata"} for m in found[start : start + size]]
        more = str(start + size) if start + size < len(found) else ""
        return {"messages": shown, "response_metadata": {"next_cursor": more}}

    def _views_open(self, fields: Fields) -> Fields:
        made = self.triggers.pop(fields["trigger_id"], None)
        if made is None:
            raise SlackSays("exchanged_trigger_id")
        if time.monotonic() - made > TRIGGER_SECONDS:
            raise SlackSays("expired_trigger_id")
        return self._keep_view(f"V{next(self._ids)}", _json(fields["view"]))

    def _views_update(self, fields: Fields) -> Fields:
        if fields["view_id"] not in self.views:
            raise SlackSays("not_found")
        return self._keep_view(fields["view_id"], _json(fields["view"]))

    def _keep_view(self, view_id: str, view: Fields) -> Fields:
        self._refuse_if("views", list(view_faults(view)))
        self.views[view_id] = {**view, "id": view_id}
        return {"view": self.views[view_id]}

    def _views_publish(self, fields: Fields) -> Fields:
        view = _json(fields["view"])
        self._refuse_if("views", list(view_faults(view)))
        self.homes[fields["user_id"]] = view
        return {"view": view}

    def _users_info(self, fields: Fields) -> Fields:
        if fields["user"] not in self.users:
            raise SlackSays("user_not_found")
        return {"user": self.users[fields["user"]]}

    def _conversations_members(self, fields: Fields) -> Fields:
        return {"members": sorted(self._in(fields)["members"])}

    def _usergroups_users_list(self, fields: Fields) -> Fields:
        if fields["usergroup"] not in self.groups:
            raise SlackSays("no_such_subteam")
        return {"users": self.groups[fields["usergroup"]]}

    def _apps_connections_open(self, _fields: Fields) -> Fields:
        return {"url": self.base.replace("http:", "ws:") + f"/link/?ticket={next(self._ids)}"}

    def over_rate(self, channel: str) -> bool:
        """True when this channel gets more than it may."""
        if self.rate is None:
            return False
        every, burst = self.rate
        with self._lock:
            now = time.monotonic()
            sent = [at for at in self._sent_at.get(channel, []) if now - at < every * burst]
            over = len(sent) >= burst
            self._sent_at[channel] = sent if over else [*sent, now]
            return over


def _json(value: Any) -> Fields:
    return json.loads(value) if isinstance(value, str) else value


__all__ = ["APP_TOKEN", "TOKEN"]
