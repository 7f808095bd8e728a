"""What the register holds: dossiers, the people they belong to, hand-overs that failed."""

import re
import unicodedata
from datetime import date, datetime
from typing import Final, Literal

from msgspec import Struct, structs

from queue_server.core.configuration import Term
from queue_server.core.errors import InvalidValue
from queue_server.core.events import Component
from queue_server.core.identifiers import (
    CentreId,
    CounterId,
    DossierCode,
    PersonRef,
    ProcedureCode,
    StaffId,
    TicketId,
)

LONGEST_NAME: Final = 200
_PHONE: Final = re.compile(r"\+?[0-9]{8,15}")
_PHONE_MARKS: Final = str.maketrans("", "", " .-()")


class Dossier(Struct, frozen=True, kw_only=True):
    """A dossier opened at a counter of this centre."""

    code: DossierCode
    centre: CentreId
    day: date
    """Local date of receipt, the date in the code."""
    ticket: TicketId
    procedure: ProcedureCode
    procedure_name: str
    """As it was called at receipt, in the centre's first language."""
    received_at: datetime
    due_at: datetime | None
    """None when the procedure's term is not known."""
    term: Term | None
    """What the due time was counted from."""
    components: tuple[Component, ...]
    sets: int
    person_ref: PersonRef | None
    """Stays when the person is erased."""
    return_by: Literal["counter", "post", "online"]
    note: str
    state: Literal["open", "voided"]
    received_by: StaffId | None
    counter: CounterId


class Person(Struct, frozen=True, kw_only=True):
    """The person a dossier belongs to. Kept in the register alone and erasable."""

    name: str
    phone: str | None = None
    has_consented: bool = False
    """Agreed that name and phone go to the dossier system. Silence is not consent."""


class DeadLetter(Struct, frozen=True, kw_only=True):
    """A hand-over that was given up and waits for somebody to look at it."""

    dossier: DossierCode
    system: str
    centre: CentreId
    attempts: int
    last_error: str
    at: datetime
    requeued_at: datetime | None = None


def tidied(person: Person) -> Person:
    """`person` with spaces and marks put right.

    Raises:
        InvalidValue: The name is empty, too long or unprintable, or the phone is no number. The
            message never repeats either of them, since messages are logged.
    """
    name = " ".join(unicodedata.normalize("NFC", person.name).split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        message = f"expected a name of 1 to {LONGEST_NAME} letters, got {len(name)} characters"
        raise InvalidValue(message)
    phone = (person.phone or "").translate(_PHONE_MARKS) or None
    if phone and not _PHONE.fullmatch(phone):
        raise InvalidValue("expected a phone number of 8 to 15 digits, got something else")
    return structs.replace(person, name=name, phone=phone)
