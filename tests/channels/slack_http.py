"""The double's HTTP: the Web API, files, the address of the socket; and every way to fail."""

import json
import time
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs, urlsplit

TOKEN, APP_TOKEN = "xoxb-double", "xapp-double"
Fields = dict[str, Any]


class SlackSays(Exception):
    """An answer with ok: false."""


def handler_of(double: Any) -> type[BaseHTTPRequestHandler]:
    """Answers for this double."""

    class Handler(BaseHTTPRequestHandler):
        """One request."""

        def log_message(self, *_args: Any) -> None:
            return

        def do_GET(self) -> None:
            path = urlsplit(self.path).path
            if path.startswith("/link/"):
                double.wires.serve(self)
                return
            kind, content = double.files.get(path.removeprefix("/files/"), ("", b""))
            if not kind:
                self._answer(404, b"", "text/plain")
            elif self.headers.get("Authorization") != f"Bearer {TOKEN}":
                self._answer(200, b"<!DOCTYPE html><html>Sign in</html>", "text/html")
            elif kind == "redirect":
                self.send_response(302)
                self.send_header("Location", content.decode())
                self.end_headers()
            else:
                self._answer(200, content, kind)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            method = self.path.removeprefix("/api/")
            fields = self._fields(body)
            fault = double.next_fault(method)
            if fault is not None and self._failed(method, fields, *fault):
                return
            if method == "chat.postMessage" and double.over_rate(str(fields.get("channel"))):
                self._json({"ok": False, "error": "ratelimited"}, 429, {"Retry-After": "1"})
                return
            self._json(*self._called(method, fields))

        def _fields(self, body: bytes) -> Fields:
            if "json" in self.headers.get("Content-Type", ""):
                return dict(json.loads(body or b"{}"))
            return {name: values[0] for name, values in parse_qs(body.decode()).items()}

        def _called(self, method: str, fields: Fields) -> tuple[Fields, int]:
            right = APP_TOKEN if method == "apps.connections.open" else TOKEN
            if self.headers.get("Authorization") != f"Bearer {right}":
                return {"ok": False, "error": "invalid_auth"}, 200
            try:
                return {"ok": True, **double.call(method, fields)}, 200
            except SlackSays as refusal:
                return {"ok": False, "error": str(refusal)}, 200

        def _failed(self, method: str, fields: Fields, kind: str, seconds: float) -> bool:
            """Fail; False when the call goes on after all (it was only slow)."""
            if kind in ("slow", "ok"):
                time.sleep(seconds if kind == "slow" else 0)
                return False
            if kind in ("lost", "reset"):
                if kind == "lost":
                    self._called(method, fields)
                self.close_connection = True
                self.connection.close()
            elif kind == "429":
                self._json({"ok": False, "error": "ratelimited"}, 429, {"Retry-After": f"{seconds:.0f}"})
            elif kind == "html":
                self._answer(200, b"<html>The page is being looked after</html>", "text/html")
            elif kind == "500_done":
                self._called(method, fields)
                self._answer(500, b"<html>Oh no</html>", "text/html")
            elif kind.isdigit():
                self._answer(int(kind), b"<html>Oh no</html>", "text/html")
            else:
                self._json({"ok": False, "error": kind}, 200)
            return True

        def _json(self, body: Fields, status: int = 200, headers: dict[str, str] | None = None) -> None:
            self._answer(status, json.dumps(body).encode(), "application/json", headers)

        def _answer(self, status: int, body: bytes, kind: str, headers: dict[str, str] | None = None) -> None:
            try:
                self.send_response(status)
                for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **(headers or {})}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)
            except OSError:
                return

    return Handler
