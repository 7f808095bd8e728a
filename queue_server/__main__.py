"""The command line: ``queue-server serve``, ``work``, ``check-config`` and the rest."""

import argparse
import os
import signal
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import structlog
import uvloop

from config.check_config import check_config
from config.settings import BrokenSettings, Settings, read_settings, unknown_settings
from queue_server.clock import SystemClock
from queue_server.core.errors import InvalidValue, QueueError
from queue_server.logs import set_up_logs
from queue_server.places import Places

if TYPE_CHECKING:
    from printers.agent.print_agent import PrintAgent
    from queue_server.archive.backup import Manifest


def serve(settings: Settings, _: argparse.Namespace) -> int:
    """Serve one or more centres until told to stop."""
    from queue_server.serve import serve as run  # noqa: PLC0415  # workers need less

    _warn_of_unknown_settings()
    uvloop.run(run(settings, SystemClock()))
    return 0


def demo(settings: Settings, arguments: argparse.Namespace) -> int:
    """Serve a sample centre with virtual citizens and clerks, on a scaled clock."""
    from queue_server.demo.run import run_demo  # noqa: PLC0415  # workers need less

    _warn_of_unknown_settings()
    uvloop.run(run_demo(settings, arguments.speed))
    return 0


def print_agent(settings: Settings, arguments: argparse.Namespace) -> int:
    """Print for a server that cannot reach the printer, on the PC it is plugged into."""
    from printers.agent.agent_line import AgentLine  # noqa: PLC0415  # the server needs less
    from printers.agent.print_agent import run_agent  # noqa: PLC0415
    from printers.escpos_printer import Timeouts  # noqa: PLC0415
    from queue_server.accounts.pairing import (  # noqa: PLC0415
        pair,
        read_pairing,
        save_pairing,
    )

    folder = settings.store.data_folder / "print-agent"
    pairing = folder / "pairing.json"
    if arguments.link is not None:
        save_pairing(pairing, pair(arguments.link, "printer", arguments.ca_file))
    if arguments.only_pair:
        read_pairing(pairing)
        return 0
    with AgentLine(read_pairing(pairing)) as line:
        timeouts = Timeouts(fence_s=settings.printing.printer_confirm_s)
        run_agent(line, folder, _end_on_signal, timeouts)
    return 0


def _end_on_signal(agent: "PrintAgent") -> None:
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: agent.end())


def work(settings: Settings, arguments: argparse.Namespace) -> int:
    """Work the named queues, each in a process of its own."""
    from queue_server import jobs  # noqa: F401, PLC0415  # shared by the forked workers
    from queue_server.workers import Crew  # noqa: PLC0415

    places = Places(settings.store.data_folder)
    Crew(arguments.queues, places.jobs_url(settings), arguments.employer).run()
    return 0


def check(settings: Settings, arguments: argparse.Namespace) -> int:
    """Check a centre file and the settings, and print every problem at once."""
    from counters.routing.strategies import STRATEGIES  # noqa: PLC0415
    from printers.printer_model import MODELS  # noqa: PLC0415

    file = arguments.file or settings.centre.centre_file
    status, text = check_config(
        file, known_strategies=tuple(STRATEGIES), known_models=tuple(MODELS)
    )
    unknown = (f"  warning  {sentence}\n" for sentence in unknown_settings(os.environ))
    sys.stdout.write("".join([text, *unknown, "\n"]))
    return status


def _warn_of_unknown_settings() -> None:
    for sentence in unknown_settings(os.environ):
        log.warning("a setting is not known and changes nothing", setting=sentence)


def apply_config(settings: Settings, arguments: argparse.Namespace) -> int:
    """Make a running centre what its file says; waiting tickets stay."""
    from queue_server.apply_config import apply_file  # noqa: PLC0415

    sys.stdout.write(apply_file(settings, arguments.file or settings.centre.centre_file) + "\n")
    return 0


def verify_draws(settings: Settings, arguments: argparse.Namespace) -> int:
    """Repeat every draw of a closed day from the archive; exit status 1 if a call deviates."""
    from queue_server.verify_draws import verify_draws as run  # noqa: PLC0415

    status, text = run(settings, arguments.day, arguments.centre)
    sys.stdout.write(text + "\n")
    return status


def back_up(settings: Settings, arguments: argparse.Namespace) -> int:
    """Write journal, records and secret into one file, while the server runs or not."""
    from queue_server.backups import back_up as run  # noqa: PLC0415

    manifest = uvloop.run(run(settings, arguments.file.absolute(), SystemClock()))
    commits = sum(part.count for part in manifest.journals)
    note = f"; {manifest.database_note}" if manifest.database_note else ""
    sys.stdout.write(f"{arguments.file}: {commits} commits of {_centres(manifest)}{note}\n")
    return 0


