"""Members of staff: who they are, what they may do, and where they are reached."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.storage import sign_ins
from bot.storage.tables import StaffRow
from handoff.ticket import Actor

FROM_SLACK = "slack:"
ROLES = ("agent", "lead", "security", "compliance", "admin")
LONGEST = 100


class NotAPerson(ValueError):
    """What is said of a member of staff cannot be; the text says what to write."""


def slack_id(db: Session, who: Actor) -> str:
    """The Slack user id of a member of staff; empty when it is not known."""
    if who.id.startswith(FROM_SLACK):
        return who.id.removeprefix(FROM_SLACK)
    row = db.get(StaffRow, who.id)
    return (row.slack_id or "") if row else ""


def put(db: Session, staff_id: str, name: str | None, role: str | None, slack: str | None = None) -> StaffRow:
    """Add a person, or change what is given of one; another role ends their sign-ins. Raises NotAPerson."""
    row = db.get(StaffRow, staff_id)
    if role is not None and role not in ROLES:
        raise NotAPerson(f"`{role[:40]}` is no role: write {', '.join(ROLES[:-1])} or {ROLES[-1]}")
    if row is None and not (name and role):
        raise NotAPerson(f"`{staff_id[:LONGEST]}` is not known yet: give --name and --role")
    if not 0 < len(staff_id.strip()) <= LONGEST or len(name or "x") > LONGEST or name == "":
        raise NotAPerson(f"an id and a name have 1 to {LONGEST} characters")
    if row is None:
        row = StaffRow(id=staff_id, name=name, role=role)
        db.add(row)
    if role is not None and role != row.role:
        sign_ins.end_all(db, staff_id)
    row.name, row.role = name or row.name, role or row.role
    row.slack_id = (slack or None) if slack is not None else row.slack_id
    db.flush()
    return row


def everybody(db: Session) -> list[StaffRow]:
    """All members of staff by name."""
    return list(db.scalars(select(StaffRow).order_by(StaffRow.name, StaffRow.id)))


def remove(db: Session, staff_id: str) -> bool:
    """Remove a person and end their sign-ins; what they did stays on the record. False when nobody has this id."""
    row = db.get(StaffRow, staff_id)
    sign_ins.end_all(db, staff_id)
    if row is not None:
        db.delete(row)
    return row is not None
