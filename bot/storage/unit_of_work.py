"""What one transaction does, and the moment at which everything in it happens."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session


@dataclass(frozen=True)
class UnitOfWork:
    """An open session and its moment (UTC)."""

    db: Session
    now: datetime
