"""One ticket followed through a day's commits, with what a call of that moment is judged by."""

from collections.abc import Collection, Iterable
from datetime import datetime

from counters.routing.standing import Seat, Standing, seconds
from queue_server.core import events as e
from queue_server.core.centre import Centre
from queue_server.core.commit import Commit
from queue_server.core.configuration import Level, WorkProfile
from queue_server.core.identifiers import CounterId, FieldId, ProcedureCode, TicketId
from queue_server.core.routing_rules import RoutingRules
from queue_server.core.ticket import Ticket, TicketState


def changed_profiles(commits: Iterable[Commit]) -> set[CounterId]:
    """Counters whose work profile was changed during the day."""
    return {
        event.counter
        for commit in commits
        for event in commit.events
        if isinstance(event, e.WorkProfileChanged)
    }


class Followed:
    """The ticket as it was at each commit, the work profiles and the order in force then.

    What was so at the day's opening is taken as it is now, unless the day changed it: a counter
    whose profile was changed during the day had its configured one before.
    """

    def __init__(
        self, centre: Centre, ticket: TicketId, changed: Collection[CounterId] = ()
    ) -> None:
        known = centre.ticket(ticket)
        self.id = ticket
        self.field: FieldId = known.field
        self.procedure: ProcedureCode = known.procedure
        self.dossiers = known.dossiers
        self.priority_class = known.priority_class
        self.appointment_at = known.appointment_at
        self.is_transferred = False
        self.is_waiting = False
        self.queued_at: datetime = known.first_queued_at
        self.began_at: datetime | None = None
        self.routing: RoutingRules = centre.facts.routing
        self.reserved: dict[TicketId, CounterId | None] = {}
        """Of each ticket that was transferred: the counter it was sent to."""
        self.procedures: dict[TicketId, ProcedureCode] = {}
        self.queued: dict[TicketId, datetime] = {}
        """Since when each ticket has waited, by the clock that orders the queue."""
        self._centre = centre
        self._language = known.language
        self._profiles: dict[CounterId, WorkProfile] = {
            counter.id: centre.counter_facts(counter.id).profile
            if counter.id in changed
            else counter.profile
            for counter in centre.counters.values()
        }

    @property
    def strategy(self) -> str:
        """Name of the order in force."""
        return self.routing.strategy

    def take(self, commit: Commit, event: e.Event) -> bool:
        """Take the event; True when a new wait of the ticket begins with it."""
        match event:
            case e.ConfigurationApplied(configuration=configuration):
                self.routing = configuration.routing
            case e.RoutingChanged(routing=routing):
                self.routing = routing
            case e.WorkProfileChanged(counter=counter, profile=profile):
                configured = self._centre.counter_facts(counter).profile
                self._profiles[counter] = configured if profile is None else profile
            case e.TicketTransferred():
                self.reserved[event.ticket] = event.reserved_for
                self.procedures[event.ticket] = event.procedure
                self.queued[event.ticket] = event.queued_at
            case e.ReservationReleased():
                self.reserved[event.ticket] = None
            case e.TicketIssued():
                self.procedures[event.ticket] = event.procedure
                self.queued[event.ticket] = event.issued_at
            case e.TicketCheckedIn() | e.TicketReinstated() | e.TicketDelayed():
                self.queued[event.ticket] = event.queued_at
            case _:
                pass
        if getattr(event, "ticket", None) == self.id:
            return self._take_own(commit, event)
        if isinstance(event, e.CounterActionUndone) and event.ticket.id == self.id:
            self._take_back(event.ticket)
        return False

    def _take_own(self, commit: Commit, event: e.Event) -> bool:
        match event:
            case e.TicketIssued():
                self.procedure, self.field = event.procedure, event.field
                if event.appointment_at is None:
                    return self._wait(event.issued_at, commit.at)
            case e.TicketCheckedIn() | e.TicketReinstated():
                return self._wait(event.queued_at, commit.at)
            case e.TicketTransferred():
                self.procedure, self.field = event.procedure, event.field
                self.is_transferred = True
                return self._wait(event.queued_at, commit.at)
            case e.TicketDelayed():
                self.queued_at = event.queued_at
            case e.TicketRequeued() | e.TicketGivenBack():
                self.is_waiting = True
            case (
                e.TicketCalled() | e.TicketCancelled() | e.TicketExpired() | e.OutageVisitRecorded()
            ):
                self.is_waiting = False
            case _:
                pass
        return False

    def _wait(self, queued_at: datetime, began_at: datetime) -> bool:
        self.is_waiting, self.queued_at, self.began_at = True, queued_at, began_at
        return True

    def _take_back(self, before: Ticket) -> None:
        """An action at a counter was undone: the ticket is as it was before."""
        self.is_waiting = before.state is TicketState.WAITING
        self.queued_at, self.procedure, self.field = (
            before.queued_at,
            before.procedure,
            before.field,
        )
        self.is_transferred = before.was_transferred

    def level_at(self, counter: CounterId) -> Level | None:
        """Level at which the counter would have served the ticket; None when it could not."""
        return self._seat(counter).level_of(self._standing())

    def is_language_missing(self, counter: CounterId) -> bool:
        """Whether the counter serves the procedure better than the ticket's language there."""
        seat = self._seat(counter)
        return seat.levels.get(self.procedure) is not self.level_at(counter)

    def _seat(self, counter: CounterId) -> Seat:
        procedure = self._centre.procedure(self.procedure)
        level = self._profiles.get(counter, WorkProfile()).level_of(procedure)
        facts = self._centre.facts.counters.get(counter)
        levels = {} if level is None else {self.procedure: level}
        return Seat(counter, levels, facts.languages if facts else ())

    def _standing(self) -> Standing:
        return Standing(
            ticket=self.id,
            series=self.field,
            procedure=self.procedure,
            line="",
            since_s=seconds(self.queued_at),
            sequence=0,
            reserved_for=self.reserved.get(self.id),
            language=self._language,
        )
