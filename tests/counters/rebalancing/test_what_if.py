"""What changes in words would bring, on the same continuations of a live day."""

import pytest

from counters.rebalancing.trials import Trials
from counters.rebalancing.what_if import Untrained, what_if
from counters.simulation.present import present_of
from queue_server.core.errors import InvalidValue
from tests.support.centres import LAND
from tests.support.histories import refused
from tests.support.surges import surge, trained_configuration


def test_the_day_as_it_is_comes_first_and_each_change_after_it() -> None:
    hall = surge()
    changes = ("counter 1 takes land", "close 3")

    as_it_is, helping, closing = what_if(hall.centre, changes, hall.now, days=12).arms

    assert [as_it_is.words, helping.words, closing.words] == ["", *changes]
    land = helping.mean_wait_s_by_field[LAND]
    assert land.change + land.change_within < 0
    assert land.value == pytest.approx(
        as_it_is.mean_wait_s_by_field[LAND].value + land.change, abs=0.2
    )
    assert closing.figures["mean_wait_s"].change > 0
    assert as_it_is.figures["mean_wait_s"].change == 0


def test_what_is_not_understood_is_refused_in_a_sentence() -> None:
    hall = surge()

    with refused(InvalidValue, "expected a change like"):
        what_if(hall.centre, ("make it so",), hall.now, days=10)
    with refused(InvalidValue, "expected a counter of 1, 2, 3, got '9'"):
        what_if(hall.centre, ("close 9",), hall.now, days=10)


def test_one_day_says_nothing_of_how_sure_a_difference_is() -> None:
    hall = surge()

    with refused(InvalidValue, "expected 2 days at least"):
        what_if(hall.centre, ("close 3",), hall.now, days=1)
    with refused(InvalidValue, "expected 2 days at least"):
        Trials(present_of(hall.centre, hall.now), range(1))


def test_who_is_not_trained_is_named_in_the_answer() -> None:
    hall = surge(trained_configuration({}))
    changes = ("counter 1 takes land", "counter 1 takes civil; close 3")

    as_it_is, land, own = what_if(hall.centre, changes, hall.now, days=2).arms

    assert land.untrained == (Untrained(number="1", field=LAND),)
    assert as_it_is.untrained == own.untrained == ()
