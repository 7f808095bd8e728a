"""Times of day as scenario files and changes write them."""

from typing import Final

from queue_server.core.errors import InvalidValue

MINUTE_S: Final = 60.0


def clock_s(text: str) -> float:
    """``07:30`` as seconds since midnight.

    Raises:
        InvalidValue: It is no time of day.
    """
    hours, _, minutes = text.partition(":")
    is_written = hours.isdecimal() and (minutes or "0").isdecimal()
    if not is_written or int(hours) > 24 or int(minutes or 0) > 59:  # noqa: PLR2004
        message = f"expected a time of day like 07:30, got {text!r}"
        raise InvalidValue(message)
    return int(hours) * 3600.0 + int(minutes or 0) * MINUTE_S
