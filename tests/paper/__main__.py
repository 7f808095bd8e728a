"""The long form: ``python -m tests.paper --tickets 1000 --seed 1``."""

import argparse
import asyncio
import os
import sys
import tempfile
from pathlib import Path

import msgspec

from queue_server.logs import set_up_logs
from tests.paper.office import SETTINGS
from tests.paper.run import Outcome, PaperRun

SECONDS_PER_TICKET = 1.5


async def _run(folder: Path, tickets: int, seed: int, seconds: float) -> Outcome:
    async with asyncio.timeout(seconds):
        return await PaperRun(folder, tickets=tickets, seed=seed)()


def main() -> int:
    """Run once; the exit status is 1 if a promise was broken."""
    parser = argparse.ArgumentParser(prog="python -m tests.paper")
    parser.add_argument("--tickets", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, help="at most so long")
    parser.add_argument("--folder", type=Path, help="keep data and logs here")
    arguments = parser.parse_args()
    set_up_logs("plain")
    os.environ.update(SETTINGS)
    seconds = arguments.seconds or 300 + SECONDS_PER_TICKET * arguments.tickets
    with tempfile.TemporaryDirectory(prefix="queue-paper-") as temporary:
        folder = arguments.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        outcome = asyncio.run(_run(folder, arguments.tickets, arguments.seed, seconds))
    sys.stdout.write(msgspec.json.format(msgspec.json.encode(outcome)).decode() + "\n")
    return 1 if outcome.problems else 0


if __name__ == "__main__":
    sys.exit(main())
