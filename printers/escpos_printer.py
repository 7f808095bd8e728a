"""An ESC/POS printer that is believed only what it says itself.

A successful write proves nothing: a printer without paper swallows a slip and prints it when
the roll is changed. So each job ends with a question that waits its turn behind the picture,
the *fence*; its answer, and nothing else, means "printed". Where the model can, the answer names
the job. A job is never sent twice.
"""

from hashlib import blake2b
from itertools import cycle
from time import monotonic

import structlog
from msgspec import Struct
from PIL import Image

from printers.escpos_bytes import TALLEST_STRIP, cut_command, print_commands
from printers.lines import STANDARD_PORT, Line, OpenLine, TcpLine
from printers.own_letters import own_letters
from printers.printer import UNWATCHED, Verdict, Watch
from printers.printer_link import PrinterLink
from printers.printer_model import PrinterModel
from printers.printer_status import (
    ASK_CAUSE,
    ASK_ONLINE,
    ASK_PAPER,
    DISCARD,
    FENCE,
    Status,
    Trouble,
    ask_process_id,
    fence_warning,
    status_from,
)
from queue_server.core.printing import Condition

TAG_BYTES = 4
STILL_BUSY = 0x1A
"""As a printer answers that is off line; this one has not finished what it had."""
QUIET_S = 0.2
"""A printer with nothing left to print answers within that."""

log = structlog.get_logger()


class Timeouts(Struct, frozen=True, kw_only=True):
    """How long each step may take, in seconds; together below the job's limit of 60 s."""

    connect_s: float = 2.0
    look_connect_s: float = 0.8
    """For a look alone: one that is switched off swallows the call, and is to be missed soon."""
    status_s: float = 0.7
    """For each of the questions."""
    mute_status_s: float = 0.3
    """For the single question to a printer that answered none before."""
    send_s: float = 8.0
    fence_s: float = 15.0
    """Long enough to change a roll that ran out in the middle."""
    mute_fence_s: float = 2.0
    """For a printer that answered no question; it hardly answers this one."""
    settle_s: float = 5.0
    """For the rest of an earlier paper, before a new one begins."""
    look_every_s: float = 1.0
    """How often a printer that does not confirm yet is asked what holds it up."""


class Address(Struct, frozen=True):
    """Where a network printer listens."""

    host: str
    port: int = STANDARD_PORT

    @classmethod
    def parse(cls, text: str) -> "Address":
        """The address written as ``host``, ``host:port`` or ``[IPv6]:port``.

        Raises:
            ValueError: It is none of these.
        """
        host, colon, port = text.strip().rpartition(":")
        if not colon or port.endswith("]"):
            host, port = text.strip(), str(STANDARD_PORT)
        host = host.removeprefix("[").removesuffix("]")
        if not host or not port.isdecimal():
            message = f"expected a printer address like 192.168.1.50:9100, got {text!r}"
            raise ValueError(message)
        return cls(host, int(port))


