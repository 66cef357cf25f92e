"""Whom HTTP clients trust is read once in a worker, not for each client: a product makes one client, tests hundreds."""

from functools import cache

import httpcore2


def read_authorities_once() -> None:
    """All clients of this process share what they would each read anew; tests speak to loopback, where nobody is asked."""
    httpcore2.default_ssl_context = cache(httpcore2.default_ssl_context)
