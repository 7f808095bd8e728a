"""First layout: archive, register, accounts."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TABLES = (
    "commits",
    "events",
    "visits",
    "transactions",
    "cursors",
    "dossiers",
    "persons",
    "dead_letters",
    "staff",
    "sessions",
    "devices",
)


def upgrade() -> None:
    """Make every table."""
    _create_commits()
    _create_events()
    _create_visits()
    _create_transactions()
    _create_cursors()
    _create_dossiers()
    _create_persons()
    _create_dead_letters()
    _create_staff()
    _create_sessions()
    _create_devices()


def downgrade() -> None:
    """Drop every table."""
    for table in reversed(TABLES):
        op.drop_table(table)


def _create_commits() -> None:
    op.create_table(
        "commits",
        sa.Column("centre", sa.String(), nullable=False),
        sa.Column("epoch", sa.String(), nullable=False),
        sa.Column("offset", WHOLE, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("actor_kind", sa.String(), nullable=False),
        sa.Column("actor_id", sa.String(), nullable=False),
        sa.Column("command_id", sa.String(), nullable=False),
        sa.Column("is_void", sa.Boolean(), nullable=False),
        sa.Column("raw", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("centre", "epoch", "offset", name="pk_commits"),
    )
    op.create_index("ix_commits_centre_at", "commits", ["centre", "at"])


def _create_events() -> None:
    op.create_table(
        "events",
        sa.Column("centre", sa.String(), nullable=False),
        sa.Column("epoch", sa.String(), nullable=False),
        sa.Column("offset", WHOLE, nullable=False),
        sa.Column("index", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("ticket", sa.String()),
        sa.Column("counter", sa.String()),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("centre", "epoch", "offset", "index", name="pk_events"),
    )
    op.create_index("ix_events_centre_kind_at", "events", ["centre", "kind", "at"])
    op.create_index("ix_events_ticket", "events", ["ticket"])


def _create_visits() -> None:
    op.create_table(
        "visits",
        sa.Column("ticket", sa.String(), nullable=False),
        sa.Column("centre", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("procedure", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("priority_class", sa.String()),
        sa.Column("dossiers", sa.Integer(), nullable=False),
        sa.Column("issued_at", INSTANT, nullable=False),
        sa.Column("appointment_at", INSTANT),
        sa.Column("first_queued_at", INSTANT),
        sa.Column("ended_at", INSTANT),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("outcome", sa.String()),
        sa.Column("transactions", sa.Integer(), nullable=False),
        sa.Column("forecast_kind", sa.String()),
        sa.Column("forecast_about_s", sa.Integer()),
        sa.Column("forecast_at_most_s", sa.Integer()),
        sa.Column("rating", sa.Integer()),
        sa.Column("rated_at", INSTANT),
        sa.PrimaryKeyConstraint("ticket", name="pk_visits"),
    )
    op.create_index("ix_visits_centre_day", "visits", ["centre", "day"])


def _create_transactions() -> None:
    op.create_table(
        "transactions",
        sa.Column("ticket", sa.String(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("centre", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("procedure", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("counter", sa.String()),
        sa.Column("staff", sa.String()),
        sa.Column("queued_at", INSTANT, nullable=False),
        sa.Column("first_called_at", INSTANT),
        sa.Column("called_at", INSTANT),
        sa.Column("serving_at", INSTANT),
        sa.Column("ended_at", INSTANT),
        sa.Column("ending", sa.String()),
        sa.Column("outcome", sa.String()),
        sa.Column("waiting_time_s", sa.Integer()),
        sa.Column("approach_time_s", sa.Integer()),
        sa.Column("serving_time_s", sa.Integer()),
        sa.Column("calls", sa.Integer(), nullable=False),
        sa.Column("target_waiting_time_s", sa.Integer()),
        sa.ForeignKeyConstraint(
            ["ticket"], ["visits.ticket"], name="fk_transactions_ticket", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("ticket", "n", name="pk_transactions"),
    )
    op.create_index("ix_transactions_centre_day_field", "transactions", ["centre", "day", "field"])
    op.create_index("ix_transactions_centre_staff_day", "transactions", ["centre", "staff", "day"])


def _create_cursors() -> None:
    op.create_table(
        "cursors",
        sa.Column("follower", sa.String(), nullable=False),
        sa.Column("centre", sa.String(), nullable=False),
        sa.Column("epoch", sa.String(), nullable=False),
        sa.Column("offset", WHOLE, nullable=False),
        sa.Column("moved_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("follower", "centre", name="pk_cursors"),
    )


def _create_dossiers() -> None:
    op.create_table(
        "dossiers",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("centre", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("ticket", sa.String(), nullable=False),
        sa.Column("procedure", sa.String(), nullable=False),
        sa.Column("procedure_name", sa.String(), nullable=False),
        sa.Column("received_at", INSTANT, nullable=False),
        sa.Column("due_at", INSTANT),
        sa.Column("term", sa.JSON()),
        sa.Column("components", sa.JSON(), nullable=False),
        sa.Column("sets", sa.Integer(), nullable=False),
        sa.Column("person_ref", sa.String()),
        sa.Column("return_by", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("received_by", sa.String()),
        sa.Column("counter", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_dossiers"),
    )
    op.create_index("ix_dossiers_centre_day", "dossiers", ["centre", "day"])
    op.create_index("ix_dossiers_person_ref", "dossiers", ["person_ref"])
    op.create_index("ix_dossiers_ticket", "dossiers", ["ticket"])


def _create_persons() -> None:
    op.create_table(
        "persons",
        sa.Column("person_ref", sa.String(), nullable=False),
        sa.Column("centre", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("phone", sa.String()),
        sa.Column("has_consented", sa.Boolean(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("erase_after", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("person_ref", name="pk_persons"),
    )
    op.create_index("ix_persons_centre_created_at", "persons", ["centre", "created_at"])
    op.create_index("ix_persons_erase_after", "persons", ["erase_after"])


def _create_dead_letters() -> None:
    op.create_table(
        "dead_letters",
        sa.Column("dossier", sa.String(), nullable=False),
        sa.Column("system", sa.String(), nullable=False),
        sa.Column("centre", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.String(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("requeued_at", INSTANT),
        sa.PrimaryKeyConstraint("dossier", "system", name="pk_dead_letters"),
    )
    op.create_index("ix_dead_letters_centre_at", "dead_letters", ["centre", "at"])


def _create_staff() -> None:
    op.create_table(
        "staff",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("centre", sa.String()),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("login", sa.String(), nullable=False),
        sa.Column("password_hash", sa.String()),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("organisation", sa.String(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("one_time_token_hash", sa.String()),
        sa.Column("one_time_until", INSTANT),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_staff"),
        sa.UniqueConstraint("login", name="uq_staff_login"),
    )
    op.create_index("ix_staff_centre", "staff", ["centre"])


def _create_sessions() -> None:
    op.create_table(
        "sessions",
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("staff", sa.String(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("last_seen_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["staff"], ["staff.id"], name="fk_sessions_staff", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("token_hash", name="pk_sessions"),
    )
    op.create_index("ix_sessions_expires_at", "sessions", ["expires_at"])
    op.create_index("ix_sessions_staff", "sessions", ["staff"])


def _create_devices() -> None:
    op.create_table(
        "devices",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("centre", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("token_hash", sa.String()),
        sa.Column("one_time_hash", sa.String()),
        sa.Column("one_time_until", INSTANT),
        sa.Column("setting", sa.JSON(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("last_seen_at", INSTANT),
        sa.Column("revoked_at", INSTANT),
        sa.PrimaryKeyConstraint("id", name="pk_devices"),
        sa.UniqueConstraint("one_time_hash", name="uq_devices_one_time_hash"),
        sa.UniqueConstraint("token_hash", name="uq_devices_token_hash"),
    )
    op.create_index("ix_devices_centre_kind", "devices", ["centre", "kind"])
