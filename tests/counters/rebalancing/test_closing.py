"""A counter that nobody would miss is proposed to be closed; none that might be missed."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from counters.rebalancing.closing import closable
from counters.rebalancing.proposals import helps, proposals_for
from queue_server.core import commands as c
from queue_server.core.configuration import Level
from queue_server.core.identifiers import CounterId
from queue_server.core.learned import HALF_HOURS, LearnedParameters
from queue_server.core.proposals import Effect, Proposal
from tests.support.centres import BIRTH, CERTIFY, CIVIL, LAND, LAND_TITLE, Hall
from tests.support.surges import ONE, THREE, TWO, trained_configuration

FOUR = CounterId("4")


@pytest.fixture
def quiet() -> Hall:
    """Four counters free for a quarter of an hour, on a weekday that is quiet as a rule.

    Counter 4 does what counters 1 and 2 do too.
    """
    configuration = trained_configuration({})
    fourth = replace(configuration.counters[ONE], id=FOUR, number="4")
    hall = Hall(replace(configuration, counters={**configuration.counters, FOUR: fourth}))
    for counter in (ONE, TWO, THREE, FOUR):
        hall.open(counter)
    hall.later(minutes=15)
    few = tuple(0.2 if 16 <= place < 34 else 0.0 for place in range(HALF_HOURS))
    hall.centre.learned = LearnedParameters(
        learned_on=hall.now.date(), arrivals={"mon": dict.fromkeys((CIVIL, CERTIFY, LAND), few)}
    )
    return hall


def test_a_counter_nobody_would_miss_is_proposed_to_be_closed(quiet: Hall) -> None:
    (proposal,) = proposals_for(quiet.centre, quiet.now)

    assert proposal.closes
    assert proposal.counter in {ONE, TWO, FOUR}
    assert proposal.all_effect.mean_s + proposal.all_effect.within_s < 10
    until = quiet.now + timedelta(minutes=10)
    quiet.do(c.MakeProposals(proposals=(proposal,), valid_until=until))
    quiet.do(c.AcceptProposal(proposal=proposal.id))
    quiet.do(c.CloseCounter(counter=proposal.counter))
    assert closable_now(quiet) <= {ONE, TWO, FOUR}
    assert proposals_for(quiet.centre, quiet.now) == (), "each field keeps two where it had two"


def closable_now(hall: Hall) -> set[CounterId]:
    return set(closable(hall.centre, hall.now))


def test_on_a_day_that_is_expected_to_be_busy_none_is_closed(quiet: Hall) -> None:
    quiet.centre.learned = None

    assert closable_now(quiet), "it might be"
    assert proposals_for(quiet.centre, quiet.now) == ()


def test_the_last_open_counter_of_a_field_stays(quiet: Hall) -> None:
    assert closable_now(quiet) == {ONE, TWO, FOUR}

    quiet.do(c.PauseCounter(counter=TWO, reason="break"))
    quiet.do(c.CloseCounter(counter=FOUR))

    assert closable_now(quiet) == set()


def test_a_counter_that_was_just_free_stays(quiet: Hall) -> None:
    quiet.issue(BIRTH)
    quiet.do(c.CallNext(counter=FOUR))
    assert closable_now(quiet) == {ONE, TWO}

    quiet.do(c.MarkNoShow(counter=FOUR))
    quiet.later(minutes=14)

    assert closable_now(quiet) == {ONE, TWO}


def test_nothing_closes_while_a_wait_is_at_risk_anywhere(quiet: Hall) -> None:
    quiet.do(c.CloseCounter(counter=THREE))
    quiet.issue(LAND_TITLE)
    quiet.later(minutes=7)
    assert closable_now(quiet) == {ONE, TWO, FOUR}

    quiet.later(seconds=30)

    assert closable_now(quiet) == set()
    assert not any(each.closes for each in proposals_for(quiet.centre, quiet.now))


def test_a_counter_somebody_waits_for_stays(quiet: Hall) -> None:
    quiet.issue(BIRTH)
    quiet.do(c.CallNext(counter=FOUR))
    quiet.do(c.StartServing(counter=FOUR))
    quiet.do(c.Park(counter=FOUR))
    quiet.later(minutes=14, seconds=59)

    assert FOUR not in closable_now(quiet)


def test_nothing_closes_in_the_last_while_of_the_day(quiet: Hall) -> None:
    quiet.later(minutes=8 * 60 + 15)

    assert proposals_for(quiet.centre, quiet.now) == ()


def test_a_closing_that_costs_something_is_not_shown() -> None:
    free, dear = Effect(3.0, 4.0), Effect(3.0, 90.0)
    closing = Proposal(id="p", counter=ONE, closes=True, until=Hall().now, all_effect=free)

    assert helps(closing, 60)
    assert not helps(replace(closing, all_effect=dear), 60)
    assert not helps(replace(closing, field_effect=dear), 60)
    assert not helps(replace(closing, closes=False, takes={LAND: Level.PRIMARY}), 60)
