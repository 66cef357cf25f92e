"""Members of staff, and where they are reached."""

from sqlalchemy.orm import Session

from bot.storage.tables import StaffRow
from handoff.ticket import Actor

FROM_SLACK = "slack:"


def slack_id(db: Session, who: Actor) -> str:
    """The Slack user id of a member of staff; empty when it is not known."""
    if who.id.startswith(FROM_SLACK):
        return who.id.removeprefix(FROM_SLACK)
    row = db.get(StaffRow, who.id)
    return (row.slack_id or "") if row else ""
