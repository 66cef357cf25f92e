"""What lay in `runs` beside what is done once has tables of its own: reports, action items, reviews, settings, links, marks of
life, messages in Slack. All in one transaction: a process that dies in the midst leaves everything as it was."""

from datetime import date, datetime

import sqlalchemy as sa
from alembic import op

from bot.storage.columns import UtcDateTime

revision = "0800"
down_revision = "0700"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
RUNS = sa.table("runs", sa.column("name"), sa.column("period"), sa.column("at", UtcDateTime), sa.column("data", sa.JSON))
MOVED = (
    "weekly_report", "weekly_report_reviewed", "action_item", "article_review", "clock_settings", "slack_card",
    "slack_thread", "slack_incident", "sign_in_link", "slack_seen",
)
BEAT = "beat"


def upgrade() -> None:
    tables = _made()
    connection = op.get_bind()
    found = connection.execute(sa.select(RUNS).order_by(RUNS.c.at, RUNS.c.period)).all()
    for table, rows in _sorted(found).items():
        if rows:
            connection.execute(sa.insert(tables[table]), rows)
    connection.execute(sa.delete(RUNS).where(sa.or_(RUNS.c.name.in_(MOVED), RUNS.c.period == BEAT)))
    op.drop_column("runs", "data")


def _made() -> dict[str, sa.Table]:
    return {**_of_leads(), **_of_the_house(), "slack_messages": _slack_messages()}


def _of_leads() -> dict[str, sa.Table]:
    return {
        "weekly_reports": op.create_table(
            "weekly_reports",
            sa.Column("week", sa.String(8), primary_key=True),
            sa.Column("made_at", MOMENT),
            sa.Column("items", sa.JSON(), nullable=False),
            sa.Column("reviewed_at", MOMENT),
            sa.Column("reviewed_by", sa.String(200), nullable=False),
            sa.Column("reviewer_id", sa.String(200), nullable=False),
        ),
        "action_items": op.create_table(
            "action_items",
            sa.Column("key", sa.String(100), primary_key=True),
            sa.Column("text", sa.Text(), nullable=False),
            sa.Column("since", sa.String(8), nullable=False),
            sa.Column("by", sa.String(200), nullable=False),
            sa.Column("rank", sa.Integer(), nullable=False),
            sa.Column("told", sa.String(8), nullable=False),
            sa.Column("at", MOMENT, nullable=False),
            sa.Column("done_at", MOMENT),
            sa.Column("done_by", sa.String(200), nullable=False),
        ),
        "article_reviews": op.create_table(
            "article_reviews",
            sa.Column("page", sa.String(100), primary_key=True),
            sa.Column("day", sa.Date(), primary_key=True),
            sa.Column("by", sa.String(200), nullable=False),
            sa.Column("text_hash", sa.String(64), nullable=False),
            sa.Column("at", MOMENT, nullable=False),
        ),
    }


def _of_the_house() -> dict[str, sa.Table]:
    return {
        "clock_settings": op.create_table(
            "clock_settings",
            sa.Column("at", MOMENT, primary_key=True),
            sa.Column("mark", sa.String(20), primary_key=True),
            sa.Column("parts", sa.JSON(), nullable=False),
        ),
        "heartbeats": op.create_table(
            "heartbeats",
            sa.Column("name", sa.String(100), primary_key=True),
            sa.Column("at", MOMENT, nullable=False),
            sa.Column("data", sa.JSON(), nullable=False),
        ),
        "one_time_links": op.create_table(
            "one_time_links",
            sa.Column("fingerprint", sa.String(64), primary_key=True),
            sa.Column("staff_id", sa.String(100), nullable=False),
            sa.Column("at", MOMENT, nullable=False),
        ),
    }


def _slack_messages() -> sa.Table:
    made = op.create_table(
        "slack_messages",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("channel", sa.String(40), nullable=False),
        sa.Column("ts", sa.String(40), nullable=False),
        sa.Column("ticket_number", sa.Integer()),
        sa.Column("incident_id", sa.Integer()),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("to_tell", sa.Boolean(), nullable=False),
        sa.UniqueConstraint("channel", "ts"),
    )
    op.create_index("ix_slack_messages_ticket_number", "slack_messages", ["ticket_number"])
    op.create_index("ix_slack_messages_incident_id", "slack_messages", ["incident_id"])
    return made


