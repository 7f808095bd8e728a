"""In the morning the day's appointments become booked tickets: everybody reckons with them."""

import structlog

from queue_server.appointments.appointment import issue_command
from queue_server.appointments.book import AppointmentBook
from queue_server.core.errors import QueueError, StoreUnavailable
from queue_server.core.identifiers import CentreId
from queue_server.workshop import Workshop

log = structlog.get_logger()


def issue_appointments(shop: Workshop, name: CentreId) -> None:
    """Issue what is booked for the open day and was not yet; one that is refused stays alone."""
    centre = shop.centre(name)
    if centre.day is None or not centre.day.is_open:
        return
    for appointment in AppointmentBook(shop.engine).of_day(name, centre.day.date):
        if appointment.is_cancelled or appointment.id in shop.centre(name).tickets:
            continue
        try:
            shop.submit(name, issue_command(appointment))
        except StoreUnavailable:
            raise
        except QueueError as refusal:
            log.warning("an appointment got no number", at=appointment.at, reason=refusal.message)
