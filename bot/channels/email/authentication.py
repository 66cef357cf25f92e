"""Whether a sender is proven, as our own mail server found: RFC 8601, and nobody else's results are believed."""

import re
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

Proof = Literal["proven", "failed", "unknown"]
_QUOTED = re.compile(r"\"(?:[^\"\\]|\\.){0,500}\"")
_COMMENT = re.compile(r"\([^()]*\)")
_RESULT = re.compile(r"^([a-z0-9-]+)\s*(?:/\s*\d+\s*)?=\s*([a-z]+)", re.IGNORECASE)
_DOMAIN = re.compile(r"(?:header\.d|header\.i|smtp\.mailfrom)\s*=\s*(?:[^\s@;]*@)?([a-z0-9.-]+)", re.IGNORECASE)
_DEEPEST = 20


class Result(NamedTuple):
    """One method's result, and the domains that it is about."""

    method: str
    result: str
    domains: tuple[str, ...]


def proof(headers: Iterable[str], authserv_id: str, domain: str) -> Proof:
    """What the server of this name found of a sender at this domain. DMARC decides; where it says nothing, a signature or
    an envelope of the sender's own domain proves, and a failed check without either is a failure."""
    found = list(_results(headers, authserv_id)) if authserv_id else []
    dmarc = {result.result for result in found if result.method == "dmarc"}
    if "fail" in dmarc:
        return "failed"
    own = [r for r in found if r.method in ("dkim", "spf") and any(_aligned(domain, other) for other in r.domains)]
    if "pass" in dmarc or any(result.result == "pass" for result in own):
        return "proven"
    checked = [result for result in found if result.method in ("dkim", "spf")]
    return "failed" if any(result.result in ("fail", "hardfail") for result in checked) else "unknown"


def _results(headers: Iterable[str], authserv_id: str) -> Iterator[Result]:
    for header in headers:
        server, *parts = (part.strip() for part in _bare(header).split(";"))
        if server.split(" ")[0].lower() != authserv_id:
            continue
        for part in parts:
            if found := _RESULT.match(part):
                domains = tuple(domain.lower().strip(".") for domain in _DOMAIN.findall(part))
                yield Result(found[1].lower(), found[2].lower(), domains)


def _bare(header: str) -> str:
    """Without comments and quoted strings, in which a sender's own words can stand."""
    bare = _QUOTED.sub('""', header)
    for _ in range(_DEEPEST):
        bare, changed = _COMMENT.subn(" ", bare)
        if not changed:
            break
    return bare.strip()


def _aligned(domain: str, other: str) -> bool:
    """The same domain, or one inside the other, as DMARC's relaxed alignment has it."""
    return "." in other and (domain == other or domain.endswith(f".{other}") or other.endswith(f".{domain}"))
