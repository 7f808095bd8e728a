"""The book of appointments in the database. Calls block; who serves requests uses a thread."""

from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Connection, Engine, Row, insert, select, update
from sqlalchemy.exc import IntegrityError

from queue_server.appointments.appointment import Appointment, new_code
from queue_server.appointments.slots import require_slot
from queue_server.archive.database import reading, writing
from queue_server.archive.tables import APPOINTMENTS
from queue_server.core.configuration import CentreConfiguration
from queue_server.core.errors import Contended, UnknownName
from queue_server.core.identifiers import CentreId, FieldId, TicketId

_TRIES: Final = 20
_VALUES: Final = [APPOINTMENTS.c[name] for name in Appointment.__struct_fields__]


class AppointmentBook:
    """Every centre's appointments. Safe to share between threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def enter(
        self, wanted: Appointment, phone_key: str | None, facts: CentreConfiguration, now: datetime
    ) -> Appointment:
        """Book, with a code of its own; the half hour's room is checked in the same transaction.

        Args:
            wanted: What is booked; its code is replaced.
            phone_key: Keyed hash of the citizen's phone number.
            facts: The centre, for hours and limits.
            now: Present.

        Raises:
            InvalidValue: It cannot be booked at that instant.
            FieldFull: The half hour has no room.
        """
        for _ in range(_TRIES):
            coded = _with_code(wanted, new_code())
            try:
                with writing(self._engine) as connection:
                    taken = _instants(connection, wanted.centre, wanted.field, wanted.day)
                    require_slot(facts, facts.fields[wanted.field], wanted.at, taken, now)
                    row = {name: getattr(coded, name) for name in Appointment.__struct_fields__}
                    connection.execute(insert(APPOINTMENTS).values(**row, phone_key=phone_key))
            except IntegrityError:
                continue  # another of the day has the code
            return coded
        message = f"expected a free code for {wanted.day}, found none in {_TRIES} tries; try again"
        raise Contended(message)

    def instants(self, centre: CentreId, field: FieldId, day: date) -> list[datetime]:
        """Instants of the field's appointments of that day."""
        with reading(self._engine) as connection:
            return _instants(connection, centre, field, day)

    def of_day(self, centre: CentreId, day: date) -> tuple[Appointment, ...]:
        """The day's appointments in order, cancelled ones too."""
        chosen = (APPOINTMENTS.c.centre == centre) & (APPOINTMENTS.c.day == day)
        query = select(*_VALUES).where(chosen).order_by(APPOINTMENTS.c.at, APPOINTMENTS.c.code)
        with reading(self._engine) as connection:
            return tuple(_from_row(row) for row in connection.execute(query))

    def find(
        self,
        centre: CentreId,
        day: date,
        *,
        id: TicketId | None = None,  # noqa: A002
        code: str | None = None,
        phone_key: str | None = None,
    ) -> tuple[Appointment, ...]:
        """The day's appointments with that id, code or phone number, in order of their hours."""
        chosen = (APPOINTMENTS.c.centre == centre) & (APPOINTMENTS.c.day == day)
        chosen &= APPOINTMENTS.c.is_cancelled.is_(False)
        for column, value in (
            (APPOINTMENTS.c.id, id),
            (APPOINTMENTS.c.code, code),
            (APPOINTMENTS.c.phone_key, phone_key),
        ):
            if value is not None:
                chosen &= column == value
        query = select(*_VALUES).where(chosen).order_by(APPOINTMENTS.c.at)
        with reading(self._engine) as connection:
            return tuple(_from_row(row) for row in connection.execute(query))

    def cancel(self, centre: CentreId, id: TicketId) -> Appointment:  # noqa: A002
        """Take it off the book.

        Raises:
            UnknownName: There is none with that id.
        """
        chosen = (APPOINTMENTS.c.centre == centre) & (APPOINTMENTS.c.id == id)
        with writing(self._engine) as connection:
            change = update(APPOINTMENTS).where(chosen).values(is_cancelled=True)
            connection.execute(change)
            row = connection.execute(select(*_VALUES).where(chosen)).first()
        if row is None:
            message = f"expected an appointment of {centre}, got {id}"
            raise UnknownName(message, kind="appointment", name=id)
        return _from_row(row)


def _instants(
    connection: Connection, centre: CentreId, field: FieldId, day: date
) -> list[datetime]:
    table = APPOINTMENTS.c
    chosen = (table.centre == centre) & (table.field == field) & (table.day == day)
    query = select(table.at).where(chosen, table.is_cancelled.is_(False))
    return list(connection.execute(query).scalars())


def _with_code(wanted: Appointment, code: str) -> Appointment:
    values = {name: getattr(wanted, name) for name in Appointment.__struct_fields__}
    return Appointment(**{**values, "code": code})


def _from_row(row: Row[Any]) -> Appointment:
    return Appointment(**row._mapping)  # noqa: SLF001  # public by documentation
