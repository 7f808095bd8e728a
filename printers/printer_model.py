"""Printer models as rows. To add one, add a row: dots of the head and what its knife does."""

from collections.abc import Mapping
from enum import Enum

from msgspec import Struct

from queue_server.core.errors import UnknownName


class Cut(Enum):
    """How a slip is parted from the roll; the value is ``m`` of the command GS V."""

    FULL = 65
    PARTIAL = 66
    """Leaves a bridge, so that the slip does not fall down."""
    NONE = None
    """No knife: the paper is fed to the tear bar."""


class PrinterModel(Struct, frozen=True):
    """What must be known of a printer to print pictures on it."""

    name: str
    dots: int
    """Dots across the print head."""
    cut: Cut = Cut.PARTIAL


MODELS: Mapping[str, PrinterModel] = {
    model.name: model
    for model in (
        PrinterModel("generic_80mm", 576),
        PrinterModel("generic_58mm", 384, Cut.NONE),
        PrinterModel("generic_80mm_without_cutter", 576, Cut.NONE),
        PrinterModel("epson_tm_t20", 576),
        PrinterModel("epson_tm_t82", 576),
        PrinterModel("epson_tm_t88", 512),
        PrinterModel("epson_tm_m30", 576),
        PrinterModel("bixolon_srp_330", 576),
        PrinterModel("rongta_rp326", 576),
        PrinterModel("xprinter_xp_80", 576),
        PrinterModel("xprinter_xp_58", 384, Cut.NONE),
    )
}


def model_named(name: str) -> PrinterModel:
    """The row of that name.

    Raises:
        UnknownName: No such row; the message names those there are.
    """
    try:
        return MODELS[name]
    except KeyError:
        known = ", ".join(MODELS)
        message = f"expected a printer model of {known}, got {name!r}"
        raise UnknownName(message, model=name) from None
