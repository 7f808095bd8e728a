"""Reads scenario files: JSON with the fields of ``config/scenarios/bench_centre.json``.

One file may hold one centre, several days of it (``scenarios``) or several centres (``centres``).
Whatever a file leaves out is as in the bench centre. docs/reference/scenario-file.md has every
field with its unit.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from itertools import cycle, islice
from typing import Final
from unicodedata import normalize

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from counters.simulation.scenario import FieldLoad, Post, ProcedureLoad, Scenario, Span
from counters.simulation.scenario_check import problems_of
from counters.simulation.scenario_times import MINUTE_S, clock_s
from queue_server.core.configuration import Level
from queue_server.core.errors import InvalidValue
from queue_server.core.identifiers import CounterId, FieldId, ProcedureCode

Numbers = tuple[float, ...]
Names = tuple[str, ...]


class DayEntry(Struct, frozen=True, kw_only=True):
    """One of the file's ``scenarios``: which day of the centre."""

    n: float
    """Expected visits a day."""
    counters: tuple[int, ...] | None = None
    """Which counters are open, counted from 0 in the order of the file; None for all."""
    surge: Mapping[str, float] = {}
    """Times as many visits of a field as usual."""


class CentreEntry(Struct, frozen=True, kw_only=True):
    """A scenario file as it is written. None: as in the bench centre. Times in minutes."""

    name: str | None = None
    note: str | None = None
    visitors_per_day: float | None = None
    open: str | None = None
    last_ticket: str | None = None
    close: str | None = None
    fields: Names | None = None
    procedure_means_min: tuple[Numbers, ...] | None = None
    service_cv: float | None = None
    field_share: Numbers | None = None
    within_field_share: tuple[float | Numbers, ...] | None = None
    arrival_profile_30min: Numbers | None = None
    day_gamma_cv: float | None = None
    field_gamma_cv: float | None = None
    p_appointment: float | None = None
    p_priority: float | None = None
    p_noshow: float | None = None
    p_return_after_noshow: float | None = None
    return_delay_min: tuple[float, float] | None = None
    noshow_desk_min: float | None = None
    p_transfer: float | None = None
    p_transfer_other_field: float | None = None
    active: tuple[Names, ...] | None = None
    trained: tuple[Names, ...] | None = None
    level_slowdown: tuple[float, float, float] | None = None
    clerk_factor: Numbers | None = None
    breaks: tuple[tuple[tuple[float, float], ...], ...] | None = None
    scenarios: Mapping[str, DayEntry] | None = None
    centres: "tuple[CentreEntry, ...] | None" = None


KEYS: Final = CentreEntry.__struct_fields__


def scenarios_of(
    content: bytes, bench: bytes | None = None, name: str = ""
) -> tuple[Scenario, ...]:
    """Every scenario of a file, at least one.

    Args:
        content: The file.
        bench: The bench centre's file, for what this one leaves out; None when nothing may be.
        name: What to call a centre that has no name.

    Raises:
        InvalidValue: The file cannot be used; the message has a line for each problem.
    """
    entry = _decoded(content)
    usual = _decoded(bench) if bench is not None else CentreEntry()
    usual = replace(usual, scenarios=None, centres=None, name=None)
    return tuple(_all_of(entry, usual, name))


def _all_of(entry: CentreEntry, usual: CentreEntry, name: str) -> Iterator[Scenario]:
    if entry.centres is not None:
        shared = _filled(replace(entry, centres=None), usual)
        for index, each in enumerate(entry.centres):
            yield from _all_of(each, shared, f"{name or 'centre'}-{index:02d}")
        return
    own_name = entry.name or name or "scenario"
    filled = _filled(entry, usual)
    problems = problems_of(filled)
    if problems:
        raise InvalidValue("\n".join(f"{own_name}: {problem}" for problem in problems))
    if not filled.scenarios:
        yield _scenario(filled, own_name, DayEntry(n=filled.visitors_per_day or 0))
        return
    for key, day in filled.scenarios.items():
        yield _scenario(filled, key, day)


def _decoded(content: bytes) -> CentreEntry:
    try:
        raw = msgspec.json.decode(content)
    except msgspec.DecodeError as error:
        message = f"expected a scenario file in JSON: {error}"
        raise InvalidValue(message) from None
    if not isinstance(raw, dict):
        message = f"expected a scenario file: an object with fields, got {type(raw).__name__}"
        raise InvalidValue(message)
    _refuse_misspelt(raw)
    try:
        return msgspec.convert(raw, CentreEntry)
    except msgspec.ValidationError as error:
        message = f"a scenario file that does not fit: {error}"
        raise InvalidValue(message) from None


def _refuse_misspelt(raw: Mapping[str, object]) -> None:
    """Notes of one's own are welcome; a name that is nearly one of ours is a mistake."""
    for key in raw:
        near = get_close_matches(key, KEYS, n=1, cutoff=0.8)
        if key not in KEYS and near:
            message = f"expected the field {near[0]!r}, got {key!r}"
            raise InvalidValue(message)


