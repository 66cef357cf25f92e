"""Up to which line staff have seen the conversation of a ticket; what was said before counts as seen."""

import sqlalchemy as sa
from alembic import op

revision = "0500"
down_revision = "0400"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("tickets", sa.Column("seen_number", sa.Integer(), server_default="0", nullable=False))
    op.execute(
        "UPDATE tickets SET seen_number = "
        "(SELECT last_number FROM conversations WHERE conversations.id = tickets.conversation_id)"
    )


def downgrade() -> None:
    op.drop_column("tickets", "seen_number")
