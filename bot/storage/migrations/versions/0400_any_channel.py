"""One open conversation of a user in a place of any channel: the index names no channels."""

import sqlalchemy as sa
from alembic import op

revision = "0400"
down_revision = "0200"
branch_labels = None
depends_on = None

BEFORE = sa.text("closed_at IS NULL AND channel IN ('in_app_chat', 'slack', 'email')")
AFTER = sa.text("closed_at IS NULL")


def upgrade() -> None:
    op.execute(
        """
        UPDATE conversations SET closed_at = last_at, closed_as = 'silent'
        WHERE closed_at IS NULL AND EXISTS (
            SELECT 1 FROM conversations AS newer
            WHERE newer.user_id = conversations.user_id AND newer.channel = conversations.channel
            AND newer.place = conversations.place AND newer.closed_at IS NULL AND newer.id > conversations.id
        )
        """
    )
    _one_open_conversation(AFTER)


def downgrade() -> None:
    _one_open_conversation(BEFORE)


def _one_open_conversation(where: sa.TextClause) -> None:
    op.drop_index("one_open_conversation", table_name="conversations")
    columns = ["user_id", "channel", "place"]
    op.create_index(
        "one_open_conversation", "conversations", columns, unique=True, sqlite_where=where, postgresql_where=where
    )
