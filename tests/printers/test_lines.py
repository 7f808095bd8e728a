"""USB, serial, CUPS and folders: the same verdicts over other ways."""

from pathlib import Path

import pytest
from msgspec.structs import replace
from PIL import Image, ImageChops

from printers.escpos_printer import EscposPrinter, Timeouts
from printers.printer import Printer, Verdict
from printers.printer_choice import printer_for
from printers.printer_status import Trouble
from queue_server.core.identifiers import PrinterId
from queue_server.core.printer_configuration import Connection, PrinterConfiguration
from queue_server.core.printing import Condition
from tests.support.printer_emulator import Faults, PrinterEmulator
from tests.support.printer_ways import PrinterDevice

PAPER = Image.effect_noise((576, 300), 90).convert("1")
TIMEOUTS = Timeouts(status_s=0.3, send_s=5.0, fence_s=2.0, mute_fence_s=0.1, look_every_s=0.1)
DEVICES = [Connection.USB, Connection.SERIAL]


def _row(connection: Connection, address: str) -> PrinterConfiguration:
    return PrinterConfiguration(id=PrinterId("front"), connection=connection, address=address)


def _printer(connection: Connection, address: str, folder: Path) -> Printer:
    return printer_for(_row(connection, address), folder / "pictures", TIMEOUTS)


@pytest.mark.parametrize("connection", DEVICES)
def test_what_comes_out_of_a_device_is_what_was_drawn(
    connection: Connection, tmp_path: Path
) -> None:
    with PrinterEmulator() as emulator, PrinterDevice(emulator.address) as device:
        printer = _printer(connection, device.path, tmp_path)
        assert printer.condition() is Condition.READY

        verdicts = [printer.print(f"slip-{n}", PAPER) for n in range(3)]
        printer.close()

        printed = emulator.slips(PAPER.height)
    assert verdicts == [Verdict("printed")] * 3
    assert len(printed) == 3
    for paper in printed:
        assert ImageChops.difference(paper.convert("L"), PAPER.convert("L")).getbbox() is None


@pytest.mark.parametrize("connection", DEVICES)
def test_a_device_without_paper_is_sent_nothing(connection: Connection, tmp_path: Path) -> None:
    faults = Faults(paper_out=True)
    with PrinterEmulator(faults=faults) as emulator, PrinterDevice(emulator.address) as device:
        printer = _printer(connection, device.path, tmp_path)

        verdict = printer.print("slip-1", PAPER)
        printer.close()

    assert verdict == Verdict("not_sent", Trouble.PAPER_OUT)
    assert emulator.job_bytes == 0


@pytest.mark.parametrize("connection", DEVICES)
def test_a_device_that_is_not_there_is_sent_nothing(connection: Connection, tmp_path: Path) -> None:
    printer = _printer(connection, str(tmp_path / "lp0"), tmp_path)

    assert printer.condition() is Condition.UNREACHABLE
    assert printer.print("slip-1", PAPER) == Verdict("not_sent", Trouble.UNREACHABLE)


def test_a_late_answer_on_a_line_that_is_kept_is_not_the_next_jobs(tmp_path: Path) -> None:
    """The roll ends in the first job; its answer comes while the second waits for its own."""
    faults = Faults(paper_out_after_rows=100)
    with PrinterEmulator(faults=faults) as emulator, PrinterDevice(emulator.address) as device:
        printer = _printer(Connection.SERIAL, device.path, tmp_path)
        assert printer.print("slip-1", PAPER).result == "unknown"
        emulator.change_roll()
        emulator.wait_for_receipts(1)
        emulator.faults.paper_out_after_rows = 100

        second = printer.print("slip-2", PAPER)
        printer.close()

    assert second == Verdict("unknown", Trouble.PAPER_OUT)


