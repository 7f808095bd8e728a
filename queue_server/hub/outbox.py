"""What waits to be sent to one client: the newest frame of each view, never more."""

import asyncio
from collections.abc import Hashable

MAX_BYTES = 65_536
"""A client that leaves more than this undrained is closed and comes back to the newest views.

The largest frame is not counted: the view of a large centre alone may be more, and a heartbeat
beside it says nothing about the client.
"""


class Outbox:
    """Bounded and conflating: a newer frame of the same view replaces the one that waits."""

    def __init__(self) -> None:
        self._frames: dict[Hashable, bytes] = {}
        self._bytes = 0
        self._filled = asyncio.Event()
        self.is_overfull = False

    def put(self, key: Hashable, frame: bytes) -> None:
        """Leave a frame; never waits."""
        self._bytes += len(frame) - len(self._frames.pop(key, b""))
        self._frames[key] = frame
        largest = max(len(each) for each in self._frames.values())
        self.is_overfull = self._bytes - largest > MAX_BYTES
        self._filled.set()

    def drop(self, key: Hashable) -> None:
        """Forget the frame of a view that is no longer watched."""
        self._bytes -= len(self._frames.pop(key, b""))

    async def take(self) -> list[bytes]:
        """All frames that wait, oldest first, once there is one."""
        await self._filled.wait()
        frames = list(self._frames.values())
        self._frames.clear()
        self._bytes = 0
        self._filled.clear()
        return frames
