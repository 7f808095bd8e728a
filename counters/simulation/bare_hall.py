"""The queue with nothing but the order: the choice of the live core without its journal."""

from counters.routing.choice import choose
from counters.routing.lines import Lines
from counters.routing.standing import Seat
from counters.simulation.turns import Rules, Turn
from queue_server.core.identifiers import TicketId


class BareHall:
    """Lines of who waits, and `choose`; counters need no bookkeeping here."""

    def __init__(self, rules: Rules) -> None:
        self._order = rules.order
        self._lines = Lines()
        self._turns: dict[TicketId, Turn] = {}

    def join(self, turn: Turn, now_s: float) -> None:  # noqa: ARG002
        """Let somebody wait."""
        self._turns[turn.standing.ticket] = turn
        self._lines.add(turn.standing)

    return_after_miss = join

    def call(self, seat: Seat, now_s: float) -> Turn | None:
        """Whom the order names."""
        if not self._turns:
            return None
        standing = choose(self._lines, seat, now_s, self._order)
        if standing is None:
            return None
        self._lines.call(standing)
        return self._turns.pop(standing.ticket)

    def transfer(self, seat: Seat, turn: Turn, now_s: float) -> None:  # noqa: ARG002
        """Let somebody wait for the next transaction."""
        self.join(turn, now_s)

    def start(self, seat: Seat, turn: Turn, now_s: float) -> None:
        """Nothing to keep."""

    miss = complete = start

    def open(self, seat: Seat, now_s: float) -> None:
        """Nothing to keep."""

    pause = close = change = open  # noqa: A003  # a counter opens
