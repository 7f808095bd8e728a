"""Pictures as ESC/POS commands: initialise, raster strips, cut.

The library's own picture writer sends every row at full width. Here a picture goes out as
strips that end where their ink ends: a third fewer bytes, the same dots. White rows are
strips one byte wide and not the feed ESC J, because that counts in motion units, which are not
dots on every printer.

Only `escpos.constants` and `escpos.image` are used: importing more of python-escpos takes up to
a second, leaves a temporary folder behind and sets up logging.
"""

from collections.abc import Iterator
from itertools import groupby
from operator import not_

from escpos.constants import (
    ESC,
    GS,
    HW_INIT,
    S_RASTER_N,
)
from escpos.image import EscposImage
from PIL import Image

from printers.printer_model import Cut, PrinterModel

TALLEST_STRIP = 255
"""Rows; small print buffers take no more at once."""
SHORTEST_WHITE = 8
"""White rows that are worth a strip of their own, whose command costs 8 bytes."""
FEED_BEFORE_CUT = 3
"""Motion units beyond the distance between head and knife, which the printer adds itself."""
LINES_TO_TEAR_BAR = 4


def print_commands(picture: Image.Image, model: PrinterModel) -> bytes:
    """Everything that prints `picture` once on a printer of that model.

    Raises:
        ValueError: The picture is wider than the head.
    """
    if picture.width > model.dots:
        message = f"expected a picture of at most {model.dots} dots, got {picture.width}"
        raise ValueError(message)
    return b"".join((HW_INIT, *map(_strip_command, strips(picture)), cut_command(model.cut)))


def strips(picture: Image.Image) -> Iterator[list[bytes]]:
    """The rows of a picture in strips, each cropped where its ink ends; 1 is black."""
    raster = EscposImage(picture)
    across = raster.width_bytes
    data = raster.to_raster_format()
    rows = [data[start : start + across].rstrip(b"\0") for start in range(0, len(data), across)]
    for run in _runs(rows):
        for start in range(0, len(run), TALLEST_STRIP):
            strip = run[start : start + TALLEST_STRIP]
            width = max(1, *map(len, strip))
            yield [row.ljust(width, b"\0") for row in strip]


def cut_command(cut: Cut) -> bytes:
    """Feed to the knife and cut, or feed to the tear bar."""
    match cut:
        case Cut.NONE:
            return bytes(ESC + b"d" + bytes((LINES_TO_TEAR_BAR,)))
        case Cut.FULL | Cut.PARTIAL:
            return bytes(GS + b"V" + bytes((cut.value, FEED_BEFORE_CUT)))


def _runs(rows: list[bytes]) -> list[list[bytes]]:
    """The rows in runs of white and of ink; short white runs stay with the ink above them."""
    runs: list[list[bytes]] = []
    for is_white, group in groupby(rows, key=not_):
        run = list(group)
        if runs and any(runs[-1]) and not (is_white and len(run) >= SHORTEST_WHITE):
            runs[-1] += run
        else:
            runs.append(run)
    return runs


def _strip_command(strip: list[bytes]) -> bytes:
    across, height = len(strip[0]), len(strip)
    size = across.to_bytes(2, "little") + height.to_bytes(2, "little")
    return bytes(S_RASTER_N + size + b"".join(strip))
