"""In the morning what is booked for the day gets its numbers, once."""

from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from config.settings import read_settings
from queue_server.appointment_work import issue_appointments
from queue_server.appointments.appointment import Appointment
from queue_server.appointments.book import AppointmentBook
from queue_server.archive.migrate import migrate
from queue_server.core import commands as c
from queue_server.core.hours import local_time
from queue_server.core.identifiers import CentreId, Language, TicketId
from queue_server.core.ticket import TicketState
from queue_server.workshop import Workshop
from tests.support.centres import BIRTH, CIVIL, MORNING, small_configuration
from tests.support.clocks import HandSetClock


@pytest.mark.redis
def test_appointments_get_their_numbers_when_the_day_opens(
    tmp_path: Path, store_url: str, centre: CentreId, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = HandSetClock()
    clock.instant = MORNING - timedelta(minutes=50)
    monkeypatch.setenv("QUEUE_DATA_FOLDER", str(tmp_path))
    shop = Workshop(read_settings(), store_url, clock)
    migrate(shop.engine)
    configuration = replace(small_configuration(), id=centre)
    civil = replace(configuration.fields[CIVIL], appointments_per_half_hour=9)
    facts = replace(configuration, fields={**configuration.fields, CIVIL: civil})
    book = AppointmentBook(shop.engine)
    for hours, name in ((2, "a"), (1, "b"), (25, "c")):
        at = MORNING + timedelta(hours=hours)
        wanted = Appointment(
            id=TicketId(name * 32),
            code="",
            centre=centre,
            day=local_time(facts, at).date(),
            at=at,
            procedure=BIRTH,
            field=CIVIL,
            language=Language("vi"),
            dossiers=1,
            booked_at=clock.now(),
        )
        book.enter(wanted, None, facts, clock.now())
    shop.submit(centre, c.ApplyConfiguration(configuration=facts))
    shop.submit(centre, c.OpenDay())

    issue_appointments(shop, centre)
    issue_appointments(shop, centre)

    tickets = shop.centre(centre).tickets
    assert {ticket.id[0]: ticket.number for ticket in tickets.values()} == {
        "b": "H001",
        "a": "H002",
    }
    assert {ticket.state for ticket in tickets.values()} == {TicketState.BOOKED}
    shop.close()
