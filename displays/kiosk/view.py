"""What a kiosk watches: fields with their waits, opening hours, priority classes.

What does not change during the day (procedures, papers, terms) is in `catalogue` and is asked
for once.
"""

from collections import Counter as Count
from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct

from displays.kiosk.openings import Opening, openings_from
from queue_server.accounts.principal import Principal
from queue_server.core.centre import Centre
from queue_server.core.configuration import CentreConfiguration, Field, Texts
from queue_server.core.counter import Availability
from queue_server.core.identifiers import (
    CentreId,
    FieldId,
    KioskId,
    Language,
    PriorityClassId,
    ProcedureCode,
    ZoneId,
)
from queue_server.core.kiosk_rows import Kiosk
from queue_server.core.printing import PrinterNotice, printer_notices
from queue_server.core.ticket import Forecast
from queue_server.hub.outlook import Outlook
from queue_server.hub.views import ViewKind

WORTH_TELLING_S = 120
PACE_S = 0.5
"""A kiosk shows waits of many minutes: twice a second is live."""


class FieldTile(Struct, frozen=True, kw_only=True):
    """One field as a citizen chooses it."""

    id: FieldId
    letter: str
    name: Texts
    icon: str
    zone: Texts
    zone_id: ZoneId
    waiting: int
    forecast: Forecast | None
    quieter_from: datetime | None
    """From when on it is usually much shorter today; None to say nothing."""
    open_counters: int
    is_full: bool
    """The day's capacity is used up."""


class DeclarablePriority(Struct, frozen=True, kw_only=True):
    """A priority class that a citizen may declare at the kiosk."""

    id: PriorityClassId
    name: Texts
    basis: Texts
    proof: Texts


class KioskView(Struct, frozen=True, kw_only=True):
    """The whole kiosk; `name` is None while the centre has no configuration."""

    name: Texts | None = None
    address: Texts = {}
    hotline: str = ""
    portal: str = ""
    """Where dossiers are filed online."""
    languages: tuple[Language, ...] = ()
    is_day_open: bool = False
    openings: tuple[Opening, ...] = ()
    fields: tuple[FieldTile, ...] = ()
    forecasts: Mapping[ProcedureCode, Forecast] = {}
    """Of procedures whose wait is not their field's."""
    priorities: tuple[DeclarablePriority, ...] = ()
    reception: ProcedureCode | None = None
    """What "I do not know what I need" takes a number for."""
    takes_appointments: bool = False
    """Some field takes appointments, so somebody may arrive for one."""
    agency: str = ""
    """First part of the codes of this centre's dossiers."""
    most_dossiers: int = 1
    printers: tuple[PrinterNotice, ...] = ()
    """Printers to see to; a kiosk looks for its own before it issues a number."""
    return_within_s: int = 0
    """How long after a missed call a citizen may come back."""
    kiosks: Mapping[KioskId, Kiosk] = {}
    """What each kiosk of the centre is; the page knows which one it is."""


def kiosk(centre: Centre, _: str, outlook: Outlook) -> KioskView:
    """The kiosk of the centre; all its kiosks show the same."""
    facts = centre.configuration
    if facts is None:
        return KioskView()
    waiting = Count(centre.waiting.values())
    served = [
        counter.profile.fields_among(facts.procedures)
        for counter in centre.counters.values()
        if counter.availability is Availability.OPEN
    ]
    tiles = (
        _tile(
            field,
            zone=facts.zones[field.zone].name if field.zone in facts.zones else {},
            waiting=waiting[field.id],
            forecast=outlook.by_field.get(field.id),
            quieter_from=outlook.quieter_from.get(field.id),
            open_counters=sum(field.id in fields for fields in served),
            issued=centre.issued.get(field.id, 0),
        )
        for field in _offered(facts)
    )
    return KioskView(
        name=facts.name,
        address=facts.address,
        hotline=facts.hotline,
        portal=facts.portal,
        languages=facts.languages,
        is_day_open=centre.day is not None and centre.day.is_open,
        openings=openings_from(facts, outlook.at),
        fields=tuple(tiles),
        forecasts=_own_forecasts(facts, outlook),
        priorities=_priorities(facts),
        reception=facts.reception_procedure,
        takes_appointments=any(field.appointments_per_half_hour for field in facts.fields.values()),
        agency=facts.dossiers.agency,
        most_dossiers=facts.limits.dossiers_per_ticket,
        printers=printer_notices(facts, centre.printers),
        return_within_s=facts.limits.reinstate_within_s,
        kiosks=facts.kiosks,
    )


def _own_forecasts(facts: CentreConfiguration, outlook: Outlook) -> dict[ProcedureCode, Forecast]:
    """Procedures that are told another wait than their field, by more than is worth telling."""
    return {
        code: forecast
        for code, forecast in outlook.by_procedure.items()
        if code in facts.procedures
        if _differs(forecast, outlook.by_field.get(facts.procedures[code].field))
    }


def _differs(forecast: Forecast, usual: Forecast | None) -> bool:
    if usual is None or forecast.kind is not usual.kind:
        return True
    return abs((forecast.about_s or 0) - (usual.about_s or 0)) >= WORTH_TELLING_S


def _offered(facts: CentreConfiguration) -> list[Field]:
    """Fields that have a procedure to take a number for."""
    used = {procedure.field for procedure in facts.procedures.values()}
    return [field for field in facts.fields.values() if field.id in used]


def _tile(  # noqa: PLR0913 - each is one fact of the tile, and named
    field: Field,
    *,
    zone: Texts,
    waiting: int,
    forecast: Forecast | None,
    quieter_from: datetime | None,
    open_counters: int,
    issued: int,
) -> FieldTile:
    capacity = field.daily_capacity
    return FieldTile(
        id=field.id,
        letter=field.series.letter,
        name=field.name,
        icon=field.icon,
        zone=zone,
        zone_id=field.zone,
        waiting=waiting,
        forecast=forecast,
        quieter_from=quieter_from,
        open_counters=open_counters,
        is_full=capacity is not None and issued >= capacity,
    )


def _priorities(facts: CentreConfiguration) -> tuple[DeclarablePriority, ...]:
    return tuple(
        DeclarablePriority(id=entry.id, name=entry.name, basis=entry.basis, proof=entry.proof)
        for entry in facts.priority_classes.values()
        if entry.is_declared_at_kiosk
    )


def is_kiosk(principal: Principal, centre: CentreId) -> bool:
    """A paired kiosk of the centre."""
    is_one = principal.kind == "device" and principal.device_kind == "kiosk"
    return is_one and principal.is_of(centre)


def may_use_kiosk(principal: Principal, centre: Centre) -> bool:
    """Kiosks and staff who meet citizens; reception uses the same page on a tablet."""
    is_staff = principal.kind == "staff" and principal.is_of(centre.id)
    return is_staff or is_kiosk(principal, centre.id)


def _may_watch(principal: Principal, centre: Centre, _: str) -> bool:
    return may_use_kiosk(principal, centre)


KIND = ViewKind(name="kiosk", compute=kiosk, may_watch=_may_watch, pace_s=PACE_S)
