"""What a simulated day came to: every call and every end, as values."""

from msgspec import Struct

from counters.simulation.turns import Turn
from queue_server.core.identifiers import CounterId


class Called(Struct, gc=False):
    """One call of a turn. Instants in seconds since midnight."""

    turn: Turn
    counter: CounterId
    at_s: float
    ended_s: float
    """End of the service, or of the wait for somebody who was absent."""
    is_missed: bool = False

    @property
    def waited_s(self) -> float:
        """From the start of the wait, of an appointment from its hour, to the call."""
        return max(0.0, self.at_s - self.turn.joined_s)


class Worked(Struct, frozen=True):
    """What a counter did."""

    counter: CounterId
    busy_s: float
    """Somebody was called to it or served."""
    open_s: float
    """Open and not on a break, or busy."""


class Outcome(Struct, kw_only=True):
    """A simulated day."""

    calls: list[Called] = []
    unserved: list[Turn] = []
    """Who still waited when nothing more could happen."""
    ended_s: float = 0.0
    """When the last service ended."""
    completed: int = 0
    lost: int = 0
    """Absent when called, and did not come back."""
    worked: tuple[Worked, ...] = ()
