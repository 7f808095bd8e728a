"""The table of printer faults: what is said of each job, and what lies in the tray.

The faults are those that printers of every office have; "printed" is said only where paper came
out, "not sent" only where none can come out later, and nothing is ever sent twice.
"""

from collections.abc import Callable

import pytest
from msgspec import Struct
from PIL import Image, ImageChops

from printers.escpos_printer import NetworkPrinter, Timeouts
from printers.printer import Verdict, Watch
from printers.printer_model import model_named
from printers.printer_status import Trouble
from queue_server.core.printing import Condition
from tests.support.printer_emulator import Faults, PrinterEmulator
from tests.support.printer_ways import DyingProxy

PAPER = Image.new("1", (576, 400), 0)
TIMEOUTS = Timeouts(status_s=0.15, send_s=0.5, fence_s=0.6, mute_fence_s=0.1, look_every_s=0.05)
PLAIN, NAMING = "generic_80mm", "epson_tm_t20"


class Seen(Watch):
    """Remembers how the printer was seen."""

    def __init__(self) -> None:
        self.conditions: list[Condition] = []
        self.begun = 0

    def before_first_byte(self) -> None:
        self.begun += 1

    def seen(self, condition: Condition) -> None:
        if self.conditions[-1:] != [condition]:
            self.conditions.append(condition)


class Case(Struct, frozen=True, kw_only=True):
    """A fault, the verdict, and sheets in the tray when it was given and when all is well again."""

    name: str
    faults: Callable[[], Faults]
    verdict: Verdict
    then: int
    later: int
    model: str = PLAIN
    changes_roll: bool = False


def _not_sent(name: str, faults: Callable[[], Faults], trouble: Trouble) -> Case:
    return Case(name=name, faults=faults, verdict=Verdict("not_sent", trouble), then=0, later=0)


