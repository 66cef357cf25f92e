"""Whether a sender is proven, as our own mail server found: RFC 8601, and nobody else's results are believed."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, NamedTuple

Proof = Literal["proven", "failed", "unknown", "unchecked"]
_QUOTED = re.compile(r"\"(?:[^\"\\]|\\.){0,500}\"")
_COMMENT = re.compile(r"\([^()]*\)")
_RESULT = re.compile(r"^([a-z0-9-]+)\s*(?:/\s*\d+\s*)?=\s*([a-z]+)", re.IGNORECASE)
_DOMAIN = r"(?<!\S)(?:{})\s*=\s*(?:[^\s@;]*@)?([a-z0-9.-]+)"
_OF_METHOD = {
    method: re.compile(_DOMAIN.format(properties), re.IGNORECASE)
    for method, properties in {
        "dmarc": r"header\.from",
        "dkim": r"header\.d|header\.i",
        "spf": r"smtp\.mailfrom",
    }.items()
}
"""Where each method says of whom it speaks; what else stands beside it proves nothing."""
_DEEPEST = 20
PASSED = frozenset({"pass", "bestguesspass"})
REFUSED = frozenset({"fail", "hardfail", "quarantine", "reject"})


class Result(NamedTuple):
    """One method's result, and the domains that it is about."""

    method: str
    result: str
    domains: tuple[str, ...]


def proof(headers: Iterable[str], authserv_id: str, domain: str) -> Proof:
    """What the server of this name found of a sender at this domain. DMARC decides; where it says nothing, a signature or
    an envelope of the sender's own domain proves, and a check that refused speaks against them. Whatever passed for another
    domain alone says nothing: providers sign and send for those who have no signature of their own."""
    if not authserv_id:
        return "unchecked"
    found = list(_results(headers, authserv_id))
    if any(result.method == "dmarc" and result.result in REFUSED for result in found):
        return "failed"
    if any(_proves(result, domain) for result in found):
        return "proven"
    return "failed" if any(result.result in REFUSED for result in found) else "unknown"


def kept_proof(address: Mapping[str, object], found: Proof) -> dict[str, str]:
    """What the address of a conversation keeps: that a proven sender has written there, now or before."""
    return {"proof": "proven"} if "proven" in (found, address.get("proof")) else {}


def keeps_out(address: Mapping[str, object], found: Proof) -> bool:
    """True for whom our server does not prove, where a proven sender has written: they may be somebody else. Where no server
    is asked any more, nobody is kept out."""
    return found not in ("proven", "unchecked") and address.get("proof") == "proven"


def _proves(result: Result, domain: str) -> bool:
    """True for what passed for this very domain; DMARC need not say whose, since it is always of the sender's."""
    own = any(_aligned(domain, other) for other in result.domains)
    return result.result in PASSED and (own or (result.method == "dmarc" and not result.domains))


def _results(headers: Iterable[str], authserv_id: str) -> Iterator[Result]:
    for header in headers:
        if server_of(header) != authserv_id:
            continue
        for part in _bare(header).split(";")[1:]:
            found = _RESULT.match(part.strip())
            method = found[1].lower() if found is not None else ""
            if found is not None and method in _OF_METHOD:
                domains = tuple(domain.lower().strip(".") for domain in _OF_METHOD[method].findall(part))
                yield Result(method, found[2].lower(), domains)


def server_of(header: str) -> str:
    """Which server wrote what it found."""
    return _bare(header).partition(";")[0].strip().split(" ")[0].lower()


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
