"""The printer that a centre's configuration asks for."""

from pathlib import Path

from printers.escpos_printer import Address, NetworkPrinter
from printers.picture_printer import PicturePrinter
from printers.printer import Printer
from printers.printer_model import PrinterModel, model_named
from queue_server.core.printer_configuration import PrinterConfiguration


def printer_for(configuration: PrinterConfiguration | None, pictures: Path) -> Printer:
    """The network printer at the configured address, else one that keeps PNG files.

    Raises:
        UnknownName: The model has no row.
        ValueError: The address cannot be read.
    """
    if configuration is None or configuration.address is None:
        return PicturePrinter(pictures)
    return NetworkPrinter(Address.parse(configuration.address), model_of(configuration))


def model_of(configuration: PrinterConfiguration | None) -> PrinterModel:
    """The model whose width paper is drawn for; 80 mm where there is no printer."""
    return model_named(configuration.model if configuration else "generic_80mm")
