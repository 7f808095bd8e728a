"""A proxy between a browser and its server that loses what a bad network loses."""

import asyncio
import re
from collections.abc import Callable
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

Loses = Callable[[bytes], bool]


class LineProxy:
    """``async with LineProxy(server.url) as proxy: await page.goto(proxy.url)``.

    The server behind it may be another one later: `upstream`.
    """

    def __init__(self, upstream: str) -> None:
        self.upstream = upstream
        self.url = ""
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._writers: set[asyncio.StreamWriter] = set()
        self._to_server: set[asyncio.StreamWriter] = set()
        self._is_dead = False
        self._dead: set[asyncio.StreamWriter] = set()
        self._loses: Loses | None = None
        self.lost = asyncio.Event()
        """A message was lost since `lose_next` was asked for."""

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        port = self._server.sockets[0].getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._server is not None:
            self._server.close()
        for writer in self._writers | self._to_server:
            writer.transport.abort()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def go_dead(self) -> None:
        """Pass nothing on in either direction, and tell nobody: a cable was pulled elsewhere."""
        self._is_dead = True
        self._dead |= self._writers

    def heal(self) -> None:
        """New connections work; those that were open or tried meanwhile stay dead for ever."""
        self._is_dead = False

    def cut(self) -> None:
        """Break every connection; new ones are accepted."""
        for writer in self._writers:
            writer.transport.abort()

    def lose_next(self, text: str) -> None:
        """Swallow the next frame from the server that has this text in it."""
        self.lost.clear()
        pattern = re.compile(text.encode())
        self._loses = lambda data: pattern.search(data) is not None

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        self._writers.add(writer)
        if self._is_dead:
            self._dead.add(writer)
        try:
            await self._pass_on(reader, writer)
        except OSError:
            pass
        finally:
            self._writers.discard(writer)
            writer.transport.abort()

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        address = urlsplit(self.upstream)
        server_reader, server_writer = await asyncio.open_connection(address.hostname, address.port)
        self._to_server.add(server_writer)
        try:
            async with asyncio.TaskGroup() as pumps:
                pumps.create_task(self._pump(reader, server_writer, writer, is_answer=False))
                pumps.create_task(self._pump(server_reader, writer, writer, is_answer=True))
        except* OSError:
            pass
        finally:
            self._to_server.discard(server_writer)
            server_writer.transport.abort()

    async def _pump(
        self,
        reader: asyncio.StreamReader,
        to: asyncio.StreamWriter,
        line: asyncio.StreamWriter,
        *,
        is_answer: bool,
    ) -> None:
        while data := await reader.read(65_536):
            if line in self._dead:
                continue
            if is_answer and self._loses is not None and self._loses(data):
                self._loses = None
                self.lost.set()
                continue
            to.write(data)
            await to.drain()
        raise ConnectionResetError
