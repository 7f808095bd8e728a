"""Draws: the key is promised at opening, used with the call's offset, made public at closing."""

from datetime import date

import pytest
from msgspec.structs import replace

from queue_server.core import commands as c
from queue_server.core import events as e
from queue_server.core.codec import encode_commit
from queue_server.core.draws import key_hash
from queue_server.core.errors import InvalidValue
from queue_server.core.identifiers import CentreId, CounterId
from queue_server.core.protocols import Drawing
from queue_server.core.routing_rules import RoutingMode, RoutingRules
from tests.support.centres import BIRTH, COPY, MORNING, Hall, small_configuration
from tests.support.draws import PlainKeys, RecordingRouter

ONE = CounterId("1")


def hall_that_draws(window_s: int = 600) -> Hall:
    routing = RoutingRules(draw_window_s=window_s)
    return Hall(replace(small_configuration(), routing=routing), draw_keys=PlainKeys())


def test_the_hash_at_opening_is_the_hash_of_the_key_at_closing() -> None:
    hall = hall_that_draws()
    opened = next(
        event
        for commit in hall.commits
        for event in commit.events
        if isinstance(event, e.DayOpened)
    )
    assert hall.centre.day is not None
    assert hall.centre.day.draw_key == ""

    closed = hall.do(c.CloseDay())[-1]

    assert isinstance(closed, e.DayClosed)
    assert opened.draw_key_hash == key_hash(bytes.fromhex(closed.draw_key))
    assert hall.centre.day.draw_key == closed.draw_key


def test_the_key_is_in_no_commit_before_closing() -> None:
    hall = hall_that_draws()
    hall.open("1")
    for procedure in (BIRTH, COPY):
        hall.issue(procedure)
    hall.do(c.CallNext(counter=ONE))
    key = PlainKeys().key(hall.centre.id, MORNING.date()).hex().encode()

    assert not any(key in encode_commit(commit) for commit in hall.commits)


def test_a_call_is_drawn_with_the_days_key_and_its_own_offset() -> None:
    hall = hall_that_draws()
    router = RecordingRouter()
    hall.rules = replace(hall.rules, router=router)
    hall.open("1")
    hall.issue()

    hall.do(c.CallNext(counter=ONE))

    key = PlainKeys().key(hall.centre.id, MORNING.date())
    assert router.drawings == [Drawing(key, hall.commits[-1].offset)]


def test_nothing_is_drawn_without_a_window() -> None:
    hall = hall_that_draws(window_s=0)
    router = RecordingRouter()
    hall.rules = replace(hall.rules, router=router)
    hall.open("1")
    hall.issue()

    hall.do(c.CallNext(counter=ONE))

    assert router.drawings == [None]


def test_a_key_that_was_not_promised_at_opening_draws_nothing() -> None:
    hall = hall_that_draws()
    router = RecordingRouter()
    hall.rules = replace(hall.rules, router=router, draw_keys=PlainKeys(b"another secret"))
    hall.open("1")
    hall.issue()

    hall.do(c.CallNext(counter=ONE))
    closed = hall.do(c.CloseDay())[-1]

    assert router.drawings == [None]
    assert isinstance(closed, e.DayClosed)
    assert closed.draw_key == ""


def test_days_and_centres_have_different_keys() -> None:
    keys, day = PlainKeys(), date(2026, 11, 23)

    made = {
        keys.key(CentreId(centre), each)
        for centre in ("a", "b")
        for each in (day, date(2026, 11, 24))
    }

    assert len(made) == 4


def test_changed_routing_is_in_force_from_the_next_call() -> None:
    hall = Hall()
    routing = RoutingRules(mode=RoutingMode.FAST, draw_window_s=60)

    events = hall.do(c.ChangeRouting(routing=routing))

    assert events == (e.RoutingChanged(routing=routing),)
    assert hall.centre.facts.routing == routing
    assert hall.do(c.ChangeRouting(routing=routing)) == ()


@pytest.mark.parametrize(
    ("routing", "said"),
    [
        (RoutingRules(strategy="fastest"), "graded_levels, .*longest_waiting"),
        (RoutingRules(back_up_weight=0.9), "0 < back_up_weight ≤ secondary_weight ≤ 1"),
        (RoutingRules(overtakes_allowed=21), "routing.overtakes_allowed: expected 0 to 20"),
        (RoutingRules(draw_window_s=-1), "routing.draw_window_s: expected 0 to 3600, got -1"),
    ],
)
def test_routing_that_does_not_hold_together_is_refused(routing: RoutingRules, said: str) -> None:
    hall = Hall()

    with pytest.raises(InvalidValue, match=said):
        hall.do(c.ChangeRouting(routing=routing))
