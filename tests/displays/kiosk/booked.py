"""A server with something to find: one appointment of today, and one dossier."""

from datetime import timedelta
from pathlib import Path

from queue_server.appointments.appointment import Appointment
from queue_server.appointments.book import AppointmentBook
from queue_server.archive.database import open_database
from queue_server.archive.migrate import migrate
from queue_server.core.hours import local_time
from queue_server.core.identifiers import FieldId, Language, ProcedureCode, TicketId
from queue_server.intake.register import Register
from tests.intake.dossiers import enter, opened
from tests.support.centres import MORNING
from tests.support.live_servers import LiveServer

DOSSIER = "H00.000-261102-0012"


class Booked(LiveServer):
    """A server with one appointment of today and one dossier."""

    def __init__(self, folder: Path) -> None:
        self.engine = open_database(f"sqlite:///{folder / 'queue.sqlite3'}")
        migrate(self.engine)
        book, self.register = AppointmentBook(self.engine), Register(self.engine)
        super().__init__(folder, state={"appointments": book, "register": self.register})
        enter(self.register, opened(DOSSIER), self.centre)
        at = MORNING + timedelta(hours=1)
        self.appointment = book.enter(
            Appointment(
                id=TicketId("e" * 32),
                code="",
                centre=self.centre,
                day=local_time(self.configuration, at).date(),
                at=at,
                procedure=ProcedureCode("1.012783"),
                field=FieldId("land"),
                language=Language("vi"),
                dossiers=1,
                booked_at=MORNING,
            ),
            None,
            self.configuration,
            MORNING,
        )

    def __exit__(self, *_: object) -> None:
        super().__exit__()
        self.engine.dispose()