CASES = (
    Case(name="healthy", faults=Faults, verdict=Verdict("printed"), then=1, later=1),
    Case(
        name="near the end of the roll",
        faults=lambda: Faults(near_end=True),
        verdict=Verdict("printed", warning="paper_near_end"),
        then=1,
        later=1,
    ),
    _not_sent("no paper", lambda: Faults(paper_out=True), Trouble.PAPER_OUT),
    _not_sent("cover open", lambda: Faults(cover_open=True), Trouble.COVER_OPEN),
    _not_sent("knife stuck", lambda: Faults(cutter_stuck=True), Trouble.CUTTER),
    _not_sent("jam", lambda: Faults(jammed=True), Trouble.ERROR),
    _not_sent("feed button held", lambda: Faults(offline=True), Trouble.OFFLINE),
    _not_sent("in use by another", lambda: Faults(hangs_up=True), Trouble.UNREACHABLE),
    Case(
        name="roll ends in the middle and is changed",
        faults=lambda: Faults(paper_out_after_rows=100),
        verdict=Verdict("printed"),
        then=1,
        later=1,
        changes_roll=True,
    ),
    Case(
        name="roll ends in the middle and nobody comes",
        faults=lambda: Faults(paper_out_after_rows=100),
        verdict=Verdict("unknown", Trouble.PAPER_OUT),
        then=0,
        later=1,
    ),
    Case(
        name="roll ends in the middle, the printer forgets what it held",
        faults=lambda: Faults(paper_out_after_rows=100),
        verdict=Verdict("unknown", Trouble.PAPER_OUT),
        then=0,
        later=0,
        model=NAMING,
    ),
    Case(
        name="answer lost",
        faults=lambda: Faults(loses_fence_reply=True),
        verdict=Verdict("unknown", Trouble.CONNECTION_LOST),
        then=1,
        later=1,
    ),
    Case(
        name="answers nothing at all",
        faults=lambda: Faults(mute=True),
        verdict=Verdict("unknown", Trouble.MUTE),
        then=1,
        later=1,
    ),
    Case(
        name="dies in the middle",
        faults=lambda: Faults(dies_after_bytes=2000),
        verdict=Verdict("unknown", Trouble.CONNECTION_LOST),
        then=0,
        later=0,
    ),
    Case(
        name="confirms by name",
        faults=Faults,
        verdict=Verdict("printed"),
        then=1,
        later=1,
        model=NAMING,
    ),
    Case(
        name="confirms another job",
        faults=lambda: Faults(names_another_job=True),
        verdict=Verdict("unknown", Trouble.NO_ANSWER),
        then=1,
        later=1,
        model=NAMING,
    ),
    Case(
        name="cannot confirm by name though its row says so",
        faults=lambda: Faults(names_no_jobs=True),
        verdict=Verdict("unknown", Trouble.NO_ANSWER),
        then=1,
        later=1,
        model=NAMING,
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_fault_has_its_verdict(case: Case) -> None:
    watch = Seen()
    with PrinterEmulator(faults=case.faults()) as emulator:
        if case.changes_roll:
            emulator.when_paper_runs_out(emulator.change_roll)
        printer = NetworkPrinter(emulator.address, model_named(case.model), TIMEOUTS)

        verdict = printer.print("slip-1", PAPER, watch)

        if case.then:
            emulator.wait_for_receipts(case.then)
        assert len(emulator.receipts) == case.then
        emulator.change_roll()
        assert len(emulator.receipts) == case.later
    assert verdict == case.verdict
    assert watch.begun == (verdict.result != "not_sent")
    assert bool(emulator.job_bytes) == (verdict.result != "not_sent")


def test_a_printer_that_is_off_is_sent_nothing() -> None:
    with PrinterEmulator() as emulator:
        address = emulator.address
    watch = Seen()

    verdict = NetworkPrinter(address, model_named(PLAIN), TIMEOUTS).print("slip-1", PAPER, watch)

    assert verdict == Verdict("not_sent", Trouble.UNREACHABLE)
    assert (watch.begun, watch.conditions) == (0, [Condition.UNREACHABLE])


def test_a_printer_that_falls_silent_while_printing_is_told_as_away() -> None:
    watch = Seen()
    with PrinterEmulator(faults=Faults(paper_out_after_rows=100)) as emulator:
        emulator.when_paper_runs_out(lambda: emulator.fall_ill(Faults(mute=True, paper_out=True)))
        printer = NetworkPrinter(emulator.address, model_named(PLAIN), TIMEOUTS)

        verdict = printer.print("slip-1", PAPER, watch)

    assert verdict == Verdict("unknown", Trouble.NO_ANSWER)
    assert watch.conditions == [Condition.READY, Condition.UNREACHABLE]


@pytest.mark.parametrize("bytes_through", [40, 900, 8000])
def test_a_line_that_breaks_anywhere_in_a_job_is_unknown(bytes_through: int) -> None:
    with (
        PrinterEmulator() as emulator,
        DyingProxy(emulator.address, dies_after=bytes_through) as proxy,
    ):
        printer = NetworkPrinter(proxy.address, model_named(PLAIN), TIMEOUTS)

        verdict = printer.print("slip-1", PAPER)

    assert verdict == Verdict("unknown", Trouble.CONNECTION_LOST)
    assert emulator.receipts == []


@pytest.mark.parametrize("model", [PLAIN, NAMING])
@pytest.mark.parametrize("bytes_through", [400, 9_000])
def test_a_paper_after_one_that_was_cut_short_is_whole(model: str, bytes_through: int) -> None:
    """The printer waits for the rest of a picture, and would take the next paper for it."""
    row = model_named(model)
    paper = Image.effect_noise((row.dots, 400), 90).convert("1")
    with (
        PrinterEmulator(row.dots) as emulator,
        DyingProxy(emulator.address, dies_after=bytes_through) as proxy,
    ):
        printer = NetworkPrinter(proxy.address, row, TIMEOUTS)
        assert printer.print("slip-1", paper).result == "unknown"
        proxy.dies_after = None

        verdict = printer.print("slip-2", paper)

        *torn, whole = emulator.slips(paper.height)
    assert verdict == Verdict("printed")
    assert len(torn) == 1
    assert ImageChops.difference(whole.convert("L"), paper.convert("L")).getbbox() is None


def test_a_paper_that_another_process_cut_short_is_not_mixed_with_the_next() -> None:
    with (
        PrinterEmulator() as emulator,
        DyingProxy(emulator.address, dies_after=900) as proxy,
    ):
        NetworkPrinter(proxy.address, model_named(PLAIN), TIMEOUTS).print("slip-1", PAPER)
        printer = NetworkPrinter(emulator.address, model_named(PLAIN), TIMEOUTS)
        printer.distrust()

        assert printer.print("slip-2", PAPER) == Verdict("printed")

        *_, whole = emulator.slips(PAPER.height)
    assert ImageChops.difference(whole.convert("L"), PAPER.convert("L")).getbbox() is None


def test_what_holds_a_job_up_is_told_while_it_waits() -> None:
    watch = Seen()
    with PrinterEmulator(faults=Faults(paper_out_after_rows=100)) as emulator:
        printer = NetworkPrinter(emulator.address, model_named(PLAIN), TIMEOUTS)

        printer.print("slip-1", PAPER, watch)

    assert watch.conditions == [Condition.READY, Condition.PAPER_OUT]


@pytest.mark.parametrize(
    ("faults", "condition"),
    [
        (Faults(), Condition.READY),
        (Faults(near_end=True), Condition.PAPER_NEAR_END),
        (Faults(paper_out=True), Condition.PAPER_OUT),
        (Faults(cover_open=True), Condition.COVER_OPEN),
        (Faults(cutter_stuck=True), Condition.CUTTER),
        (Faults(jammed=True), Condition.ERROR),
        (Faults(offline=True), Condition.OFFLINE),
        (Faults(mute=True), Condition.MUTE),
        (Faults(hangs_up=True), Condition.UNREACHABLE),
    ],
)
def test_a_printer_is_asked_how_it_is(faults: Faults, condition: Condition) -> None:
    with PrinterEmulator(faults=faults) as emulator:
        printer = NetworkPrinter(emulator.address, model_named(PLAIN), TIMEOUTS)

        assert printer.condition() is condition
        assert emulator.job_bytes == 0
