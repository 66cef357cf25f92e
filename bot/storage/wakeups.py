"""The bell: says that something changed, never what. PostgreSQL rings it inside the transaction; SQLite is polled."""

from sqlalchemy import text
from sqlalchemy.orm import Session

BELL = "smartmed_bell"


def ring(db: Session, topic: str) -> None:
    """Wake whoever waits for this topic, when and only when the transaction commits."""
    if db.get_bind().dialect.name == "postgresql":
        db.execute(text("SELECT pg_notify(:bell, :topic)"), {"bell": BELL, "topic": topic})
