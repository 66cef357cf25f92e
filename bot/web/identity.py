"""Who is calling: the signed identity that the host app gives its user, or an anonymous one of our own."""

from datetime import datetime, timedelta
from uuid import uuid4

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

from handoff.ticket import User

ALGORITHM = "HS256"
ANONYMOUS = "anonymous:"
LASTS = timedelta(hours=12)
MOST_CHARACTERS = 4096
ROLES = ("patient", "doctor", "staff")


class NotSignedIn(Exception):
    """No identity, or one that cannot be trusted."""


def identity_of(token: str, secret: str, now: datetime) -> User:
    """The user of a signed identity; raises NotSignedIn when it is missing, forged, of another kind, or out of date."""
    if not token or len(token) > MOST_CHARACTERS:
        raise NotSignedIn("no identity")
    try:
        claims = jwt.decode(token, OctKey.import_key(secret), algorithms=[ALGORITHM]).claims
    except (JoseError, ValueError, TypeError, KeyError) as error:
        raise NotSignedIn(type(error).__name__) from error
    subject, expires = claims.get("sub"), claims.get("exp")
    if not isinstance(subject, str) or not subject.strip() or not isinstance(expires, int | float):
        raise NotSignedIn("the identity has no sub or no exp")
    if expires <= now.timestamp():
        raise NotSignedIn("the identity is out of date")
    return User(
        id=subject[:200],
        name=_text(claims.get("name")),
        email=_text(claims.get("email")),
        role=claims["role"] if claims.get("role") in ROLES else "patient",
        zone=_text(claims.get("zoneinfo")),
        verified=not subject.startswith(ANONYMOUS),
    )


def _text(value: object) -> str:
    return value[:200] if isinstance(value, str) else ""


def sign_identity(user: User, secret: str, now: datetime, lasts: timedelta = LASTS) -> str:
    """A signed identity, as a host app makes it for its user."""
    claims = {
        "sub": user.id,
        "name": user.name,
        "email": user.email,
        "role": user.role,
        "exp": int((now + lasts).timestamp()),
    }
    return jwt.encode({"alg": ALGORITHM}, claims, OctKey.import_key(secret), algorithms=[ALGORITHM])


def anonymous() -> User:
    """A visitor whom nobody has signed for."""
    return User(id=f"{ANONYMOUS}{uuid4().hex}")
