"""A counter as it is now: availability is chosen, activity is derived; never one "status"."""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from queue_server.core.configuration import WorkProfile
from queue_server.core.identifiers import CounterId, StaffId, TicketId
from queue_server.core.proposals import TimedProfile
from queue_server.core.ticket import Action, Ticket, TicketState


class Availability(StrEnum):
    """What staff chose."""

    OPEN = "open"
    PAUSED = "paused"
    CLOSED = "closed"


class Activity(StrEnum):
    """What we observe."""

    IDLE = "idle"
    CALLING = "calling"
    SERVING = "serving"


class LastAction(Struct, frozen=True, kw_only=True):
    """What undo would take back: the undoing action, the ticket and the counter's times before."""

    undo: Action
    offset: int
    at: datetime
    before: Ticket
    occupied_since: datetime | None = None
    idle_since: datetime | None = None
    busy_time_s: float = 0.0


class CounterState(Struct, frozen=True, kw_only=True):
    """A counter of a running centre. Replaced as a whole when something changes."""

    id: CounterId
    profile: WorkProfile
    is_profile_changed: bool = False
    """A manager changed the profile since the configuration was applied."""
    timed: TimedProfile | None = None
    """What it returns to, while its profile is changed for a while."""
    staff: StaffId | None = None
    staff_name: str = ""
    taken_at: datetime | None = None
    """When the staff sat down."""
    availability: Availability = Availability.CLOSED
    pause_reason: str = ""
    availability_since: datetime | None = None
    ticket: TicketId | None = None
    """The ticket called to or served at the counter."""
    occupied_since: datetime | None = None
    last_action: LastAction | None = None
    completed: int = 0
    """Visits completed here today."""
    busy_time_s: float = 0.0
    """Seconds today in which somebody was called to or served at the counter."""
    idle_since: datetime | None = None
    """When it last became free to call; None while occupied or not open."""
    is_retired: bool = False
    """No longer configured; kept until it holds nothing."""


def activity_of(ticket: Ticket | None) -> Activity:
    """Activity of a counter that holds `ticket`."""
    if ticket is None:
        return Activity.IDLE
    return Activity.SERVING if ticket.state is TicketState.SERVING else Activity.CALLING
