"""Printers as rows of a centre's configuration: how each is reached and what it is."""

import re
from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Final

from msgspec import Struct

from queue_server.core.identifiers import PrinterId, ZoneId
from queue_server.core.problems import N_, Problems, problem_at, reference, within


class Connection(StrEnum):
    """How a printer is reached."""

    NETWORK = "network"
    """A TCP port, usually 9100."""
    USB = "usb"
    """The system's USB printer device; needs no driver."""
    SERIAL = "serial"
    CUPS = "cups"
    """A queue of the system's print service, which does not tell what came out."""
    FOLDER = "folder"
    """A folder where each paper becomes a picture."""


class Cutting(StrEnum):
    """How a slip is parted from the roll."""

    FULL = "full"
    PARTIAL = "partial"
    NONE = "none"


class PrinterConfiguration(Struct, frozen=True, kw_only=True):
    """A printer of the centre. Without an address the paper is kept as PNG and shown."""

    id: PrinterId
    name: Mapping[str, str] = {}
    model: str = "generic_80mm"
    connection: Connection = Connection.NETWORK
    address: str | None = None
    """``host:port``, device such as ``/dev/usb/lp0``, queue of CUPS, or name of a folder."""
    baud: int = 115_200
    """Speed of a serial line, bits per second."""
    zone: ZoneId | None = None
    """Printers of one zone stand in for one another; None stands alone."""
    has_agent: bool = False
    """Whether a print agent on another machine prints for it, because this one cannot reach it."""
    width_mm: int | None = None
    """Width of the roll, 58 or 80; None is the model's."""
    cut: Cutting | None = None
    """None is the model's."""
    has_process_id: bool | None = None
    """Whether it confirms each job by name (GS ( H); None is the model's."""
    code_page: int | None = None
    """A page of its own Vietnamese letters, shown by the test print; None is the model's."""

    @property
    def is_device(self) -> bool:
        """Whether paper comes out; otherwise pictures are kept."""
        return self.address is not None and self.connection is not Connection.FOLDER


WIDTHS_MM: Final = (58, 80)
BAUDS: Final = (19_200, 38_400, 57_600, 115_200, 230_400)
_LAST_PORT: Final = 65_535
_LAST_PAGE: Final = 255
_NETWORK: Final = re.compile(r"[A-Za-z0-9.-]+:(\d{1,5})|\[[0-9A-Fa-f:]+\]:(\d{1,5})", re.ASCII)
_DEVICE: Final = re.compile(r"/dev/(?!.*\.\.)[A-Za-z0-9_.:@/+-]+", re.ASCII)
_QUEUE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,126}", re.ASCII)
_FOLDER: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}", re.ASCII)
_SHAPES: Final[Mapping[Connection, tuple[re.Pattern[str], str]]] = {
    Connection.NETWORK: (_NETWORK, N_("host:port")),
    Connection.USB: (_DEVICE, N_("a device such as /dev/usb/lp0")),
    Connection.SERIAL: (_DEVICE, N_("a device such as /dev/ttyUSB0")),
    Connection.CUPS: (_QUEUE, N_("the name of a queue of CUPS")),
    Connection.FOLDER: (_FOLDER, N_("a name of small letters, digits, _ and -")),
}


def printer_problems(
    printer: PrinterConfiguration,
    zones: Collection[str],
    known_models: Collection[str] = (),
) -> Problems:
    """What is wrong, by its key within the printer's table.

    Args:
        printer: One row.
        zones: The centre's zones.
        known_models: Names that the model may have; empty checks no name.
    """
    if known_models and printer.model not in known_models:
        yield problem_at(
            "model",
            "expected a model of %(known)s, got '%(got)s'",
            known=", ".join(known_models),
            got=printer.model,
        )
    if printer.address is not None and not _is_address(printer.connection, printer.address):
        yield problem_at(
            "address",
            "expected %(shape)s, got '%(got)s'",
            shape=_SHAPES[printer.connection][1],
            got=printer.address,
        )
    if printer.address is None and printer.connection is not Connection.NETWORK:
        yield problem_at(
            "address",
            "a printer of the connection %(connection)s needs %(shape)s",
            connection=printer.connection.value,
            shape=_SHAPES[printer.connection][1],
        )
    if printer.has_agent and not printer.is_device:
        yield problem_at("has_agent", "a print agent needs a printer with an address")
    yield from reference("zone", printer.zone, zones)
    if printer.connection is Connection.SERIAL and printer.baud not in BAUDS:
        yield problem_at(
            "baud",
            "expected one of %(known)s (below, a slip takes half a minute), got %(got)s",
            known=", ".join(map(str, BAUDS)),
            got=printer.baud,
        )
    if printer.width_mm is not None and printer.width_mm not in WIDTHS_MM:
        yield problem_at("width_mm", "expected 58 or 80, got %(got)s", got=printer.width_mm)
    yield from within("code_page", printer.code_page, 0, _LAST_PAGE)


def _is_address(connection: Connection, address: str) -> bool:
    match = _SHAPES[connection][0].fullmatch(address)
    if match is None or connection is not Connection.NETWORK:
        return match is not None
    return 1 <= int(match[1] or match[2]) <= _LAST_PORT
