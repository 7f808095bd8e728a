"""Time from the tap at the kiosk to the last byte at the printer, and the work of one slip.

The number goes the whole way: HTTP, decision, commit on the disk, job, worker, picture, the
printer's three answers, the commit that the first byte is about to leave. In turn with it the same
bytes are written to the same kind of printer by a bare socket: what is more than that is ours.
Then the printer falls silent, and citizens come one at a time: it prints and answers nothing.
"""

import asyncio
import socket
import tempfile
from pathlib import Path
from time import perf_counter, process_time

import httpx2
from msgspec.structs import replace

from printers.drawing import draw
from printers.escpos_bytes import print_commands
from printers.printer_model import model_named
from printers.slip import slip_for
from queue_server.clock import SystemClock
from tests.benchmarks.processes import free_port
from tests.benchmarks.report import Report, load_average, percentile
from tests.support.busy_centre import busy_centre
from tests.support.installation import Installation
from tests.support.paper_samples import PUBLIC_URL, sample_configuration, sample_ticket
from tests.support.printer_emulator import Faults, PrinterEmulator

SLIPS = 60
WARM_UP = 5
AIM_MS = 400.0
AIM_CPU_MS = 60.0
PAUSE_S = 0.05
MUTE_SLIPS = 12
MUTE_PAUSE_S = 3.0
"""The answer to the fence is waited for in vain meanwhile."""
MODEL = "generic_80mm"


async def run() -> Report:
    """Measure on a real server with its workers."""
    busy = load_average()
    with PrinterEmulator() as printer, PrinterEmulator() as other:
        address = f"127.0.0.1:{printer.port}"
        centre = busy_centre(SystemClock().now(), printer_address=address)
        centre = replace(centre, speech=replace(centre.speech, is_on=False))
        with tempfile.TemporaryDirectory(prefix="queue-bench-") as folder:
            installation = Installation(Path(folder), centre, free_port())
            tokens = await installation.make_accounts()
            installation.start()
            try:
                await installation.wait_until_ready()
                await installation.open_day(tokens.manager)
                path = f"/api/v1/centres/{centre.id}/tickets"
                taps_ms, raw_ms = await _measure(
                    installation.url, path, tokens.kiosk, printer, other
                )
                mute_ms = await _measure_mute(installation.url, path, tokens.kiosk, printer)
            finally:
                await installation.stop()
    return _report(taps_ms, raw_ms, mute_ms, _drawn_ms(), busy)


async def _measure(
    url: str, path: str, token: str, printer: PrinterEmulator, other: PrinterEmulator
) -> tuple[list[float], list[float]]:
    procedure = _procedure()
    taps_ms: list[float] = []
    raw_ms: list[float] = []
    commands = _sample_commands()
    async with _client(url, token) as client:
        for n in range(WARM_UP + SLIPS):
            tap_ms = await _tapped_ms(client, path, procedure, printer)
            raw = await asyncio.to_thread(_written_ms, other, commands, n + 1)
            if n >= WARM_UP:
                taps_ms.append(tap_ms)
                raw_ms.append(raw)
            await asyncio.sleep(PAUSE_S)
    return taps_ms, raw_ms


async def _measure_mute(url: str, path: str, token: str, printer: PrinterEmulator) -> list[float]:
    """The same of a printer that answers nothing any more, once that is known."""
    printer.fall_ill(Faults(mute=True))
    procedure = _procedure()
    times_ms: list[float] = []
    async with _client(url, token) as client:
        for n in range(1 + MUTE_SLIPS):
            tap_ms = await _tapped_ms(client, path, procedure, printer)
            if n > 0:
                times_ms.append(tap_ms)
            await asyncio.sleep(MUTE_PAUSE_S)
    return times_ms


def _procedure() -> str:
    return next(iter(busy_centre(SystemClock().now()).procedures))


def _client(url: str, token: str) -> httpx2.AsyncClient:
    headers = {"authorization": f"Bearer {token}"}
    return httpx2.AsyncClient(base_url=url, headers=headers, timeout=30)


async def _tapped_ms(
    client: httpx2.AsyncClient, path: str, procedure: str, printer: PrinterEmulator
) -> float:
    """From the tap to the last byte of the slip."""
    count = len(printer.receipts)
    begin = perf_counter()
    answer = await client.post(path, json={"procedure": procedure})
    assert answer.status_code == 201, answer.text
    await asyncio.to_thread(printer.wait_for_receipts, count + 1)
    return 1000 * (printer.last_byte_at - begin)


def _written_ms(printer: PrinterEmulator, commands: bytes, count: int) -> float:
    """From connecting to the last byte, with nothing in between."""
    begin = perf_counter()
    with socket.create_connection(("127.0.0.1", printer.port)) as line:
        line.sendall(commands)
        printer.wait_for_receipts(count)
    return 1000 * (printer.last_byte_at - begin)


def _sample_commands() -> bytes:
    slip = slip_for(
        sample_configuration(), sample_ticket(), ahead=7, counters=["3"], public_url=PUBLIC_URL
    )
    model = model_named(MODEL)
    return print_commands(draw(slip, model.dots), model)


def _drawn_ms() -> list[float]:
    """Processor time of drawing and encoding one slip, in milliseconds."""
    times = []
    for _ in range(WARM_UP + SLIPS):
        begin = process_time()
        _sample_commands()
        times.append(1000 * (process_time() - begin))
    return times[WARM_UP:]


def _report(
    taps_ms: list[float],
    raw_ms: list[float],
    mute_ms: list[float],
    drawn_ms: list[float],
    busy: float,
) -> Report:
    rows = [
        (name, f"{percentile(times, 0.5):.1f}", f"{percentile(times, 0.95):.1f}")
        for name, times in (
            ("tap to last byte, ms", taps_ms),
            ("bare write of a slip, ms", raw_ms),
            ("tap to last byte of a printer that answers nothing, ms", mute_ms),
            ("slip drawn and encoded, ms of CPU", drawn_ms),
        )
    ]
    p95_ms, cpu_ms = percentile(taps_ms, 0.95), percentile(drawn_ms, 0.5)
    ratio = percentile(taps_ms, 0.5) / percentile(raw_ms, 0.5)
    return Report(
        name="slip_latency",
        heading=("", "p50", "p95"),
        rows=rows,
        figures={
            "p95_ms": p95_ms,
            "cpu_ms": cpu_ms,
            "times_a_bare_write": ratio,
            "mute_p50_ms": percentile(mute_ms, 0.5),
        },
        aim=f"p95 at most {AIM_MS:.0f} ms, at most {AIM_CPU_MS:.0f} ms of CPU a slip",
        is_met=p95_ms <= AIM_MS and cpu_ms <= AIM_CPU_MS,
        found=f"p95 {p95_ms:.0f} ms, {ratio:.0f} times a bare write; {cpu_ms:.0f} ms of CPU a slip",
        load_average=busy,
    )
