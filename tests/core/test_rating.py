"""A citizen says how the service was: of a visit that is over, once, changed for a while only."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from queue_server.core import commands as c
from queue_server.core import events as e
from queue_server.core.citizen_rules import RatingRules
from queue_server.core.errors import AlreadyRated, NotRateable, TooLate, UnknownName
from queue_server.core.identifiers import CounterId, TicketId
from queue_server.core.ticket import Criterion, Outcome, Score, Ticket, TicketState
from tests.support.centres import BIRTH, Hall, small_configuration
from tests.support.histories import refused

ONE = CounterId("1")


@pytest.fixture
def hall() -> Hall:
    hall = Hall()
    hall.open("1")
    return hall


def served(hall: Hall) -> Ticket:
    ticket = hall.issue(BIRTH)
    hall.run([c.CallNext(counter=ONE), c.StartServing(counter=ONE)])
    hall.later(minutes=5)
    hall.do(c.Complete(counter=ONE, outcome=Outcome.ADVICE_ONLY))
    return ticket


def rate(hall: Hall, ticket: Ticket, score: Score = Score.SATISFIED) -> tuple[e.Event, ...]:
    return hall.do(c.RateVisit(ticket=ticket.id, score=score))


def test_a_rating_is_bound_to_the_ticket_and_the_counter_that_served(hall: Hall) -> None:
    ticket = served(hall)
    criteria = {Criterion.ATTITUDE: Score.NOT_SATISFIED}

    (event,) = hall.do(c.RateVisit(ticket=ticket.id, score=Score.VERY_SATISFIED, criteria=criteria))

    assert event == e.VisitRated(
        ticket=ticket.id, score=Score.VERY_SATISFIED, criteria=criteria, counter=ONE
    )
    rating = hall.ticket(ticket).rating
    assert rating is not None
    assert (rating.score, rating.criteria, rating.at) == (4, criteria, hall.now)


@pytest.mark.parametrize("steps", [0, 1, 2])
def test_a_visit_that_is_not_over_is_not_rated(hall: Hall, steps: int) -> None:
    ticket = hall.issue(BIRTH)
    on_the_way: list[c.Command] = [c.CallNext(counter=ONE), c.StartServing(counter=ONE)]
    hall.run(on_the_way[:steps])

    with refused(NotRateable, "expected a visit that was served to its end, H001 is"):
        rate(hall, ticket)


def test_a_ticket_that_does_not_exist_is_not_rated(hall: Hall) -> None:
    with refused(UnknownName, "expected a ticket of today"):
        hall.do(c.RateVisit(ticket=TicketId("none"), score=Score.NEUTRAL))


def test_long_after_the_service_it_is_too_late(hall: Hall) -> None:
    ticket = served(hall)
    hall.later(minutes=61)

    with refused(TooLate, "expected a rating within 60 minutes of the end of the service"):
        rate(hall, ticket)


def test_a_rating_is_changed_within_five_minutes_of_the_first(hall: Hall) -> None:
    ticket = served(hall)
    rate(hall, ticket)
    first_at = hall.now
    hall.later(minutes=4)

    rate(hall, ticket, Score.NOT_SATISFIED)

    rating = hall.ticket(ticket).rating
    assert rating is not None
    assert (rating.score, rating.at) == (Score.NOT_SATISFIED, first_at)
    hall.later(minutes=2)
    with refused(AlreadyRated, "H001 was rated, and a rating may be changed for a while only"):
        rate(hall, ticket)


def test_the_same_rating_again_is_nothing_new(hall: Hall) -> None:
    ticket = served(hall)
    rate(hall, ticket)

    assert rate(hall, ticket) == ()


def test_a_changed_rating_keeps_the_sentence(hall: Hall) -> None:
    ticket = served(hall)
    hall.do(c.RateVisit(ticket=ticket.id, score=Score.NEUTRAL, has_comment=True))

    rate(hall, ticket, Score.SATISFIED)

    rating = hall.ticket(ticket).rating
    assert rating is not None
    assert rating.has_comment


def test_a_centre_may_ask_for_no_ratings() -> None:
    hall = Hall(replace(small_configuration(), rating=RatingRules(is_on=False)))
    hall.open("1")
    ticket = served(hall)

    with refused(NotRateable, "centre test asks for no ratings"):
        rate(hall, ticket)


def test_the_day_may_close_before_it_is_rated(hall: Hall) -> None:
    ticket = served(hall)
    hall.do(c.CloseDay())

    rate(hall, ticket)

    assert hall.ticket(ticket).rating is not None


def test_undoing_the_completion_takes_the_rating_back(hall: Hall) -> None:
    ticket = served(hall)
    rate(hall, ticket)

    hall.do(c.UndoLast(counter=ONE))

    now = hall.ticket(ticket)
    assert (now.state, now.rating, now.served_by) == (TicketState.SERVING, None, None)


def test_the_next_call_goes_on_beside_a_rating(hall: Hall) -> None:
    ticket, following = served(hall), hall.issue(BIRTH)
    hall.do(c.CallNext(counter=ONE))

    rate(hall, ticket)
    hall.later(seconds=5)
    hall.do(c.UndoLast(counter=ONE))

    assert hall.ticket(following).state is TicketState.WAITING
    assert hall.now - hall.ticket(ticket).issued_at > timedelta(minutes=5)
