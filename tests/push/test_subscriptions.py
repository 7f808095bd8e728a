"""Phones that follow tickets, in every kind of database; gone when nobody needs them."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine

from queue_server.core.errors import InvalidValue
from queue_server.core.identifiers import CentreId, Language, TicketId
from queue_server.push.subscriptions import Subscription, Subscriptions
from tests.support.centres import MORNING
from tests.support.histories import refused
from tests.support.push_phones import PhoneBrowser

HERE, THERE = CentreId("an-binh"), CentreId("an-phu")
ONE, TWO = TicketId("1" * 32), TicketId("2" * 32)
VI = Language("vi")


def phone(ticket: TicketId = ONE, name: str = "a") -> Subscription:
    return Subscription(
        ticket=ticket,
        endpoint=f"https://push.example.com/{name}",
        keys=PhoneBrowser().keys,
        language=VI,
    )


@pytest.fixture
def kept(database: Engine) -> Subscriptions:
    return Subscriptions(database)


def test_a_phone_is_found_by_its_ticket_and_centre(kept: Subscriptions) -> None:
    mine, other = phone(), phone(TWO)
    kept.save(HERE, mine, MORNING)
    kept.save(THERE, other, MORNING)

    assert kept.of_ticket(ONE) == [mine]
    assert kept.of_centre(HERE) == [mine]
    assert kept.of_centre(THERE) == [other]


def test_the_same_phone_again_is_one_phone(kept: Subscriptions) -> None:
    kept.save(HERE, phone(), MORNING)
    again = phone()

    kept.save(HERE, again, MORNING)

    assert kept.of_ticket(ONE) == [again]


def test_a_family_may_follow_nobody_needs_more(kept: Subscriptions) -> None:
    for name in ("a", "b", "c"):
        kept.save(HERE, phone(name=name), MORNING)

    with refused(InvalidValue, "expected at most 3 phones for one ticket"):
        kept.save(HERE, phone(name="d"), MORNING)
    kept.save(HERE, phone(name="c"), MORNING)


def test_who_was_told_soon_is_remembered(kept: Subscriptions) -> None:
    mine = phone()
    kept.save(HERE, mine, MORNING)

    kept.told_soon([mine], transaction=2)

    assert [each.soon_told for each in kept.of_ticket(ONE)] == [2]


def test_they_go_with_the_ticket_the_phone_and_the_day(kept: Subscriptions) -> None:
    for ticket in (ONE, TWO):
        kept.save(HERE, phone(ticket, name=f"of-{ticket}"), MORNING)

    assert kept.forget_all_but(HERE, {TWO}) == 1
    assert kept.of_ticket(ONE) == []
    assert kept.forget_phone(f"https://push.example.com/of-{TWO}") == 1
    kept.save(HERE, phone(), MORNING)
    assert kept.forget_overdue(MORNING + timedelta(hours=23)) == 0
    assert kept.forget_overdue(MORNING + timedelta(hours=24)) == 1
    assert kept.of_centre(HERE) == []