def restore(settings: Settings, arguments: argparse.Namespace) -> int:
    """Make an empty data folder what it was when the backup was made."""
    from queue_server.backups import restore as run  # noqa: PLC0415

    put_aside = arguments.put_aside
    manifest = uvloop.run(run(settings, arguments.file, SystemClock(), put_aside=put_aside))
    made_at = f"{manifest.made_at:%Y-%m-%d %H:%M} UTC"
    sys.stdout.write(f"{_centres(manifest)} restored as of {made_at}\n")
    return 0


def simulate(settings: Settings, arguments: argparse.Namespace) -> int:
    """Try a change on simulated days before making it."""
    from queue_server.simulate import simulate as run  # noqa: PLC0415  # the server needs less

    return run(settings, arguments)


def voice(settings: Settings, arguments: argparse.Namespace) -> int:
    """Make, check, list, export or import the voice of a centre."""
    from queue_server.voice import voice as run  # noqa: PLC0415  # the server needs less

    if arguments.step in {"export", "import"} and arguments.file is None:
        message = f"expected a file to {arguments.step}"
        raise InvalidValue(message)
    return run(settings, arguments)


def announcer(settings: Settings, arguments: argparse.Namespace) -> int:
    """Speak the calls of a zone through a loudspeaker on this machine."""
    from queue_server.announcer import announce  # noqa: PLC0415  # the server needs less

    return announce(settings, arguments)


def replay(settings: Settings, arguments: argparse.Namespace) -> int:
    """Feed a day's journal through other rules of calling."""
    from queue_server.replay import replay as run  # noqa: PLC0415  # the server needs less

    return run(settings, arguments)


def _centres(manifest: "Manifest") -> str:
    return ", ".join(part.centre for part in manifest.journals) or "no centre"


log = structlog.get_logger()

SLOWEST, FASTEST = 0.1, 600.0
MOST_DAYS = 1000

Action = Callable[[Settings, argparse.Namespace], int]


def parser() -> argparse.ArgumentParser:
    """What the command line understands."""
    top = argparse.ArgumentParser(
        prog="queue-server", description="Queue management for public-service centres"
    )
    actions = top.add_subparsers(required=True, metavar="ACTION")

    def action(name: str, run: Action) -> argparse.ArgumentParser:
        made = actions.add_parser(name, help=run.__doc__, description=run.__doc__)
        made.set_defaults(run=run)
        return made

    demonstrating = action("demo", demo)
    demonstrating.add_argument("--speed", type=_speed, default=10.0, help="times the usual speed")
    for serving in (demonstrating, action("serve", serve)):
        serving.add_argument("--port", type=int, help="port to listen on (QUEUE_PORT)")
        serving.add_argument(
            "--https", action="store_true", default=None, help="HTTPS too (QUEUE_HTTPS)"
        )
        serving.add_argument("--https-port", type=int, help="its port (QUEUE_HTTPS_PORT)")
        serving.add_argument("--data-folder", type=Path, help="where data is (QUEUE_DATA_FOLDER)")
        serving.add_argument("--centre-file", type=Path, help="the centre (QUEUE_CENTRE_FILE)")
    printing = action("print-agent", print_agent)
    printing.add_argument("--link", help="one-time link of the printer, at the first start")
    printing.add_argument("--only-pair", action="store_true", help="end then; a service goes on")
    printing.add_argument("--ca-file", type=Path, help="certificate to trust for HTTPS (PEM)")
    printing.add_argument("--data-folder", type=Path, help="its memory (QUEUE_DATA_FOLDER)")
    working = action("work", work)
    working.add_argument("--employer", type=int, help="end when this parent process is gone")
    working.add_argument("queues", nargs="+", metavar="QUEUE")
    for name, run in (("check-config", check), ("apply-config", apply_config)):
        reading = action(name, run)
        reading.add_argument("file", nargs="?", type=Path, metavar="FILE")
        reading.add_argument("--data-folder", type=Path, help="where data is (QUEUE_DATA_FOLDER)")
    verifying = action("verify-draws", verify_draws)
    verifying.add_argument("day", type=date.fromisoformat, metavar="DAY", help="e.g. 2026-11-23")
    verifying.add_argument("--centre", help="id of one centre; all by default")
    verifying.add_argument("--data-folder", type=Path, help="where data is (QUEUE_DATA_FOLDER)")
    backing_up = action("backup", back_up)
    restoring = action("restore", restore)
    for each in (backing_up, restoring):
        each.add_argument("file", type=Path, metavar="FILE")
        each.add_argument("--data-folder", type=Path, help="where all data is (QUEUE_DATA_FOLDER)")
    restoring.add_argument(
        "--put-aside", action="store_true", help="keep the present data in a folder beside"
    )
    _add_voicing(action("voice", voice))
    _add_announcing(action("announcer", announcer))
    _add_simulating(action("simulate", simulate))
    _add_replaying(action("replay", replay))
    return top


