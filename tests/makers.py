"""Tiny makers of the things that tests talk about."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

from PIL import Image

from handoff import desk
from handoff.policy.model import Policy
from handoff.ticket import Actor, Request, Resolution, Ticket, User

NINE = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
"""A Monday, nine in the morning in New York."""
ALEX = Actor("staff", "alex", "Alex Morgan")
BO = Actor("staff", "bo", "Bo Lind")
MARIA = User("u-maria", "Maria Lopez", "maria@example.com", "patient", verified=True)
DONE = Resolution("We set up your sign-in again.", findings="The clock of the phone was off.")


def a_picture(kind: str = "PNG", size: tuple[int, int] = (40, 30), mode: str = "RGB", **more: Any) -> bytes:
    """A small picture of this kind; `more` is what a camera would write into it."""
    written = BytesIO()
    Image.new(mode, size, "teal").save(written, kind, **more)
    return written.getvalue()


def minutes(n: float) -> timedelta:
    """So many minutes."""
    return timedelta(minutes=n)


def days(n: float) -> timedelta:
    """So many days."""
    return timedelta(days=n)


def hours(n: float) -> timedelta:
    """So many hours."""
    return timedelta(hours=n)


def a_request(**changes: Any) -> Request:
    """A request of Maria's about a sign-in code."""
    facts: dict[str, Any] = {
        "conversation_id": 1,
        "channel": "in_app_chat",
        "user": MARIA,
        "issue": "account.mfa_not_working",
        "title": "Sign-in code not accepted",
        "summary": "my code is refused",
        "reason": "not_resolved_by_documentation",
        "starts_at": "medium",
    }
    return Request(**{**facts, **changes})


def a_ticket(policy: Policy, at: datetime = NINE, **changes: Any) -> Ticket:
    """A ticket as it is right after it was opened."""
    return desk.open_ticket(policy, 1001, a_request(**changes), at).ticket
