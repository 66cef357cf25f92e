"""Who is calling: the signed identity that the host app gives its user, or an anonymous one of our own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from math import isfinite
from uuid import uuid4

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

from bot.understanding.text.typed import displayable
from handoff.ticket import User

ALGORITHM = "HS256"
ANONYMOUS = "anonymous:"
AUDIENCE = "smartmed-support"
LASTS = timedelta(hours=12)
LONGEST = timedelta(hours=24)
LEEWAY = timedelta(seconds=60)
"""So much may the clock of the app differ from ours."""
LONGEST_TOKEN = 4096
LONGEST_ID = 200
ROLES = ("patient", "doctor", "staff")


class NotSignedIn(Exception):
    """No identity, or one that cannot be trusted."""


@dataclass(frozen=True)
class Trust:
    """Whose identities are believed: the secrets, whom they must be meant for and come from, and how long they may last."""

    secrets: Sequence[str]
    audience: str = ""
    issuer: str = ""
    longest: timedelta = LONGEST


@dataclass(frozen=True)
class Identity:
    """A user, and until when this may be believed."""

    user: User
    until: datetime


def identity_of(token: str, trust: Trust, now: datetime) -> Identity:
    """The identity that was signed; raises NotSignedIn when it is missing, forged, for others, or not of this time."""
    if not token or len(token) > LONGEST_TOKEN:
        raise NotSignedIn("no identity")
    claims = _claims(token, trust.secrets)
    subject = claims.get("sub")
    if not isinstance(subject, str) or not subject.strip():
        raise NotSignedIn("the identity has no sub")
    _must_be_for_us(claims, trust)
    user = User(
        id=id_of(subject),
        name=_text(claims.get("name")),
        email=_text(claims.get("email")),
        role=next((role for role in ROLES if role == claims.get("role")), "patient"),
        zone=_text(claims.get("zoneinfo")),
        verified=not subject.startswith(ANONYMOUS),
    )
    return Identity(user, _end(claims, trust.longest, now))


def _claims(token: str, secrets: Sequence[str]) -> dict[str, object]:
    fault = ""
    for secret in secrets:
        try:
            return dict(jwt.decode(token, OctKey.import_key(secret), algorithms=[ALGORITHM]).claims)
        except (JoseError, ValueError, TypeError, KeyError, RecursionError) as error:
            fault = type(error).__name__
    raise NotSignedIn(fault)


def _must_be_for_us(claims: dict[str, object], trust: Trust) -> None:
    """An identity for another service, or by another signer, is not ours to believe."""
    audience = claims.get("aud")
    named = [audience] if isinstance(audience, str) else audience
    if named is None and trust.audience:
        raise NotSignedIn("the identity has no aud")
    if named is not None and (not isinstance(named, list) or (trust.audience or AUDIENCE) not in named):
        raise NotSignedIn("the identity is meant for another service")
    if trust.issuer and claims.get("iss") != trust.issuer:
        raise NotSignedIn("the identity comes from another signer")


def _end(claims: dict[str, object], longest: timedelta, now: datetime) -> datetime:
    """When the identity ends; raises NotSignedIn unless it has begun, lasts, and does so for no longer than it may."""
    ends, begins, made = (_moment(claims, name) for name in ("exp", "nbf", "iat"))
    if ends is None:
        raise NotSignedIn("the identity has no exp")
    if ends <= now:
        raise NotSignedIn("the identity is out of date")
    if any(at is not None and at > now + LEEWAY for at in (begins, made)):
        raise NotSignedIn("the identity is of a later time")
    if ends > (made or now) + longest + LEEWAY or ends > now + longest + LEEWAY:
        raise NotSignedIn("the identity lasts too long")
    return ends


def _moment(claims: dict[str, object], name: str) -> datetime | None:
    """A moment of the identity; raises NotSignedIn for what is none."""
    value = claims.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise NotSignedIn(f"{name} is no moment")
    try:
        if not isfinite(value):
            raise NotSignedIn(f"{name} is no moment")
        return datetime.fromtimestamp(value, UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise NotSignedIn(f"{name} is no moment") from error


def id_of(subject: str) -> str:
    """The user's id: the subject itself, or its hash where it is too long or not storable; never a part of it."""
    if len(subject) <= LONGEST_ID and subject.isprintable():
        return subject
    return f"sha256:{sha256(subject.encode(errors='surrogatepass')).hexdigest()}"


def _text(value: object) -> str:
    return displayable(value)[:LONGEST_ID] if isinstance(value, str) else ""


def sign_identity(
    user: User, secret: str, now: datetime, lasts: timedelta = LASTS, audience: str = "", issuer: str = ""
) -> str:
    """A signed identity, as a host app makes it for its user."""
    claims = {
        **({"iss": issuer} if issuer else {}),
        "sub": user.id,
        "name": user.name,
        "email": user.email,
        "role": user.role,
        "aud": audience or AUDIENCE,
        "iat": int(now.timestamp()),
        "exp": int((now + lasts).timestamp()),
    }
    return jwt.encode({"alg": ALGORITHM}, claims, OctKey.import_key(secret), algorithms=[ALGORITHM])


def anonymous() -> User:
    """A visitor whom nobody has signed for."""
    return User(id=f"{ANONYMOUS}{uuid4().hex}")
