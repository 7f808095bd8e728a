"""The store of an installation without a Redis of its own: a private server, supervised here.

Read `store_folder` for the locks and `store_process` for the server's configuration.
"""

import asyncio
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import structlog

from queue_server.core.errors import QueueError
from queue_server.journal import store_process
from queue_server.journal.store_binary import StoreBinary, find_binary
from queue_server.journal.store_folder import Marker, StoreFolder
from queue_server.journal.store_process import RunningServer

log = structlog.get_logger()

MIN_FREE_BYTES = 200_000_000
"""On a full disk the server ends rather than lose a commit; tickets stop well before that."""
WATCH_S = 0.25
FIRST_PAUSE_S = 0.1
LONGEST_PAUSE_S = 5.0
STEADY_S = 30.0
"""A server that ran this long did not fail for the reason that its predecessor failed for."""


class EmbeddedRedis:
    """A private server on a unix socket, in a folder that belongs to it.

    ``url = await store.start()``, then run `supervise` in a task; cancel that before `stop`.
    """

    def __init__(
        self, folder: Path, *, binary: Path | None = None, min_free_bytes: int = MIN_FREE_BYTES
    ) -> None:
        self._folder = StoreFolder(folder)
        self._explicit_binary = binary
        self._min_free_bytes = min_free_bytes
        self._application_lock: int | None = None
        self._binary: StoreBinary | None = None
        self._server: RunningServer | None = None
        self.process_id: int | None = None
        """Of the server that runs now."""

    async def start(self) -> str:
        """Start a server, or adopt the one of a killed application; returns its URL.

        Raises:
            AlreadyRunning: Another process uses the folder.
            StoreNotFound: There is no server program.
            StoreTooOld: The server program is below 7.0.
            StoreFailed: It does not start.
        """
        self._folder.prepare()
        self._application_lock = self._folder.lock_for_application()
        try:
            self._binary = await asyncio.to_thread(find_binary, self._explicit_binary)
            server = await self._launch(self._binary)
        except BaseException:
            await self.stop()
            raise
        return store_process.url(server.socket)

    async def stop(self) -> None:
        """End the server and leave the folder to others."""
        if self._server is not None:
            await store_process.stop(self._server)
            self._server = None
        if self._application_lock is not None:
            os.close(self._application_lock)
            self._application_lock = None

    async def supervise(self, on_restart: Callable[[], None] | None = None) -> None:
        """Start the server again whenever it ends, until cancelled.

        Args:
            on_restart: Told when a server that was started again is ready.
        """
        pause_s = FIRST_PAUSE_S
        loop = asyncio.get_running_loop()
        started_at = loop.time()
        while self._server is not None and self._binary is not None:
            await asyncio.sleep(WATCH_S)
            if self._server.is_running():
                continue
            if loop.time() - started_at > STEADY_S:
                pause_s = FIRST_PAUSE_S
            log.error(
                "the store has stopped and is started again",
                ending=self._server.ending(),
                last_words=self._folder.last_words(),
                pause_s=pause_s,
            )
            await asyncio.sleep(pause_s)
            pause_s = min(2 * pause_s, LONGEST_PAUSE_S)
            started_at = loop.time()
            try:
                await self._launch(self._binary)
            except (QueueError, OSError) as fault:
                log.warning("the store could not be started", reason=str(fault))
            else:
                log.info("the store runs again", process_id=self.process_id)
                if on_restart is not None:
                    on_restart()

    def has_space(self) -> bool:
        """Whether the disk has room for more tickets."""
        return shutil.disk_usage(self._folder.path).free >= self._min_free_bytes

    async def _launch(self, binary: StoreBinary) -> RunningServer:
        """A server that is ready: a new one, or the one that holds the lock."""
        while True:
            lock = self._folder.lock_for_store()
            if lock is not None:
                break
            adopted = await store_process.adopt(self._folder)
            if adopted is not None:
                log.warning("the store of an application that was killed is taken over")
                self._server = adopted
                return await self._ready(adopted)
        try:
            self._folder.check_data()
            self._server = server = store_process.spawn(binary, self._folder, lock)
        finally:
            os.close(lock)  # the server has its own descriptor of the same lock
        return await self._ready(server)

    async def _ready(self, server: RunningServer) -> RunningServer:
        answer = await store_process.wait_until_ready(server, self._folder)
        self.process_id = answer.process_id
        before = self._folder.marker()
        marker = Marker(answer.engine, answer.version, str(server.socket))
        if before != marker:
            log.info("the store's data are written by", engine=answer.engine, v=answer.version)
            self._folder.save_marker(marker)
        return server
