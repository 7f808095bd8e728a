"""What is handed over to a dossier system when a citizen was served, and how it may go.

The JSON of `HandOver` is the interface for whoever connects another system:

    {
      "dossier_code": "H26.12-261102-0012",     also the Idempotency-Key
      "centre": "an-binh",
      "ticket": "0f…", "ticket_number": "A012",
      "procedure": "1.001193", "procedure_name": "Đăng ký khai sinh",
      "received_at": "2026-11-02T02:15:00Z", "due_at": "2026-11-03T10:00:00Z" or null,
      "components": [{"name": "Giấy chứng sinh", "kind": "original", "copies": 1}],
      "sets": 1,
      "person": {"name": "…", "phone": "…" or null} or null,
      "return_by": "counter" | "post" | "online",
      "outcome": "dossier_accepted", "note": "",
      "staff": "s1" or null, "counter": "c3"
    }
"""

from datetime import datetime
from typing import ClassVar, Final, Literal, Protocol

from msgspec import Struct

from queue_server.core.errors import QueueError
from queue_server.core.events import Component
from queue_server.core.identifiers import (
    CentreId,
    CounterId,
    DossierCode,
    ProcedureCode,
    StaffId,
    TicketId,
    TicketNumber,
)
from queue_server.core.ticket import Outcome
from queue_server.intake.dossier import Dossier, Person

RETRY_AFTER_S: Final = (5, 15, 60, 300, 900, 1800, 3600, 7200, 14400, 28800, 43200, 86400)
"""Pauses between attempts: quick for a restart, then long enough for two days of outage."""


class HandedOverPerson(Struct, frozen=True, kw_only=True):
    """Name and phone of somebody who agreed that they are passed on."""

    name: str
    phone: str | None


class HandOver(Struct, frozen=True, kw_only=True):
    """Everything a dossier system is told about one dossier."""

    dossier_code: DossierCode
    centre: CentreId
    ticket: TicketId
    ticket_number: TicketNumber
    procedure: ProcedureCode
    procedure_name: str
    received_at: datetime
    due_at: datetime | None
    components: tuple[Component, ...]
    sets: int
    person: HandedOverPerson | None
    return_by: Literal["counter", "post", "online"]
    outcome: Outcome
    note: str
    staff: StaffId | None
    counter: CounterId


class Delivered(Struct, frozen=True, kw_only=True):
    """The dossier system has the dossier, now or from an earlier attempt."""

    system: str
    detail: str = ""


class DeliveryFailed(QueueError):
    """The dossier system did not take the dossier.

    `is_permanent`: another attempt would fail alike, somebody has to look at it. The message
    never holds what the other side wrote about the dossier, since that may name the person.
    """

    code: ClassVar[str] = "delivery_failed"

    def __init__(self, message: str, *, is_permanent: bool) -> None:
        super().__init__(message, is_permanent=is_permanent)
        self.is_permanent = is_permanent


class DossierSystem(Protocol):
    """Where dossiers go. Delivering the same one again must change nothing there."""

    @property
    def name(self) -> str:
        """What the system is called in events, dead letters and logs."""
        ...

    def deliver(self, hand_over: HandOver) -> Delivered:
        """Hand the dossier over; blocks.

        Raises:
            DeliveryFailed: It was not taken.
        """
        ...


def hand_over_of(
    dossier: Dossier, person: Person | None, *, ticket_number: TicketNumber, outcome: Outcome
) -> HandOver:
    """The hand-over of a dossier; a person who did not consent is left out."""
    named = None
    if person is not None and person.has_consented:
        named = HandedOverPerson(name=person.name, phone=person.phone)
    return HandOver(
        dossier_code=dossier.code,
        centre=dossier.centre,
        ticket=dossier.ticket,
        ticket_number=ticket_number,
        procedure=dossier.procedure,
        procedure_name=dossier.procedure_name,
        received_at=dossier.received_at,
        due_at=dossier.due_at,
        components=dossier.components,
        sets=dossier.sets,
        person=named,
        return_by=dossier.return_by,
        outcome=outcome,
        note=dossier.note,
        staff=dossier.received_by,
        counter=dossier.counter,
    )
