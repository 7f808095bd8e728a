"""The day so far: arrivals and waits by the clock, and the counters' hours from the journal."""

from collections.abc import AsyncIterator
from datetime import timedelta

import httpx2
import pytest

from counters.today.curve import field_curves, midnight_of, span_of
from counters.today.hours import DayHours
from counters.today.routes import FoldedDays, routes
from counters.today.values import CounterHours, FieldCurve, Presence, Stretch
from queue_server.app import core_of
from queue_server.core import commands as c
from queue_server.core.identifiers import CounterId, StaffId
from queue_server.core.ticket import Outcome
from queue_server.journal.memory_journal import MemoryJournal
from tests.support.centres import LAND, LAND_TITLE, Hall
from tests.support.clocks import HandSetClock
from tests.support.servers import parts_for, running_server, submit
from tests.support.surges import ONE, surge, surge_commands, trained_configuration

EIGHT = 8 * 3600


def land_curve(hall: Hall) -> FieldCurve:
    midnight = midnight_of(hall.centre, hall.now)
    from_s, _ = span_of(hall.centre, midnight, (hall.now - midnight).total_seconds())
    curves = field_curves(hall.centre, midnight, hall.now, from_s)
    return next(curve for curve in curves if curve.id == LAND)


def hours_of(hall: Hall, counter: CounterId) -> CounterHours:
    fold = DayHours(midnight_of(hall.centre, hall.now), 0)
    fold.add(hall.commits)
    return next(each for each in fold.hours(hall.centre) if each.id == counter)


def test_arrivals_are_counted_by_half_hours_and_forecast_for_two_hours() -> None:
    hall = surge()

    curve = land_curve(hall)

    assert curve.arrivals == (0, 14)
    assert len(curve.expected) == 5
    assert all(count > 0 for count in curve.expected)
    assert curve.expected[0] < curve.expected[1], "only the rest of the present half hour"


def test_a_day_spans_its_hours_or_begins_where_there_are_none() -> None:
    hall = Hall()
    midnight = midnight_of(hall.centre, hall.now)

    assert span_of(hall.centre, midnight, EIGHT) == (7 * 3600 + 1800, 17 * 3600)
    sunday = midnight - timedelta(days=1)
    assert span_of(hall.centre, sunday, EIGHT + 60) == (EIGHT, EIGHT + 60)


def test_waits_are_those_of_the_called() -> None:
    hall = Hall()
    hall.issue(LAND_TITLE)
    hall.later(minutes=12)
    hall.do(c.CallNext(counter=hall.open("3")))

    curve = land_curve(hall)

    assert curve.waits_s == (None, None, None, None, 720)
    assert curve.calls == (0, 0, 0, 0, 1)


def test_a_counter_goes_on_serving_while_it_wants_to_pause() -> None:
    hall = Hall()
    three = hall.open("3", "thu")
    hall.issue(LAND_TITLE)
    hall.later(minutes=1)
    hall.do(c.CallNext(counter=three))
    hall.later(minutes=1)
    hall.do(c.StartServing(counter=three))
    hall.later(minutes=5)
    hall.do(c.PauseCounter(counter=three, reason="break"))
    hall.later(minutes=3)
    hall.do(c.Complete(counter=three, outcome=Outcome.ADVICE_ONLY))

    hours = hours_of(hall, three)

    assert hours.people == (Presence("Thu", EIGHT, None),)
    assert hours.stretches == (
        Stretch("free", EIGHT, EIGHT + 60),
        Stretch("calling", EIGHT + 60, EIGHT + 120),
        Stretch("serving", EIGHT + 120, EIGHT + 600),
        Stretch("paused", EIGHT + 600, None, "break"),
    )


def test_what_is_undone_goes_on() -> None:
    hall = Hall()
    three = hall.open("3")
    hall.issue(LAND_TITLE)
    hall.do(c.CallNext(counter=three))
    hall.do(c.StartServing(counter=three))
    hall.later(minutes=2)
    hall.do(c.Complete(counter=three, outcome=Outcome.ADVICE_ONLY))
    hall.later(seconds=5)
    hall.do(c.UndoLast(counter=three))

    *_, last = hours_of(hall, three).stretches

    assert last == Stretch("serving", EIGHT + 125, None)


def test_a_counter_that_closes_has_no_more_hours() -> None:
    hall = Hall()
    three = hall.open("3", "thu")
    hall.later(minutes=30)
    hall.do(c.CloseCounter(counter=three))
    hall.do(c.LeaveCounter(counter=three))

    hours = hours_of(hall, three)

    assert hours.stretches == (Stretch("free", EIGHT, EIGHT + 1800),)
    assert hours.people == (Presence("Thu", EIGHT, EIGHT + 1800),)


@pytest.fixture
async def client() -> AsyncIterator[httpx2.AsyncClient]:
    """The surge over HTTP; more happens between two questions."""
    clock = HandSetClock()
    core = core_of(parts_for(MemoryJournal(clock), clock))
    parts = parts_for(core.replicas.journal, clock)
    parts.routes = routes(FoldedDays())
    async with running_server(parts, trained_configuration(), core) as client:
        for command in surge_commands():
            clock.later(seconds=30)
            await submit(core, trained_configuration().id, command)
        yield client


def bearer(who: str) -> dict[str, str]:
    return {"authorization": f"Bearer {who}"}


async def test_the_day_is_folded_on_from_question_to_question(client: httpx2.AsyncClient) -> None:
    path = "/api/v1/centres/test"
    first = (await client.get(f"{path}/today", headers=bearer("minh"))).json()
    await client.post(f"{path}/counters/1/pause", json={"reason": "break"}, headers=bearer("minh"))
    second = (await client.get(f"{path}/today", headers=bearer("minh"))).json()

    one, other = (
        next(each for each in day["counters"] if each["id"] == ONE) for day in (first, second)
    )
    assert one["people"][0][0] == StaffId("staff-1")
    assert [stretch[0] for stretch in one["stretches"]][-1] == "serving"
    assert one["stretches"] == other["stretches"], "it goes on serving"
    land = next(each for each in second["fields"] if each["id"] == LAND)
    assert sum(land["arrivals"]) == 14


async def test_the_day_is_for_managers(client: httpx2.AsyncClient) -> None:
    answer = await client.get("/api/v1/centres/test/today", headers=bearer("lan"))

    assert answer.status_code == 403
