"""Sign-offs of articles: who said on which day that a page is right."""

from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.storage.database import insert_new
from bot.storage.tables import ArticleReviewRow
from bot.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class SignOff:
    """One page, signed off on a day by a person, as its text was then."""

    page: str
    day: date
    by: str
    text_hash: str


def sign_off(work: UnitOfWork, signed: SignOff) -> bool:
    """Put it on record; False when the page was signed off on this day already."""
    new = insert_new(work.db, ArticleReviewRow, **asdict(signed), at=work.now).returning(ArticleReviewRow.at)
    return work.db.execute(new).first() is not None


def newest(db: Session) -> dict[str, SignOff]:
    """The last sign-off of every page that has one."""
    found: dict[str, SignOff] = {}
    for row in db.scalars(select(ArticleReviewRow).order_by(ArticleReviewRow.at)):
        found[row.page] = SignOff(row.page, row.day, row.by, row.text_hash)
    return found


def days(db: Session) -> dict[str, date]:
    """The day on which each page was signed off last."""
    return {page: signed.day for page, signed in newest(db).items()}
