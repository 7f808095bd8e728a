"""The sample centre with four dossiers of today and one of Friday."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, insert

from queue_server.archive.database import open_database, writing
from queue_server.archive.migrate import migrate
from queue_server.archive.tables import VISITS
from queue_server.core import commands as c
from queue_server.core.events import DossierOpened
from queue_server.core.identifiers import (
    CentreId,
    CounterId,
    DossierCode,
    PersonRef,
    StaffId,
    TicketId,
)
from queue_server.core.ticket import Outcome
from queue_server.intake.dossier import Person
from queue_server.intake.register import Register
from tests.support.centres import BIRTH, MORNING
from tests.support.live_servers import LiveServer
from tests.support.staff_pages import open_as

__all__ = ["BROKEN", "FRIDAY", "live_server", "open_as"]

CENTRE = CentreId("an-binh")
FRIDAY = date(2026, 11, 20)
FRIDAYS = DossierCode("H26.12-261120-0007")
BROKEN = "expected 2xx, got 422 from the dossier system"


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_database(f"sqlite:///{tmp_path / 'queue.sqlite3'}")
    migrate(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def live_server(tmp_path: Path, engine: Engine) -> Iterator[LiveServer]:
    """Four accepted dossiers: one just accepted, one sent, two that failed."""
    register = Register(engine)
    _friday(register, engine)
    state = {"register": register, "engine": engine}
    with LiveServer(tmp_path, waiting=24, state=state) as server:
        for counter in list(server.configuration.counters)[2:6]:
            _accept(server, counter)
        codes = list(_dossiers(server))
        for code, result in zip(codes[1:], ("delivered", "failed", "failed"), strict=True):
            server.do(c.ReleaseHandOver(code=code))
            detail = BROKEN if result == "failed" else ""
            server.do(
                c.RecordHandOver(code=code, result=result, system="province", detail=detail)  # type: ignore[arg-type]
            )
        server.do(c.RecordPrint(job=f"receipt-{codes[0]}-1", result="not_sent"))
        server.do(c.RecordPrint(job=f"receipt-{codes[1]}-1", result="printed"))
        yield server


def _accept(server: LiveServer, counter: CounterId) -> None:
    server.do(c.StartServing(counter=counter))
    server.do(
        c.Complete(
            counter=counter,
            outcome=Outcome.DOSSIER_ACCEPTED,
            dossiers=(c.DossierIntake(procedure=BIRTH),),
        )
    )


def _dossiers(server: LiveServer) -> list[DossierCode]:
    (replica,) = server.core.replicas.loaded()
    return list(replica.centre.dossiers)


def _friday(register: Register, engine: Engine) -> None:
    """A dossier of somebody with a name, which is nobody's business here."""
    at = MORNING - timedelta(days=3)
    person = register.save_person(
        CENTRE, Person(name="Nguyễn Văn An"), now=at, keep_for=timedelta(days=90)
    )
    register.open_dossier(
        _opened(at, person),
        centre=CENTRE,
        day=FRIDAY,
        procedure_name="Đăng ký khai sinh (tên cũ)",
        staff=StaffId("lan"),
    )
    with writing(engine) as connection:
        connection.execute(insert(VISITS).values(_visit(at)))


def _opened(at: datetime, person: PersonRef) -> DossierOpened:
    return DossierOpened(
        code=FRIDAYS,
        ticket=TicketId("e" * 32),
        counter=CounterId("counter-6"),
        procedure=BIRTH,
        received_at=at,
        due_at=at + timedelta(days=1),
        term=None,
        person=person,
    )


def _visit(at: datetime) -> dict[str, object]:
    return {
        "ticket": "e" * 32,
        "centre": CENTRE,
        "day": FRIDAY,
        "number": "A031",
        "sequence": 31,
        "field": "civil-status",
        "procedure": BIRTH,
        "channel": "kiosk",
        "language": "vi",
        "dossiers": 1,
        "issued_at": at,
        "state": "completed",
    }
