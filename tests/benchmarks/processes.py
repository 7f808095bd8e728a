"""Processes of a benchmark: started with a free port, asked what they use, ended by their id."""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

START_LIMIT_S = 60.0
END_LIMIT_S = 15.0


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def cpu_s(process_id: int) -> float:
    """Seconds of processor time the process has used."""
    fields = Path(f"/proc/{process_id}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@asynccontextmanager
async def python_process(
    module: str, *arguments: str | int | Path, **environment: str
) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run a module of this tree; it is told to end, and waited for, at the end."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        module,
        *map(str, arguments),
        stdout=asyncio.subprocess.PIPE,
        env={**os.environ, **environment},
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(END_LIMIT_S):
            await process.wait()


async def first_line(process: asyncio.subprocess.Process) -> str:
    """What the process says when it is ready."""
    assert process.stdout is not None
    async with asyncio.timeout(START_LIMIT_S):
        line = await process.stdout.readline()
    if not line:
        message = "the process ended before it was ready"
        raise RuntimeError(message)
    return line.decode().strip()


async def wait_for_port(port: int) -> None:
    """Return when somebody listens."""
    async with asyncio.timeout(START_LIMIT_S):
        while True:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(0.02)
            else:
                writer.close()
                return
