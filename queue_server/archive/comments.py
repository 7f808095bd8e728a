"""What citizens wrote about their visits: here alone, never in the journal, and erased in time.

A sentence may name somebody. It is kept before the commit of its rating; where that commit never
came, nobody is shown the sentence, and it goes with the others.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final

from msgspec import Struct
from sqlalchemy import Engine, delete, select

from queue_server.archive.database import reading, writing
from queue_server.archive.rows import replace_rows
from queue_server.archive.tables import COMMENTS, VISITS
from queue_server.core.identifiers import CentreId, TicketId, TicketNumber

KEEP_FOR: Final = timedelta(days=90)


class Comment(Struct, frozen=True, kw_only=True):
    """One sentence, with the score it was written to."""

    ticket: TicketId
    number: TicketNumber
    field: str
    score: int
    text: str
    written_at: datetime


class Comments:
    """The sentences in one database. Calls block; safe to share between threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def save(  # what a row is made of
        self, centre: CentreId, ticket: TicketId, day: date, text: str, now: datetime
    ) -> None:
        """Keep the sentence; it replaces an earlier one of the ticket."""
        row = {
            "ticket": ticket,
            "centre": centre,
            "day": day,
            "text": text,
            "written_at": now,
            "erase_after": now + KEEP_FOR,
        }
        with writing(self._engine) as connection:
            replace_rows(connection, COMMENTS, [row])

    def of_day(self, centre: CentreId, day: date) -> Sequence[Comment]:
        """Sentences of rated visits of the day, in the order in which they were written."""
        statement = (
            select(COMMENTS, VISITS.c.number, VISITS.c.field, VISITS.c.rating)
            .join(VISITS, VISITS.c.ticket == COMMENTS.c.ticket)
            .where(COMMENTS.c.centre == centre, COMMENTS.c.day == day, VISITS.c.rating.is_not(None))
            .order_by(COMMENTS.c.written_at, COMMENTS.c.ticket)
        )
        with reading(self._engine) as connection:
            return tuple(
                Comment(
                    ticket=row.ticket,
                    number=row.number,
                    field=row.field,
                    score=row.rating,
                    text=row.text,
                    written_at=row.written_at,
                )
                for row in connection.execute(statement)
            )

    def erase(self, centre: CentreId, ticket: TicketId) -> bool:
        """Erase the sentence; False where there is none."""
        mine = (COMMENTS.c.centre == centre, COMMENTS.c.ticket == ticket)
        with writing(self._engine) as connection:
            return bool(connection.execute(delete(COMMENTS).where(*mine)).rowcount)

    def erase_overdue(self, now: datetime) -> int:
        """Erase what was kept long enough; how many that were."""
        with writing(self._engine) as connection:
            overdue = delete(COMMENTS).where(COMMENTS.c.erase_after <= now)
            return int(connection.execute(overdue).rowcount)
