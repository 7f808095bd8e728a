"""Run every fault: ``python -m tests.speech_faults [--no-calls]``; 1 if anybody would notice."""

import argparse
import logging
import os
import sys
import tempfile
from pathlib import Path
from threading import Thread

import msgspec
import structlog

from displays.speech.chime import chime
from displays.speech.sound import mp3
from tests.benchmarks.report import Report, load_average
from tests.speech_faults.announcements import HEADING, LIMIT_MS, Fault, suffer
from tests.speech_faults.call_delay import delays, summary
from tests.speech_faults.dead_networks import INSIDE, NETWORKS, is_possible, suffer_inside
from tests.support.translate_stub import FAULTS, TranslateStub, make_certificate


def main() -> int:
    """Suffer each fault and say what came of it."""
    parser = argparse.ArgumentParser(prog="python -m tests.speech_faults")
    parser.add_argument("--no-calls", action="store_true", help="leave the delay of calls out")
    parser.add_argument("--network-only", action="store_true", help="dead networks alone")
    parser.add_argument("--calls-only", action="store_true", help="the delay of calls alone")
    parser.add_argument(INSIDE, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    if arguments.inside:
        sys.stdout.buffer.write(msgspec.json.encode(suffer(arguments.inside, {})) + b"\n")
        return 0
    before = load_average()
    with tempfile.TemporaryDirectory() as folder:
        if arguments.calls_only:
            return 0 if _calls(Path(folder)) else 1
        faults = [] if arguments.network_only else _of_the_service(Path(folder))
        faults += _of_the_network(Path(folder))
        _say(faults, before)
        is_well = all(fault.is_well for fault in faults)
        if not arguments.no_calls:
            is_well = _calls(Path(folder)) and is_well
    return 0 if is_well else 1


def _of_the_service(folder: Path) -> list[Fault]:
    found = []
    for mode in FAULTS:
        with TranslateStub(make_certificate(folder), mp3(chime())) as stub:
            thread = Thread(target=stub.serve_forever, kwargs={"poll_interval": 0.02})
            thread.start()
            stub.mode = mode
            found.append(suffer(mode, stub.environment))
            stub.ended.set()
            stub.shutdown()
            thread.join()
    return found


def _of_the_network(folder: Path) -> list[Fault]:
    if not is_possible():
        sys.stdout.write(
            "Dead networks are left out: they need root, or `unshare -rn` and `ip` of iproute2.\n"
        )
        return []
    return [suffer_inside(name, folder) for name in NETWORKS]


def _say(faults: list[Fault], before: float) -> None:
    worst = [fault.worst_ms for fault in faults] or [0.0]
    report = Report(
        name="speech_faults",
        heading=HEADING,
        rows=[fault.row() for fault in faults],
        figures={"worst_ms": max(worst)},
        aim=f"every announcement comes, within {LIMIT_MS:.0f} ms by the clock from the third word",
        is_met=all(fault.is_well for fault in faults),
        found=f"{len(faults)} faults, the worst {max(worst):.0f} ms",
        load_average=before,
    )
    sys.stdout.write(report.as_text() + "\n")


def _calls(folder: Path) -> bool:
    """Compare calls while the voice hangs with calls on a server that has none."""
    with TranslateStub(make_certificate(folder), mp3(chime())) as stub:
        thread = Thread(target=stub.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        stub.mode = "hang"
        environment = {**stub.environment, "RES_OPTIONS": os.environ.get("RES_OPTIONS", "")}
        found = delays(folder, stub, environment)
        stub.ended.set()
        stub.shutdown()
        thread.join()
    differences = found.differences()
    is_met = not any(each.is_delay for each in differences.values())
    more = ", ".join(
        f"{name} {each.found:+.1f} ms (by chance up to {each.by_chance:.1f})"
        for name, each in differences.items()
    )
    sys.stdout.write(
        f"calls: p50 / p95 ms without the online voice {summary(found.quiet)}, while it hangs "
        f"{summary(found.hanging)}; {more}, {len(found.quiet)} each in turn: "
        f"{'not delayed' if is_met else 'DELAYED'}\n"
    )
    return is_met


if __name__ == "__main__":
    sys.exit(main())
