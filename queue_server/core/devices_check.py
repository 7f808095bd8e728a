"""What is wrong with a centre's printers, boards and other devices."""

import re
from typing import Final

from queue_server.core.board_configuration import doubt_about
from queue_server.core.configuration import CentreConfiguration
from queue_server.core.configuration_paths import key_path
from queue_server.core.configuration_problem import (
    Problem,
    Problems,
    Severity,
    reference,
    within,
)
from queue_server.core.configuration_ranges import BOARDS

_ADDRESS: Final = re.compile(r"[A-Za-z0-9.-]+:(\d{1,5})|\[[0-9A-Fa-f:]+\]:(\d{1,5})", re.ASCII)
_LAST_PORT: Final = 65_535


def device_problems(c: CentreConfiguration) -> Problems:
    """Every problem of the devices."""
    yield from _printers(c)
    yield from _boards(c)


def _printers(c: CentreConfiguration) -> Problems:
    for printer_id, printer in c.printers.items():
        if printer.address is not None and not _is_address(printer.address):
            key = key_path("printers", printer_id, "address")
            yield Problem(key, f"expected host:port, got {printer.address!r}")


def _boards(c: CentreConfiguration) -> Problems:
    for board_id, board in c.boards.items():
        key = key_path("boards", board_id)
        for n, zone in enumerate(board.zones, 1):
            yield from reference(f"{key}.zones[{n}]", zone, c.zones)
        for name, (lowest, highest) in BOARDS.items():
            yield from within(f"{key}.{name}", getattr(board, name), lowest, highest)
        if (doubt := doubt_about(board)) is not None:
            yield Problem(f"{key}.farthest_seat_m", doubt, Severity.WARNING)


def _is_address(address: str) -> bool:
    match = _ADDRESS.fullmatch(address)
    return match is not None and 1 <= int(match[1] or match[2]) <= _LAST_PORT
