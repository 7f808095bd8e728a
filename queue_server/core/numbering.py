"""Ticket numbers: a letter and three or more digits, per field, restarting every day."""

from queue_server.core.centre import Centre
from queue_server.core.configuration import Field
from queue_server.core.errors import FieldFull, InvalidValue
from queue_server.core.identifiers import TicketNumber

DIGITS = 3
MAX_DIGITS = 9
"""More than any series has; longer ones are not even read."""


def ticket_number(letter: str, number: int) -> TicketNumber:
    """The number as it is shown: ``A012``."""
    return TicketNumber(f"{letter}{number:0{DIGITS}d}")


def next_ticket_number(centre: Centre, field: Field) -> TicketNumber:
    """The field's next free number; one that exists today is passed over.

    Raises:
        FieldFull: The series is used up.
    """
    series = field.series
    number = max(centre.next_number.get(field.id, series.first), series.first)
    while (candidate := ticket_number(series.letter, number)) in centre.numbers:
        number += 1
    if number > series.last:
        message = (
            f"series {series.letter} ends at {series.last} and is used up for today; "
            "come back on the next working day or ask reception"
        )
        raise FieldFull(message, field=field.id, capacity=series.last - series.first + 1)
    return candidate


def series_of_number(field: Field, number: TicketNumber) -> int:
    """The running number in a ticket number of the field.

    Raises:
        InvalidValue: The number is not of the field's series.
    """
    series = field.series
    digits = number.removeprefix(series.letter)
    is_number = digits.isascii() and digits.isdecimal() and len(digits) <= MAX_DIGITS
    is_as_printed = is_number and number == ticket_number(series.letter, int(digits))
    if not is_as_printed or not series.first <= int(digits) <= series.last:
        first = ticket_number(series.letter, series.first)
        last = ticket_number(series.letter, series.last)
        got = f"{number[:20]!r}"
        message = f"expected a number from {first} to {last} for field {field.id}, got {got}"
        raise InvalidValue(message)
    return int(digits)
