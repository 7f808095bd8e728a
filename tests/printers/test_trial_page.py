"""A test print shows all letters, a code that is read, and both edges of the head."""

from datetime import UTC, datetime

import pytest
import zxingcpp
from PIL import Image

from printers.escpos_bytes import print_commands
from printers.escpos_printer import NetworkPrinter
from printers.printer import Verdict
from printers.printer_model import MODELS, model_named, model_of
from printers.trial_page import CHECKS, LETTERS, TrialPage, trial_page
from printers.trial_page_drawing import draw_trial_page
from queue_server.core.identifiers import PrinterId
from queue_server.core.printer_configuration import PrinterConfiguration
from tests.support.escpos_decoder import decoded
from tests.support.printer_emulator import PrinterEmulator

AT = datetime(2026, 11, 23, 8, 41, 5, tzinfo=UTC)


def _page(name: str) -> TrialPage:
    model = model_named(name)
    return trial_page("Máy in phiếu ở cửa vào", model.title, model.dots, AT)


def test_all_letters_of_vietnamese_are_on_it() -> None:
    assert len(set(LETTERS)) == len(LETTERS) == 178


@pytest.mark.parametrize("name", MODELS)
def test_the_code_is_read_from_what_comes_out(name: str) -> None:
    model = model_named(name)
    picture = draw_trial_page(_page(name), model.dots)

    (paper,) = decoded(print_commands(picture, model), model.dots)

    (code,) = zxingcpp.read_barcodes(paper.convert("L"))
    assert code.text == f"Máy in phiếu ở cửa vào · {model.title} · 08:41:05 · 23/11/2026"


@pytest.mark.parametrize(("code_page", "lines"), [(30, 1), (0, 1), (None, 0)])
def test_it_ends_with_the_letters_of_the_printers_own_code_page(
    code_page: int | None, lines: int
) -> None:
    model = model_of(PrinterConfiguration(id=PrinterId("front"), code_page=code_page))
    page = trial_page("front", "Máy", 576, AT, model.code_page)
    letters = f"code_page {code_page}: ".encode() + bytes(range(0xA0, 0x100))

    with PrinterEmulator() as emulator:
        printer = NetworkPrinter(emulator.address, model)
        verdict = printer.print("trial-0000", draw_trial_page(page, 576))
        printer.print("slip-1", Image.new("1", (576, 40), 0))

        assert verdict == Verdict("printed")
        assert emulator.unknown == b""
        assert emulator.lines == [(code_page, letters)] * lines
        assert len(emulator.receipts) == 2
    assert len(page.checks) == len(CHECKS) + lines


@pytest.mark.parametrize("dots", [576, 512, 384])
def test_both_edges_of_the_head_are_black(dots: int) -> None:
    picture = draw_trial_page(_page("generic_80mm"), dots)

    assert (picture.mode, picture.width) == ("1", dots)
    for edge in ((0, 0, 6, 40), (dots - 6, 0, dots, 40)):
        assert picture.crop(edge).getextrema() == (0, 0)


def test_a_head_that_is_narrower_than_its_model_loses_an_edge() -> None:
    """What whoever looks at the paper is to see."""
    picture = draw_trial_page(_page("generic_80mm"), 576)

    printed = picture.crop((0, 0, 512, picture.height))

    assert printed.crop((506, 0, 512, 12)).getextrema() != (0, 0)
    assert isinstance(printed, Image.Image)
