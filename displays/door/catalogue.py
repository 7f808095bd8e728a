"""What a number may be taken for, light enough for a phone: the names alone."""

from datetime import datetime

from msgspec import Struct

from displays.kiosk.catalogue import procedures_in_force
from queue_server.core.centre import Centre
from queue_server.core.configuration import Texts
from queue_server.core.hours import are_tickets_open, local_time, next_tickets_at
from queue_server.core.identifiers import FieldId, Language, PriorityClassId, ProcedureCode


class FieldName(Struct, frozen=True, kw_only=True):
    """One field with its procedures."""

    id: FieldId
    letter: str
    name: Texts
    icon: str
    zone: Texts
    is_full: bool
    procedures: tuple[tuple[ProcedureCode, Texts], ...]


class PriorityName(Struct, frozen=True, kw_only=True):
    """A priority class that citizens declare themselves; shown at the counter."""

    id: PriorityClassId
    name: Texts
    proof: Texts


class Catalogue(Struct, frozen=True, kw_only=True):
    """The choices, in the order in which the centre shows them."""

    languages: tuple[Language, ...]
    fields: tuple[FieldName, ...]
    priorities: tuple[PriorityName, ...]
    reception: ProcedureCode | None
    are_tickets_open: bool
    opens_at: datetime | None


def catalogue_of(centre: Centre, now: datetime) -> Catalogue:
    """What is offered at that instant."""
    facts = centre.facts
    is_open = are_tickets_open(facts, now)
    return Catalogue(
        languages=facts.languages,
        fields=_fields(centre, now),
        priorities=tuple(
            PriorityName(id=each.id, name=each.name, proof=each.proof)
            for each in facts.priority_classes.values()
            if each.is_declared_at_kiosk
        ),
        reception=facts.reception_procedure,
        are_tickets_open=is_open and centre.day is not None and centre.day.is_open,
        opens_at=None if is_open else next_tickets_at(facts, now),
    )


def _fields(centre: Centre, now: datetime) -> tuple[FieldName, ...]:
    facts = centre.facts
    today = local_time(facts, now).date()
    offered = list(procedures_in_force(facts, today))
    found = []
    for field in facts.fields.values():
        zone = facts.zones.get(field.zone)
        capacity = field.daily_capacity
        found.append(
            FieldName(
                id=field.id,
                letter=field.series.letter,
                name=field.name,
                icon=field.icon,
                zone=zone.name if zone else {},
                is_full=capacity is not None and centre.issued.get(field.id, 0) >= capacity,
                procedures=tuple(
                    (each.code, each.name) for each in offered if each.field == field.id
                ),
            )
        )
    return tuple(field for field in found if field.procedures)
