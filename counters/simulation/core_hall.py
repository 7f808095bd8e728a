"""The queue as it runs live: every step is a command that the core decides, commits and applies.

The engine on this hall makes the same calls as on the bare one; that is how we know that what is
simulated is what happens.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final

from counters.routing.router import StrategyRouter
from counters.routing.standing import Seat
from counters.simulation.centre_of import profile_of
from counters.simulation.turns import Turn
from queue_server.core import commands as c
from queue_server.core import events as e
from queue_server.core.apply import apply
from queue_server.core.centre import Centre
from queue_server.core.commit import Actor, Commit
from queue_server.core.configuration import CentreConfiguration, Term
from queue_server.core.counter import Availability
from queue_server.core.decide import decide
from queue_server.core.events import Event
from queue_server.core.identifiers import (
    CommandId,
    Epoch,
    PriorityClassId,
    ProcedureCode,
    StaffId,
    TicketId,
)
from queue_server.core.protocols import Circumstances, Forecasts, Rules
from queue_server.core.ticket import Channel, Forecast, ForecastKind, Outcome

SIMULATOR: Final = Actor("system", "simulation")
EPOCH: Final = Epoch("simulated")
NO_COMMAND: Final = CommandId("0" * 32)
UNTOLD: Final = Forecast(kind=ForecastKind.NO_COUNTER_OPEN)


class _NothingToTell:
    """Nobody reads a simulated slip, and a forecast costs more than everything else."""

    def forecast(
        self, _: Centre, __: ProcedureCode, ___: PriorityClassId | None, ____: datetime
    ) -> Forecast:
        return UNTOLD

    def forecasts(
        self, _: Centre, __: datetime, ___: Collection[TicketId] | None = None
    ) -> Forecasts:
        return Forecasts(by_ticket={}, by_procedure={})


class _AtOnce:
    """Simulated visits open no dossiers."""

    def due_at(self, _: CentreConfiguration, __: Term, received_at: datetime) -> datetime:
        return received_at


def simulated_rules() -> Rules:
    """The rules of the live core, without what a simulation does not need."""
    return Rules(
        router=StrategyRouter(),
        estimator=_NothingToTell(),
        due_dates=_AtOnce(),
        dossier_code=lambda agency, _, number: f"{agency}-{number}",
    )


class CoreHall:
    """A centre of its own that the engine's steps are done to."""

    def __init__(self, configuration: CentreConfiguration, midnight: datetime) -> None:
        self.centre = Centre(id=configuration.id)
        self.commits: list[Commit] = []
        self._midnight = midnight
        self._rules = simulated_rules()
        self._turns: dict[TicketId, Turn] = {}
        self._do(c.ApplyConfiguration(configuration=configuration), 0.0)
        self._do(c.OpenDay(), 0.0)

    def join(self, turn: Turn, now_s: float) -> None:
        """Issue a number; who has an appointment checks in."""
        visit, ticket = turn.visit, turn.standing.ticket
        self._turns[ticket] = turn
        booked_at = None if visit.slot_s is None else self._at(visit.slot_s)
        issuing = c.IssueTicket(
            ticket=ticket,
            procedure=turn.work.procedure,
            language=self.centre.facts.languages[0] if visit.language is None else visit.language,
            channel=Channel.KIOSK if booked_at is None else Channel.APPOINTMENT,
            priority_class=visit.priority_class,
            dossiers=visit.dossiers,
            appointment_at=booked_at,
            print_slip=False,
        )
        self._do(issuing, now_s)
        if booked_at is not None:
            self._do(c.CheckIn(ticket=ticket), now_s)

    def return_after_miss(self, turn: Turn, now_s: float) -> None:
        """Let a no-show wait again."""
        self._turns[turn.standing.ticket] = turn
        self._do(c.Reinstate(ticket=turn.standing.ticket), now_s)

    def call(self, seat: Seat, now_s: float) -> Turn | None:
        """Whom the core calls."""
        for event in self._do(c.CallNext(counter=seat.counter), now_s):
            if isinstance(event, e.TicketCalled):
                return self._turns.pop(event.ticket)
        return None

    def start(self, seat: Seat, turn: Turn, now_s: float) -> None:  # noqa: ARG002
        """The called one is there."""
        self._do(c.StartServing(counter=seat.counter), now_s)

    def miss(self, seat: Seat, turn: Turn, now_s: float) -> None:  # noqa: ARG002
        """The called one is absent."""
        self._do(c.MarkNoShow(counter=seat.counter), now_s)

    def complete(self, seat: Seat, turn: Turn, now_s: float) -> None:  # noqa: ARG002
        """The visit ends."""
        self._do(c.Complete(counter=seat.counter, outcome=Outcome.ADVICE_ONLY), now_s)

    def transfer(self, seat: Seat, turn: Turn, now_s: float) -> None:
        """Send the citizen to the next procedure."""
        self._turns[turn.standing.ticket] = turn
        procedure = turn.work.procedure
        command = c.Transfer(counter=seat.counter, procedure=procedure, keep_waiting_time=False)
        self._do(command, now_s)

    def open(self, seat: Seat, now_s: float) -> None:
        """Sit down where nobody sits, and call."""
        if self.centre.counters[seat.counter].staff is None:
            staff = StaffId(f"clerk-{seat.counter}")
            self._do(c.TakeCounter(counter=seat.counter, staff=staff), now_s)
        self._do(c.OpenCounter(counter=seat.counter), now_s)

    def pause(self, seat: Seat, now_s: float) -> None:
        """Begin a break."""
        if self.centre.counters[seat.counter].availability is Availability.OPEN:
            self._do(c.PauseCounter(counter=seat.counter, reason="break"), now_s)

    def close(self, seat: Seat, now_s: float) -> None:
        """Call no more."""
        self._do(c.CloseCounter(counter=seat.counter), now_s)

    def change(self, seat: Seat, now_s: float) -> None:
        """Serve something else, unless it is the same."""
        profile = profile_of(seat.levels)
        if self.centre.counters[seat.counter].profile != profile:
            self._do(c.ChangeWorkProfile(counter=seat.counter, profile=profile), now_s)

    def _at(self, now_s: float) -> datetime:
        return self._midnight + timedelta(seconds=now_s)

    def _do(self, command: c.Command, now_s: float) -> tuple[Event, ...]:
        """Decide, commit and apply, as the live process does, without its journal."""
        now = self._at(now_s)
        circumstances = Circumstances(
            now=now, actor=SIMULATOR, rules=self._rules, may_act_for_others=True
        )
        events = decide(self.centre, command, circumstances)
        if events:
            commit = Commit(
                centre=self.centre.id,
                offset=self.centre.offset + 1,
                epoch=EPOCH,
                at=now,
                actor=SIMULATOR,
                command_id=NO_COMMAND,
                payload_hash="",
                events=events,
            )
            apply(self.centre, commit)
            self.commits.append(commit)
        return events
