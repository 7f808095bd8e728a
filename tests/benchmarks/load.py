"""The load generator: a process of its own that sends HTTP requests as fast as they are answered.

Each connection repeats its steps in turn, with one request on its way. It writes prepared bytes
and looks at nothing but the status and the length of the answer, so that the server is what is
measured. Jobs come as JSON lines on standard input; results go out the same way.
"""

import asyncio
import sys
from collections import Counter
from functools import partial
from time import perf_counter
from typing import cast

import msgspec
import uvloop
from msgspec import Struct

KEY = b"@@@@@@@@@@@@@@@@"
"""Place of the Idempotency-Key in a step; replaced by a fresh one for each sending."""

PATIENCE_S = 10.0


class Job(Struct, frozen=True, kw_only=True):
    """Who sends what, for how long; steps that were begun are done to the last."""

    port: int
    connections: list[list[bytes]]
    """Steps of each connection: whole requests, repeated in turn."""
    duration_s: float


class Result(Struct, frozen=True, kw_only=True):
    """What was answered."""

    answered: int
    elapsed_s: float
    statuses: dict[str, int]
    latencies_ms: list[float]


class Sender(asyncio.Protocol):
    """One connection."""

    def __init__(self, steps: list[bytes], number: int, until: float) -> None:
        self._steps = [tuple(step.split(KEY)) for step in steps]
        self._prefix = f"{number:04x}".encode()
        self._until = until
        self._sent = 0
        self._sent_at = 0.0
        self._buffer = b""
        self._transport = asyncio.Transport()
        self.done = asyncio.get_running_loop().create_future()
        self.statuses: Counter[bytes] = Counter()
        self.latencies_s: list[float] = []

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)  # uvloop's is no subclass
        self._send()

    def _send(self) -> None:
        step = self._steps[self._sent % len(self._steps)]
        self._sent += 1
        key = self._prefix + f"{int(self._until * 1000):x}{self._sent:x}".encode().zfill(12)[-12:]
        self._sent_at = perf_counter()
        self._transport.write(key.join(step))

    def data_received(self, data: bytes) -> None:
        buffer = self._buffer + data if self._buffer else data
        head = buffer.find(b"\r\n\r\n")
        if head < 0 or len(buffer) < head + 4 + _length(buffer, head):
            self._buffer = buffer
            return
        self._buffer = b""
        now = perf_counter()
        self.latencies_s.append(now - self._sent_at)
        self.statuses[buffer[9:12]] += 1
        if now < self._until or self._sent % len(self._steps):
            self._send()  # the last visit is done to its end
        else:
            self._transport.close()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.done.done():
            self.done.set_result(exc)


def _length(buffer: bytes, head: int) -> int:
    begin = buffer.find(b"content-length: ", 0, head)
    if begin < 0:
        return 0
    return int(buffer[begin + 16 : buffer.find(b"\r", begin + 16)])


def _same(sender: Sender) -> Sender:
    return sender


async def _run(job: Job) -> Result:
    loop = asyncio.get_running_loop()
    begin = perf_counter()
    until = begin + job.duration_s
    senders = [Sender(steps, number, until) for number, steps in enumerate(job.connections)]
    for sender in senders:
        await loop.create_connection(partial(_same, sender), "127.0.0.1", job.port)
    async with asyncio.timeout(job.duration_s + PATIENCE_S):
        await asyncio.gather(*(sender.done for sender in senders))
    elapsed_s = perf_counter() - begin
    statuses: Counter[bytes] = Counter()
    for sender in senders:
        statuses.update(sender.statuses)
    latencies = sorted(1000 * one for sender in senders for one in sender.latencies_s)
    return Result(
        answered=len(latencies),
        elapsed_s=elapsed_s,
        statuses={status.decode(): count for status, count in statuses.items()},
        latencies_ms=latencies[:: max(1, len(latencies) // 2000)],
    )


def main() -> None:
    """Do job after job until there is no more input."""
    for line in sys.stdin.buffer:
        result = uvloop.run(_run(msgspec.json.decode(line, type=Job)))
        sys.stdout.buffer.write(msgspec.json.encode(result) + b"\n")
        sys.stdout.flush()


class LoadGenerator:
    """The process, from outside; use it in `async with`."""

    def __init__(self) -> None:
        self._process: asyncio.subprocess.Process | None = None

    async def __aenter__(self) -> "LoadGenerator":
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tests.benchmarks.load",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            limit=16_000_000,
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._process is not None
        assert self._process.stdin is not None
        self._process.stdin.close()
        await self._process.wait()

    async def run(self, job: Job) -> Result:
        """Let it do the job."""
        assert self._process is not None
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(msgspec.json.encode(job) + b"\n")
        line = await self._process.stdout.readline()
        return msgspec.json.decode(line, type=Result)


if __name__ == "__main__":
    main()
