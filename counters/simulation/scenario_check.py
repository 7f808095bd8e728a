"""What is wrong with a scenario file, every problem at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from counters.simulation.scenario_times import clock_s
from queue_server.core.errors import InvalidValue

if TYPE_CHECKING:
    from counters.simulation.scenario_file import CentreEntry

SHARES: Final = (
    "p_appointment", "p_priority", "p_noshow", "p_return_after_noshow", "p_transfer",
    "p_transfer_other_field",
)  # fmt: skip
SPREADS: Final = ("service_cv", "day_gamma_cv", "field_gamma_cv", "noshow_desk_min")
NEEDED: Final = (
    "fields", "procedure_means_min", "field_share", "within_field_share", "arrival_profile_30min",
    "active", "trained",
)  # fmt: skip
DAY_MIN: Final = 1440


def problems_of(entry: CentreEntry) -> list[str]:
    """A sentence for each problem, beginning with where it is."""
    missing = [key for key in NEEDED if not getattr(entry, key)]
    if missing:
        return [f"expected the field {key!r}, got nothing" for key in missing]
    parts = (_times, _fields, _shares, _counters, _days)
    return [problem for part in parts for problem in part(entry)]


def _times(entry: CentreEntry) -> Iterator[str]:
    read: dict[str, float] = {}
    for key in ("open", "last_ticket", "close"):
        try:
            read[key] = clock_s(getattr(entry, key) or "")
        except InvalidValue as error:
            yield f"{key}: {error.message}"
    if len(read) < 3:  # noqa: PLR2004
        return
    if read["last_ticket"] <= read["open"]:
        yield f"last_ticket: expected a time after opening, got {entry.last_ticket}"
    if read["close"] < read["last_ticket"]:
        yield f"close: expected a time after the last ticket, got {entry.close}"


def _fields(entry: CentreEntry) -> Iterator[str]:
    names, means = entry.fields or (), entry.procedure_means_min or ()
    if len(set(names)) < len(names):
        yield f"fields: expected different names, got {', '.join(names)}"
    yield from _as_many("procedure_means_min", "lists of minutes", means, names, "field")
    for name, minutes in zip(names, means, strict=False):
        if not minutes:
            yield f"procedure_means_min: {name}: expected at least one procedure, got none"
        for each in minutes:
            if each <= 0:
                yield f"procedure_means_min: {name}: expected minutes above 0, got {each:g}"
    yield from _as_many("field_share", "numbers", entry.field_share or (), names, "field")
    yield from _not_negative("field_share", entry.field_share or ())
    within = entry.within_field_share or ()
    rows = [row for row in within if isinstance(row, tuple)]
    if rows:
        yield from _as_many("within_field_share", "lists of shares", rows, names, "field")
    alike = tuple(share for share in within if not isinstance(share, tuple))
    for row in rows or [alike]:
        yield from _not_negative("within_field_share", row)
        if not any(share > 0 for share in row):
            yield "within_field_share: expected some shares above 0"


def _shares(entry: CentreEntry) -> Iterator[str]:
    for key in SHARES:
        share = getattr(entry, key)
        if share is not None and not 0 <= share <= 1:
            yield f"{key}: expected a share from 0 to 1, got {share:g}"
    for key in SPREADS:
        spread = getattr(entry, key)
        if spread is not None and spread < 0:
            yield f"{key}: expected 0 or more, got {spread:g}"
    profile = entry.arrival_profile_30min or ()
    if any(share < 0 for share in profile) or not any(profile):
        yield "arrival_profile_30min: expected shares of 0 or more, some above 0"
    delay = entry.return_delay_min
    if delay is not None and not 0 <= delay[0] <= delay[1]:
        yield f"return_delay_min: expected two minutes in order, got {delay[0]:g} and {delay[1]:g}"
    for factor in entry.level_slowdown or ():
        if factor <= 0:
            yield f"level_slowdown: expected factors above 0, got {factor:g}"
    if entry.visitors_per_day is not None and entry.visitors_per_day < 0:
        yield f"visitors_per_day: expected 0 or more, got {entry.visitors_per_day:g}"


def _counters(entry: CentreEntry) -> Iterator[str]:
    active, trained, names = entry.active or (), entry.trained or (), entry.fields or ()
    yield from _as_many("trained", "lists of fields", trained, active, "counter")
    for key, lists in (("active", active), ("trained", trained)):
        for number, own in enumerate(lists, 1):
            for name in own:
                if name not in names:
                    known = ", ".join(names)
                    yield f"{key}: counter {number}: expected a field of {known}, got {name!r}"
    yield from _clerks(entry)


def _clerks(entry: CentreEntry) -> Iterator[str]:
    active, factors, breaks = entry.active or (), entry.clerk_factor, entry.breaks
    if factors is not None:
        yield from _as_many("clerk_factor", "numbers", factors, active, "counter")
        for factor in factors:
            if factor <= 0:
                yield f"clerk_factor: expected factors above 0, got {factor:g}"
    if breaks is None:
        return
    yield from _as_many("breaks", "lists of breaks", breaks, active, "counter")
    for number, spans in enumerate(breaks, 1):
        for begins, ends in spans:
            if not 0 <= begins < ends <= DAY_MIN:
                told = f"a break that ends after it begins, got {begins:g} to {ends:g}"
                yield f"breaks: counter {number}: expected {told}"


def _days(entry: CentreEntry) -> Iterator[str]:
    names, counters = entry.fields or (), len(entry.active or ())
    if not entry.scenarios and entry.visitors_per_day is None:
        yield "visitors_per_day: expected visits a day, or the field 'scenarios', got nothing"
    for key, day in (entry.scenarios or {}).items():
        where = f"scenarios.{key}"
        if day.n < 0:
            yield f"{where}: expected 0 visits a day or more, got {day.n:g}"
        for index in day.counters or ():
            if not 0 <= index < counters:
                yield f"{where}: expected counters from 0 to {counters - 1}, got {index}"
        for name, factor in day.surge.items():
            if name not in names:
                yield f"{where}: expected a surge of {', '.join(names)}, got {name!r}"
            if factor < 0:
                yield f"{where}: expected a surge of 0 or more, got {factor:g}"


def _as_many(
    key: str, what: str, given: Sequence[object], known: Sequence[object], of: str
) -> Iterator[str]:
    if len(given) != len(known):
        yield f"{key}: expected {len(known)} {what}, one for each {of}, got {len(given)}"


def _not_negative(key: str, numbers: Sequence[float]) -> Iterator[str]:
    for number in numbers:
        if number < 0:
            yield f"{key}: expected numbers of 0 or more, got {number:g}"
