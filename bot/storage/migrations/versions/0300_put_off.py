"""Work that raised is put off by itself; a message may wait for people to mend something."""

import sqlalchemy as sa
from alembic import op

revision = "0300"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "put_off",
        sa.Column("kind", sa.String(length=40), primary_key=True),
        sa.Column("unit", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("error", sa.String(length=100), nullable=False),
    )
    op.add_column("outbox", sa.Column("to_mend", sa.Boolean(), server_default=sa.text("false"), nullable=False))


def downgrade() -> None:
    op.drop_column("outbox", "to_mend")
    op.drop_table("put_off")
