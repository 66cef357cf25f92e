"""Sign-offs of articles: who said on which day that a page is right."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.storage import runs
from bot.storage.tables import RunRow
from bot.storage.unit_of_work import UnitOfWork

NAME = "article_review"


@dataclass(frozen=True)
class SignOff:
    """One page, signed off on a day by a person, as its text was then."""

    page: str
    day: date
    by: str
    text_hash: str


def sign_off(work: UnitOfWork, signed: SignOff) -> bool:
    """Put it on record; False when the page was signed off on this day already."""
    period = f"{signed.page}@{signed.day.isoformat()}"
    return runs.once(work, NAME, period, by=signed.by, text_hash=signed.text_hash)


def newest(db: Session) -> dict[str, SignOff]:
    """The last sign-off of every page that has one."""
    found: dict[str, SignOff] = {}
    for row in db.scalars(select(RunRow).where(RunRow.name == NAME).order_by(RunRow.at)):
        page, _, day = row.period.rpartition("@")
        found[page] = SignOff(page, date.fromisoformat(day), row.data["by"], row.data["text_hash"])
    return found


def days(db: Session) -> dict[str, date]:
    """The day on which each page was signed off last."""
    return {page: signed.day for page, signed in newest(db).items()}
