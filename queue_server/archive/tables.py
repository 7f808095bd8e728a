"""Every table of the SQL side: archive, comments, register, appointments, drafts, accounts.

The archive is derived from the journal and can be made again from `commits`; the others
are kept here alone. A change of this file needs a migration in `migrations/versions`
(a test compares the two). Instants end in `_at`, durations in `_s` or `_time_s`.
"""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    UniqueConstraint,
)

from queue_server.archive.columns import Instant, Whole

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# -- archive: what happened, for reports and audit ---------------------------------------------

COMMITS = Table(
    "commits",
    METADATA,
    Column("centre", String, primary_key=True),
    Column("epoch", String, primary_key=True),
    Column("offset", Whole, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("actor_kind", String, nullable=False),
    Column("actor_id", String, nullable=False),
    Column("command_id", String, nullable=False),
    # Known here and lost in the journal: kept as evidence, counted nowhere.
    Column("is_void", Boolean, nullable=False, default=False),
    Column("raw", LargeBinary, nullable=False),
    Index(None, "centre", "at"),
)

EVENTS = Table(
    "events",
    METADATA,
    Column("centre", String, primary_key=True),
    Column("epoch", String, primary_key=True),
    Column("offset", Whole, primary_key=True),
    # Place in the commit, from 0.
    Column("index", Integer, primary_key=True),
    Column("kind", String, nullable=False),
    Column("at", Instant, nullable=False),
    Column("ticket", String),
    Column("counter", String),
    Column("body", JSON, nullable=False),
    Index(None, "centre", "kind", "at"),
    Index(None, "ticket"),
)

VISITS = Table(
    "visits",
    METADATA,
    Column("ticket", String, primary_key=True),
    Column("centre", String, nullable=False),
    # The local date of the centre.
    Column("day", Date, nullable=False),
    Column("number", String, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("field", String, nullable=False),
    Column("procedure", String, nullable=False),
    Column("channel", String, nullable=False),
    Column("language", String, nullable=False),
    Column("priority_class", String),
    Column("dossiers", Integer, nullable=False),
    Column("issued_at", Instant, nullable=False),
    Column("appointment_at", Instant),
    Column("first_queued_at", Instant),
    Column("ended_at", Instant),
    Column("state", String, nullable=False),
    Column("outcome", String),
    Column("transactions", Integer, nullable=False, default=1),
    Column("forecast_kind", String),
    Column("forecast_about_s", Integer),
    Column("forecast_at_most_s", Integer),
    # What rolling the queue forward gave, before it was compared with how such waits end.
    Column("forecast_computed_s", Integer),
    # Answers of the citizen after the visit, 1 (not satisfied) to 4 (very satisfied).
    Column("rating", Integer),
    # The same of single criteria, by their names.
    Column("rating_criteria", JSON(none_as_null=True)),
    # When the visit was rated first.
    Column("rated_at", Instant),
    Index(None, "centre", "day"),
)

TRANSACTIONS = Table(
    "transactions",
    METADATA,
    Column("ticket", String, ForeignKey("visits.ticket", ondelete="CASCADE"), primary_key=True),
    # Place in the visit, from 1.
    Column("n", Integer, primary_key=True),
    Column("centre", String, nullable=False),
    Column("day", Date, nullable=False),
    Column("procedure", String, nullable=False),
    Column("field", String, nullable=False),
    Column("counter", String),
    Column("staff", String),
    Column("queued_at", Instant, nullable=False),
    Column("first_called_at", Instant),
    Column("called_at", Instant),
    Column("serving_at", Instant),
    Column("ended_at", Instant),
    # served, no_show, cancelled, transferred, requeued, expired; null while it lasts.
    Column("ending", String),
    Column("outcome", String),
    Column("waiting_time_s", Integer),
    Column("approach_time_s", Integer),
    Column("serving_time_s", Integer),
    Column("calls", Integer, nullable=False, default=0),
    Column("target_waiting_time_s", Integer),
    Index(None, "centre", "day", "field"),
    Index(None, "centre", "staff", "day"),
)

CURSORS = Table(
    "cursors",
    METADATA,
    Column("follower", String, primary_key=True),
    Column("centre", String, primary_key=True),
    Column("epoch", String, nullable=False),
    Column("offset", Whole, nullable=False),
    Column("moved_at", Instant, nullable=False),
)

# -- comments: what citizens wrote about a visit; may name somebody, so it can be erased ---------

COMMENTS = Table(
    "comments",
    METADATA,
    Column("ticket", String, primary_key=True),
    Column("centre", String, nullable=False),
    # The local date of the centre.
    Column("day", Date, nullable=False),
    Column("text", String, nullable=False),
    Column("written_at", Instant, nullable=False),
    Column("erase_after", Instant, nullable=False),
    Index(None, "centre", "day"),
    Index(None, "erase_after"),
)

# -- phones that want to be told whose turn it is, until the day ends ----------------------------

PUSH_SUBSCRIPTIONS = Table(
    "push_subscriptions",
    METADATA,
    Column("ticket", String, primary_key=True),
    # Made from the endpoint, which is long and secret.
    Column("endpoint_id", String, primary_key=True),
    Column("centre", String, nullable=False),
    Column("endpoint", String, nullable=False),
    Column("p256dh", String, nullable=False),
    Column("auth", String, nullable=False),
    Column("language", String, nullable=False),
    # In which transaction of the visit "soon" was told last.
    Column("soon_told", Integer, nullable=False),
    Column("erase_after", Instant, nullable=False),
    Index(None, "centre"),
    Index(None, "erase_after"),
)

# -- register: dossiers opened here and the people they belong to ------------------------------

DOSSIERS = Table(
    "dossiers",
    METADATA,
    Column("code", String, primary_key=True),
    Column("centre", String, nullable=False),
    # Local date of receipt.
    Column("day", Date, nullable=False),
    Column("ticket", String, nullable=False),
    Column("procedure", String, nullable=False),
    Column("procedure_name", String, nullable=False),
    Column("received_at", Instant, nullable=False),
    Column("due_at", Instant),
    # The term the due time was counted from: an input kept for audit.
    Column("term", JSON(none_as_null=True)),
    Column("components", JSON, nullable=False),
    Column("sets", Integer, nullable=False),
    # No foreign key: the reference outlives the erased person.
    Column("person_ref", String),
    Column("return_by", String, nullable=False),
    Column("note", String, nullable=False),
    Column("state", String, nullable=False),
    Column("received_by", String),
    Column("counter", String, nullable=False),
    Index(None, "centre", "day"),
    Index(None, "ticket"),
    Index(None, "person_ref"),
)

PERSONS = Table(
    "persons",
    METADATA,
    # Random; says nothing about the person.
    Column("person_ref", String, primary_key=True),
    Column("centre", String, nullable=False),
    Column("name", String, nullable=False),
    Column("phone", String),
    # Agreed that name and phone go to the dossier system.
    Column("has_consented", Boolean, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("erase_after", Instant, nullable=False),
    Index(None, "erase_after"),
    Index(None, "centre", "created_at"),
)

DEAD_LETTERS = Table(
    "dead_letters",
    METADATA,
    Column("dossier", String, primary_key=True),
    Column("system", String, primary_key=True),
    Column("centre", String, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("last_error", String, nullable=False),
    Column("at", Instant, nullable=False),
    # Null while nobody has tried again.
    Column("requeued_at", Instant),
    Index(None, "centre", "at"),
)

# -- appointments: visits of days to come ------------------------------------------------------

APPOINTMENTS = Table(
    "appointments",
    METADATA,
    # Id of the ticket it becomes on its day.
    Column("id", String, primary_key=True),
    Column("centre", String, nullable=False),
    # Local date of the visit.
    Column("day", Date, nullable=False),
    Column("at", Instant, nullable=False),
    Column("code", String, nullable=False),
    Column("procedure", String, nullable=False),
    Column("field", String, nullable=False),
    Column("language", String, nullable=False),
    Column("dossiers", Integer, nullable=False),
    # Keyed hash: the number itself is not kept.
    Column("phone_key", String),
    Column("booked_at", Instant, nullable=False),
    Column("is_cancelled", Boolean, nullable=False, default=False),
    UniqueConstraint("centre", "day", "code"),
    Index(None, "centre", "day", "phone_key"),
)

# -- setting up: what administrators are about to change ----------------------------------------

DRAFTS = Table(
    "configuration_drafts",
    METADATA,
    Column("centre", String, primary_key=True),
    # Raised by every change, so that nobody changes what he has not seen.
    Column("version", Whole, nullable=False),
    # What is to be changed in the configuration in force, as a list of places and values.
    Column("edits", JSON, nullable=False),
    # Who has changed it and when last, by staff id.
    Column("editors", JSON, nullable=False),
    Column("changed_at", Instant, nullable=False),
    # When it is to be applied by itself; null: when somebody says so.
    Column("apply_at", Instant),
)

# -- accounts: who may do what, and from which device ------------------------------------------

STAFF = Table(
    "staff",
    METADATA,
    Column("id", String, primary_key=True),
    # Null: every centre of the deployment.
    Column("centre", String),
    Column("name", String, nullable=False),
    Column("login", String, nullable=False),
    # Null until the person has chosen a password with the one-time token.
    Column("password_hash", String),
    Column("roles", JSON, nullable=False),
    # Vietnam Post and others who lend staff; for reports by organisation.
    Column("organisation", String, nullable=False, default=""),
    Column("is_active", Boolean, nullable=False, default=True),
    Column("one_time_token_hash", String),
    Column("one_time_until", Instant),
    Column("created_at", Instant, nullable=False),
    UniqueConstraint("login"),
    Index(None, "centre"),
)

SESSIONS = Table(
    "sessions",
    METADATA,
    Column("token_hash", String, primary_key=True),
    Column("staff", String, ForeignKey("staff.id", ondelete="CASCADE"), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("last_seen_at", Instant, nullable=False),
    Index(None, "staff"),
    Index(None, "expires_at"),
)

DEVICES = Table(
    "devices",
    METADATA,
    Column("id", String, primary_key=True),
    Column("centre", String, nullable=False),
    # kiosk, board, printer or phone.
    Column("kind", String, nullable=False),
    Column("name", String, nullable=False),
    Column("token_hash", String),
    # Of the pairing code shown on the device.
    Column("one_time_hash", String),
    Column("one_time_until", Instant),
    # Zone, counter, printer … that the device stands for.
    Column("setting", JSON, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("last_seen_at", Instant),
    Column("revoked_at", Instant),
    UniqueConstraint("token_hash"),
    UniqueConstraint("one_time_hash"),
    Index(None, "centre", "kind"),
)
