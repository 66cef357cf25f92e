"""How a conversation closed stands in its event alone: the column beside it was read by nothing."""

import sqlalchemy as sa
from alembic import op

revision = "1100"
down_revision = "1000"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_column("conversations", "closed_as")


def downgrade() -> None:
    """The column comes back empty; what it held stands in the events."""
    op.add_column("conversations", sa.Column("closed_as", sa.String(20), nullable=True))
