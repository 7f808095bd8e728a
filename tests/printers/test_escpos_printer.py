"""A slip counts as printed only when the printer says so; every other case is told as it is."""

import socket
from time import monotonic

import pytest
import zxingcpp
from PIL import Image, ImageChops

from printers.drawing import draw
from printers.escpos_printer import Address, EscposPrinter, NetworkPrinter, Timeouts
from printers.printer import Verdict
from printers.printer_model import model_named
from printers.printer_status import ASK_CAUSE, ASK_ONLINE, ASK_PAPER, Status, Trouble
from printers.slip import slip_for
from queue_server.core.printing import Condition
from tests.support.paper_samples import PUBLIC_URL, TICKET, sample_configuration, sample_ticket
from tests.support.printer_emulator import Faults, PrinterEmulator
from tests.support.printer_ways import SwitchedOff

SHORT = Timeouts(connect_s=2.0, status_s=0.15, send_s=0.4, fence_s=0.4, mute_fence_s=0.1)
HASTY = Timeouts(status_s=0.01, mute_status_s=0.01, mute_fence_s=0.01, fence_s=0.1)
PATIENT = Timeouts(connect_s=5.0, status_s=5.0, send_s=5.0, fence_s=10.0)


def _picture(dots: int = 576) -> Image.Image:
    slip = slip_for(
        sample_configuration(), sample_ticket(), ahead=7, counters=["3"], public_url=PUBLIC_URL
    )
    return draw(slip, dots)


def _print(emulator: PrinterEmulator, timeouts: Timeouts = PATIENT) -> Verdict:
    printer = NetworkPrinter(emulator.address, model_named("generic_80mm"), timeouts)
    return printer.print("slip-1", _picture())


@pytest.mark.parametrize("name", ["generic_80mm", "generic_58mm"])
def test_what_comes_out_is_what_was_drawn(name: str) -> None:
    model = model_named(name)
    picture = _picture(model.dots)

    with PrinterEmulator(model.dots) as emulator:
        verdict = NetworkPrinter(emulator.address, model, PATIENT).print("slip-1", picture)
        printed = emulator.slips(picture.height)

    assert verdict == Verdict("printed")
    assert len(printed) == 1
    assert ImageChops.difference(printed[0].convert("L"), picture.convert("L")).getbbox() is None
    (code,) = zxingcpp.read_barcodes(printed[0].convert("L"))
    assert code.text == f"{PUBLIC_URL}/t/{TICKET}"
    assert emulator.unknown == b""


def test_a_roll_that_ends_soon_is_a_warning() -> None:
    with PrinterEmulator(faults=Faults(near_end=True)) as emulator:
        assert _print(emulator) == Verdict("printed", warning="paper_near_end")


@pytest.mark.parametrize(
    ("faults", "trouble"),
    [
        (Faults(paper_out=True), Trouble.PAPER_OUT),
        (Faults(cover_open=True), Trouble.COVER_OPEN),
        (Faults(offline=True), Trouble.OFFLINE),
    ],
)
def test_a_printer_that_cannot_print_is_sent_nothing(faults: Faults, trouble: Trouble) -> None:
    with PrinterEmulator(faults=faults) as emulator:
        verdict = _print(emulator)

    assert verdict == Verdict("not_sent", trouble)
    assert emulator.job_bytes == 0


def test_a_printer_that_is_off_is_sent_nothing() -> None:
    with PrinterEmulator() as emulator:
        address = emulator.address

    printer = NetworkPrinter(address, model_named("generic_80mm"), PATIENT)

    assert printer.print("slip-1", _picture()) == Verdict("not_sent", Trouble.UNREACHABLE)
    assert printer.status() is Trouble.UNREACHABLE


def test_a_printer_that_hangs_up_at_once_is_sent_nothing() -> None:
    with PrinterEmulator(faults=Faults(hangs_up=True)) as emulator:
        assert _print(emulator) == Verdict("not_sent", Trouble.UNREACHABLE)


def test_paper_that_runs_out_and_is_changed_in_time_is_printed() -> None:
    with PrinterEmulator(faults=Faults(paper_out_after_rows=300)) as emulator:
        emulator.when_paper_runs_out(emulator.change_roll)

        verdict = _print(emulator)

        assert len(emulator.receipts) == 1
    assert verdict == Verdict("printed")


def test_paper_that_runs_out_and_is_not_changed_is_unknown_and_comes_out_late() -> None:
    with PrinterEmulator(faults=Faults(paper_out_after_rows=300)) as emulator:
        verdict = _print(emulator, SHORT)
        printed_then = len(emulator.receipts)
        emulator.change_roll()
        printed_later = len(emulator.receipts)

    assert verdict == Verdict("unknown", Trouble.PAPER_OUT)
    assert (printed_then, printed_later) == (0, 1)


def test_a_lost_answer_is_unknown_though_paper_came_out() -> None:
    with PrinterEmulator(faults=Faults(loses_fence_reply=True)) as emulator:
        verdict = _print(emulator)
        emulator.wait_for_receipts(1)

    assert verdict == Verdict("unknown", Trouble.CONNECTION_LOST)


def test_a_printer_that_dies_half_way_is_unknown() -> None:
    with PrinterEmulator(faults=Faults(dies_after_bytes=2000)) as emulator:
        verdict = _print(emulator)

    assert verdict == Verdict("unknown", Trouble.CONNECTION_LOST)
    assert emulator.receipts == []
    assert emulator.connections == 1


def test_a_printer_that_takes_no_more_bytes_is_unknown() -> None:
    endless = Image.new("1", (576, 80_000), 0)
    with PrinterEmulator(faults=Faults(stops_reading=True)) as emulator:
        printer = NetworkPrinter(emulator.address, model_named("generic_80mm"), SHORT)

        assert printer.print("slip-1", endless) == Verdict("unknown", Trouble.CONNECTION_LOST)


