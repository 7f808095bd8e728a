"""Keys for draws, and a router that remembers what it was to draw with."""

import hmac
from datetime import date, datetime

from counters.routing.router import StrategyRouter
from queue_server.core.centre import Centre
from queue_server.core.identifiers import CentreId, CounterId
from queue_server.core.protocols import Choice, Drawing


class PlainKeys:
    """Keys of days, from a secret that is given."""

    def __init__(self, secret: bytes = b"secret") -> None:
        self._secret = secret

    def key(self, centre: CentreId, day: date) -> bytes:
        return hmac.digest(self._secret, f"{centre}{day}".encode(), "sha256")


class RecordingRouter:
    """The router in force, and every drawing it was given."""

    def __init__(self) -> None:
        self.drawings: list[Drawing | None] = []

    def choose(
        self, centre: Centre, counter: CounterId, now: datetime, drawing: Drawing | None = None
    ) -> Choice | None:
        self.drawings.append(drawing)
        return StrategyRouter().choose(centre, counter, now, drawing)
