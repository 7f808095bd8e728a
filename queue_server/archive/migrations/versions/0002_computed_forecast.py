"""What rolling the queue forward gave, beside what was told of it."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; visits of earlier releases have none."""
    op.add_column("visits", sa.Column("forecast_computed_s", sa.Integer()))


def downgrade() -> None:
    """Take it away."""
    op.drop_column("visits", "forecast_computed_s")
