"""The print agent's life: say how the printer is, fetch the next paper, print it once, tell.

A job is the server's until the server has answered that it may begin; from then on it is the
agent's to tell what became of it, over any cut of power on either side.
"""

import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from time import monotonic
from typing import Final

import structlog

from printers.agent.agent_line import AgentLine, NextJob, ServerAway
from printers.agent.agent_queue import AgentQueue
from printers.escpos_printer import Timeouts
from printers.printer import NotYours, Verdict, Watch
from printers.printer_choice import Printers
from printers.printer_status import Trouble
from printers.spool import print_job
from queue_server.core.printer_configuration import PrinterConfiguration
from queue_server.core.printing import Condition

log = structlog.get_logger()

WAIT_S: Final = 1.0
"""So long the server may keep the question for the next paper; the printer is looked at between."""
PAUSE_S: Final = 1.0
ALIVE_EVERY_S: Final = 2.0
"""While a paper waits for a new roll the server hears of the agent at least so often."""


class PrintAgent:
    """One printer's agent.

    Args:
        line: The server.
        queue: What is remembered over a power cut.
        folder: Where pictures are kept, for a printer without one.
        timeouts: How long each step of printing may take.
    """

    def __init__(
        self, line: AgentLine, queue: AgentQueue, folder: Path, timeouts: Timeouts | None = None
    ) -> None:
        self._line = line
        self._queue = queue
        self._printers = Printers(folder / "pictures", timeouts)
        self._row: PrinterConfiguration | None = None
        self._is_distrusted = False
        self._condition: Condition | None = None
        """As the server was told last."""
        self._ended = threading.Event()

    def end(self) -> None:
        """Stop after the present paper."""
        self._ended.set()

    def run(self) -> None:
        """Print until told to end; survives every absence of server and printer."""
        self.settle()
        is_well = True
        while not self._ended.is_set():
            try:
                self.step()
                if not is_well:
                    log.info("the server is back")
                is_well = True
            except ServerAway as away:
                if is_well:
                    log.warning("the server cannot be reached", reason=str(away))
                is_well = False
                self._ended.wait(PAUSE_S)
        self._printers.close()

    def settle(self) -> None:
        """After a start: find out what an earlier life left."""
        self._is_distrusted = self._queue.settle()

    def step(self, wait_s: float = WAIT_S) -> None:
        """Tell what became of earlier papers, then print the next one if it comes in time.

        Raises:
            ServerAway: No answer; try again.
            NotPaired: The server has shut this agent out.
        """
        for ended in self._queue.untold():
            self._line.record(ended.job_id, ended.verdict)
            self._queue.told(ended.job_id)
        if self._row is not None:
            self._condition = self._printers.printer(self._row).condition()
        paper = self._line.next_paper(self._condition, wait_s)
        if paper.printer is None:
            if self._row is not None:
                log.warning("the centre has no printer for this agent any more")
            self._row = None
            self._ended.wait(PAUSE_S)
            return
        self._row = paper.printer
        if paper.job is not None:
            self._print(paper.job, paper.printer)

    def _print(self, job: NextJob, row: PrinterConfiguration) -> None:
        if self._queue.recall(job.id) is not None:
            self._queue.tell_again(job.id)  # the server has forgotten what it was told
            return
        picture = self._line.picture(job.id)
        watch = _Told(self._line, self._queue, job.id, self._condition)
        printer = self._printers.printer(row)
        if self._is_distrusted:
            printer.distrust()
            self._is_distrusted = False
        try:
            verdict = print_job(job.id, picture, printer, self._queue, watch)
        except NotYours as taken:
            log.info("a print job is not begun", job=job.id, reason=str(taken))
            return
        if verdict.result == "not_sent":
            self._queue.record(job.id, verdict)
            self._ended.wait(PAUSE_S)


class _Told(Watch):
    """Asks the server before the first byte, and tells it how the printer is meanwhile."""

    def __init__(
        self, line: AgentLine, queue: AgentQueue, job_id: str, told: Condition | None
    ) -> None:
        self._line = line
        self._queue = queue
        self._job_id = job_id
        self._told = told
        self._told_s = monotonic()

    def before_first_byte(self) -> None:
        self._queue.ask(self._job_id)
        try:
            may_begin = self._line.start(self._job_id)
        except ServerAway as away:
            # The journal may have it as begun: the server is told that nothing left.
            self._queue.record(self._job_id, Verdict("not_sent", Trouble.INTERRUPTED))
            raise NotYours(str(away)) from away
        if not may_begin:
            self._queue.record(self._job_id, Verdict("not_sent", Trouble.INTERRUPTED))
            self._queue.told(self._job_id)
            raise NotYours("the server has given it to another, or dropped it")

    def seen(self, condition: Condition) -> None:
        """Tell the server when it changes, and now and then that the agent lives."""
        if condition is self._told and monotonic() - self._told_s < ALIVE_EVERY_S:
            return
        self._told, self._told_s = condition, monotonic()
        with suppress(ServerAway):
            self._line.next_paper(condition, 0.0)


def run_agent(
    line: AgentLine,
    folder: Path,
    on_start: Callable[[PrintAgent], None],
    timeouts: Timeouts | None = None,
) -> None:
    """Run an agent whose memory is in `folder` until `PrintAgent.end`."""
    queue = AgentQueue(folder / "jobs.sqlite3")
    try:
        agent = PrintAgent(line, queue, folder, timeouts)
        on_start(agent)
        agent.run()
    finally:
        queue.close()