class EscposPrinter:
    """An ESC/POS printer at the end of a line.

    Keep one per printer and let one job at a time use it: most printers take one connection.

    Args:
        name: The printer, for the log.
        open_line: Opens the way to it.
        model: What it is.
        timeouts: How long each step may take.
        keeps_line: Whether the line stays open between jobs: opening a serial port resets some
            printers.
        keeps_answers: Whether answers to an earlier job may come on the line, also after a start.
    """

    def __init__(  # noqa: PLR0913 - the printer, its line and how that is, all named
        self,
        name: str,
        open_line: OpenLine,
        model: PrinterModel,
        timeouts: Timeouts | None = None,
        *,
        keeps_line: bool = False,
        keeps_answers: bool = False,
    ) -> None:
        self._name = name
        self._open_line = open_line
        self._model = model
        self._timeouts = timeouts or Timeouts()
        self._keeps_line = keeps_line
        self._kept: Line | None = None
        self._may_owe = keeps_answers
        """Whether the answer to an earlier job may still come and be taken for the next one's."""
        self._is_mute = False
        """Whether it answered nothing when it was asked last."""
        self._single_questions = cycle((ASK_ONLINE, ASK_PAPER, ASK_CAUSE))
        self._is_torn = False
        """Whether the printer may have half a picture and wait for the rest."""
        self._trouble = ""

    def print(self, job_id: str, picture: Image.Image, watch: Watch = UNWATCHED) -> Verdict:
        """Print `picture` at most once and tell what is known of it; see `printer.Printer`."""
        below = own_letters(job_id, self._model)
        verdict = self._deliver(job_id, print_commands(picture, self._model, below), watch)
        self._log(job_id, verdict)
        return verdict

    def status(self) -> Status | Trouble:
        """What the printer says of itself now, or that it cannot be reached."""
        try:
            with self._connected(self._timeouts.look_connect_s) as link:
                return self._status(link)
        except OSError:
            return Trouble.UNREACHABLE

    def condition(self) -> Condition:
        """The same in one word; see `printer.Printer`."""
        status = self.status()
        return status.condition if isinstance(status, Status) else Condition.UNREACHABLE

    def distrust(self) -> None:
        """The last job was cut short; see `printer.Printer`."""
        self._is_torn = True

    def close(self) -> None:
        """Let go of a line that was kept."""
        if self._kept is not None:
            self._kept.close()
        self._kept = None

    def _deliver(self, job_id: str, commands: bytes, watch: Watch) -> Verdict:
        try:
            link = self._connected(self._timeouts.connect_s)
        except OSError:
            watch.seen(Condition.UNREACHABLE)
            return Verdict("not_sent", Trouble.UNREACHABLE)
        with link:
            try:
                status = self._status(link)
                if not status.trouble:
                    fresh = self._afresh(link, status)
                    status = fresh or Status(online=STILL_BUSY)
            except OSError:
                self._kept = None
                watch.seen(Condition.UNREACHABLE)
                return Verdict("not_sent", Trouble.UNREACHABLE)
            watch.seen(status.condition)
            if status.trouble:
                return Verdict("not_sent", status.trouble)
            watch.before_first_byte()
            return self._send(link, job_id, commands, status, watch)

    def _send(
        self, link: PrinterLink, job_id: str, commands: bytes, status: Status, watch: Watch
    ) -> Verdict:
        """Send the job. From the first byte on, nothing but its answer makes it certain."""
        tag = tag_of(job_id) if self._model.has_process_id else b""
        ending = (ask_process_id(tag) if tag else b"") + FENCE
        try:
            link.send(commands + ending, self._timeouts.send_s)
            reply = self._confirmation(link, tag, watch, is_mute=status.is_mute)
            if reply is not None:
                return Verdict("printed", warning=fence_warning(reply) or status.warning)
            if status.is_mute:
                return Verdict("unknown", Trouble.MUTE)
            return Verdict("unknown", self._given_up(link, watch))
        except OSError:
            self._kept = None
            self.distrust()
            return Verdict("unknown", Trouble.CONNECTION_LOST)

    def _confirmation(
        self, link: PrinterLink, tag: bytes, watch: Watch, *, is_mute: bool
    ) -> int | None:
        """The answer to the fence once the job is confirmed, or None when it is not in time."""
        limits = self._timeouts
        deadline = monotonic() + (limits.mute_fence_s if is_mute else limits.fence_s)
        while (left_s := deadline - monotonic()) > 0:
            wait_s = min(left_s, limits.look_every_s)
            reply = self._named(link, tag, wait_s) if tag else link.fence_reply(wait_s)
            if reply is not None:
                return reply
            if not is_mute:
                self._seen(link, watch)
        self._may_owe = True
        return None

    def _named(self, link: PrinterLink, tag: bytes, timeout_s: float) -> int | None:
        """The answer to the fence once the printer has named the job."""
        if link.process_id(timeout_s) != tag:
            return None
        return link.fence_reply(self._timeouts.status_s) or 0

    def _afresh(self, link: PrinterLink, status: Status) -> Status | None:
        """Put an end to what an earlier job may have left: half a picture, or a late answer.

        Zeros complete a picture that was cut short and are nothing to a printer that waits for a
        command. The question behind them is answered after every late answer; then it is quiet.

        Returns:
            How the printer is now; None when it has not come to an end of what it had.
        """
        may_be_misunderstood = self._may_owe and not self._model.has_process_id
        if not self._is_torn and (status.is_mute or not may_be_misunderstood):
            return status
        ending = zeros(self._model) + cut_command(self._model.cut) if self._is_torn else b""
        limits = self._timeouts
        link.send(ending + FENCE, limits.send_s)
        has_ended = link.fence_reply(limits.settle_s) is not None
        while has_ended and link.fence_reply(QUIET_S) is not None:
            pass
        status = self._status(link) if self._is_torn else status
        if not has_ended and not status.is_mute:
            return None
        self._may_owe = self._is_torn = False
        return status

    def _given_up(self, link: PrinterLink, watch: Watch) -> Trouble:
        """Why nothing was heard of the job; what the printer holds of it is discarded."""
        status = self._seen(link, watch)
        if status.trouble and self._model.can_discard:
            link.send(DISCARD, self._timeouts.status_s)
        return status.trouble or Trouble.NO_ANSWER

    def _seen(self, link: PrinterLink, watch: Watch) -> Status:
        """How a printer is that answered before the job; one that has fallen silent is gone."""
        status = self._status(link)
        watch.seen(Condition.UNREACHABLE if status.is_mute else status.condition)
        return status

    def _connected(self, timeout_s: float) -> PrinterLink:
        line = self._kept or self._open_line(timeout_s)
        if self._keeps_line:
            self._kept = line
        try:
            return PrinterLink(line, is_kept=self._keeps_line)
        except OSError:
            self._kept = None
            line.close()
            raise

    def _status(self, link: PrinterLink) -> Status:
        """What it says of itself; a mute one is asked one thing in turn, until it answers."""
        limits = self._timeouts
        if self._is_mute:
            question = next(self._single_questions)
            if link.ask_now(question, limits.mute_status_s) is None:
                return Status()
        status = status_from(lambda question: link.ask_now(question, limits.status_s))
        self._is_mute = status.is_mute
        return status

    def _log(self, job_id: str, verdict: Verdict) -> None:
        """Log when trouble starts, changes or ends, not on each job."""
        trouble = "" if verdict.result == "printed" else verdict.detail
        if trouble != self._trouble:
            self._trouble = trouble
            event = "printer_in_trouble" if trouble else "printer_works_again"
            log.warning(event, printer=self._name, job=job_id, trouble=trouble)


class NetworkPrinter(EscposPrinter):
    """An ESC/POS printer behind a TCP port."""

    def __init__(
        self, address: Address, model: PrinterModel, timeouts: Timeouts | None = None
    ) -> None:
        def open_line(timeout_s: float) -> Line:
            return TcpLine(address.host, address.port, timeout_s)

        super().__init__(address.host, open_line, model, timeouts)


def tag_of(job_id: str) -> bytes:
    """Four letters and digits that name the job to the printer."""
    return blake2b(job_id.encode(), digest_size=TAG_BYTES // 2).hexdigest().encode()


def zeros(model: PrinterModel) -> bytes:
    """As many as the longest picture command can wait for."""
    return bytes(TALLEST_STRIP * model.dots // 8)