def _filled(entry: CentreEntry, usual: CentreEntry) -> CentreEntry:
    """The entry with the usual in place of what it leaves out.

    What belongs to each counter is taken over only where the number of counters is the same;
    breaks take turns.
    """
    given = {key: getattr(entry, key) for key in KEYS}
    filled = {
        key: value if value is not None else getattr(usual, key) for key, value in given.items()
    }
    if entry.fields is not None and entry.procedure_means_min is None:
        filled["procedure_means_min"] = None
    counters = len(filled["active"] or filled["trained"] or ())
    if entry.trained is None and entry.active is not None:
        filled["trained"] = entry.active
    if entry.active is None and entry.trained is not None:
        filled["active"] = tuple(names[:1] for names in entry.trained)
    if entry.clerk_factor is None and len(filled["clerk_factor"] or ()) != counters:
        filled["clerk_factor"] = (1.0,) * counters
    if entry.breaks is None and filled["breaks"] and len(filled["breaks"]) != counters:
        filled["breaks"] = tuple(islice(cycle(filled["breaks"]), counters))
    return CentreEntry(**filled)


def _scenario(entry: CentreEntry, name: str, day: DayEntry) -> Scenario:
    """The checked entry as a scenario in seconds."""
    slowdown = entry.level_slowdown or (1.0, 1.0, 1.0)
    profile = entry.arrival_profile_30min or ()
    total = sum(profile)
    numbers = {
        "service_cv": entry.service_cv,
        "day_cv": entry.day_gamma_cv,
        "field_cv": entry.field_gamma_cv,
        "p_appointment": entry.p_appointment,
        "p_priority": entry.p_priority,
        "p_noshow": entry.p_noshow,
        "p_return": entry.p_return_after_noshow,
        "noshow_s": None if entry.noshow_desk_min is None else entry.noshow_desk_min * MINUTE_S,
        "return_delay_s": _seconds(entry.return_delay_min) if entry.return_delay_min else None,
        "p_transfer": entry.p_transfer,
        "p_transfer_other_field": entry.p_transfer_other_field,
    }
    return Scenario(
        name=name,
        opens_s=clock_s(entry.open or "07:30"),
        last_ticket_s=clock_s(entry.last_ticket or "16:30"),
        closes_s=clock_s(entry.close or "17:00"),
        fields=tuple(_fields(entry, day)),
        posts=tuple(_posts(entry, day)),
        profile=tuple(share / total for share in profile),
        slowdown=dict(zip(Level, slowdown, strict=True)),
        **{key: value for key, value in numbers.items() if value is not None},  # type: ignore[arg-type]
    )


def _fields(entry: CentreEntry, day: DayEntry) -> Iterator[FieldLoad]:
    names, means = entry.fields or (), entry.procedure_means_min or ()
    shares = entry.field_share or ()
    for index, name in enumerate(names):
        field = field_id(name)
        within = _within(entry.within_field_share or (), index, len(means[index]))
        procedures = tuple(
            ProcedureLoad(procedure_code(field, number), field, mean * MINUTE_S, share)
            for number, (mean, share) in enumerate(zip(means[index], within, strict=True), 1)
        )
        visits = day.n * shares[index] * day.surge.get(name, 1.0)
        yield FieldLoad(field, visits, procedures)


def _within(given: Sequence[object], index: int, count: int) -> list[float]:
    """Shares of a field's procedures, made to add up to 1: of all fields alike or of each."""
    row = given[index] if given and isinstance(given[0], (list, tuple)) else given
    shares = [float(share) for share in row]  # type: ignore[attr-defined]
    shares = shares[:count] if len(shares) >= count else [1.0] * count
    return [share / sum(shares) for share in shares]


def _posts(entry: CentreEntry, day: DayEntry) -> Iterator[Post]:
    active, trained = entry.active or (), entry.trained or ()
    factors, breaks = entry.clerk_factor or (), entry.breaks or ((),) * len(active)
    for index, (own, all_own) in enumerate(zip(active, trained, strict=True)):
        yield Post(
            id=CounterId(str(index + 1)),
            active=tuple(field_id(name) for name in own),
            trained=tuple(field_id(name) for name in all_own),
            clerk_factor=factors[index],
            breaks=tuple(_seconds(span) for span in sorted(breaks[index])),
            is_open=day.counters is None or index in day.counters,
        )


def field_id(name: str) -> FieldId:
    """The name as an identifier: ``Land use`` is ``land-use``."""
    plain = normalize("NFKD", name.lower().replace("đ", "d")).encode("ascii", "ignore").decode()
    return FieldId(re.sub(r"[^a-z0-9_-]+", "-", plain).strip("-_")[:40] or "field")


def procedure_code(field: FieldId, number: int) -> ProcedureCode:
    """The code of a field's n-th procedure."""
    return ProcedureCode(f"simulated.{field.replace('_', '-')}-{number}")


def _seconds(span: Span) -> Span:
    return span[0] * MINUTE_S, span[1] * MINUTE_S