def test_a_mute_printer_prints_and_nobody_knows() -> None:
    with PrinterEmulator(faults=Faults(mute=True)) as emulator:
        verdict = _print(emulator, SHORT)
        emulator.wait_for_receipts(1)

        assert len(emulator.receipts) == 1
    assert verdict == Verdict("unknown", Trouble.MUTE)


def test_a_printer_that_answers_some_questions_is_believed_in_those() -> None:
    only_online = Faults(answers_only=b"\x01")
    timeouts = Timeouts(status_s=0.15)
    with PrinterEmulator(faults=only_online) as emulator:
        assert _print(emulator, timeouts) == Verdict("printed")
        only_online.offline = True
        assert _print(emulator, timeouts) == Verdict("not_sent", Trouble.OFFLINE)


def test_status_sent_unasked_is_not_taken_for_the_answer() -> None:
    faults = Faults(reports_unasked=True, paper_out_after_rows=300)
    with PrinterEmulator(faults=faults) as emulator:
        verdict = _print(emulator, SHORT)

    assert verdict == Verdict("unknown", Trouble.PAPER_OUT)


def test_a_chatty_printer_that_prints_is_believed() -> None:
    with PrinterEmulator(faults=Faults(reports_unasked=True)) as emulator:
        assert _print(emulator) == Verdict("printed")


def test_dots_that_look_like_a_question_are_not_taken_for_the_answer() -> None:
    questions = Image.frombytes(
        "1", (576, 30), bytes(byte ^ 0xFF for byte in b"\x10\x04\x01" * 720)
    )
    faults = Faults(answers_within_pictures=True, paper_out_after_rows=20)
    with PrinterEmulator(faults=faults) as emulator:
        printer = NetworkPrinter(emulator.address, model_named("generic_80mm"), SHORT)

        assert printer.print("slip-1", questions) == Verdict("unknown", Trouble.PAPER_OUT)


def test_status_tells_how_the_printer_is_without_printing() -> None:
    with PrinterEmulator(faults=Faults(near_end=True, cover_open=True)) as emulator:
        printer = NetworkPrinter(emulator.address, model_named("generic_80mm"), PATIENT)

        status = printer.status()

    assert isinstance(status, Status)
    assert status.trouble is Trouble.COVER_OPEN
    assert status.warning == "paper_near_end"
    assert emulator.job_bytes == 0


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("192.168.1.50:9101", Address("192.168.1.50", 9101)),
        ("printer.local", Address("printer.local", 9100)),
        ("[fe80::1]:9101", Address("fe80::1", 9101)),
        ("[fe80::1]", Address("fe80::1", 9100)),
    ],
)
def test_addresses_are_read_as_people_write_them(text: str, address: Address) -> None:
    assert Address.parse(text) == address


@pytest.mark.parametrize("text", ["", ":9100", "printer:paper"])
def test_an_address_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="expected a printer address"):
        Address.parse(text)


def test_an_unnamed_host_is_unreachable_and_raises_nothing() -> None:
    address = Address("127.0.0.1", _free_port())

    printer = NetworkPrinter(address, model_named("generic_80mm"), SHORT)

    assert printer.print("slip-1", _picture()).result == "not_sent"


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
    return port


class DeafLine:
    """A way to a printer that takes everything and answers what it is told to."""

    def __init__(self) -> None:
        self.sent: list[bytes] = []
        self.answer = b""

    def send(self, data: bytes, timeout_s: float) -> None:
        assert timeout_s > 0
        self.sent.append(data)

    def receive(self, timeout_s: float) -> bytes:
        if timeout_s <= 0 or not self.answer:
            return b""
        return self.answer

    def close(self) -> None:
        pass


def test_a_printer_that_answers_nothing_is_asked_one_thing_until_it_does() -> None:
    line = DeafLine()
    printer = EscposPrinter("deaf", lambda _: line, model_named("generic_80mm"), HASTY)

    asked = []
    for _ in range(4):
        line.sent.clear()
        assert printer.condition() is Condition.MUTE
        asked.append(list(line.sent))
    assert asked[0] == [ASK_ONLINE, ASK_PAPER, ASK_CAUSE]
    assert asked[1:] == [[ASK_ONLINE], [ASK_PAPER], [ASK_CAUSE]]

    line.answer = b"\x12"
    assert printer.condition() is Condition.READY
    line.sent.clear()
    assert printer.condition() is Condition.READY
    assert line.sent == [ASK_ONLINE, ASK_PAPER, ASK_CAUSE]


def test_a_mute_printer_is_asked_one_thing_before_a_paper() -> None:
    line = DeafLine()
    printer = EscposPrinter("deaf", lambda _: line, model_named("generic_80mm"), HASTY)
    printer.condition()
    line.sent.clear()

    verdict = printer.print("slip-1", _picture())

    assert verdict == Verdict("unknown", Trouble.MUTE)
    assert len(line.sent) == 2, "a question and the paper"


def test_a_look_at_a_printer_without_power_gives_up_before_a_paper_does() -> None:
    limits = Timeouts(connect_s=3.0, look_connect_s=0.1)
    with SwitchedOff() as off:
        printer = NetworkPrinter(off.address, model_named("generic_80mm"), limits)
        began = monotonic()
        condition = printer.condition()
        looked_s = monotonic() - began
        began = monotonic()
        verdict = printer.print("slip-1", Image.new("1", (576, 10)))
        tried_s = monotonic() - began

    assert condition is Condition.UNREACHABLE
    assert verdict == Verdict("not_sent", Trouble.UNREACHABLE)
    assert looked_s < tried_s
