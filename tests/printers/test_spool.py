"""A job leaves at most once, whatever dies in between."""

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image

from printers.folder_spool import FolderSpool
from printers.printer import UNWATCHED, NotYours, Verdict, Watch
from printers.printer_status import Trouble
from printers.spool import interrupted, print_job
from queue_server.core.errors import InvalidValue
from queue_server.core.printing import Condition
from tests.support.printer_emulator import Faults, PrinterEmulator

PICTURE = Image.new("1", (576, 8), 0)


class ScriptedPrinter:
    """Gives its verdicts in turn, and counts."""

    def __init__(self, *verdicts: Verdict) -> None:
        self.verdicts = list(verdicts)
        self.jobs: list[str] = []

    def print(self, job_id: str, picture: Image.Image, watch: Watch = UNWATCHED) -> Verdict:
        assert picture.width == 576
        if self.verdicts and self.verdicts[0].result == "not_sent":
            return self.verdicts.pop(0)
        watch.before_first_byte()
        self.jobs.append(job_id)
        if not self.verdicts:
            raise InterruptedError("the process died")
        return self.verdicts.pop(0)

    def condition(self) -> Condition:
        return Condition.READY

    def distrust(self) -> None:
        """Nothing is remembered."""

    def close(self) -> None:
        """Nothing is held."""


def _print(
    printer: ScriptedPrinter,
    store: FolderSpool,
    *,
    job_id: str = "slip-1",
    watch: Watch = UNWATCHED,
) -> Verdict:
    return print_job(job_id, PICTURE, printer, store, watch)


class Refusing(Watch):
    """Somebody else has the job."""

    def before_first_byte(self) -> None:
        raise NotYours("taken")


class Dying(Watch):
    """The program ends when it has told the journal and not yet the spool."""

    def before_first_byte(self) -> None:
        raise InterruptedError("the process died")


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


def test_a_job_that_is_not_ours_is_neither_sent_nor_noted(tmp_path: Path) -> None:
    printer = ScriptedPrinter()

    with pytest.raises(NotYours):
        _print(printer, FolderSpool(tmp_path), watch=Refusing())

    assert printer.jobs == []
    assert list(tmp_path.iterdir()) == []


def test_who_dies_before_the_first_byte_leaves_a_job_that_is_certain(tmp_path: Path) -> None:
    """The journal has the job as begun; the spool knows that nothing left."""
    with pytest.raises(InterruptedError):
        _print(ScriptedPrinter(Verdict("printed")), FolderSpool(tmp_path), watch=Dying())

    assert interrupted("slip-1", FolderSpool(tmp_path)) == Verdict("not_sent", "interrupted")
    assert _print(ScriptedPrinter(Verdict("printed")), FolderSpool(tmp_path)).result == "printed"


def test_who_dies_after_the_first_byte_leaves_a_job_that_nobody_knows(tmp_path: Path) -> None:
    with pytest.raises(InterruptedError):
        _print(ScriptedPrinter(), FolderSpool(tmp_path))

    assert interrupted("slip-1", FolderSpool(tmp_path)) == Verdict("unknown", "interrupted")


def test_a_spool_has_a_name_that_no_other_has(tmp_path: Path) -> None:
    here, there = FolderSpool(tmp_path / "here"), FolderSpool(tmp_path / "there")

    with ThreadPoolExecutor(8) as threads:
        names = set(threads.map(lambda _: here.identity, range(8)))

    assert names == {FolderSpool(tmp_path / "here").identity}
    assert here.identity != there.identity


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
from pathlib import Path
from PIL import Image
from printers.escpos_printer import Address, NetworkPrinter
from printers.folder_spool import FolderSpool
from printers.printer_model import model_named
from printers.spool import interrupted, print_job
printer = NetworkPrinter(Address("127.0.0.1", int(sys.argv[1])), model_named("generic_80mm"))
store = FolderSpool(Path(sys.argv[2]))
picture = Image.new("1", (576, 8), 0)
print_job("slip-1", picture, printer, store)
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
