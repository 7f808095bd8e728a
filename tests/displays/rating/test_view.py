"""Whom the rating tablet of a counter asks, as values."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from displays.rating.view import KIND, RatingView, may_watch, rating
from queue_server.accounts.principal import NOBODY, Principal, Role
from queue_server.core import commands as c
from queue_server.core.citizen_rules import RatingRules
from queue_server.core.errors import UnknownName
from queue_server.core.identifiers import CounterId
from queue_server.core.ticket import Outcome, Score, Ticket
from queue_server.hub.outlook import Outlook
from tests.support.centres import BIRTH, MORNING, Hall, small_configuration
from tests.support.histories import refused

ONE = CounterId("1")
CALL, START = c.CallNext(counter=ONE), c.StartServing(counter=ONE)
DONE = c.Complete(counter=ONE, outcome=Outcome.ADVICE_ONLY)


@pytest.fixture
def hall() -> Hall:
    hall = Hall()
    hall.open("1")
    return hall


def seen(hall: Hall, counter: str = "1") -> RatingView:
    outlook = Outlook(at=MORNING, by_field={}, estimator=hall.rules.estimator)
    return rating(hall.centre, counter, outlook)


def served(hall: Hall) -> Ticket:
    ticket = hall.issue(BIRTH, language="en")
    hall.run([CALL, START, DONE])
    return ticket


def test_it_asks_whoever_was_served_last(hall: Hall) -> None:
    ticket = served(hall)

    asked = seen(hall).asked

    assert asked is not None
    assert (asked.ticket, asked.number, asked.language) == (ticket.id, ticket.number, "en")
    assert asked.until == hall.now + timedelta(seconds=60)
    assert not asked.is_rated


def test_it_asks_nobody_before_and_at_other_counters(hall: Hall) -> None:
    assert seen(hall).asked is None
    served(hall)

    assert seen(hall, "2").asked is None


def test_it_asks_on_while_the_next_is_called_until_that_one_is_served(hall: Hall) -> None:
    ticket = served(hall)
    hall.issue(BIRTH)
    hall.do(CALL)
    asked = seen(hall).asked
    assert asked is not None
    assert asked.ticket == ticket.id

    hall.do(START)

    assert seen(hall).asked is None


def test_it_knows_what_was_rated_on_the_phone(hall: Hall) -> None:
    ticket = served(hall)

    hall.do(c.RateVisit(ticket=ticket.id, score=Score.SATISFIED))

    asked = seen(hall).asked
    assert asked is not None
    assert asked.is_rated


def test_an_undone_completion_is_not_asked_about(hall: Hall) -> None:
    served(hall)

    hall.do(c.UndoLast(counter=ONE))

    assert seen(hall).asked is None


def test_yesterday_is_over(hall: Hall) -> None:
    served(hall)
    hall.do(c.CloseDay())
    hall.later(minutes=24 * 60)

    hall.do(c.OpenDay())

    assert seen(hall).asked is None


def test_a_centre_may_ask_nobody() -> None:
    hall = Hall(replace(small_configuration(), rating=RatingRules(is_on=False)))
    hall.open("1")
    served(hall)

    assert seen(hall).asked is None


def test_an_unknown_counter_is_refused(hall: Hall) -> None:
    with refused(UnknownName, "expected a counter of this centre"):
        seen(hall, "99")


@pytest.mark.parametrize(
    ("principal", "may"),
    [
        (NOBODY, False),
        (Principal(kind="device", id="r", device_kind="rating", counter="1"), True),
        (Principal(kind="device", id="r", device_kind="rating", counter="2"), False),
        (Principal(kind="device", id="b", device_kind="board"), False),
        (Principal(kind="staff", id="lan", roles=frozenset({Role.CLERK})), False),
        (Principal(kind="staff", id="minh", roles=frozenset({Role.MANAGER})), True),
    ],
)
def test_the_tablet_of_the_counter_and_managers_watch(
    hall: Hall, principal: Principal, *, may: bool
) -> None:
    assert may_watch(principal, hall.centre, "1") is may
    assert KIND.may_watch is may_watch
