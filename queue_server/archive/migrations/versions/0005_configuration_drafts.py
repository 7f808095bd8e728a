"""What administrators are about to change."""

import sqlalchemy as sa
from alembic import op

from queue_server.archive.columns import Instant, Whole

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "configuration_drafts",
        sa.Column("centre", sa.String(), nullable=False),
        sa.Column("version", Whole, nullable=False),
        sa.Column("edits", sa.JSON(), nullable=False),
        sa.Column("editors", sa.JSON(), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.Column("apply_at", Instant()),
        sa.PrimaryKeyConstraint("centre", name="pk_configuration_drafts"),
    )


def downgrade() -> None:
    """Take it away."""
    op.drop_table("configuration_drafts")
