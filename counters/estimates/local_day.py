"""The centre's day in seconds: its midnight, its tickets' end, the hours in which it is closed."""

from datetime import datetime, time

from counters.estimates.hall import Span
from counters.routing.standing import seconds
from queue_server.core.configuration import CentreConfiguration, Session
from queue_server.core.hours import WEEKDAYS, local_time, sessions_of


class LocalDay:
    """The local day of an instant. All times in seconds since 1970."""

    def __init__(self, configuration: CentreConfiguration, now: datetime) -> None:
        local = local_time(configuration, now)
        self._date, self._zone = local.date(), local.tzinfo
        self.midnight_s = self.at(time())
        self.weekday = WEEKDAYS[local.weekday()]
        self.sessions: list[Session] = sorted(
            sessions_of(configuration.hours, local.date()), key=lambda each: each.opens
        )

    def at(self, local: time) -> float:
        """That time of the day."""
        return seconds(datetime.combine(self._date, local, self._zone))

    @property
    def tickets_until_s(self) -> float:
        """When the day's last ticket is issued; midnight on a day without sessions."""
        return max((self.at(each.tickets_until) for each in self.sessions), default=self.midnight_s)

    @property
    def gaps(self) -> list[Span]:
        """Closed hours between two sessions."""
        return [
            (self.at(before.closes), self.at(after.opens))
            for before, after in zip(self.sessions, self.sessions[1:], strict=False)
            if before.closes < after.opens
        ]
