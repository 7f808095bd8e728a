"""`queue-server verify-draws DAY`: repeats every draw of a day from the archive."""

from collections.abc import Iterator
from datetime import date

from config.settings import Settings
from counters.routing.draw_check import DayDraws, Deviation, DeviationKind, KeyVerdict, check_day
from queue_server.archive.database import open_database
from queue_server.archive.day_commits import archived_centres, day_commits
from queue_server.core.errors import InvalidValue
from queue_server.core.identifiers import CentreId, StaffId
from queue_server.places import Places

KEYS = {
    KeyVerdict.RIGHT: "the key published at closing is the one promised at opening",
    KeyVerdict.WRONG: "THE KEY PUBLISHED AT CLOSING IS NOT THE ONE PROMISED AT OPENING",
    KeyVerdict.NOT_PUBLISHED: "the key is not published (it is, when the day is closed)",
    KeyVerdict.WITHHELD: "THE KEY PROMISED AT OPENING WAS NOT PUBLISHED AT CLOSING",
    KeyVerdict.NOT_PROMISED: "no key was promised at opening: nothing was drawn",
}
DEVIATIONS = {
    DeviationKind.WRONG_DRAW: "the key draws another number",
    DeviationKind.WRONG_EQUALS: "more or fewer were drawn from than are equal",
    DeviationKind.NOT_BEST: "not the largest claim",
    DeviationKind.NOT_COMPARED: "called by the rules with nobody compared",
}


def verify_draws(settings: Settings, day: date, centre: str | None) -> tuple[int, str]:
    """Exit status (1 when something deviates) and what to print.

    Raises:
        QueueError: The archive cannot be read, or there is no such day.
    """
    engine = open_database(Places(settings.store.data_folder).database_url(settings))
    try:
        chosen = [CentreId(centre)] if centre else archived_centres(engine)
        found = {each: day_commits(engine, each, day) for each in chosen}
    finally:
        engine.dispose()
    opened = {each: known for each, known in found.items() if known is not None}
    if not opened:
        message = f"expected a day that was opened, got {day} (centres: {', '.join(chosen)})"
        raise InvalidValue(message)
    checked = {each: check_day(known.commits, known.routing) for each, known in opened.items()}
    lines = [line for each, draws in checked.items() for line in _lines(each, draws)]
    status = 0 if all(draws.is_right for draws in checked.values()) else 1
    return status, "\n".join(lines)


def _lines(centre: CentreId, draws: DayDraws) -> Iterator[str]:
    drawn = sum(call.equals > 1 for call in draws.calls)
    yield f"{centre} {draws.day}: {len(draws.calls)} calls by the rules, {drawn} drawn among equals"
    yield f"  {KEYS[draws.key]}"
    for deviation in draws.deviations:
        yield f"  DEVIATES  {_deviation(draws, deviation)}"
    for call in draws.out_of_order:
        who = _who(draws, call.clerk)
        where = f"{call.at:%H:%M:%S} UTC  counter {call.counter}  {call.number}"
        yield f"  out of order  {where}  {who}: {call.reason}"
    if draws.taken_back:
        yield f"  calls undone or put back: {len(draws.taken_back)}"
    yield f"  {_verdict(draws)}"


def _deviation(draws: DayDraws, deviation: Deviation) -> str:
    call = deviation.call
    instead = f"  expected {deviation.expected}" if deviation.expected else ""
    where = f"{call.at:%H:%M:%S} UTC  counter {call.counter}  called {call.number}{instead}"
    return f"{where}  {_who(draws, call.clerk)}: {DEVIATIONS[deviation.kind]}"


def _who(draws: DayDraws, clerk: StaffId) -> str:
    return draws.names.get(clerk) or clerk or "nobody"


def _verdict(draws: DayDraws) -> str:
    if draws.key is KeyVerdict.WITHHELD and not draws.deviations:
        return "no draw of the day can be repeated"
    if not draws.is_right:
        return f"deviations: {max(len(draws.deviations), 1)}"
    if draws.key is KeyVerdict.NOT_PUBLISHED:
        return "nothing deviates, as far as can be told before the key is published"
    return "every call follows from the rules"
