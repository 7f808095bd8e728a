"""A running server of the embedded store: started here, or found running."""

import asyncio
import os
import signal
import subprocess
import time
from pathlib import Path
from typing import Protocol

from queue_server.journal.errors import StoreFailed
from queue_server.journal.store_binary import StoreBinary
from queue_server.journal.store_connection import LINE_FAULTS, Server, StoreConnection, items, text
from queue_server.journal.store_folder import StoreFolder

POLL_S = 0.01
"""A server starts in about 40 ms and stops in 3 ms."""
LOADING_LIMIT_S = 300
"""Half a million commits load in about 5 s on an old disk; after this something is wrong."""
ADOPTION_LIMIT_S = 30
"""A killed server's helper may hold the lock while it finishes rewriting a file."""
STOP_STEPS = ((signal.SIGTERM, 10.0), (signal.SIGKILL, 5.0))
"""Signals, and how long in seconds a server that ignored the one before has for each."""
SHUTDOWN_LIMIT_S = 10.0


class RunningServer(Protocol):
    """A server that may be watched and ended."""

    socket: Path

    def is_running(self) -> bool:
        """Whether it still runs."""
        ...

    def ending(self) -> str:
        """How it ended, in words."""
        ...

    def send(self, signal_number: signal.Signals) -> None:
        """Send a signal; it may be gone already."""
        ...


class OwnServer:
    """A server that is a child of this process."""

    def __init__(self, child: "subprocess.Popen[bytes]", socket: Path) -> None:
        self._child = child
        self.socket = socket

    def is_running(self) -> bool:
        """See `RunningServer.is_running`."""
        return self._child.poll() is None

    def ending(self) -> str:
        """See `RunningServer.ending`."""
        code = self._child.poll()
        return f"ended by signal {-code}" if code is not None and code < 0 else f"exit code {code}"

    def send(self, signal_number: signal.Signals) -> None:
        """See `RunningServer.send`."""
        self._child.send_signal(signal_number)


class AdoptedServer:
    """A server whose application was killed; it is watched by the lock it holds."""

    def __init__(self, process_id: int, socket: Path, folder: StoreFolder) -> None:
        self._process_id = process_id
        self._folder = folder
        self.socket = socket

    def is_running(self) -> bool:
        """See `RunningServer.is_running`."""
        return self._folder.has_server()

    def ending(self) -> str:
        """See `RunningServer.ending`."""
        return "ended for a reason only its log knows"

    def send(self, signal_number: signal.Signals) -> None:
        """See `RunningServer.send`."""
        if self.is_running():
            os.kill(self._process_id, signal_number)


def arguments(folder: StoreFolder, socket: Path) -> list[str]:
    """Configuration of a store that loses nothing it has acknowledged.

    `appendfsync always`: everysec loses acknowledged commits even without a power cut.
    `aof-use-rdb-preamble no`: every engine from 7.0 on can read the folder, both ways.
    """
    settings = {
        "port": "0",
        "unixsocket": str(socket),
        "unixsocketperm": "600",
        "dir": str(folder.data),
        "logfile": str(folder.log),
        "daemonize": "no",
        "appendonly": "yes",
        "appendfsync": "always",
        "no-appendfsync-on-rewrite": "no",
        "aof-load-truncated": "yes",
        "aof-use-rdb-preamble": "no",
        "save": "",
        "maxmemory-policy": "noeviction",
    }
    return [part for name, value in settings.items() for part in (f"--{name}", value)]


def spawn(binary: StoreBinary, folder: StoreFolder, lock: int) -> OwnServer:
    """Start a server that inherits `lock` and a session of its own.

    A Ctrl-C in the terminal must end the application first, and a killed application must leave
    the server running, to be adopted.
    """
    socket = folder.new_socket()
    try:
        child = subprocess.Popen(  # noqa: S603 — a checked server program
            [binary.path, *arguments(folder, socket)],
            pass_fds=[lock],
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    except OSError as error:
        message = f"expected to start {binary.path}, got {error}"
        raise StoreFailed(message) from error
    return OwnServer(child, socket)


async def wait_until_ready(server: RunningServer, folder: StoreFolder) -> Server:
    """Who answers, once it has loaded its data.

    Raises:
        StoreFailed: It ended or did not come up; the message has the last line of its log.
    """
    give_up_at = time.monotonic() + LOADING_LIMIT_S
    while time.monotonic() < give_up_at:
        if not server.is_running():
            message = (
                f"expected the store to start, it {server.ending()}; its log {folder.log} ends "
                f"with: {folder.last_words()} (damaged data are mended by valkey-check-aof "
                "or redis-check-aof)"
            )
            raise StoreFailed(message)
        try:
            return await _ask(server.socket, folder)
        except LINE_FAULTS:
            await asyncio.sleep(POLL_S)
    message = f"expected the store to load within {LOADING_LIMIT_S} s; see {folder.log}"
    raise StoreFailed(message)


async def adopt(folder: StoreFolder) -> AdoptedServer | None:
    """The server that holds the lock, or None when it ends before it answers.

    Raises:
        StoreFailed: Something holds the lock and does not answer.
    """
    marker = folder.marker()
    socket = folder.new_socket() if marker is None else Path(marker.socket)
    give_up_at = time.monotonic() + ADOPTION_LIMIT_S
    while time.monotonic() < give_up_at:
        if not folder.has_server():
            return None
        try:
            server = await _ask(socket, folder)
        except LINE_FAULTS:
            await asyncio.sleep(POLL_S)
        else:
            return AdoptedServer(server.process_id, socket, folder)
    message = f"expected the store of {folder.path} to answer at {socket}, something only locks it"
    raise StoreFailed(message)


async def stop(server: RunningServer) -> None:
    """End the server: by its own command, by request, by force."""
    try:
        async with asyncio.timeout(SHUTDOWN_LIMIT_S):
            connection = await StoreConnection.open(url(server.socket))
            connection.send([("SHUTDOWN", "NOSAVE")])
            connection.close()
    except LINE_FAULTS:
        pass  # it may be gone; the signals follow if not
    if await _has_ended(server, SHUTDOWN_LIMIT_S):
        return
    for signal_number, limit_s in STOP_STEPS:
        server.send(signal_number)
        if await _has_ended(server, limit_s):
            return


def url(socket: Path) -> str:
    """Address of a server by its socket."""
    return f"unix://{socket}?db=0"


async def _ask(socket: Path, folder: StoreFolder) -> Server:
    """Who answers at the socket, provided that it has loaded and keeps its data in the folder."""
    async with asyncio.timeout(5):
        connection = await StoreConnection.open(url(socket))
        try:
            [reply] = await connection.execute([("CONFIG", "GET", "dir")])
            [_] = await connection.execute([("PING",)])
        finally:
            connection.close()
    _, used = items(reply)
    if not folder.keeps_data_in(text(used)):
        message = f"expected the store at {socket} to use {folder.data}, it uses {text(used)}"
        raise StoreFailed(message)
    return connection.server


async def _has_ended(server: RunningServer, limit_s: float) -> bool:
    give_up_at = time.monotonic() + limit_s
    while server.is_running():
        if time.monotonic() > give_up_at:
            return False
        await asyncio.sleep(POLL_S)
    return True
