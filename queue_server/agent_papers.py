"""Papers for print agents, drawn in a thread of the server: its loop goes on meanwhile.

The libraries of pictures are loaded for the first agent: most servers have none.
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from config.settings import Settings
from queue_server.clock import Clock
from queue_server.core.errors import UnknownName
from queue_server.core.identifiers import CentreId

if TYPE_CHECKING:
    from queue_server.workshop import Workshop


class AgentPapers:
    """Draws a job's paper; what that needs is made when the first agent asks."""

    def __init__(self, settings: Settings, store_url: str, clock: Clock) -> None:
        self._settings = settings
        self._store_url = store_url
        self._clock = clock
        self._shop: Workshop | None = None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="agent-papers")

    async def __call__(self, centre: CentreId, job: str) -> bytes:
        """The PNG of the paper, as wide as the printer's head.

        Raises:
            UnknownName: There is no such job today.
        """
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, self._draw, centre, job)

    async def close(self) -> None:
        """Wait for what is being drawn, and let go of everything."""
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self._thread, self._close)
        self._thread.shutdown()

    def _draw(self, name: CentreId, job_id: str) -> bytes:
        from printers.drawing import png_bytes  # noqa: PLC0415
        from queue_server.paper_work import picture_of  # noqa: PLC0415
        from queue_server.workshop import Workshop  # noqa: PLC0415

        if self._shop is None:
            self._shop = Workshop(self._settings, self._store_url, self._clock)
        centre = self._shop.centre(name)
        job = centre.prints.get(job_id)
        if job is None:
            message = f"expected a print job of today, got {job_id!r}"
            raise UnknownName(message, kind="print job", name=job_id)
        return png_bytes(picture_of(self._shop, centre, job))

    def _close(self) -> None:
        if self._shop is not None:
            self._shop.close()
            self._shop = None
