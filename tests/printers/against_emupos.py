"""Our printer path against a printer emulator that others wrote: run by check-printer-emulator.

Not collected by pytest: emupos needs Python 3.13 and runs as a program of its own. Arguments:
the emulator's control API and the TCP port of its printer.
"""

import json
import sys
from io import BytesIO
from urllib.request import Request, urlopen

import zxingcpp
from PIL import Image, ImageChops, ImageOps

from printers.drawing import draw
from printers.escpos_printer import Address, NetworkPrinter, Timeouts
from printers.printer import Verdict
from printers.printer_model import model_named
from printers.printer_status import Trouble
from printers.receipt import receipt_for
from printers.shortfall import form_for
from printers.slip import Slip, slip_for
from tests.support.paper_samples import (
    ELDERLY,
    EN,
    LAND,
    PUBLIC_URL,
    TICKET,
    sample_configuration,
    sample_dossier,
    sample_form,
    sample_ticket,
)

DEVICE = "front"
TIMEOUTS = Timeouts(fence_s=5.0)


class Emupos:
    """The emulator's control API."""

    def __init__(self, api: str) -> None:
        self._root = f"{api}/api/v1/devices/{DEVICE}"

    def receipts(self) -> list[str]:
        listing = json.loads(self._ask("GET", "/receipts"))
        items = listing["receipts"] if isinstance(listing, dict) else listing
        return [item["id"] for item in items]

    def picture(self, receipt: str) -> Image.Image:
        return Image.open(BytesIO(self._ask("GET", f"/receipts/{receipt}/image")))

    def fault(self, name: str, *, is_set: bool) -> None:
        self._ask("PUT" if is_set else "DELETE", f"/faults/{name}")

    def _ask(self, method: str, path: str) -> bytes:
        request = Request(self._root + path, method=method)  # noqa: S310 - loopback
        with urlopen(request, timeout=10) as answer:  # noqa: S310 - loopback
            body: bytes = answer.read()
        return body


def main(api: str, port: str) -> None:
    """Print and compare; the first difference ends the check with a traceback."""
    emupos = Emupos(api)
    model = model_named("generic_80mm")  # emupos does not name jobs (GS ( H)
    printer = NetworkPrinter(Address("127.0.0.1", int(port)), model, TIMEOUTS)
    for name, (picture, code) in _pictures().items():
        _print_and_compare(emupos, printer, picture, code)
        _say(f"pixel-exact, code read back: {name}, {picture.width} × {picture.height} dots")
    for fault, trouble in (
        ("paper-out", Trouble.PAPER_OUT),
        ("cover-open", Trouble.COVER_OPEN),
        ("offline", Trouble.OFFLINE),
    ):
        _refuses(emupos, printer, fault, trouble)
        _say(f"not sent: {fault}")
    emupos.fault("paper-near-end", is_set=True)
    verdict = printer.print("near-end", _pictures()["slip"][0])
    emupos.fault("paper-near-end", is_set=False)
    assert verdict == Verdict("printed", warning="paper_near_end"), verdict
    _say("printed with a warning: paper-near-end")


def _pictures() -> dict[str, tuple[Image.Image, str]]:
    configuration = sample_configuration()
    receipt = receipt_for(
        configuration, sample_dossier(), person_name=None, phone=None, counter_number="3"
    )
    supplement = form_for(
        configuration, sample_form(), person_name=None, phone=None, counter_number="3"
    )
    longest = sample_ticket(number="A1012", language=EN, procedure=LAND, priority_class=ELDERLY)
    url = f"{PUBLIC_URL}/t/{TICKET}"
    return {
        "slip": (draw(_slip(), 576), url),
        "narrow slip": (draw(_slip(), 384), url),
        "longest slip": (
            draw(
                slip_for(
                    configuration, longest, ahead=99, counters=["1", "2"], public_url=PUBLIC_URL
                ),
                576,
            ),
            url,
        ),
        "receipt": (draw(receipt, 576), receipt.code),
        "supplement": (draw(supplement, 576), supplement.code),
    }


def _slip() -> Slip:
    return slip_for(
        sample_configuration(), sample_ticket(), ahead=7, counters=["3"], public_url=PUBLIC_URL
    )


def _print_and_compare(
    emupos: Emupos, printer: NetworkPrinter, picture: Image.Image, code: str
) -> None:
    before = set(emupos.receipts())
    verdict = printer.print("check", picture)
    assert verdict == Verdict("printed"), verdict
    (new,) = set(emupos.receipts()) - before
    printed = emupos.picture(new).convert("L")
    wanted = Image.new("L", printed.size, 255)
    wanted.paste(picture.convert("L"), (0, 0))
    assert printed.height >= picture.height, (printed.size, picture.size)
    assert ImageChops.difference(printed, wanted).getbbox() is None, new
    (read,) = zxingcpp.read_barcodes(ImageOps.expand(printed, 16, 255))
    assert read.text == code, read.text


def _refuses(emupos: Emupos, printer: NetworkPrinter, fault: str, trouble: Trouble) -> None:
    before = emupos.receipts()
    emupos.fault(fault, is_set=True)
    verdict = printer.print("refused", _pictures()["slip"][0])
    emupos.fault(fault, is_set=False)
    assert verdict == Verdict("not_sent", trouble), verdict
    assert emupos.receipts() == before


def _say(line: str) -> None:
    sys.stdout.write(f"ok  {line}\n")


if __name__ == "__main__":
    main(*sys.argv[1:3])
