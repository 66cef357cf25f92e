"""Sign-ins to the console as rows, a sealed word under each key, and how often somebody has done something."""

import sqlalchemy as sa
from alembic import op

revision = "0100"
down_revision = "0300"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sign_ins",
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("staff_id", sa.String(length=100), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("form_word", sa.String(length=40), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("active_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("fingerprint"),
    )
    op.create_index("ix_sign_ins_staff_id", "sign_ins", ["staff_id"])
    op.create_table(
        "seals",
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "allowances",
        sa.Column("key", sa.String(length=100), nullable=False),
        sa.Column("whole_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index("ix_allowances_whole_at", "allowances", ["whole_at"])


def downgrade() -> None:
    op.drop_table("allowances")
    op.drop_table("seals")
    op.drop_table("sign_ins")
