"""The table of versions of the intents goes: nothing wrote it or read it; versions lie as files in the state directory."""

import sqlalchemy as sa
from alembic import op

revision = "0600"
down_revision = "0500"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_table("catalogs")


def downgrade() -> None:
    op.create_table(
        "catalogs",
        sa.Column("version", sa.String(64), primary_key=True),
        sa.Column("files", sa.LargeBinary(), nullable=False),
        sa.Column("first_used_at", sa.DateTime(timezone=True), nullable=False),
    )
