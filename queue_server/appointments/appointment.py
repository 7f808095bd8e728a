"""An appointment as a value, and the code a citizen types when they arrive."""

import re
import secrets
from datetime import date, datetime
from typing import Final

from msgspec import Struct

from queue_server.core import commands as c
from queue_server.core.errors import InvalidValue
from queue_server.core.identifiers import CentreId, FieldId, Language, ProcedureCode, TicketId
from queue_server.core.ticket import Channel

CODE_DIGITS: Final = 6
"""Digits alone, for a keypad. They open nothing personal and are good for one day."""
_CODE: Final = re.compile(rf"\d{{{CODE_DIGITS}}}")
_TICKET: Final = re.compile(r"[0-9a-f]{32}")
_PHONE: Final = re.compile(r"[0-9]{8,15}")


class Appointment(Struct, frozen=True, kw_only=True):
    """A visit booked for an instant. Who it is for is not known, unless by a hash of a phone."""

    id: TicketId
    """Id of the ticket it becomes on its day."""
    code: str
    centre: CentreId
    day: date
    """Local date of the visit."""
    at: datetime
    procedure: ProcedureCode
    field: FieldId
    language: Language
    dossiers: int
    booked_at: datetime
    is_cancelled: bool = False


class Arrival(Struct, frozen=True):
    """What somebody typed or scanned on arrival: one of three."""

    ticket: TicketId | None = None
    code: str | None = None
    phone: str | None = None


def issue_command(appointment: Appointment) -> c.IssueTicket:
    """The command that makes the appointment a booked ticket of its day."""
    return c.IssueTicket(
        ticket=appointment.id,
        procedure=appointment.procedure,
        language=appointment.language,
        channel=Channel.APPOINTMENT,
        dossiers=appointment.dossiers,
        appointment_at=appointment.at,
        print_slip=False,
    )


def new_code() -> str:
    """A code at random; whoever books sees to it that no other of the day has it."""
    return f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"


def arrival_of(text: str) -> Arrival:
    """Tell apart a scanned address of a ticket, an appointment's code and a phone number.

    Raises:
        InvalidValue: It is none of them. The text is not repeated: it may be a phone number.
    """
    whole = text.strip()
    if found := _TICKET.search(whole.casefold()):
        return Arrival(ticket=TicketId(found.group()))
    digits = re.sub(r"[\s.\-()]", "", whole)
    if _CODE.fullmatch(digits):
        return Arrival(code=digits)
    if (phone := plain_phone(digits)) is not None:
        return Arrival(phone=phone)
    message = f"expected a code of {CODE_DIGITS} digits, a phone number or a scanned QR code"
    raise InvalidValue(message)


def plain_phone(text: str) -> str | None:
    """A phone number in one form, so that +84 912… and 0912… are the same; None if it is none."""
    digits = re.sub(r"[\s.\-()]", "", text)
    if digits.startswith(("+84", "0084")):
        digits = "0" + digits.removeprefix("+84").removeprefix("0084")
    digits = digits.removeprefix("+")
    return digits if _PHONE.fullmatch(digits) else None
