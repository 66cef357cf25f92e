"""Signed calls to a pager, in the form of Standard Webhooks 1.0.0: thin, once for each row, never followed elsewhere."""

import hmac
import json
import socket
from base64 import b64encode
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

import httpx2

from bot.actions.deps import Delivery
from bot.outbound import Mend, PagerCall, SendFailed, written

SECONDS = 15
GIVE_UP = frozenset({400, 405, 410, 413, 415, 422})
TO_MEND = frozenset({401, 403, 404})
"""A secret that was changed on one side, or an address that leads nowhere any more: the call waits until it is mended."""

NAT64 = IPv6Network("64:ff9b::/96")
Address = IPv4Address | IPv6Address


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
        answer = self._answer(body, headers)
        if answer.is_success:
            return message_id
        wait = answer.headers.get("retry-after", "")
        retry_after = float(min(int(wait), 3600)) if wait.isdigit() else None
        code = answer.status_code
        mend: Mend = "way" if code in TO_MEND else ""
        raise SendFailed(f"http_{code}", permanent=code in GIVE_UP, mend=mend, retry_after=retry_after)

    def _answer(self, body: bytes, headers: dict[str, str]) -> httpx2.Response:
        """What the other side says, at the addresses that the name led to when it was looked at, and at no other."""
        url = httpx2.URL(self._webhook.url)
        headers = {**headers, "host": url.netloc.decode()}
        named = {"sni_hostname": url.host}
        why: Exception | None = None
        with httpx2.Client(timeout=SECONDS, follow_redirects=False, trust_env=False) as client:
            for address in self._addresses(url):
                try:
                    there = url.copy_with(host=str(address))
                    return client.post(there, content=body, headers=headers, extensions=named)
                except (httpx2.ConnectError, httpx2.ConnectTimeout) as error:
                    why = error
                except httpx2.HTTPError as error:
                    raise SendFailed(type(error).__name__, permanent=False) from error
        raise SendFailed(type(why).__name__, permanent=False) from why

    def _addresses(self, url: httpx2.URL) -> list[Address]:
        """Where the name leads now, one of each version; raises SendFailed when any of it is in our own network."""
        try:
            found = socket.getaddrinfo(url.host, url.port or 443, type=socket.SOCK_STREAM)
        except OSError as error:
            raise SendFailed("name_not_found", permanent=False) from error
        addresses = [ip_address(entry[4][0]) for entry in found]
        if not self._webhook.inside and not all(map(is_outside, addresses)):
            raise SendFailed("address_not_public", permanent=True)
        return list({address.version: address for address in reversed(addresses)}.values())[::-1]


def is_outside(address: Address) -> bool:
    """Whether this is one machine of the public network, also where the address carries another one."""
    carried = None
    if isinstance(address, IPv6Address):
        nat64 = IPv4Address(int(address) & 0xFFFFFFFF) if address in NAT64 else None
        carried = address.ipv4_mapped or address.sixtofour or nat64
    return address.is_global and not address.is_multicast and (carried is None or is_outside(carried))
