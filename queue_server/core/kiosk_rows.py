"""What a kiosk is: where it stands, how large it is, what it offers. Part of the configuration."""

from collections.abc import Container, Iterable, Iterator, Mapping
from typing import Final, Literal

from msgspec import Struct

from queue_server.core.identifiers import KioskId, PrinterId, ZoneId

KioskMode = Literal["large", "contrast", "spoken", "low"]
"""Large text; white on black; spoken, with keys; all that is touched within reach from a chair."""
ALL_MODES: Final[tuple[KioskMode, ...]] = ("large", "contrast", "spoken", "low")
LEAST_INCHES: Final = 7
MOST_INCHES: Final = 65


class Kiosk(Struct, frozen=True, kw_only=True):
    """One kiosk of the lobby. A page without one is a kiosk with these defaults."""

    id: KioskId
    name: Mapping[str, str] = {}
    zone: ZoneId | None = None
    """Where it stands: who is to wait in the same zone is told "here"."""
    diagonal_inch: float = 21.5
    """Of the screen: buttons are so many millimetres large, letters too."""
    printer: PrinterId | None = None
    """Where its slips come out; None takes the device's own, else the centre's."""
    modes: tuple[KioskMode, ...] = ALL_MODES
    """What its bar offers besides the usual picture."""


def kiosk_problems(
    kiosks: Iterable[Kiosk], zones: Container[ZoneId], printers: Container[PrinterId]
) -> Iterator[tuple[str, str]]:
    """Kiosks that cannot be as they are written: where, and why not."""
    for kiosk in kiosks:
        key = f"kiosks.{kiosk.id}"
        if kiosk.zone is not None and kiosk.zone not in zones:
            yield f"{key}.zone", f"{kiosk.zone!r} does not exist"
        if kiosk.printer is not None and kiosk.printer not in printers:
            yield f"{key}.printer", f"{kiosk.printer!r} does not exist"
        if not LEAST_INCHES <= kiosk.diagonal_inch <= MOST_INCHES:
            expected = f"expected {LEAST_INCHES} to {MOST_INCHES} inches"
            yield f"{key}.diagonal_inch", f"{expected}, got {kiosk.diagonal_inch}"
