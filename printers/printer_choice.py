"""The printer that a centre's configuration asks for."""

from pathlib import Path

from msgspec.structs import replace

from printers.cups_printer import CupsPrinter
from printers.escpos_printer import Address, EscposPrinter, NetworkPrinter, Timeouts
from printers.lines import DeviceLine, OpenLine
from printers.picture_printer import PicturePrinter
from printers.printer import Printer
from printers.printer_model import PrinterModel, model_of
from queue_server.core.identifiers import PrinterId
from queue_server.core.printer_configuration import Connection, PrinterConfiguration

LONGEST_PAPER_BYTES = 40_000
"""A long slip at 80 mm; a slow serial line takes its time for it."""


def printer_for(
    configuration: PrinterConfiguration | None, pictures: Path, timeouts: Timeouts | None = None
) -> Printer:
    """The configured printer, else one that keeps PNG files.

    Args:
        configuration: The printer's row; None where the paper has no printer.
        pictures: Where pictures are kept; folders of printers are beside it, under ``paper``.
        timeouts: How long each step may take.

    Raises:
        UnknownName: The model has no row.
        ValueError: The address cannot be read.
    """
    if configuration is None or configuration.address is None:
        return PicturePrinter(pictures)
    model, address = model_of(configuration), configuration.address
    limits = timeouts or Timeouts()
    match configuration.connection:
        case Connection.NETWORK:
            return NetworkPrinter(Address.parse(address), model, limits)
        case Connection.USB:
            return EscposPrinter(
                address, lambda _: DeviceLine(address), model, limits, keeps_answers=True
            )
        case Connection.SERIAL:
            return _serial(configuration, address, model, limits)
        case Connection.CUPS:
            return CupsPrinter(address, model)
        case Connection.FOLDER:
            return PicturePrinter(pictures, pictures.parent / "paper" / address)


def _serial(
    configuration: PrinterConfiguration, address: str, model: PrinterModel, limits: Timeouts
) -> Printer:
    from printers.serial_line import SerialLine, transmission_s  # noqa: PLC0415 - few have one

    longest_s = transmission_s(LONGEST_PAPER_BYTES, configuration.baud)
    patient = replace(limits, send_s=limits.send_s + longest_s)
    open_line: OpenLine = lambda _: SerialLine(address, configuration.baud)  # noqa: E731
    return EscposPrinter(address, open_line, model, patient, keeps_line=True, keeps_answers=True)


class Printers:
    """The printers of a process, each kept while its row stays as it is."""

    def __init__(self, pictures: Path, timeouts: Timeouts | None = None) -> None:
        self._pictures = pictures
        self._timeouts = timeouts
        self._kept: dict[PrinterId, tuple[PrinterConfiguration, Printer]] = {}

    def printer(self, configuration: PrinterConfiguration | None) -> Printer:
        """The printer of that row; see `printer_for`."""
        if configuration is None:
            return printer_for(None, self._pictures)
        known = self._kept.get(configuration.id)
        if known is not None and known[0] == configuration:
            return known[1]
        if known is not None:
            known[1].close()
        made = printer_for(configuration, self._pictures, self._timeouts)
        self._kept[configuration.id] = (configuration, made)
        return made

    def close(self) -> None:
        """Let go of every device."""
        for _, printer in self._kept.values():
            printer.close()
        self._kept.clear()
