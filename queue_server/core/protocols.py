"""What the rules need from outside the core, declared here and passed in by `app`."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Protocol

from msgspec import Struct

from queue_server.core.centre import Centre
from queue_server.core.commit import Actor
from queue_server.core.configuration import CentreConfiguration, Term
from queue_server.core.events import Candidate
from queue_server.core.identifiers import (
    CentreId,
    CounterId,
    PriorityClassId,
    ProcedureCode,
    TicketId,
)
from queue_server.core.ticket import Forecast


class Choice(Struct, frozen=True, kw_only=True):
    """The ticket a free counter should call, with what it was compared to, best first."""

    ticket: TicketId
    candidates: tuple[Candidate, ...] = ()
    equals: int = 1
    """How many of the first candidates were equals among whom the ticket was drawn."""


class Drawing(Struct, frozen=True):
    """What a draw among equals is made from: nobody can foresee it, everybody can repeat it."""

    key: bytes
    """Secret of the day; its hash is in the journal at opening, itself at closing."""
    call: int
    """Offset of the commit that will have the call."""


class Router(Protocol):
    """Chooses the next ticket of a counter (`counters.routing`)."""

    def choose(
        self, centre: Centre, counter: CounterId, now: datetime, drawing: Drawing | None = None
    ) -> Choice | None:
        """The best eligible waiting ticket, or None when nobody can be called."""
        ...


class Forecasts(Struct, frozen=True, kw_only=True):
    """What to tell everybody, as of one instant."""

    by_ticket: Mapping[TicketId, Forecast]
    """Who waits. A ticket whose appointment lies ahead is missing."""
    by_procedure: Mapping[ProcedureCode, Forecast]
    """Who would take a number for the procedure now, without priority."""


class DrawKeys(Protocol):
    """Makes the secret key of a centre's day, the same however often it is asked."""

    def key(self, centre: CentreId, day: date) -> bytes:
        """The key; whoever knows it before closing can foresee the day's draws."""
        ...


class Estimator(Protocol):
    """Forecasts waits (`counters.estimates`)."""

    def forecast(
        self,
        centre: Centre,
        procedure: ProcedureCode,
        priority_class: PriorityClassId | None,
        now: datetime,
    ) -> Forecast:
        """What to tell a citizen who takes a number for the procedure now."""
        ...

    def forecasts(
        self, centre: Centre, now: datetime, tickets: Collection[TicketId] | None = None
    ) -> Forecasts:
        """What to tell those who wait, of `tickets` only where given, and who would join."""
        ...


class DueDates(Protocol):
    """Computes when a dossier is due (`queue_server.intake`)."""

    def due_at(
        self, configuration: CentreConfiguration, term: Term, received_at: datetime
    ) -> datetime:
        """The instant at which a dossier received at `received_at` is due."""
        ...


class DossierCodes(Protocol):
    """Forms dossier codes (`queue_server.intake`)."""

    def __call__(self, agency: str, day: date, running_number: int) -> str:
        """The code of the day's n-th dossier; `day` is the local date."""
        ...


class Rules(Struct, frozen=True, kw_only=True):
    """The rules in force, passed to `decide`."""

    router: Router
    estimator: Estimator
    due_dates: DueDates
    dossier_code: DossierCodes
    draw_keys: DrawKeys | None = None
    """None where nothing is drawn."""
    strategies: Collection[str] = ()
    """Names that `routing.strategy` may have; empty checks no name."""
    printer_models: Collection[str] = ()
    """Names that a printer's `model` may have; empty checks no name."""


class Circumstances(Struct, frozen=True, kw_only=True):
    """When, by whom and under which rules a command is decided."""

    now: datetime
    actor: Actor
    rules: Rules
    may_act_for_others: bool = False
    """True for managers and the system, who may act at a counter taken by somebody else."""
