"""Printer models as rows of `models.toml`: dots of the head, what its knife does, what it tells."""

import tomllib
from collections.abc import Mapping
from enum import Enum
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from queue_server.core.errors import UnknownName
from queue_server.core.printer_configuration import Cutting, PrinterConfiguration

ROWS: Final = Path(__file__).with_name("models.toml")


class Cut(Enum):
    """How a slip is parted from the roll; the value is ``m`` of the command GS V."""

    FULL = 65
    PARTIAL = 66
    """Leaves a bridge, so that the slip does not fall down."""
    NONE = None
    """No knife: the paper is fed to the tear bar."""


CUTS: Final[Mapping[Cutting, Cut]] = {
    Cutting.FULL: Cut.FULL,
    Cutting.PARTIAL: Cut.PARTIAL,
    Cutting.NONE: Cut.NONE,
}
DOTS: Final[Mapping[int, int]] = {58: 384, 80: 576}
"""Dots that fit on a roll of that many millimetres at 203 dpi."""


class PrinterModel(Struct, frozen=True):
    """What must be known of a printer to print pictures on it."""

    name: str
    dots: int
    """Dots across the print head."""
    cut: Cut = Cut.PARTIAL
    title: str = ""
    width_mm: int = 80
    has_process_id: bool = False
    """It confirms each paper by name (GS ( H), which proves more than an answer in the queue."""
    can_discard: bool = False
    """It empties its buffer when told (DLE DC4 8)."""
    code_page: int | None = None
    """Its page with Vietnamese letters."""
    is_document: bool = False
    """It gets a PDF through a driver."""
    known_as: tuple[str, ...] = ()
    """What it calls itself when it is asked."""


class _Row(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A table of `models.toml`."""

    title: str
    dots: int
    width_mm: int = 80
    cut: Cutting = Cutting.PARTIAL
    has_process_id: bool = False
    can_discard: bool = False
    code_page: int | None = None
    is_document: bool = False
    known_as: tuple[str, ...] = ()


def read_models(text: str) -> dict[str, PrinterModel]:
    """The models of a file.

    Raises:
        msgspec.ValidationError: A row has a key or a value that no model has.
    """
    rows = msgspec.convert(tomllib.loads(text), dict[str, _Row])
    return {
        name: PrinterModel(
            name=name,
            dots=row.dots,
            cut=CUTS[row.cut],
            title=row.title,
            width_mm=row.width_mm,
            has_process_id=row.has_process_id,
            can_discard=row.can_discard,
            code_page=row.code_page,
            is_document=row.is_document,
            known_as=row.known_as,
        )
        for name, row in rows.items()
    }


MODELS: Mapping[str, PrinterModel] = read_models(ROWS.read_text("utf-8"))


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


def model_of(configuration: PrinterConfiguration | None) -> PrinterModel:
    """The model with what the configuration says otherwise; 80 mm where there is no printer.

    Raises:
        UnknownName: The model has no row.
    """
    if configuration is None:
        return model_named("generic_80mm")
    model = model_named(configuration.model)
    width_mm = configuration.width_mm
    if width_mm is not None and width_mm != model.width_mm:
        model = replace(model, width_mm=width_mm, dots=DOTS[width_mm])
    if configuration.cut is not None:
        model = replace(model, cut=CUTS[configuration.cut])
    if configuration.has_process_id is not None:
        model = replace(model, has_process_id=configuration.has_process_id)
    if configuration.code_page is not None:
        model = replace(model, code_page=configuration.code_page)
    return model
