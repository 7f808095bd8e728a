"""A proxy between a journal and its store that loses what a bad network loses."""

import asyncio
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit


class StoreProxy:
    """Passes bytes on, until it is told to misbehave.

    ``async with StoreProxy(store_url) as proxy: journal = RedisJournal(proxy.url)``
    """

    def __init__(self, upstream_url: str) -> None:
        self._upstream = urlsplit(upstream_url)
        self._writers: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None
        self._is_losing_next_reply = False
        self._is_dropping_replies = False
        self.command_passed = asyncio.Event()
        """Set by the next bytes that go to the store; clear it to wait for others."""
        self.connections_accepted = 0
        self.accepted = asyncio.Event()
        """Set by the next connection; clear it to wait for another."""
        self.url = ""

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        port = self._server.sockets[0].getsockname()[1]
        self.url = f"redis://127.0.0.1:{port}/0"
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._server is not None:
            self._server.close()
        self.cut()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def cut(self) -> None:
        """Break every connection; new ones are accepted."""
        for writer in self._writers:
            writer.transport.abort()

    def lose_next_reply(self) -> None:
        """Let commands be executed, swallow the first reply, and break its connection."""
        self._is_losing_next_reply = True

    def drop_replies(self) -> None:
        """Pass commands on and swallow all replies, as on a half-open line."""
        self._is_dropping_replies = True

    def pass_replies(self) -> None:
        """Pass replies on again; those that were swallowed stay lost."""
        self._is_dropping_replies = False

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        self.connections_accepted += 1
        self.accepted.set()
        store_reader, store_writer = await self._open_upstream()
        both = {writer, store_writer}
        self._writers |= both
        try:
            async with asyncio.TaskGroup() as pumps:
                pumps.create_task(self._pass_commands(reader, store_writer))
                pumps.create_task(self._pass_replies(store_reader, writer))
        except* OSError:
            pass
        finally:
            self._writers -= both
            for one in both:
                one.transport.abort()

    async def _open_upstream(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if self._upstream.scheme == "unix":
            return await asyncio.open_unix_connection(self._upstream.path)
        return await asyncio.open_connection(self._upstream.hostname, self._upstream.port)

    async def _pass_commands(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
            self.command_passed.set()
        raise ConnectionResetError

    async def _pass_replies(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        while data := await reader.read(65536):
            if self._is_losing_next_reply:
                self._is_losing_next_reply = False
                break
            if not self._is_dropping_replies:
                writer.write(data)
                await writer.drain()
        raise ConnectionResetError
