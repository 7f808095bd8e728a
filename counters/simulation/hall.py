"""What the engine needs of a queue: the bare one asks the order alone, the other is the core."""

from typing import Protocol

from counters.routing.standing import Seat
from counters.simulation.turns import Turn


class Hall(Protocol):
    """Keeps who waits and says who is called. Instants in seconds since midnight."""

    def join(self, turn: Turn, now_s: float) -> None:
        """Somebody arrives and waits."""

    def return_after_miss(self, turn: Turn, now_s: float) -> None:
        """Somebody who was absent is back."""

    def call(self, seat: Seat, now_s: float) -> Turn | None:
        """Whom the counter calls, who waits no more; None when nobody can be called."""

    def start(self, seat: Seat, turn: Turn, now_s: float) -> None:
        """The called one is there."""

    def miss(self, seat: Seat, turn: Turn, now_s: float) -> None:
        """The called one is absent; the counter is free again."""

    def complete(self, seat: Seat, turn: Turn, now_s: float) -> None:
        """The visit ends; the counter is free again."""

    def transfer(self, seat: Seat, turn: Turn, now_s: float) -> None:
        """The visit waits for its next transaction; the counter is free again."""

    def open(self, seat: Seat, now_s: float) -> None:
        """The counter calls from now on."""

    def pause(self, seat: Seat, now_s: float) -> None:
        """The counter's break begins."""

    def close(self, seat: Seat, now_s: float) -> None:
        """The counter calls no more."""

    def change(self, seat: Seat, now_s: float) -> None:
        """The counter serves something else from its next call on."""
