"""The book of appointments."""

import sqlalchemy as sa
from alembic import op

from queue_server.archive.columns import Instant

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "appointments",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("centre", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("procedure", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("dossiers", sa.Integer(), nullable=False),
        sa.Column("phone_key", sa.String()),
        sa.Column("booked_at", Instant(), nullable=False),
        sa.Column("is_cancelled", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointments")),
        sa.UniqueConstraint("centre", "day", "code", name=op.f("uq_appointments_centre_day_code")),
    )
    op.create_index(
        op.f("ix_appointments_centre_day_phone_key"),
        "appointments",
        ["centre", "day", "phone_key"],
    )


def downgrade() -> None:
    """Take it away."""
    op.drop_table("appointments")
