"""Whether this process's clock agrees with the store's: one that is off must not decide."""

from datetime import datetime, timedelta

import structlog

from queue_server.clock import Clock
from queue_server.core.errors import ClockOff
from queue_server.journal.protocol import Journal

log = structlog.get_logger()

CHECK_EVERY_S = 5.0
TOLERANCE = timedelta(seconds=2)


class ClockCheck:
    """The last comparison of the machine's clock with the store's.

    The machine's own clock is compared, never a demo's scaled one.
    """

    def __init__(self, journal: Journal, machine: Clock) -> None:
        self._journal = journal
        self._machine = machine
        self.off_by = timedelta()
        """How far the machine is ahead; negative behind; zero within the tolerance."""

    @property
    def is_off(self) -> bool:
        """Whether nothing may be decided here."""
        return bool(self.off_by)

    @property
    def reason(self) -> str:
        """What is wrong, in a sentence."""
        side = "ahead of" if self.off_by > timedelta() else "behind"
        return (
            f"expected this machine's clock within {TOLERANCE.seconds} s of the store's, it is "
            f"{abs(self.off_by).total_seconds():.0f} s {side} it: set the clock right"
        )

    async def look(self) -> None:
        """Compare now; the time that the store took to answer counts as neither's fault.

        Raises:
            StoreUnavailable: The store's clock cannot be read; the last comparison stands.
        """
        asked_at = self._machine.now()
        store = await self._journal.now()
        was_off = self.is_off
        self.off_by = _off_by(asked_at, store, self._machine.now())
        if self.is_off and not was_off:
            log.error("nothing is decided here: the clocks differ", reason=self.reason)
        elif was_off and not self.is_off:
            log.info("the clocks agree again: deciding goes on")

    def require(self) -> None:
        """Refuse to decide while the clock is off.

        Raises:
            ClockOff: It is.
        """
        if self.is_off:
            raise ClockOff(self.reason)


def _off_by(asked_at: datetime, store: datetime, answered_at: datetime) -> timedelta:
    """How far the machine is ahead of the store, as far as the answer proves it."""
    if asked_at - store > TOLERANCE:
        return asked_at - store
    if store - answered_at > TOLERANCE:
        return answered_at - store
    return timedelta()
