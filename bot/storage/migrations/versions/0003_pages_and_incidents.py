"""People are paged about Critical tickets; like issues become an incident; a user has one open conversation by mail."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

BEFORE = sa.text("closed_at IS NULL AND channel IN ('in_app_chat', 'slack')")
AFTER = sa.text("closed_at IS NULL AND channel IN ('in_app_chat', 'slack', 'email')")
LIVE = sa.text("state IN ('suspected', 'confirmed')")


def upgrade() -> None:
    op.create_table(
        "pages",
        sa.Column("ticket_number", sa.Integer(), sa.ForeignKey("tickets.number"), primary_key=True),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_pages_next_at", "pages", ["next_at"])
    op.create_table(
        "incidents",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("issue", sa.String(length=60), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("over_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("data", sa.JSON(), nullable=False),
    )
    op.create_index(
        "one_live_incident", "incidents", ["issue"], unique=True, sqlite_where=LIVE, postgresql_where=LIVE
    )
    op.create_table(
        "incident_members",
        sa.Column("incident_id", sa.Integer(), sa.ForeignKey("incidents.id"), primary_key=True),
        sa.Column("conversation_id", sa.Integer(), sa.ForeignKey("conversations.id"), primary_key=True),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_of_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told_over_at", sa.DateTime(timezone=True), nullable=True),
    )
    _one_open_conversation(AFTER)


def downgrade() -> None:
    _one_open_conversation(BEFORE)
    op.drop_table("incident_members")
    op.drop_table("incidents")
    op.drop_table("pages")


def _one_open_conversation(where: sa.TextClause) -> None:
    op.drop_index("one_open_conversation", table_name="conversations")
    columns = ["user_id", "channel", "place"]
    op.create_index(
        "one_open_conversation", "conversations", columns, unique=True, sqlite_where=where, postgresql_where=where
    )
