"""Signed calls to a pager, in the form of Standard Webhooks 1.0.0: thin, once for each row, never followed elsewhere."""

import hmac
import ipaddress
import json
import socket
from base64 import b64encode
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from urllib.parse import urlsplit

import httpx2

from bot.actions.deps import Delivery, SendFailed
from bot.outbound import PagerCall, written

SECONDS = 15
GIVE_UP = frozenset({400, 401, 403, 404, 405, 410, 413, 415, 422})


@dataclass(frozen=True)
class Webhook:
    """Where calls go, with which key; `inside` allows addresses of our own network (the demo, tests)."""

    url: str
    key: bytes
    inside: bool = False


def signature(key: bytes, message_id: str, timestamp: int, body: bytes) -> str:
    """The header `webhook-signature`: HMAC-SHA256 over id, time and body (Standard Webhooks, "Signature scheme")."""
    signed = f"{message_id}.{timestamp}.".encode() + body
    return "v1," + b64encode(hmac.digest(key, signed, sha256)).decode()


class WebhookSender:
    """Sends the rows of the outbox channel `webhook`."""

    def __init__(self, webhook: Webhook, sender_id: str) -> None:
        self._webhook, self._sender_id = webhook, sender_id

    def send(self, delivery: Delivery, now: datetime) -> str:
        """Call once; the id is the same for every try, so that the other side can tell. Raises SendFailed."""
        if not isinstance(delivery.message, PagerCall):
            raise SendFailed("unknown_kind", permanent=True)
        body = json.dumps(written(delivery.message), separators=(",", ":"), ensure_ascii=False).encode()
        message_id, at = f"msg_{self._sender_id}_{delivery.id}", int(now.timestamp())
        headers = {
            "content-type": "application/json",
            "webhook-id": message_id,
            "webhook-timestamp": str(at),
            "webhook-signature": signature(self._webhook.key, message_id, at, body),
        }
        self._must_be_outside()
        try:
            with httpx2.Client(timeout=SECONDS, follow_redirects=False, trust_env=False) as client:
                answer = client.post(self._webhook.url, content=body, headers=headers)
        except httpx2.HTTPError as error:
            raise SendFailed(type(error).__name__, permanent=False) from error
        if answer.is_success:
            return message_id
        wait = answer.headers.get("retry-after", "")
        retry_after = float(min(int(wait), 3600)) if wait.isdigit() else None
        raise SendFailed(f"http_{answer.status_code}", permanent=answer.status_code in GIVE_UP, retry_after=retry_after)

    def _must_be_outside(self) -> None:
        """Never a machine of our own network, whatever the name leads to today."""
        if self._webhook.inside:
            return
        parts = urlsplit(self._webhook.url)
        try:
            found = socket.getaddrinfo(parts.hostname, parts.port or 443, type=socket.SOCK_STREAM)
        except OSError as error:
            raise SendFailed("name_not_found", permanent=False) from error
        if not all(ipaddress.ip_address(entry[4][0]).is_global for entry in found):
            raise SendFailed("address_not_public", permanent=True)
