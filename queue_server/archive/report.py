"""The report of one day of one centre, read from SQL alone.

A figure of an hour belongs to the hour in which it happened: issues to the hour of issue, waits
to the hour of the call, endings and serving to the hour in which the transaction ended. A
transferred visit is issued in the field its number is of, and served where it was served.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import Engine, select

from queue_server.archive.comments import Comment, Comments
from queue_server.archive.database import reading
from queue_server.archive.day_facts import DayFacts, OpenedDossier, read_day
from queue_server.archive.figures import (
    BIN_S,
    Figures,
    TransactionFacts,
    VisitFacts,
    distribution,
    figures,
)
from queue_server.archive.out_of_order import OutOfOrderCalls, out_of_order_calls
from queue_server.archive.ratings import RatingFacts, ratings, ratings_of_few
from queue_server.archive.tables import VISITS
from queue_server.core.configuration import CentreConfiguration, Texts
from queue_server.core.identifiers import CentreId

T = TypeVar("T")
K = TypeVar("K")


class Line(Struct, frozen=True, kw_only=True):
    """One group with its figures."""

    id: str
    label: str
    """Letter of a field, code of a procedure, number of a counter."""
    name: Texts
    figures: Figures


class HourLine(Struct, frozen=True, kw_only=True):
    """One local hour with its figures."""

    hour: int
    """0 to 23, by the centre's clock."""
    figures: Figures


class DayReport(Struct, frozen=True, kw_only=True):
    """Everything about one day."""

    centre: CentreId
    name: Texts
    day: date
    timezone: str
    totals: Figures
    fields: tuple[Line, ...]
    procedures: tuple[Line, ...]
    counters: tuple[Line, ...]
    """No ticket is issued for a counter: `issued` is 0 there."""
    hours: tuple[HourLine, ...]
    """From the first to the last hour in which something happened."""
    waits: tuple[int, ...]
    """How many waits fell into each bin of `wait_bin_s`; the last bin is open."""
    wait_bin_s: int = BIN_S
    out_of_order: tuple[OutOfOrderCalls, ...] = ()
    """Calls out of order, by who called."""
    comments: tuple[Comment, ...] = ()
    """What citizens wrote, until it is erased."""


def days(engine: Engine, centre: CentreId) -> list[date]:
    """Days with at least one ticket, newest first."""
    statement = (
        select(VISITS.c.day)
        .where(VISITS.c.centre == centre)
        .distinct()
        .order_by(VISITS.c.day.desc())
    )
    with reading(engine) as connection:
        return list(connection.scalars(statement))


def day_report(engine: Engine, centre: CentreId, day: date) -> DayReport:
    """The report; a day without tickets has one of zeros.

    Raises:
        DatabaseUnavailable: Nothing can be read now.
    """
    with reading(engine) as connection:
        facts = read_day(connection, centre, day)
        names = _Names(facts.configurations)
        out_of_order = out_of_order_calls(connection, centre, day, names.timezone)
    return DayReport(
        centre=centre,
        name=names.centre,
        day=day,
        timezone=names.timezone.key,
        totals=figures(
            facts.visits, facts.transactions, len(facts.dossiers), ratings(facts.ratings)
        ),
        fields=_by_field(facts, names),
        procedures=_by_procedure(facts, names),
        counters=_by_counter(facts, names),
        hours=_by_hour(facts, names.timezone),
        waits=distribution(facts.transactions),
        out_of_order=out_of_order,
        comments=tuple(Comments(engine).of_day(centre, day)),
    )


class _Names:
    """What things were called that day, in the order in which people see them."""

    def __init__(self, configurations: Sequence[CentreConfiguration]) -> None:
        self.centre: Texts = {}
        self.timezone = ZoneInfo("UTC")
        self.fields: dict[str, tuple[str, Texts]] = {}
        self.procedures: dict[str, tuple[str, Texts]] = {}
        self.counters: dict[str, tuple[str, Texts]] = {}
        self.field_of: dict[str, str] = {}
        for known in configurations:
            self.centre, self.timezone = known.name, ZoneInfo(known.timezone)
            for field in known.fields.values():
                self.fields[field.id] = (field.series.letter, field.name)
            for procedure in known.procedures.values():
                self.procedures[procedure.code] = (procedure.code, procedure.name)
                self.field_of[procedure.code] = procedure.field
            for counter in known.counters.values():
                self.counters[counter.id] = (counter.number, counter.name)


