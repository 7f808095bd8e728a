"""Bytes are the picture: exact commands, and every dot read back by an independent decoder."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops

from printers.drawing import draw
from printers.escpos_bytes import cut_command, print_commands, strips
from printers.printer_model import Cut, PrinterModel, model_named
from printers.slip import slip_for
from tests.support.escpos_decoder import decoded
from tests.support.paper_samples import PUBLIC_URL, sample_configuration, sample_ticket

ROOT = Path(__file__).parents[2]
EIGHT = PrinterModel("eight", 16, Cut.FULL)


def _sample(dots: int) -> Image.Image:
    slip = slip_for(
        sample_configuration(), sample_ticket(), ahead=7, counters=["3", "4"], public_url=PUBLIC_URL
    )
    return draw(slip, dots)


def _difference(one: Image.Image, other: Image.Image) -> tuple[int, int, int, int] | None:
    return ImageChops.difference(one.convert("L"), other.convert("L")).getbbox()


def test_a_picture_is_initialise_raster_cut_to_the_byte() -> None:
    picture = Image.new("1", (16, 2), 1)
    picture.putpixel((0, 0), 0)
    picture.putpixel((3, 1), 0)

    commands = print_commands(picture, EIGHT)

    initialise, raster, cut = b"\x1b@", b"\x1dv0\x00\x01\x00\x02\x00\x80\x10", b"\x1dVA\x03"
    assert commands == initialise + raster + cut


@pytest.mark.parametrize(
    ("cut", "command"),
    [(Cut.FULL, b"\x1dVA\x03"), (Cut.PARTIAL, b"\x1dVB\x03"), (Cut.NONE, b"\x1bd\x04")],
)
def test_a_slip_is_parted_as_its_printer_can(cut: Cut, command: bytes) -> None:
    assert cut_command(cut) == command


@pytest.mark.parametrize("name", ["generic_80mm", "generic_58mm", "epson_tm_t88"])
def test_every_dot_of_a_slip_arrives(name: str) -> None:
    model = model_named(name)
    picture = _sample(model.dots)

    (receipt,) = decoded(print_commands(picture, model), model.dots)

    assert _difference(receipt.crop((0, 0, *picture.size)), picture) is None
    fed = receipt.crop((0, picture.height, *receipt.size))
    assert not fed.height or fed.getextrema() == (255, 255)


@given(st.lists(st.sampled_from([b"", b"\x01", b"\x80" * 8, b"\0\0\xff"]), min_size=1, max_size=99))
def test_every_dot_of_any_picture_arrives(rows: list[bytes]) -> None:
    data = b"".join(row.ljust(8, b"\0") * 7 for row in rows)
    picture = Image.frombytes("1", (64, len(rows) * 7), bytes(byte ^ 0xFF for byte in data))

    (receipt,) = decoded(print_commands(picture, PrinterModel("narrow", 64)), 64)

    assert receipt.tobytes() == picture.tobytes()


@pytest.mark.parametrize(("name", "most"), [("generic_80mm", 24_000), ("generic_58mm", 19_000)])
def test_a_slip_is_quick_even_on_a_serial_line(name: str, most: int) -> None:
    model = model_named(name)
    picture = _sample(model.dots)

    commands = print_commands(picture, model)

    assert len(commands) <= most
    assert len(commands) < picture.height * model.dots / 8 * 0.5


def test_a_strip_ends_where_that_saves_more_than_its_command_costs() -> None:
    wide_then_narrow = Image.new("1", (576, 40), 1)
    wide_then_narrow.paste(0, (0, 0, 576, 20))
    wide_then_narrow.paste(0, (0, 20, 8, 40))
    hardly_narrower = Image.new("1", (576, 4), 0)
    hardly_narrower.paste(1, (568, 2, 576, 4))

    assert [len(strip) for strip in strips(wide_then_narrow)] == [20, 20]
    assert [len(strip) for strip in strips(hardly_narrower)] == [4]


def test_white_rows_and_white_ends_cost_nearly_nothing() -> None:
    white = Image.new("1", (576, 240), 1)

    assert len(print_commands(white, model_named("generic_80mm"))) < 300


def test_a_tall_picture_goes_out_in_strips_that_small_print_buffers_take() -> None:
    black = Image.new("1", (576, 1000), 0)

    (receipt,) = decoded(print_commands(black, model_named("generic_80mm")), 576)

    assert max(len(strip) for strip in strips(black)) <= 255
    assert receipt.tobytes() == black.tobytes()


def test_a_picture_wider_than_the_head_is_refused() -> None:
    with pytest.raises(ValueError, match="at most 384 dots, got 576"):
        print_commands(Image.new("1", (576, 8), 1), model_named("generic_58mm"))


LIBRARY = """
import sys
from PIL import Image
from escpos.printer import Dummy
dummy = Dummy(profile="TM-T20II")
dummy.image(Image.open(sys.argv[1]))
dummy.cut(mode="PART", feed=False)
sys.stdout.buffer.write(dummy.output)
"""


def test_the_library_prints_the_same_dots_with_more_bytes(tmp_path: Path) -> None:
    picture, model = _sample(576), model_named("generic_80mm")
    picture.save(tmp_path / "slip.png")
    pickles = {"ESCPOS_CAPABILITIES_PICKLE_DIR": str(tmp_path)}

    library = _python(LIBRARY, str(tmp_path / "slip.png"), environment=pickles)

    ours = print_commands(picture, model)
    assert _difference(decoded(library, 576)[0], decoded(ours, 576)[0]) is None
    assert len(ours) < len(library) * 0.4


def test_printing_needs_nothing_of_the_library_that_is_slow_to_import() -> None:
    loaded = _python("import printers.printer_choice, printers.drawing, sys; print(*sys.modules)")

    assert b"escpos.constants" in loaded
    assert b"escpos.capabilities" not in loaded
    assert b"reportlab" not in loaded


def _python(program: str, *arguments: str, environment: dict[str, str] | None = None) -> bytes:
    finished = subprocess.run(  # noqa: S603 - this interpreter, our own program
        [sys.executable, "-c", program, *arguments],
        check=True,
        capture_output=True,
        env={**os.environ, **(environment or {}), "PYTHONPATH": str(ROOT)},
    )
    return finished.stdout
