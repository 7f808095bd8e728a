"""Pictures as ESC/POS commands: initialise, raster strips, cut.

The library's own picture writer sends every row at full width. Here a picture goes out as
strips, cut where that saves most, that end where their ink ends: less than half the bytes, the
same dots. White rows are strips one byte wide and not the feed ESC J, because that counts in
motion units, which are not dots on every printer.

Only `escpos.constants` is used: importing more of python-escpos takes up to a second, leaves a
temporary folder behind and sets up logging.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from escpos.constants import (
    ESC,
    GS,
    HW_INIT,
    S_RASTER_N,
)
from PIL import Image

from printers.printer_model import Cut, PrinterModel

TALLEST_STRIP: Final = 255
"""Rows; small print buffers take no more at once."""
STRIP_COST: Final = 16
"""Bytes that a further strip must save: its command has 8, and each takes the printer time."""
MOST_WASTE: Final = 512
"""White bytes in one strip beyond which no longer one is looked at."""
FEED_BEFORE_CUT: Final = 3
"""Motion units beyond the distance between head and knife, which the printer adds itself."""
LINES_TO_TEAR_BAR: Final = 4


def print_commands(picture: Image.Image, model: PrinterModel, below: bytes = b"") -> bytes:
    """Everything that prints `picture` once on a printer of that model, and other commands below.

    Raises:
        ValueError: The picture is wider than the head.
    """
    if picture.width > model.dots:
        message = f"expected a picture of at most {model.dots} dots, got {picture.width}"
        raise ValueError(message)
    drawn = map(_strip_command, strips(picture))
    return b"".join((HW_INIT, *drawn, below, cut_command(model.cut)))


def strips(picture: Image.Image) -> Iterator[list[bytes]]:
    """The rows of a picture in strips, each cropped where its ink ends; 1 is black."""
    rows = _rows(picture)
    start = 0
    for end in _ends([max(1, len(row)) for row in rows]):
        strip = rows[start:end]
        width = max(1, *map(len, strip))
        yield [row.ljust(width, b"\0") for row in strip]
        start = end


def cut_command(cut: Cut) -> bytes:
    """Feed to the knife and cut, or feed to the tear bar."""
    match cut:
        case Cut.NONE:
            return bytes(ESC + b"d" + bytes((LINES_TO_TEAR_BAR,)))
        case Cut.FULL | Cut.PARTIAL:
            return bytes(GS + b"V" + bytes((cut.value, FEED_BEFORE_CUT)))


def _rows(picture: Image.Image) -> list[bytes]:
    """Rows in bytes of eight dots, without the white at their ends."""
    across = -(-picture.width // 8)
    whole = Image.new("1", (across * 8, picture.height), 1)
    whole.paste(picture.convert("1"), (0, 0))
    data = whole.tobytes("raw", "1;I")
    return [data[start : start + across].rstrip(b"\0") for start in range(0, len(data), across)]


def _ends(widths: Sequence[int]) -> list[int]:
    """Rows after which to begin a new strip so that few bytes are sent, the last one included.

    Shortest path over runs of rows of one width; looking back ends where a strip would be too
    tall or would hold too much white to pay.
    """
    runs = list(_runs(widths))
    best, came_from = [0], [0]
    for end in range(1, len(runs) + 1):
        rows = widest = ink = 0
        least, least_from = -1, end - 1
        for start in range(end - 1, -1, -1):
            width, height = runs[start]
            rows += height
            widest = max(widest, width)
            ink += width * height
            if start < end - 1 and (rows > TALLEST_STRIP or widest * rows - ink > MOST_WASTE):
                break
            cost = best[start] + STRIP_COST + widest * rows
            if least < 0 or cost < least:
                least, least_from = cost, start
        best.append(least)
        came_from.append(least_from)
    return _path(came_from, [height for _, height in runs])


def _runs(widths: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Runs of rows of one width, none taller than a strip."""
    for width, group in groupby(widths):
        rows = sum(1 for _ in group)
        for begun in range(0, rows, TALLEST_STRIP):
            yield width, min(TALLEST_STRIP, rows - begun)


def _path(came_from: Sequence[int], heights: Sequence[int]) -> list[int]:
    """Rows at which the strips of the cheapest way end."""
    cuts = [len(heights)]
    while came_from[cuts[-1]]:
        cuts.append(came_from[cuts[-1]])
    ends, row = [], 0
    wanted = set(cuts)
    for n, height in enumerate(heights, 1):
        row += height
        if n in wanted:
            ends.append(row)
    return ends


def _strip_command(strip: list[bytes]) -> bytes:
    across, height = len(strip[0]), len(strip)
    size = across.to_bytes(2, "little") + height.to_bytes(2, "little")
    return bytes(S_RASTER_N + size + b"".join(strip))