def _sorted(found: list) -> dict[str, list[dict]]:
    """Table -> its rows, of what lay in `runs`."""
    of = {name: [row for row in found if row.name == name] for name in MOVED}
    links = [{"fingerprint": row.period, "staff_id": row.data["staff"], "at": row.at} for row in of["sign_in_link"]]
    beats = [row for row in found if row.period == BEAT] + of["slack_seen"]
    settings = [{"at": row.at, "mark": row.data["mark"], "parts": row.data["parts"]} for row in of["clock_settings"]]
    return {
        "weekly_reports": _reports(of["weekly_report"], of["weekly_report_reviewed"]),
        "action_items": [_item(row.period, row.at, row.data) for row in of["action_item"]],
        "article_reviews": [_review(row) for row in of["article_review"]],
        "clock_settings": settings,
        "heartbeats": [{"name": row.name, "at": row.at, "data": row.data} for row in beats],
        "one_time_links": links,
        "slack_messages": _messages(of["slack_thread"], of["slack_card"], of["slack_incident"]),
    }


def _reports(made: list, reviewed: list) -> list[dict]:
    weeks = {
        row.period: {
            "week": row.period,
            "made_at": None,
            "items": [],
            "reviewed_at": None,
            "reviewed_by": "",
            "reviewer_id": "",
        }
        for row in (*made, *reviewed)
    }
    for row in made:
        weeks[row.period] |= {"made_at": row.at, "items": row.data.get("items", [])}
    for row in reviewed:
        weeks[row.period] |= {
            "reviewed_at": row.at,
            "reviewed_by": row.data["by"],
            "reviewer_id": row.data.get("id", ""),
        }
    return list(weeks.values())


def _item(key: str, at: datetime, data: dict) -> dict:
    done = data.get("done_at")
    return {
        "key": key,
        "at": at,
        **{name: data[name] for name in ("text", "since", "by", "rank")},
        "told": data.get("told", ""),
        "done_at": datetime.fromisoformat(done) if done else None,
        "done_by": data.get("done_by", ""),
    }


def _review(row: sa.Row) -> dict:
    page, _, day = row.period.rpartition("@")
    told = {"by": row.data["by"], "text_hash": row.data["text_hash"]}
    return {"page": page, "day": date.fromisoformat(day), "at": row.at, **told}


def _messages(threads: list, cards: list, incidents: list) -> list[dict]:
    """The threads of a ticket in their order, its present card last; an incident's message."""
    rows: dict[tuple[str, str], dict] = {}

    def keep(channel: str, ts: str, at: datetime, **stands_for: int) -> dict:
        rows.pop((channel, ts), None)
        row = {"channel": channel, "ts": ts, "at": at, "ticket_number": None, "incident_id": None, "to_tell": False}
        rows[channel, ts] = row | stands_for
        return rows[channel, ts]

    for thread in threads:
        channel, _, ts = thread.period.partition(":")
        keep(channel, ts, thread.at, ticket_number=thread.data["ticket"])
    for card in cards:
        number = int(card.period)
        if moved := card.data.get("moved_from"):
            keep(moved[0], moved[1], card.at, ticket_number=number)["to_tell"] = True
        keep(card.data["channel"], card.data["ts"], card.at, ticket_number=number)
    for incident in incidents:
        keep(incident.data["channel"], incident.data["ts"], incident.at, incident_id=int(incident.period))
    return list(rows.values())


def downgrade() -> None:
    """The tables go, and with them what they hold: an earlier version makes its own anew."""
    op.add_column("runs", sa.Column("data", sa.JSON(), nullable=False, server_default="{}"))
    for table in (
        "slack_messages", "one_time_links", "heartbeats", "clock_settings", "article_reviews", "action_items", "weekly_reports",
    ):
        op.drop_table(table)
