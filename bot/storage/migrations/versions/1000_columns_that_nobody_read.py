"""Columns that were written and never read go. Both databases do it in one transaction: a process that dies amid it leaves
everything as it was."""

import sqlalchemy as sa
from alembic import op

revision = "1000"
down_revision = "0900"
branch_labels = None
depends_on = None

COUNTED = ("conversations", "tickets")


def upgrade() -> None:
    for table in COUNTED:
        op.drop_column(table, "version")
    op.drop_column("incidents", "confirmed_at")


def downgrade() -> None:
    """The columns come back as they stood in a new row."""
    op.add_column("incidents", sa.Column("confirmed_at", sa.DateTime(timezone=True)))
    for table in COUNTED:
        op.add_column(table, sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
