"""A job leaves at most once, whatever dies in between."""

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PIL import Image

from printers.folder_spool import FolderSpool
from printers.printer import Verdict
from printers.printer_status import Trouble
from printers.spool import print_job
from queue_server.core.errors import InvalidValue
from tests.support.printer_emulator import Faults, PrinterEmulator

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
PICTURE = Image.new("1", (576, 8), 0)


class ScriptedPrinter:
    """Gives its verdicts in turn, and counts."""

    def __init__(self, *verdicts: Verdict) -> None:
        self.verdicts = list(verdicts)
        self.jobs: list[str] = []

    def print(self, job_id: str, picture: Image.Image) -> Verdict:
        assert picture.width == 576
        self.jobs.append(job_id)
        if not self.verdicts:
            raise InterruptedError("the process died")
        return self.verdicts.pop(0)


def _print(
    printer: ScriptedPrinter, store: FolderSpool, *, job_id: str = "slip-1", age_s: float = 1
) -> Verdict:
    requested_at = NOW - timedelta(seconds=age_s)
    return print_job(job_id, PICTURE, printer, store, requested_at=requested_at, now=NOW)


@pytest.mark.parametrize(
    "verdict", [Verdict("printed", "", "paper_near_end"), Verdict("unknown", "no_answer")]
)
def test_a_job_that_was_sent_is_never_sent_again(tmp_path: Path, verdict: Verdict) -> None:
    printer = ScriptedPrinter(verdict)

    first = _print(printer, FolderSpool(tmp_path))
    second = _print(printer, FolderSpool(tmp_path))

    assert first == second == verdict
    assert printer.jobs == ["slip-1"]


def test_a_job_that_was_not_sent_may_be_tried_again(tmp_path: Path) -> None:
    printer = ScriptedPrinter(Verdict("not_sent", "paper_out"), Verdict("printed"))

    first = _print(printer, FolderSpool(tmp_path))
    second = _print(printer, FolderSpool(tmp_path))

    assert (first.result, second.result) == ("not_sent", "printed")


def test_an_interrupted_job_is_unknown_and_sent_no_more(tmp_path: Path) -> None:
    printer = ScriptedPrinter()
    with pytest.raises(InterruptedError):
        _print(printer, FolderSpool(tmp_path))

    verdict = _print(printer, FolderSpool(tmp_path))

    assert verdict == Verdict("unknown", Trouble.INTERRUPTED)
    assert printer.jobs == ["slip-1"]


def test_a_reprint_is_a_job_of_its_own(tmp_path: Path) -> None:
    printer = ScriptedPrinter(Verdict("unknown"), Verdict("printed"))

    _print(printer, FolderSpool(tmp_path))

    assert _print(printer, FolderSpool(tmp_path), job_id="slip-2").result == "printed"


def test_a_job_that_waited_too_long_is_dropped(tmp_path: Path) -> None:
    printer = ScriptedPrinter()

    verdict = _print(printer, FolderSpool(tmp_path), age_s=601)

    assert verdict == Verdict("not_sent", Trouble.TOO_OLD)
    assert printer.jobs == []
    assert list(tmp_path.iterdir()) == []


def test_an_old_job_that_was_sent_keeps_its_verdict(tmp_path: Path) -> None:
    printer = ScriptedPrinter(Verdict("printed"))
    _print(printer, FolderSpool(tmp_path))

    assert _print(printer, FolderSpool(tmp_path), age_s=601) == Verdict("printed")


def test_only_one_of_many_may_send_a_job(tmp_path: Path) -> None:
    stores = [FolderSpool(tmp_path) for _ in range(8)]

    with ThreadPoolExecutor(8) as threads:
        begun = list(threads.map(lambda store: store.begin("slip-1"), stores))

    assert begun.count(None) == 1
    assert begun.count(Verdict("unknown", Trouble.INTERRUPTED)) == 7


@pytest.mark.parametrize("job_id", ["", "../slip", "a/b", ".hidden", "a b"])
def test_a_job_id_that_could_leave_the_folder_is_refused(tmp_path: Path, job_id: str) -> None:
    with pytest.raises(InvalidValue, match="print job id"):
        FolderSpool(tmp_path).begin(job_id)


PROGRAM = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from PIL import Image
from printers.escpos_printer import Address, NetworkPrinter
from printers.folder_spool import FolderSpool
from printers.printer_model import model_named
from printers.spool import print_job
now = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
printer = NetworkPrinter(Address("127.0.0.1", int(sys.argv[1])), model_named("generic_80mm"))
store = FolderSpool(Path(sys.argv[2]))
picture = Image.new("1", (576, 8), 0)
print_job("slip-1", picture, printer, store, requested_at=now, now=now)
"""


def test_a_killed_process_leaves_its_job_unknown(tmp_path: Path) -> None:
    with PrinterEmulator(faults=Faults(paper_out_after_rows=1)) as emulator:
        arguments = [sys.executable, "-c", PROGRAM, str(emulator.address.port), str(tmp_path)]
        environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
        with subprocess.Popen(arguments, env=environment) as process:  # noqa: S603 - our own
            emulator.wait_until(lambda: emulator.job_bytes > 0)
            process.send_signal(signal.SIGKILL)

        verdict = _print(ScriptedPrinter(), FolderSpool(tmp_path))

        assert emulator.connections == 1
    assert verdict == Verdict("unknown", Trouble.INTERRUPTED)