def _by_field(facts: DayFacts, names: _Names) -> tuple[Line, ...]:
    return _lines(
        names.fields,
        _grouped(facts.visits, lambda visit: visit.field),
        _grouped(facts.transactions, lambda leg: leg.field),
        _grouped(facts.dossiers, lambda dossier: names.field_of.get(dossier.procedure, "")),
        _grouped(facts.ratings, lambda rating: rating.field),
    )


def _by_procedure(facts: DayFacts, names: _Names) -> tuple[Line, ...]:
    return _lines(
        names.procedures,
        _grouped(facts.visits, lambda visit: visit.procedure),
        _grouped(facts.transactions, lambda leg: leg.procedure),
        _grouped(facts.dossiers, lambda dossier: dossier.procedure),
        _grouped(facts.ratings, lambda rating: rating.procedure),
    )


def _by_counter(facts: DayFacts, names: _Names) -> tuple[Line, ...]:
    at_counters = [leg for leg in facts.transactions if leg.counter is not None]
    return _lines(
        names.counters,
        {},  # no ticket is issued for a counter
        _grouped(at_counters, lambda leg: str(leg.counter)),
        _grouped(facts.dossiers, lambda dossier: dossier.counter),
        _grouped(facts.ratings, lambda rating: str(rating.counter)),
    )


def _lines(
    names: Mapping[str, tuple[str, Texts]],
    visits: Mapping[str, Sequence[VisitFacts]],
    legs: Mapping[str, Sequence[TransactionFacts]],
    dossiers: Mapping[str, Sequence[OpenedDossier]],
    rated: Mapping[str, Sequence[RatingFacts]],
) -> tuple[Line, ...]:
    """One line per group in which something happened, in the centre's order."""
    happened = {*visits, *legs, *dossiers}
    order = [*(key for key in names if key in happened), *sorted(happened - set(names))]
    lines = []
    for key in order:
        label, name = names.get(key, (key, {}))
        opened = len(dossiers.get(key, ()))
        told = ratings_of_few(rated.get(key, ()))
        numbers = figures(visits.get(key, ()), legs.get(key, ()), opened, told)
        lines.append(Line(id=key, label=label, name=name, figures=numbers))
    return tuple(lines)


def _by_hour(facts: DayFacts, timezone: ZoneInfo) -> tuple[HourLine, ...]:
    def hour(instant: datetime | None) -> int | None:
        return None if instant is None else instant.astimezone(timezone).hour

    issued = _grouped(facts.visits, lambda visit: hour(visit.issued_at))
    called = _grouped(facts.transactions, lambda leg: hour(leg.called_at))
    ended = _grouped(facts.transactions, lambda leg: hour(leg.ended_at))
    opened = _grouped(facts.dossiers, lambda dossier: hour(dossier.at))
    happened = [key for key in {*issued, *called, *ended, *opened} if key is not None]
    lines = []
    for each in range(min(happened, default=0), max(happened, default=-1) + 1):
        of_calls = figures((), called.get(each, ()), 0)
        numbers = figures(issued.get(each, ()), ended.get(each, ()), len(opened.get(each, ())))
        waits = {"called": of_calls.called, "waiting": of_calls.waiting}
        lines.append(HourLine(hour=each, figures=replace(numbers, **waits)))
    return tuple(lines)


def _grouped(things: Iterable[T], key: Callable[[T], K]) -> dict[K, list[T]]:
    found: defaultdict[K, list[T]] = defaultdict(list)
    for thing in things:
        found[key(thing)].append(thing)
    return found
