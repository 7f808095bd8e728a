"""Phones that want to be told whose turn it is, until the day ends."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "push_subscriptions",
        sa.Column("ticket", sa.String(), nullable=False),
        sa.Column("endpoint_id", sa.String(), nullable=False),
        sa.Column("centre", sa.String(), nullable=False),
        sa.Column("endpoint", sa.String(), nullable=False),
        sa.Column("p256dh", sa.String(), nullable=False),
        sa.Column("auth", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("soon_told", sa.Integer(), nullable=False),
        sa.Column("erase_after", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("ticket", "endpoint_id", name=op.f("pk_push_subscriptions")),
    )
    op.create_index("ix_push_subscriptions_centre", "push_subscriptions", ["centre"])
    op.create_index("ix_push_subscriptions_erase_after", "push_subscriptions", ["erase_after"])


def downgrade() -> None:
    """Take it away."""
    op.drop_table("push_subscriptions")
