"""Builders of dossiers for tests."""

from datetime import UTC, date, datetime

from queue_server.core.configuration import Term, TermUnit
from queue_server.core.events import Component, DossierOpened
from queue_server.core.identifiers import (
    CentreId,
    CounterId,
    DossierCode,
    PersonRef,
    ProcedureCode,
    StaffId,
    TicketId,
    TicketNumber,
)
from queue_server.core.ticket import Outcome
from queue_server.intake.dossier import Dossier, Person
from queue_server.intake.hand_over import HandOver, hand_over_of
from queue_server.intake.register import Register

CENTRE = CentreId("an-binh")
DAY = date(2026, 11, 2)
RECEIVED_AT = datetime(2026, 11, 2, 2, 15, tzinfo=UTC)
CODE = DossierCode("H26.12-261102-0012")


def opened(
    code: str = CODE, ticket: str = "0f" * 16, person: PersonRef | None = None
) -> DossierOpened:
    return DossierOpened(
        code=DossierCode(code),
        ticket=TicketId(ticket),
        counter=CounterId("c3"),
        procedure=ProcedureCode("1.001193"),
        received_at=RECEIVED_AT,
        due_at=datetime(2026, 11, 3, 10, 0, tzinfo=UTC),
        term=Term(unit=TermUnit.WORKING_DAYS, amount=1, case={}),
        components=(Component(name="Giấy chứng sinh"), Component(name="Tờ khai", kind="form")),
        person=person,
        note="nộp thay",
    )


def enter(register: Register, event: DossierOpened, centre: CentreId = CENTRE) -> Dossier:
    return register.open_dossier(
        event,
        centre=centre,
        day=DAY,
        procedure_name="Đăng ký khai sinh",
        staff=StaffId("s1"),
    )


def hand_over(dossier: Dossier, person: Person | None = None) -> HandOver:
    return hand_over_of(
        dossier,
        person,
        ticket_number=TicketNumber("A012"),
        outcome=Outcome.DOSSIER_ACCEPTED,
    )
