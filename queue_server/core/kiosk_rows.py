"""What a kiosk is: where it stands, how large it is, what it offers. Part of the configuration."""

from collections.abc import Collection, Iterable, Mapping
from typing import Final, Literal

from msgspec import Struct

from queue_server.core.identifiers import KioskId, PrinterId, ZoneId
from queue_server.core.problems import Problems, reference, within

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
    kiosks: Iterable[Kiosk], zones: Collection[ZoneId], printers: Collection[PrinterId]
) -> Problems:
    """Kiosks that cannot be as they are written: where, and why not."""
    for kiosk in kiosks:
        key = f"kiosks.{kiosk.id}"
        yield from reference(f"{key}.zone", kiosk.zone, zones)
        yield from reference(f"{key}.printer", kiosk.printer, printers)
        yield from within(
            f"{key}.diagonal_inch", kiosk.diagonal_inch, LEAST_INCHES, MOST_INCHES, " inch"
        )
