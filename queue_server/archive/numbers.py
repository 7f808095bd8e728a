"""Which number a ticket of a past day had."""

from datetime import date

from sqlalchemy import Engine, select

from queue_server.archive.database import reading
from queue_server.archive.tables import VISITS
from queue_server.core.identifiers import CentreId, TicketId, TicketNumber


def ticket_numbers(engine: Engine, centre: CentreId, day: date) -> dict[TicketId, TicketNumber]:
    """Number of every ticket of the day, by its id; blocks."""
    chosen = (VISITS.c.centre == centre) & (VISITS.c.day == day)
    query = select(VISITS.c.ticket, VISITS.c.number).where(chosen)
    with reading(engine) as connection:
        rows = connection.execute(query)
        return {TicketId(row.ticket): TicketNumber(row.number) for row in rows}
