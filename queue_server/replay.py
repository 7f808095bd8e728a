"""``queue-server replay DAY``: a day's journal through other rules of calling."""

import sys
from argparse import Namespace
from datetime import date

import msgspec
from msgspec.structs import replace
from rich.console import Console
from rich.table import Table
from sqlalchemy import Connection

from config.centre_file import load_centre
from config.settings import Settings
from counters.routing.choice import order_of
from counters.simulation.comparison import Arm, arm_of
from counters.simulation.recorded import RecordedDay, recorded_day, run_recorded
from counters.simulation.replay import CallAgain, replayed
from queue_server.archive.database import open_database, reading
from queue_server.archive.lasting import commits_of, fold_lasting
from queue_server.core.centre import Centre
from queue_server.core.commit import Commit
from queue_server.core.errors import InvalidValue
from queue_server.core.events import DayOpened
from queue_server.core.identifiers import CentreId
from queue_server.core.routing_rules import RoutingMode, RoutingRules
from queue_server.places import Places
from queue_server.simulate_report import difference_text

SHOWN = 20
"""Calls that differ, as they are listed."""


class Replay(msgspec.Struct, frozen=True, kw_only=True):
    """What other rules would have made of a day."""

    day: date
    calls: int
    same: int
    out_of_order: int
    differing: list[CallAgain]
    left_out: int
    arms: list[Arm]
    """As it ran under the rules in force, and under the others, both simulated from the visits."""


def replay(settings: Settings, arguments: Namespace) -> int:
    """Replay a day of the archive and say where the rules would have called differently.

    Raises:
        InvalidValue: There is no such day, or no such order.
    """
    day = _date(arguments.day)
    centre = CentreId(arguments.centre or load_centre(settings.centre.centre_file).id)
    engine = open_database(Places(settings.store.data_folder).database_url(settings))
    try:
        with reading(engine) as connection:
            before, commits = day_of_archive(connection, centre, day)
    finally:
        engine.dispose()
    found = replay_of(before, commits, day, strategy=arguments.strategy, mode=arguments.mode)
    if arguments.json:
        sys.stdout.write(msgspec.json.encode(found).decode() + "\n")
    else:
        _show(Console(width=None if sys.stdout.isatty() else 110), found)
    return 0


def replay_of(
    before: bytes, commits: list[Commit], day: date, *, strategy: str | None, mode: str | None
) -> Replay:
    """The day through the rules in force, or through others where they are named.

    Args:
        before: The centre before the day, encoded: each use folds a copy.
        commits: The day's.
        day: Its date.
        strategy: Another order; None keeps the centre's.
        mode: Other numbers; None keeps the centre's.
    """

    def fresh() -> Centre:
        return msgspec.msgpack.decode(before, type=Centre)

    recorded = recorded_day(fresh(), commits)
    in_force = recorded.centre.facts.routing
    rules = other_rules(in_force, strategy, mode)
    is_other = rules != in_force
    calls = list(replayed(fresh(), commits, rules if is_other else None))
    asked = [call for call in calls if not call.is_out_of_order]
    return Replay(
        day=day,
        calls=len(asked),
        same=sum(call.is_same for call in asked),
        out_of_order=len(calls) - len(asked),
        differing=[call for call in asked if not call.is_same],
        left_out=recorded.left_out,
        arms=_arms(recorded, in_force, rules) if recorded.visits else [],
    )


def other_rules(in_force: RoutingRules, strategy: str | None, mode: str | None) -> RoutingRules:
    """The rules with another order or mode.

    Raises:
        InvalidValue: There is no such order or mode.
    """
    rules = in_force
    if strategy is not None:
        rules = replace(rules, strategy=strategy)
    if mode is not None:
        if mode not in {each.value for each in RoutingMode}:
            message = f"expected a mode of {', '.join(RoutingMode)}, got {mode!r}"
            raise InvalidValue(message)
        rules = replace(rules, mode=RoutingMode(mode))
    order_of(rules)
    return rules


def day_of_archive(
    connection: Connection, centre: CentreId, day: date
) -> tuple[bytes, list[Commit]]:
    """The centre before the day, encoded, and the day's commits.

    Raises:
        InvalidValue: The archive has no such day.
    """
    state, commits, is_found = Centre(id=centre), [], False
    for commit in commits_of(connection, centre):
        opened = [event.date for event in commit.events if isinstance(event, DayOpened)]
        if is_found and opened:
            break
        is_found = is_found or day in opened
        if is_found:
            commits.append(commit)
        else:
            fold_lasting(state, commit)
    if not is_found:
        message = f"expected a day in the records of {centre}, got {day}"
        raise InvalidValue(message)
    return msgspec.msgpack.encode(state), commits


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        message = f"expected a date like 2026-11-23, got {text!r}"
        raise InvalidValue(message) from None


def _arms(recorded: RecordedDay, in_force: RoutingRules, rules: RoutingRules) -> list[Arm]:
    usual = [run_recorded(recorded, in_force)]
    arms = [arm_of("rules of the day", usual)]
    if rules != in_force:
        arms.append(arm_of("other rules", [run_recorded(recorded, rules)], usual))
    return arms


def _show(console: Console, found: Replay) -> None:
    console.print(
        f"{found.day}: the rules call the same ticket in {found.same} of {found.calls} calls"
        f" ({found.out_of_order} more were called by hand)"
    )
    if found.differing:
        table = Table(title=f"Calls that differ, the first {SHOWN}")
        for heading in ("at", "counter", "called", "would have called"):
            table.add_column(heading)
        for call in found.differing[:SHOWN]:
            table.add_row(f"{call.at:%H:%M:%S}", call.counter, call.called, call.chosen or "nobody")
        console.print(table)
    if len(found.arms) > 1:
        console.print(_waits(found))


def _waits(found: Replay) -> Table:
    table = Table(title="The day's visits simulated under both, waits in minutes")
    table.add_column("")
    for arm in found.arms:
        table.add_column(arm.name, justify="right")
    table.add_column("difference", justify="right")
    usual, other = found.arms
    for key, value in usual.measures.items():
        mean = other.measures[key].mean
        table.add_row(
            key.replace("_", " "), f"{value.mean:.1f}", f"{mean:.1f}",
            difference_text(other.differences[key]),
        )  # fmt: skip
    return table
