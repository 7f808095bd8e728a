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


class Silence(StrEnum):
    """Reasons for a pause that the system saw; centres configure the others."""

    SILENT = "silent"
    """The console gave no sign of life."""
    SIGNED_OUT = "signed_out"
    """The clerk signed out with a citizen at the counter."""


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
    is_out_of_order: bool = False
    """It was a call out of order."""


class CounterState(Struct, frozen=True, kw_only=True):
    """A counter of a running centre. Replaced as a whole when something changes."""

    id: CounterId
    profile: WorkProfile
    is_profile_changed: bool = False
    """A manager changed the profile since the configuration was applied."""
    timed: TimedProfile | None = None
    """What it returns to, while its profile is changed for a while."""
    profile_changed_at: datetime | None = None
    """When the profile was changed last today, or returned to what it was."""
    staff: StaffId | None = None
    staff_name: str = ""
    taken_at: datetime | None = None
    """When the staff sat down."""
    availability: Availability = Availability.CLOSED
    pause_reason: str = ""
    paused_until: datetime | None = None
    """When the clerk of a paused counter means to be back."""
    availability_since: datetime | None = None
    ticket: TicketId | None = None
    """The ticket called to or served at the counter."""
    occupied_since: datetime | None = None
    last_action: LastAction | None = None
    completed: int = 0
    """Visits completed here today."""
    served_last: TicketId | None = None
    """The visit that was completed here last; its citizen may still stand at the counter."""
    busy_time_s: float = 0.0
    """Seconds today in which somebody was called to or served at the counter."""
    idle_since: datetime | None = None
    """When it last became free to call; None while occupied or not open."""
    countdown_since: datetime | None = None
    """From when the seconds to an automatic call count; None while it is held, like `idle_since`
    while occupied or not open."""
    given_back: tuple[TicketId, ...] = ()
    """Tickets that wait again because it went away; kept until it opens or is taken."""
    out_of_order: int = 0
    """Calls out of order today."""
    is_retired: bool = False
    """No longer configured; kept until it holds nothing."""

    @property
    def is_silent(self) -> bool:
        """Whether it is paused because its clerk is gone."""
        return self.availability is Availability.PAUSED and self.pause_reason in set(Silence)


def activity_of(ticket: Ticket | None) -> Activity:
    """Activity of a counter that holds `ticket`."""
    if ticket is None:
        return Activity.IDLE
    return Activity.SERVING if ticket.state is TicketState.SERVING else Activity.CALLING
