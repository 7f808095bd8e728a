"""How long a ticket slip takes from its values to the printer's bytes, in processor time.

The raw limit is the same words set once each by the picture library, unfitted, and the picture
taken as bytes: what no layout and no compact writer could save.
"""

from collections.abc import Callable
from functools import partial
from time import process_time
from typing import Final

from PIL import Image, ImageDraw

from printers.drawing import draw
from printers.escpos_bytes import print_commands, strips
from printers.printer_model import PrinterModel
from printers.slip import Slip, slip_for
from printers.typeface import Weight, font
from tests.benchmarks.report import Report, load_average, percentile
from tests.support.paper_samples import PUBLIC_URL, sample_configuration, sample_ticket

TIMES: Final = 60
MOST_MS: Final = 60.0
MOST_BYTES: Final = 24_000
MODELS: Final = (PrinterModel("80 mm", 576), PrinterModel("58 mm", 384))


async def run() -> Report:
    """Draw and encode the sample slip for both widths, in turn with the raw limit."""
    load = load_average()
    slip = _slip()
    rows, p95s, sizes = [], [], []
    for model in MODELS:
        _printed(slip, model)  # typefaces are loaded once per worker
        whole, raw = [], []
        for _ in range(TIMES):
            whole.append(_timed_ms(partial(_printed, slip, model)))
            raw.append(_timed_ms(partial(_raw, slip, model.dots)))
        picture = draw(slip, model.dots)
        data = print_commands(picture, model)
        p95s.append(percentile(whole, 0.95))
        sizes.append(len(data))
        median, least = percentile(whole, 0.5), percentile(raw, 0.5)
        rows.append(
            (
                model.name,
                f"{median:.1f}",
                f"{p95s[-1]:.1f}",
                f"{median / least:.1f}",
                f"{len(data):,}",
                f"{len(data) / (picture.height * model.dots / 8):.0%}",
                str(len(list(strips(picture)))),
            )
        )
    return Report(
        name="slip_drawing",
        heading=("paper", "median ms", "p95 ms", "× raw", "bytes", "of raster", "strips"),
        rows=rows,
        figures={
            "p95_ms": round(max(p95s), 2),
            "bytes_80mm": sizes[0],
            "bytes_58mm": sizes[1],
        },
        aim=f"p95 at most {MOST_MS:g} ms of a processor, at most {MOST_BYTES:,} bytes at 80 mm",
        is_met=max(p95s) <= MOST_MS and sizes[0] <= MOST_BYTES,
        found=f"p95 {max(p95s):.1f} ms, {sizes[0]:,} bytes",
        load_average=load,
    )


def _slip() -> Slip:
    return slip_for(
        sample_configuration(),
        sample_ticket(),
        ahead=7,
        counters=["3", "4"],
        public_url=PUBLIC_URL,
    )


def _printed(slip: Slip, model: PrinterModel) -> bytes:
    return print_commands(draw(slip, model.dots), model)


def _raw(slip: Slip, dots: int) -> bytes:
    """The words of the slip, set once each, one below the other."""
    words = (
        *slip.centre,
        slip.heading.text,
        slip.procedure.text,
        slip.counters.text,
        slip.zone.text,
        *(text for fact in slip.facts for text in (fact.label.text, fact.value, fact.note)),
        slip.papers_heading.text,
        *slip.papers,
        slip.qr_caption.text,
        slip.issued,
        slip.rules,
        *slip.footer,
    )
    paper = Image.new("L", (dots, 900), 255)
    pen = ImageDraw.Draw(paper)
    pen.text((0, 130), slip.number, font=font(Weight.BOLD, 172), fill=0, anchor="ls")
    for n, text in enumerate(words):
        pen.text((0, 170 + 30 * n), text, font=font(Weight.MEDIUM, 22), fill=0, anchor="ls")
    return paper.convert("1", dither=Image.Dither.NONE).tobytes()


def _timed_ms(do: Callable[[], object]) -> float:
    began = process_time()
    do()
    return 1000 * (process_time() - began)
