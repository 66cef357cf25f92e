"""The double's Socket Mode: a small WebSocket server with envelopes, acknowledgements, deafness and drops."""

import base64
import contextlib
import hashlib
import json
import struct
import threading
from http.server import BaseHTTPRequestHandler
from itertools import count
from typing import Any

GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
TEXT, CLOSE, PING, PONG = 1, 8, 9, 10


class Wire:
    """One open connection."""

    def __init__(self, handler: BaseHTTPRequestHandler) -> None:
        self._handler, self._lock = handler, threading.Lock()
        self.deaf = False

    def send(self, code: int, payload: bytes) -> None:
        """One frame to the client."""
        length = len(payload)
        head = bytes([0x80 | code, length]) if length < 126 else bytes([0x80 | code, 126]) + struct.pack(">H", length)
        if length >= 65536:
            head = bytes([0x80 | code, 127]) + struct.pack(">Q", length)
        with self._lock:
            self._handler.wfile.write(head + payload)
            self._handler.wfile.flush()

    def read(self) -> tuple[int, bytes]:
        """The next frame of the client; raises OSError at the end."""
        head = self._bytes(2)
        length = head[1] & 0x7F
        if length == 126:
            length = struct.unpack(">H", self._bytes(2))[0]
        elif length == 127:
            length = struct.unpack(">Q", self._bytes(8))[0]
        mask = self._bytes(4)
        return head[0] & 0x0F, bytes(b ^ mask[i % 4] for i, b in enumerate(self._bytes(length)))

    def _bytes(self, wanted: int) -> bytes:
        got = self._handler.rfile.read(wanted)
        if len(got) < wanted:
            raise OSError("the client is gone")
        return got

    def drop(self) -> None:
        """Cut the connection without a word."""
        with contextlib.suppress(OSError):
            self._handler.connection.shutdown(2)


class Wires:
    """All connections, and what was acknowledged on them."""

    def __init__(self) -> None:
        self.open: list[Wire] = []
        self.opened = 0
        self.answers: dict[str, dict[str, Any]] = {}
        self._acked: dict[str, threading.Event] = {}
        self._turn = count()

    def serve(self, handler: BaseHTTPRequestHandler) -> None:
        """One client, until it is gone."""
        accept = base64.b64encode(hashlib.sha1((handler.headers["Sec-WebSocket-Key"] + GUID).encode()).digest())
        handler.wfile.write(
            b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            b"Sec-WebSocket-Accept: " + accept + b"\r\n\r\n"
        )
        wire = Wire(handler)
        wire.send(TEXT, json.dumps({"type": "hello", "num_connections": len(self.open) + 1}).encode())
        self.open.append(wire)
        self.opened += 1
        with contextlib.suppress(OSError):
            while True:
                code, payload = wire.read()
                if wire.deaf:
                    continue
                if code == PING:
                    wire.send(PONG, payload)
                elif code == CLOSE:
                    break
                elif code == TEXT:
                    self._heard(json.loads(payload))
        self.open.remove(wire)
        handler.close_connection = True

    def _heard(self, told: dict[str, Any]) -> None:
        self.answers[told["envelope_id"]] = told.get("payload") or {}
        self._acked.setdefault(told["envelope_id"], threading.Event()).set()

    def deliver(self, kind: str, payload: dict[str, Any], envelope: str, seconds: float = 20.0) -> bool:
        """Send an envelope on one of the connections; True when it was acknowledged in time."""
        listening = list(self.open)
        if not listening:
            return False
        wire = listening[next(self._turn) % len(listening)]
        acked = self._acked.setdefault(envelope, threading.Event())
        told = {"type": kind, "envelope_id": envelope, "accepts_response_payload": True, "payload": payload}
        told |= {"retry_attempt": 0} if kind == "events_api" else {}
        if not wire.deaf:
            with contextlib.suppress(OSError):
                wire.send(TEXT, json.dumps(told).encode())
        return acked.wait(seconds)

    def close(self) -> None:
        """Drop everybody."""
        for wire in list(self.open):
            wire.drop()
