"""The local register: dossiers opened here, the people they belong to, failed hand-overs.

The journal knows a person only by a reference; name and phone are here alone, so that they can
be erased. `save_person` comes before the commit that names the reference; a crash in between
leaves an orphan, which `sweep_orphans` removes. Every call blocks and may raise
`DatabaseUnavailable`.
"""

import secrets
from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any, Final

import msgspec
from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Row,
    delete,
    exists,
    insert,
    select,
    update,
)

from queue_server.archive.database import insert_once, reading, writing
from queue_server.archive.tables import DEAD_LETTERS, DOSSIERS, PERSONS
from queue_server.core.errors import QueueError, UnknownName
from queue_server.core.events import DossierOpened
from queue_server.core.identifiers import CentreId, DossierCode, PersonRef, StaffId
from queue_server.intake.dossier import DeadLetter, Dossier, Person, tidied
from queue_server.intake.dossier_code import is_valid

_ROWS_AT_ONCE: Final = 500
"""References in one statement; SQLite takes at least 999 values."""


class DossierCodeTaken(QueueError):
    """Another centre or ticket has the code: two centres share one agency identifier."""

    code = "dossier_code_taken"


class Register:
    """The register in one database. Safe to share between threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    # -- dossiers --

    def open_dossier(
        self,
        event: DossierOpened,
        *,
        centre: CentreId,
        day: date,
        procedure_name: str,
        staff: StaffId | None,
    ) -> Dossier:
        """Enter the dossier, once: the same event again changes nothing, not even a void.

        Args:
            event: As the journal has it.
            centre: Whose journal it is.
            day: Local date of receipt.
            procedure_name: As it is called today, in the centre's first language.
            staff: Who received it.

        Returns:
            What the register holds now.

        Raises:
            DossierCodeTaken: The code belongs to a dossier of another centre or ticket.
        """
        row = _row(event) | {"centre": centre, "day": day, "received_by": staff}
        row["procedure_name"] = procedure_name
        with writing(self._engine) as connection:
            insert_once(connection, DOSSIERS, row)
            held = _dossier(connection, event.code)
        if (held.centre, held.ticket) != (centre, event.ticket):
            message = (
                f"expected {event.code} to be new, got one of centre {held.centre}: "
                "check that every centre has its own agency identifier"
            )
            raise DossierCodeTaken(message, dossier=event.code, centre=held.centre)
        return held

    def void(self, code: DossierCode) -> None:
        """Mark the dossier as opened by mistake; its code is never used again.

        Raises:
            UnknownName: No such dossier.
        """
        with writing(self._engine) as connection:
            change = update(DOSSIERS).where(DOSSIERS.c.code == code).values(state="voided")
            if connection.execute(change).rowcount == 0:
                raise _unknown(code)

    def dossier(self, code: DossierCode) -> Dossier:
        """The dossier with this code, which may be anything that somebody typed.

        Raises:
            UnknownName: No such dossier.
        """
        if not is_valid(code):
            raise _unknown(code)
        with reading(self._engine) as connection:
            return _dossier(connection, code)

    def dossiers_of_day(self, centre: CentreId, day: date) -> tuple[Dossier, ...]:
        """What the centre received on a local date, voided ones too, in order of receipt."""
        chosen = (DOSSIERS.c.centre == centre) & (DOSSIERS.c.day == day)
        query = select(DOSSIERS).where(chosen).order_by(DOSSIERS.c.received_at, DOSSIERS.c.code)
        with reading(self._engine) as connection:
            return tuple(_from_row(row) for row in connection.execute(query))

    # -- people --

    def save_person(
        self, centre: CentreId, person: Person, *, now: datetime, keep_for: timedelta
    ) -> PersonRef:
        """Keep name and phone under a new random reference; durable when this returns.

        Raises:
            InvalidValue: The name or the phone cannot be one.
        """
        row = msgspec.structs.asdict(tidied(person))
        reference = PersonRef(secrets.token_hex(16))
        row |= {"person_ref": reference, "centre": centre}
        row |= {"created_at": now, "erase_after": now + keep_for}
        with writing(self._engine) as connection:
            connection.execute(insert(PERSONS).values(**row))
        return reference

    def person(self, reference: PersonRef) -> Person | None:
        """Name and phone; None when they were erased."""
        query = select(PERSONS.c.name, PERSONS.c.phone, PERSONS.c.has_consented)
        with reading(self._engine) as connection:
            found = connection.execute(query.where(PERSONS.c.person_ref == reference))
            row = found.mappings().first()
        return None if row is None else Person(**row)

    def erase_person(self, reference: PersonRef) -> bool:
        """Erase name and phone; False when nothing was there."""
        return self._erase(PERSONS.c.person_ref == reference) == 1

    def erase_overdue(self, now: datetime) -> int:
        """Erase everybody whose time of keeping has passed; how many they were."""
        return self._erase(PERSONS.c.erase_after <= now)

    def sweep_orphans(
        self, centre: CentreId, known: Collection[PersonRef], older_than: datetime
    ) -> int:
        """Erase people of the centre whom neither its journal nor a dossier names.

        Args:
            centre: Only its people are looked at.
            known: References in the state of the centre.
            older_than: Leaves alone whom a commit under way may still name; minutes before now.

        Returns:
            How many were erased.
        """
        has_dossier = exists().where(DOSSIERS.c.person_ref == PERSONS.c.person_ref)
        chosen = (PERSONS.c.centre == centre) & (PERSONS.c.created_at < older_than) & ~has_dossier
        with reading(self._engine) as connection:
            unnamed = connection.execute(select(PERSONS.c.person_ref).where(chosen)).scalars()
            orphans = sorted(set(unnamed).difference(known))
        parts = range(0, len(orphans), _ROWS_AT_ONCE)
        return sum(
            self._erase(PERSONS.c.person_ref.in_(orphans[part : part + _ROWS_AT_ONCE]))
            for part in parts
        )

    def _erase(self, chosen: ColumnElement[bool]) -> int:
        with writing(self._engine) as connection:
            return connection.execute(delete(PERSONS).where(chosen)).rowcount

    # -- hand-overs that failed --

    def bury(self, letter: DeadLetter) -> None:
        """Keep a hand-over that was given up; a later failure of the same one replaces it."""
        row = msgspec.structs.asdict(letter)
        with writing(self._engine) as connection:
            connection.execute(delete(DEAD_LETTERS).where(_letter(letter.dossier, letter.system)))
            connection.execute(insert(DEAD_LETTERS).values(**row))

    def dead_letters(self, centre: CentreId | None = None) -> tuple[DeadLetter, ...]:
        """Hand-overs that wait for somebody, oldest first; of every centre with None."""
        query = select(DEAD_LETTERS).where(DEAD_LETTERS.c.requeued_at.is_(None))
        if centre is not None:
            query = query.where(DEAD_LETTERS.c.centre == centre)
        query = query.order_by(DEAD_LETTERS.c.at, DEAD_LETTERS.c.dossier)
        with reading(self._engine) as connection:
            return tuple(DeadLetter(**row) for row in connection.execute(query).mappings())

    def requeue(self, code: DossierCode, system: str, now: datetime) -> bool:
        """Mark that the hand-over is tried again; False when it does not wait (any more)."""
        waits = _letter(code, system) & DEAD_LETTERS.c.requeued_at.is_(None)
        with writing(self._engine) as connection:
            change = update(DEAD_LETTERS).where(waits).values(requeued_at=now)
            return connection.execute(change).rowcount == 1


def _row(event: DossierOpened) -> dict[str, Any]:
    return {
        "code": event.code,
        "ticket": event.ticket,
        "procedure": event.procedure,
        "received_at": event.received_at,
        "due_at": event.due_at,
        "term": msgspec.to_builtins(event.term),
        "components": msgspec.to_builtins(event.components),
        "sets": event.sets,
        "person_ref": event.person,
        "return_by": event.return_by,
        # PostgreSQL takes every character but this one.
        "note": event.note.replace("\0", ""),
        "state": "open",
        "counter": event.counter,
    }


def _dossier(connection: Connection, code: DossierCode) -> Dossier:
    row = connection.execute(select(DOSSIERS).where(DOSSIERS.c.code == code)).first()
    if row is None:
        raise _unknown(code)
    return _from_row(row)


def _from_row(row: Row[Any]) -> Dossier:
    return msgspec.convert(row, Dossier, from_attributes=True)


def _unknown(code: DossierCode) -> UnknownName:
    return UnknownName(f"expected the code of a dossier opened here, got {code!r}", dossier=code)


def _letter(code: DossierCode, system: str) -> ColumnElement[bool]:
    return (DEAD_LETTERS.c.dossier == code) & (DEAD_LETTERS.c.system == system)
