"""A signed identity is believed only for us, for now, and for a while."""

import json
from base64 import urlsafe_b64encode
from datetime import timedelta
from hashlib import sha256
from hmac import new

import pytest

from bot.web.identity import LONGEST_ID, NotSignedIn, Trust, identity_of, sign_identity
from handoff.ticket import User
from tests.makers import NINE

SECRET = "a-secret-of-the-host-app-that-is-long-enough"
NOW = NINE.timestamp()
GOOD = {"sub": "u-1", "exp": NOW + 600}


def signed(text: str, secret: str = SECRET) -> str:
    """A token with this payload, whatever it is."""
    part = ".".join(urlsafe_b64encode(raw.encode()).decode().rstrip("=") for raw in ('{"alg":"HS256"}', text))
    mark = new(secret.encode(), part.encode(), sha256).digest()
    return f"{part}.{urlsafe_b64encode(mark).decode().rstrip('=')}"


def believed(claims: dict[str, object] | str, **trust: object) -> User | None:
    """The user, or None when it is not believed."""
    text = claims if isinstance(claims, str) else json.dumps(claims)
    try:
        return identity_of(signed(text), Trust((SECRET,), **trust), NINE).user  # type: ignore[arg-type]
    except NotSignedIn:
        return None


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"aud": "smartmed-support"},
        {"aud": ["other", "smartmed-support"]},
        {"iat": NOW + 30, "nbf": NOW + 30},
        {"iat": NOW - 3600, "exp": NOW + 22 * 3600},
    ],
)
def test_an_identity_of_the_host_app_is_believed(more: dict[str, object]) -> None:
    assert believed({**GOOD, **more}) is not None


@pytest.mark.parametrize(
    "more",
    [
        {"aud": "billing"},
        {"aud": ["billing"]},
        {"aud": {}},
        {"nbf": NOW + 120},
        {"iat": NOW + 120},
        {"iat": "yesterday"},
        {"exp": NOW},
        {"exp": True},
        {"exp": NOW + 25 * 3600},
        {"exp": 253_370_764_800},
        {"exp": 1e308},
        {"exp": 10**400},
        {"iat": NOW - 20 * 3600, "exp": NOW + 20 * 3600},
        {"sub": " "},
        {"sub": 7},
    ],
)
def test_an_identity_for_others_or_for_another_time_is_not(more: dict[str, object]) -> None:
    assert believed({**GOOD, **more}) is None


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_what_is_no_moment_is_no_end(number: str) -> None:
    assert believed(f'{{"sub": "u-1", "exp": {number}}}') is None


def test_a_payload_that_is_deep_or_no_object_is_refused_and_no_error() -> None:
    assert believed("[" * 900 + "]" * 900) is None and believed("[1]") is None


def test_audience_and_issuer_are_demanded_where_the_operator_names_them() -> None:
    assert believed(GOOD, audience="chat") is None
    assert believed({**GOOD, "aud": "smartmed-support"}, audience="chat") is None
    assert believed({**GOOD, "aud": "chat"}, audience="chat")
    assert believed({**GOOD, "iss": "other"}, issuer="app") is None and believed({**GOOD, "iss": "app"}, issuer="app")


def test_two_long_subjects_that_differ_at_the_end_are_two_people() -> None:
    one, other = (believed({**GOOD, "sub": "x" * LONGEST_ID + end}) for end in "ab")

    assert one is not None and other is not None and one.id != other.id
    assert len(one.id) <= LONGEST_ID and believed({**GOOD, "sub": "x" * LONGEST_ID}).id == "x" * LONGEST_ID  # type: ignore[union-attr]


def test_an_older_secret_is_still_believed_while_it_is_being_changed() -> None:
    token = sign_identity(User("u-1"), SECRET, NINE, timedelta(hours=1))

    assert identity_of(token, Trust(("the-new-secret-that-is-long-enough-too", SECRET)), NINE).user.id == "u-1"