def test_a_line_that_is_kept_is_opened_anew_after_it_broke(tmp_path: Path) -> None:
    with PrinterEmulator() as emulator:
        ways = [PrinterDevice(emulator.address), PrinterDevice(emulator.address)]
        paths = iter(ways)
        row = _row(Connection.SERIAL, "unused")

        def printer_on(way: PrinterDevice) -> Printer:
            return printer_for(replace(row, address=way.path), tmp_path, TIMEOUTS)

        first = printer_on(next(paths))
        with ways[0]:
            assert first.print("slip-1", PAPER) == Verdict("printed")
        assert first.print("slip-2", PAPER).result == "not_sent"
        first.close()
        with ways[1]:
            second = printer_on(next(paths))
            assert second.print("slip-2", PAPER) == Verdict("printed")
            second.close()


LP = """#!/bin/sh
cat > "{folder}/$$.taken"
echo "$@" > "{folder}/$$.arguments"
[ ! -e "{folder}/refuses" ] || {{ echo 'lp: Error - queue is not accepting jobs' >&2; exit 1; }}
echo 'request id is front-1 (1 file(s))'
"""
LPSTAT = """#!/bin/sh
[ "$2" = front ] || {{ echo "lpstat: Invalid destination name in list" >&2; exit 1; }}
[ ! -e "{folder}/disabled" ] || {{ echo 'printer front disabled since now -'; exit 0; }}
echo 'printer front is idle.  enabled since now'
"""


@pytest.fixture
def cups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The programs of CUPS, which keep what they are given."""
    for name, text in {"lp": LP, "lpstat": LPSTAT}.items():
        program = tmp_path / name
        program.write_text(text.format(folder=tmp_path))
        program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    return tmp_path


def test_cups_takes_a_job_and_nobody_knows_of_the_paper(cups: Path) -> None:
    printer = _printer(Connection.CUPS, "front", cups)

    assert printer.condition() is Condition.MUTE
    assert printer.print("slip-1", PAPER) == Verdict("unknown", Trouble.NO_STATUS)

    (taken,) = cups.glob("*.taken")
    (arguments,) = cups.glob("*.arguments")
    assert taken.read_bytes().startswith(b"\x1b@\x1dv0")
    assert arguments.read_text().split() == ["-d", "front", "-t", "slip-1", "-o", "raw", "-"]


def test_a_printer_with_a_driver_gets_a_document(cups: Path) -> None:
    row = replace(_row(Connection.CUPS, "front"), model="document_80mm")

    assert printer_for(row, cups).print("slip-1", PAPER).result == "unknown"

    (taken,) = cups.glob("*.taken")
    assert taken.read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize("mark", ["disabled", "refuses"])
def test_what_cups_refuses_was_not_sent(cups: Path, mark: str) -> None:
    (cups / mark).touch()

    verdict = _printer(Connection.CUPS, "front", cups).print("slip-1", PAPER)

    assert verdict == Verdict("not_sent", Trouble.OFFLINE)


def test_a_queue_or_a_service_that_is_not_there_is_unreachable(
    cups: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _printer(Connection.CUPS, "nope", cups).condition() is Condition.UNREACHABLE

    monkeypatch.setenv("PATH", str(cups / "empty"))

    printer = _printer(Connection.CUPS, "front", cups)
    assert printer.print("slip-1", PAPER) == Verdict("not_sent", Trouble.UNREACHABLE)


def test_a_folder_keeps_the_picture_for_screens_and_for_others(tmp_path: Path) -> None:
    printer = _printer(Connection.FOLDER, "slips", tmp_path)

    assert printer.print("slip-1", PAPER) == Verdict("kept", "slip-1.png")

    assert (tmp_path / "pictures" / "slip-1.png").is_file()
    assert (tmp_path / "paper" / "slips" / "slip-1.png").is_file()


def test_a_usb_printer_is_opened_for_each_job(tmp_path: Path) -> None:
    """The system lets one program have the device; between jobs it is free."""
    with PrinterEmulator() as emulator, PrinterDevice(emulator.address) as device:
        printer = _printer(Connection.USB, device.path, tmp_path)
        assert isinstance(printer, EscposPrinter)

        printer.print("slip-1", PAPER)

        assert printer._kept is None
