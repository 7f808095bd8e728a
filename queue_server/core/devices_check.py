"""What is wrong with a centre's printers, boards, kiosks and other devices."""

from collections.abc import Collection

from msgspec.structs import replace

from queue_server.core.board_configuration import doubt_about
from queue_server.core.configuration import CentreConfiguration
from queue_server.core.configuration_paths import key_path
from queue_server.core.configuration_ranges import BOARDS
from queue_server.core.kiosk_rows import kiosk_problems
from queue_server.core.printer_configuration import printer_problems
from queue_server.core.problems import (
    Problems,
    reference,
    within,
)


def device_problems(c: CentreConfiguration, known_models: Collection[str] = ()) -> Problems:
    """Every problem of the devices; no name of a model is checked where none is known."""
    yield from _printers(c, known_models)
    yield from _boards(c)
    yield from kiosk_problems(c.kiosks.values(), c.zones, c.printers)


def _printers(c: CentreConfiguration, known_models: Collection[str]) -> Problems:
    for printer_id, printer in c.printers.items():
        for problem in printer_problems(printer, c.zones, known_models):
            yield replace(problem, key=key_path("printers", printer_id, problem.key))


def _boards(c: CentreConfiguration) -> Problems:
    for board_id, board in c.boards.items():
        key = key_path("boards", board_id)
        for n, zone in enumerate(board.zones, 1):
            yield from reference(f"{key}.zones[{n}]", zone, c.zones)
        for name, (lowest, highest) in BOARDS.items():
            yield from within(f"{key}.{name}", getattr(board, name), lowest, highest)
        if (doubt := doubt_about(board)) is not None:
            yield replace(doubt, key=f"{key}.{doubt.key}")