def _add_voicing(voicing: argparse.ArgumentParser) -> None:
    add = voicing.add_argument
    add("step", choices=("prepare", "check", "list", "export", "import"))
    add("file", nargs="?", metavar="FILE", help="the zip to export or import")
    add("--language", metavar="TAG", help="one language of list or export")
    add("--online", action="store_true", help="allow the online voice this once")
    add("--centre", metavar="ID", help="which centre of a running server")
    add("--centre-file", type=Path, help="the centre (QUEUE_CENTRE_FILE)")
    add("--data-folder", type=Path, help="where clips are (QUEUE_DATA_FOLDER)")


def _add_announcing(announcing: argparse.ArgumentParser) -> None:
    add = announcing.add_argument
    add("--link", metavar="LINK", help="one-time link of the loudspeaker, at the first start")
    add("--ca-file", type=Path, metavar="FILE", help="the server's own authority, for HTTPS")
    add(
        "--output",
        default="alsa",
        metavar="WHERE",
        help="alsa, alsa:DEVICE such as alsa:plughw:1,0, file:FOLDER, or null",
    )
    add(
        "--test", action="store_true", help="play the chime once and end, paired if --link is given"
    )
    add("--data-folder", type=Path, help="where pairing and clips are (QUEUE_DATA_FOLDER)")


def _add_simulating(simulating: argparse.ArgumentParser) -> None:
    add = simulating.add_argument
    add("--scenario", default="today", metavar="FILE|NAME|today", help="what the days are like")
    add("--change", action="append", default=[], metavar="WORDS", help='such as "close 5"')
    add("--days", type=_count, default=40, help="how many days, each for all arms")
    add("--seed-from", type=int, default=0, metavar="N", help="the first day's seed")
    add("--policy", metavar="NAME", help="an order to run, of those of the routing benchmark")
    add("--json", action="store_true", help="the figures for programs")
    add("--plot", type=_svg, metavar="FILE.svg", help="table and bars as a picture too")
    add("--centre", metavar="ID", help="which centre of today; left out: that of the centre file")
    add("--centre-file", type=Path, help="the centre of today (QUEUE_CENTRE_FILE)")
    add("--data-folder", type=Path, help="where its records are (QUEUE_DATA_FOLDER)")


def _add_replaying(replaying: argparse.ArgumentParser) -> None:
    add = replaying.add_argument
    add("day", metavar="DAY", help="the local date, such as 2026-11-23")
    add("--strategy", metavar="NAME", help="the order to try; left out: as it was")
    add("--mode", metavar="NAME", help="equal, standard, fast or strict_priority")
    add("--centre", metavar="ID", help="which centre; left out: the one of the centre file")
    add("--json", action="store_true", help="the figures for programs")
    add("--centre-file", type=Path, help="the centre (QUEUE_CENTRE_FILE)")
    add("--data-folder", type=Path, help="where its records are (QUEUE_DATA_FOLDER)")


def _count(text: str) -> int:
    """A number of days from 1 to 1,000."""
    if not text.isdecimal() or not 1 <= int(text) <= MOST_DAYS:
        message = f"expected 1 to {MOST_DAYS} days, got {text!r}"
        raise argparse.ArgumentTypeError(message)
    return int(text)


def _svg(text: str) -> Path:
    """A file name that ends in .svg."""
    if not text.endswith(".svg"):
        message = f"expected a file name that ends in .svg, got {text!r}"
        raise argparse.ArgumentTypeError(message)
    return Path(text)


def _speed(text: str) -> float:
    """A speed from 0.1 to 600."""
    speed = float(text)
    if not SLOWEST <= speed <= FASTEST:
        message = f"expected a speed from {SLOWEST} to {FASTEST}, got {text}"
        raise argparse.ArgumentTypeError(message)
    return speed


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one action; the exit status tells how it went."""
    chosen = parser().parse_args(arguments)
    for name in ("port", "https", "https_port", "data_folder", "centre_file"):
        value = getattr(chosen, name, None)
        if value is not None:
            os.environ[f"QUEUE_{name.upper()}"] = str(value)
    try:
        settings = read_settings()
    except BrokenSettings as broken:
        sys.stderr.write("\n".join(["The settings cannot be used:", *broken.problems]) + "\n")
        return 2
    set_up_logs(settings.log.log_format)
    try:
        status: int = chosen.run(settings, chosen)
    except KeyboardInterrupt:
        return 0
    except QueueError as error:
        sys.stderr.write(f"{error.message}\n")
        return 1
    return status


if __name__ == "__main__":
    sys.exit(main())
