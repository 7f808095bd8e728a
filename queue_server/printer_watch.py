"""Looks at a printer every few seconds beside the worker that prints on it."""

import threading
from typing import Final

import structlog
from redis.exceptions import RedisError

from queue_server.core.errors import QueueError
from queue_server.core.identifiers import CentreId, PrinterId
from queue_server.core.printing import Condition
from queue_server.print_work import look, printer_of_queue, report, settle
from queue_server.workshop import Workshop

log = structlog.get_logger()

SURE_AFTER: Final = 2
"""A printer that somebody else uses takes no connection for a moment: one refusal is none. One that
was switched off during a look seems mute once."""
AGAIN_S: Final = 0.5
MUTE_EVERY_S: Final = 30.0
"""A printer that answers nothing is asked seldom: each question is waited for in vain."""
SILENT: Final = frozenset({Condition.UNREACHABLE, Condition.MUTE})


class PrinterWatch:
    """The looks at one printer; trouble reaches the journal within two of them."""

    def __init__(self, shop: Workshop, queue: str, every_s: float) -> None:
        self._shop = shop
        self._queue = queue
        self._every_s = every_s
        self._silences = 0
        """Looks one after another at which nothing was heard of the printer."""
        self._whose: tuple[CentreId, PrinterId] | None = None
        self._ended = threading.Event()

    def start(self) -> None:
        """Look from now on, in a thread that ends with the process."""
        threading.Thread(target=self.run, name="printer-watch", daemon=True).start()

    def end(self) -> None:
        """Look no more."""
        self._ended.set()

    def run(self) -> None:
        """Settle what an earlier worker left, then look until told to end."""
        is_well, pause_s = True, 0.0
        while not self._ended.wait(pause_s):
            try:
                pause_s = self.step()
                is_well = True
            except (QueueError, RedisError, OSError) as error:
                if is_well:
                    log.warning("a printer cannot be watched", queue=self._queue, reason=str(error))
                is_well, pause_s = False, self._every_s

    def step(self) -> float:
        """Do what is next.

        Returns:
            Seconds until the next look.
        """
        if self._whose is None:
            whose = printer_of_queue(self._shop, self._queue)
            if whose is None:
                return self._every_s
            settle(self._shop, *whose)
            self._whose = whose
        condition = look(self._shop, *self._whose)
        if condition is None:
            return self._every_s
        self._silences = self._silences + 1 if condition in SILENT else 0
        if 0 < self._silences < SURE_AFTER:
            return min(AGAIN_S, self._every_s)
        report(self._shop, *self._whose, condition)
        return MUTE_EVERY_S if condition is Condition.MUTE else self._every_s


def watch_printer(queue: str) -> None:
    """Begin to watch the printer of a queue of this worker process."""
    from queue_server.workshop import workshop  # noqa: PLC0415

    shop = workshop()
    PrinterWatch(shop, queue, shop.settings.printing.printer_look_s).start()
