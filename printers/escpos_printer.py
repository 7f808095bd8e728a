"""A network printer that is believed only what it says itself.

A successful write proves nothing: a printer without paper swallows a slip and prints it when
the roll is changed. So each job ends with a question that waits its turn behind the picture,
the *fence*; its answer, and nothing else, means "printed". A job is never sent twice.
"""

import structlog
from msgspec import Struct
from PIL import Image

from printers.escpos_bytes import print_commands
from printers.printer import Verdict
from printers.printer_link import PrinterLink
from printers.printer_model import PrinterModel
from printers.printer_status import FENCE, Status, Trouble, fence_warning, status_from

STANDARD_PORT = 9100

log = structlog.get_logger()


class Timeouts(Struct, frozen=True, kw_only=True):
    """How long each step may take, in seconds; together below the job's limit of 30 s."""

    connect_s: float = 2.0
    status_s: float = 0.7
    """For each of the three questions."""
    send_s: float = 8.0
    fence_s: float = 15.0
    """Long enough to change a roll that ran out in the middle."""
    mute_fence_s: float = 2.0
    """For a printer that answered no question; it hardly answers this one."""


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


class NetworkPrinter:
    """An ESC/POS printer behind a TCP port.

    Keep one per printer and let one job at a time use it: most printers take one connection.
    """

    def __init__(
        self, address: Address, model: PrinterModel, timeouts: Timeouts | None = None
    ) -> None:
        self._address = address
        self._model = model
        self._timeouts = timeouts or Timeouts()
        self._trouble = ""

    def print(self, job_id: str, picture: Image.Image) -> Verdict:
        """Print `picture` at most once and tell what is known of it."""
        verdict = self._deliver(print_commands(picture, self._model))
        self._log(job_id, verdict)
        return verdict

    def status(self) -> Status | Trouble:
        """What the printer says of itself now, or that it cannot be reached."""
        try:
            with self._connected() as link:
                return self._status(link)
        except OSError:
            return Trouble.UNREACHABLE

    def _deliver(self, commands: bytes) -> Verdict:
        try:
            link = self._connected()
        except OSError:
            return Verdict("not_sent", Trouble.UNREACHABLE)
        with link:
            try:
                status = self._status(link)
            except OSError:
                return Verdict("not_sent", Trouble.UNREACHABLE)
            if status.trouble:
                return Verdict("not_sent", status.trouble)
            return self._send(link, commands, status)

    def _send(self, link: PrinterLink, commands: bytes, status: Status) -> Verdict:
        """Send the job. From the first byte on, nothing but the fence makes it certain."""
        limits = self._timeouts
        try:
            link.send(commands + FENCE, limits.send_s)
            reply = link.fence_reply(limits.mute_fence_s if status.is_mute else limits.fence_s)
            if reply is not None:
                return Verdict("printed", warning=fence_warning(reply) or status.warning)
            if status.is_mute:
                return Verdict("unknown", Trouble.MUTE)
            return Verdict("unknown", self._status(link).trouble or Trouble.NO_ANSWER)
        except OSError:
            return Verdict("unknown", Trouble.CONNECTION_LOST)

    def _connected(self) -> PrinterLink:
        return PrinterLink(self._address.host, self._address.port, self._timeouts.connect_s)

    def _status(self, link: PrinterLink) -> Status:
        def ask(question: bytes) -> int | None:
            link.send(question, self._timeouts.status_s)
            return link.real_time_reply(self._timeouts.status_s)

        return status_from(ask)

    def _log(self, job_id: str, verdict: Verdict) -> None:
        """Log when trouble starts, changes or ends, not on each job."""
        trouble = "" if verdict.result == "printed" else verdict.detail
        if trouble != self._trouble:
            self._trouble = trouble
            event = "printer_in_trouble" if trouble else "printer_works_again"
            log.warning(event, host=self._address.host, job=job_id, trouble=trouble)
