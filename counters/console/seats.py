"""The view `seats`: which counters are free, and where each member of staff sits."""

from msgspec import Struct

from counters.console.view import may_watch
from queue_server.core.centre import Centre
from queue_server.core.configuration import Texts
from queue_server.core.counter import Availability, CounterState
from queue_server.core.identifiers import CounterId, FieldId, ProcedureCode, StaffId
from queue_server.hub.outlook import Outlook
from queue_server.hub.views import ViewKind


class Seat(Struct, frozen=True, kw_only=True):
    """A counter and who sits there."""

    id: CounterId
    number: str
    name: Texts
    zone: Texts
    fields: tuple[Texts, ...]
    """What it serves first of all."""
    staff: StaffId | None
    staff_name: str
    is_free: bool
    """Nobody sits there, or whoever did is gone."""
    availability: Availability
    serves_fields: tuple[FieldId, ...]
    serves_procedures: tuple[ProcedureCode, ...]
    """Single procedures, of other fields too."""


class Seats(Struct, frozen=True, kw_only=True):
    """All counters of a centre; none while the centre has no configuration."""

    is_configured: bool
    is_day_open: bool
    counters: tuple[Seat, ...]


def seats(centre: Centre, _: str, __: Outlook) -> Seats:
    """Every counter that is configured, in the configured order."""
    if centre.configuration is None:
        return Seats(is_configured=False, is_day_open=False, counters=())
    return Seats(
        is_configured=True,
        is_day_open=centre.day is not None and centre.day.is_open,
        counters=tuple(
            _seat(centre, counter) for counter in centre.counters.values() if not counter.is_retired
        ),
    )


def _seat(centre: Centre, counter: CounterState) -> Seat:
    facts = centre.counter_facts(counter.id)
    zone = centre.facts.zones.get(facts.zone)
    primary = [field for field, level in counter.profile.fields.items() if level == "primary"]
    return Seat(
        id=counter.id,
        number=facts.number,
        name=facts.name,
        zone={} if zone is None else zone.name,
        fields=tuple(centre.field(field).name for field in primary),
        staff=counter.staff,
        staff_name=counter.staff_name,
        is_free=counter.staff is None or counter.is_silent,
        availability=counter.availability,
        serves_fields=tuple(counter.profile.fields),
        serves_procedures=tuple(counter.profile.procedures),
    )


KIND = ViewKind(name="seats", compute=seats, may_watch=may_watch)
