"""Time from a clerk's press to the frame that the last of many boards receives.

The call goes the whole way: HTTP, decision, commit on the disk, view, sockets. In between the
same client measures what a request and a socket's echo take with nothing behind them; what is
more than that is ours.
"""

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from time import perf_counter

import msgspec

from queue_server.clock import SystemClock
from queue_server.core.identifiers import CentreId
from queue_server.hub.messages import Watch, encode
from tests.benchmarks.http_commands import request, visit
from tests.benchmarks.load import KEY
from tests.benchmarks.processes import first_line, free_port, python_process, wait_for_port
from tests.benchmarks.raw_client import Poster, Socket
from tests.benchmarks.report import Report, load_average, percentile
from tests.support.busy_centre import busy_centre

BOARDS = 200
CALLS = 200
AIM_MS = 25.0
CENTRE = CentreId("c0")
FIRST, LAST = f"first of {BOARDS} boards", f"last of {BOARDS} boards"
POST, ECHO = "an empty POST", "an echo on a socket"


class Hall:
    """The clerk, the boards, and the empty server beside them."""

    def __init__(self, steps: Sequence[bytes]) -> None:
        self._steps = steps
        self._boards: list[Socket] = []
        self.times_ms: dict[str, list[float]] = {FIRST: [], LAST: [], POST: [], ECHO: []}

    async def measure(self, port: int, empty_port: int, token: str) -> None:
        """Visit after visit, each with a call that all boards must show."""
        clerk, other = await Poster.open(port), await Poster.open(empty_port)
        echo = await Socket.open(empty_port, "/echo", token)
        for _ in range(BOARDS):
            self._boards.append(await Socket.open(port, "/live", token))
            self._boards[-1].send(encode(Watch("board", CENTRE)))
        await self._shown(1)
        for number in range(CALLS):
            await self._visit(clerk, number)
            await self._nothing(other, echo, token)
        for poster in (clerk, other):
            poster.close()
        for socket in (echo, *self._boards):
            socket.close()

    async def _visit(self, clerk: Poster, number: int) -> None:
        """Issue, call, serve, complete; only the call is measured."""
        ticket, call, start, complete = (
            step.replace(KEY, f"{number:08}{place:08}".encode())
            for place, step in enumerate(self._steps)
        )
        await self._shown(_offset(await clerk.post(ticket)))
        begin = perf_counter()
        offset = _offset(await clerk.post(call))
        await self._shown(offset)
        seen_ms = [1000 * (board.seen_at[offset] - begin) for board in self._boards]
        self.times_ms[FIRST].append(min(seen_ms))
        self.times_ms[LAST].append(max(seen_ms))
        await self._shown(_offset(await clerk.post(start)))
        await clerk.post(complete)

    async def _shown(self, offset: int) -> None:
        for board in self._boards:
            await board.wait_for_offset(offset)

    async def _nothing(self, other: Poster, echo: Socket, token: str) -> None:
        begin = perf_counter()
        await other.post(request("/empty", token))
        self.times_ms[POST].append(1000 * (perf_counter() - begin))
        before = echo.last_at
        begin = perf_counter()
        echo.send(b"echo")
        await echo.wait_for(lambda: echo.last_at > before)
        self.times_ms[ECHO].append(1000 * (echo.last_at - begin))


def _offset(answer: bytes) -> int:
    offset: int = msgspec.json.decode(answer)["offset"]
    return offset


async def run() -> Report:
    """Measure on a server with one centre."""
    busy = load_average()
    configuration = busy_centre(SystemClock().now())
    counter = next(iter(configuration.counters.values()))
    procedure = next(
        code
        for code, each in configuration.procedures.items()
        if counter.profile.level_of(each) is not None
    )
    with tempfile.TemporaryDirectory(prefix="queue-bench-") as folder:
        empty_port, port = free_port(), free_port()
        async with (
            python_process("tests.benchmarks.empty_server", empty_port),
            python_process(
                "tests.benchmarks.command_server", port, Path(folder), "--centres", 1
            ) as server,
        ):
            token = await first_line(server)
            await wait_for_port(empty_port)
            await wait_for_port(port)
            hall = Hall(visit(CENTRE, counter.id, procedure, token))
            await hall.measure(port, empty_port, token)
    return _report(hall.times_ms, busy)


def _report(times_ms: Mapping[str, Sequence[float]], busy: float) -> Report:
    empty_ms = percentile(times_ms[POST], 0.5) + percentile(times_ms[ECHO], 0.5) / 2
    above_ms = percentile(times_ms[LAST], 0.99) - empty_ms
    rows = [
        (name, f"{percentile(times, 0.5):.2f}", f"{percentile(times, 0.99):.2f}")
        for name, times in times_ms.items()
    ]
    return Report(
        name="call_to_board",
        heading=("from POST to", "p50 ms", "p99 ms"),
        rows=rows,
        figures={"p99_above_empty_ms": above_ms},
        aim=f"p99 less than {AIM_MS:.0f} ms above",
        is_met=above_ms < AIM_MS,
        found=f"p99 of the last board {above_ms:.1f} ms above an empty request and half an echo",
        load_average=busy,
    )
