"""A conversation has a place on its channel: one open conversation for each user and Slack thread."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

BEFORE = sa.text("closed_at IS NULL AND channel = 'in_app_chat'")
AFTER = sa.text("closed_at IS NULL AND channel IN ('in_app_chat', 'slack')")


def upgrade() -> None:
    op.add_column("conversations", sa.Column("place", sa.String(length=200), server_default="", nullable=False))
    op.drop_index("one_open_conversation", table_name="conversations")
    op.create_index(
        "one_open_conversation",
        "conversations",
        ["user_id", "channel", "place"],
        unique=True,
        sqlite_where=AFTER,
        postgresql_where=AFTER,
    )


def downgrade() -> None:
    op.drop_index("one_open_conversation", table_name="conversations")
    op.drop_column("conversations", "place")
    op.create_index(
        "one_open_conversation",
        "conversations",
        ["user_id", "channel"],
        unique=True,
        sqlite_where=BEFORE,
        postgresql_where=BEFORE,
    )
