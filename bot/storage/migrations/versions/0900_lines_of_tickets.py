"""Each line knows the ticket that it is part of. Earlier lines know none: where a ticket of their conversation is confined they are
for whoever may see them all."""

import sqlalchemy as sa
from alembic import op

revision = "0900"
down_revision = "0800"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("messages", sa.Column("ticket_number", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("messages", "ticket_number")
