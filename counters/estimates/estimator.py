"""What to tell of a wait: the queue rolled forward, and how such waits ended.

One roll answers for everybody who waits and for whoever would join; questions are put into the
queue as tickets that take no time, so they change nothing for the others.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from math import ceil
from typing import Final

from counters.estimates.default_table import DEFAULT_QUANTILES
from counters.estimates.fallback import plainest_forecast
from counters.estimates.hall import Hall
from counters.estimates.present import Known, Present
from counters.estimates.table import PRIORITY_CLASS, WALK_IN_CLASS, quantiles_of
from counters.estimates.waits import ENOUGH_CALLS, computed_waits_s
from counters.routing.standing import PRIORITY, Standing
from queue_server.core.centre import Centre
from queue_server.core.counter import Availability
from queue_server.core.errors import QueueError
from queue_server.core.hours import serving_ends_at
from queue_server.core.identifiers import CentreId, PriorityClassId, ProcedureCode, TicketId
from queue_server.core.protocols import Forecasts
from queue_server.core.ticket import Forecast, ForecastKind

AT_ONCE: Final = Forecast(kind=ForecastKind.RANGE, about_s=0, at_most_s=0, computed_s=0)
QUESTION: Final = TicketId("question")
ASKED: Final = "question "
ENOUGH_CALLS_FOR_ALL: Final = 1000
"""More than for one: it is done twice a minute, and tells everybody."""
MOST_QUESTIONS: Final = 64
"""Procedures that are asked about in one roll; of more, those that differ in no respect share."""


class RollForwardEstimator:
    """Forecasts by the order that is in force, in at most a few milliseconds."""

    def __init__(self) -> None:
        self._known: dict[CentreId, Known] = {}

    def forecast(
        self,
        centre: Centre,
        procedure: ProcedureCode,
        priority_class: PriorityClassId | None,
        now: datetime,
    ) -> Forecast:
        """What to tell somebody who takes a number for the procedure now."""
        if is_free_at_once(centre, procedure):
            return AT_ONCE
        try:
            present = self._present(centre, now)
            question = present.question(QUESTION, procedure, priority_class)
            told = _told(present, present.hall([question]), [question])
        except QueueError:
            told = {}
        return told.get(QUESTION) or plainest_forecast(centre, procedure, priority_class, now)

    def forecasts(
        self, centre: Centre, now: datetime, tickets: Collection[TicketId] | None = None
    ) -> Forecasts:
        """What to tell those who wait, and whoever would join any procedure.

        Args:
            centre: The centre.
            now: When.
            tickets: Only these, and nobody who would join; None for everybody.
        """
        if tickets is not None:
            return Forecasts(by_ticket=self._of_waiting(centre, now, tickets), by_procedure={})
        try:
            return self._of_everybody(centre, now)
        except QueueError:
            by_procedure = {
                code: plainest_forecast(centre, code, None, now) for code in centre.facts.procedures
            }
            return Forecasts(by_ticket={}, by_procedure=by_procedure)

    def _of_waiting(
        self, centre: Centre, now: datetime, tickets: Collection[TicketId]
    ) -> dict[TicketId, Forecast]:
        present = self._present(centre, now)
        hall = present.hall()
        return _told(present, hall, [each for each in hall.waiting if each.ticket in tickets])

    def _of_everybody(self, centre: Centre, now: datetime) -> Forecasts:
        present = self._present(centre, now)
        alike = _alike(centre)
        questions = [
            present.question(TicketId(ASKED + code), code, None) for code in set(alike.values())
        ]
        hall = present.hall(questions)
        told = _told(present, hall, hall.waiting, ENOUGH_CALLS_FOR_ALL)
        by_procedure = {}
        for code, asked in alike.items():
            found = told.get(TicketId(ASKED + asked))
            by_procedure[code] = found or plainest_forecast(centre, code, None, now)
        by_ticket = {ticket: told[ticket] for ticket in centre.waiting if ticket in told}
        return Forecasts(by_ticket=by_ticket, by_procedure=by_procedure)

    def _present(self, centre: Centre, now: datetime) -> Present:
        return Present(centre, now, self._known.setdefault(centre.id, Known()))


def is_free_at_once(centre: Centre, procedure: ProcedureCode) -> bool:
    """Whether more counters that serve it are free than tickets wait: nothing has to be rolled.

    On most days of most centres that is most of the time, and a number is issued in a tenth of
    the processor time.
    """
    wanted = centre.procedure(procedure)
    free = 0
    for counter in centre.counters.values():
        is_free = counter.ticket is None and counter.availability is Availability.OPEN
        if is_free and counter.profile.level_of(wanted) is not None:
            free += 1
            if free > len(centre.waiting):
                return True
    return False


def _told(
    present: Present, hall: Hall, asked: Iterable[Standing], enough_calls: int = ENOUGH_CALLS
) -> dict[TicketId, Forecast]:
    """What to tell each; who is missing could not be computed within the calls of one roll."""
    standings = {each.ticket: each for each in asked}
    reachable = {ticket: hall.is_reachable(each) for ticket, each in standings.items()}
    waits = computed_waits_s(hall, standings, enough_calls)
    told: dict[TicketId, Forecast] = {}
    for ticket, standing in standings.items():
        if not reachable[ticket]:
            told[ticket] = Forecast(kind=ForecastKind.NO_COUNTER_OPEN)
        elif ticket in waits and standing.since_s <= present.now_s:
            told[ticket] = _forecast(present, standing, waits[ticket])
    return told


def _forecast(present: Present, standing: Standing, computed_s: float) -> Forecast:
    learned = present.centre.learned
    own = learned.quantiles if learned else {}
    kind = PRIORITY_CLASS if standing.line.startswith(PRIORITY) else WALK_IN_CLASS
    table = own.get(kind) or DEFAULT_QUANTILES.get(kind, ())
    if computed_s <= 0:
        return AT_ONCE
    row = quantiles_of(table, computed_s)
    ends_at = serving_ends_at(present.centre.facts, present.now)
    if ends_at is not None and present.now + timedelta(seconds=row.p50_s) > ends_at:
        return Forecast(kind=ForecastKind.MAY_NOT_BE_SERVED_TODAY, computed_s=ceil(computed_s))
    return Forecast(
        kind=ForecastKind.RANGE,
        about_s=ceil(row.p50_s),
        at_most_s=ceil(row.p90_s),
        computed_s=ceil(computed_s),
    )


def _alike(centre: Centre) -> Mapping[ProcedureCode, ProcedureCode]:
    """Each procedure with one that waits just as long: of its field, length, target, counters."""
    procedures = centre.facts.procedures
    if len(procedures) <= MOST_QUESTIONS:
        return {code: code for code in procedures}
    named = {code for state in centre.counters.values() for code in state.profile.procedures}
    first: dict[tuple[object, ...], ProcedureCode] = {}
    alike = {}
    for code, procedure in procedures.items():
        own = code if code in named else None
        mean_s = round(centre.mean_transaction_time_s(code), -1)
        key = (procedure.field, own, mean_s, procedure.target_waiting_time_s)
        alike[code] = first.setdefault(key, code)
    return alike
