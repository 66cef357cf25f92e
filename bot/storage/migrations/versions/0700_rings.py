"""What rang, for a database that calls nobody: whoever listens is woken by its own topic, and not by every write."""

import sqlalchemy as sa
from alembic import op

revision = "0700"
down_revision = "0600"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rings",
        sa.Column("topic", sa.String(length=60), primary_key=True),
        sa.Column("rung", sa.Integer(), nullable=False),
    )
    op.create_index("rings_rung", "rings", ["rung"])


def downgrade() -> None:
    op.drop_table("rings")
