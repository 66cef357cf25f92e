"""What the user's client has read, answers that may be unread, and who wants no letters about them."""

import sqlalchemy as sa
from alembic import op

revision = "0200"
down_revision = "0100"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("conversations", sa.Column("read_number", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "unread",
        sa.Column("message_id", sa.Integer(), sa.ForeignKey("messages.id"), primary_key=True, autoincrement=False),
        sa.Column("conversation_id", sa.Integer(), sa.ForeignKey("conversations.id"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled", sa.String(length=12), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
    )
    op.create_index("ix_unread_conversation_id", "unread", ["conversation_id"])
    op.create_index("unread_due", "unread", ["settled", "due_at"])
    op.create_table(
        "letters_off",
        sa.Column("user_id", sa.String(length=200), primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("letters_off")
    op.drop_table("unread")
    op.drop_column("conversations", "read_number")
