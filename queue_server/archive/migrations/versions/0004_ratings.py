"""Ratings by criterion, and the sentences citizens write about a visit."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add them; visits of earlier releases have none."""
    op.add_column("visits", sa.Column("rating_criteria", sa.JSON(none_as_null=True)))
    op.create_table(
        "comments",
        sa.Column("ticket", sa.String(), nullable=False),
        sa.Column("centre", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("written_at", INSTANT, nullable=False),
        sa.Column("erase_after", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("ticket", name=op.f("pk_comments")),
    )
    op.create_index("ix_comments_centre_day", "comments", ["centre", "day"])
    op.create_index("ix_comments_erase_after", "comments", ["erase_after"])


def downgrade() -> None:
    """Take them away."""
    op.drop_table("comments")
    op.drop_column("visits", "rating_criteria")
