"""The long form: ``python -m tests.reliability --kills 40 --seed 1``."""

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

import msgspec

from queue_server.logs import set_up_logs
from tests.reliability.chaos import Outcome, Run

SECONDS_PER_KILL = 12


async def _run(folder: Path, kills: int, seed: int) -> Outcome:
    async with asyncio.timeout(120 + SECONDS_PER_KILL * kills):
        return await Run(folder, kills=kills, seed=seed)()


def main() -> int:
    """Run once; the exit status is 1 if a promise was broken."""
    parser = argparse.ArgumentParser(prog="python -m tests.reliability")
    parser.add_argument("--kills", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="keep data and logs here")
    arguments = parser.parse_args()
    set_up_logs("plain")
    with tempfile.TemporaryDirectory(prefix="queue-kills-") as temporary:
        folder = arguments.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        outcome = asyncio.run(_run(folder, arguments.kills, arguments.seed))
    sys.stdout.write(msgspec.json.format(msgspec.json.encode(outcome)).decode() + "\n")
    return 1 if outcome.problems else 0


if __name__ == "__main__":
    sys.exit(main())
