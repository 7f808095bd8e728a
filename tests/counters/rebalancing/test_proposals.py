"""Proposals of a live centre: found, tried out, said with what they bring, or left."""

from datetime import timedelta

import msgspec
import pytest
from msgspec.structs import replace

from counters.rebalancing.expectation_of import expectation_of
from counters.rebalancing.proposals import (
    draft,
    helps,
    proposals_for,
    tried,
    until_of,
)
from counters.rebalancing.situation import Change
from counters.rebalancing.situation_of import declined, situation_of
from counters.simulation.present import present_of
from queue_server.core import commands as c
from queue_server.core.commit import Actor
from queue_server.core.configuration import Level
from queue_server.core.identifiers import CounterId, StaffId
from queue_server.core.learned import HALF_HOURS, LearnedParameters
from queue_server.core.proposals import Effect, Proposal
from queue_server.core.ticket import Outcome
from tests.support.centres import CERTIFY, CIVIL, LAND, LAND_TITLE, Hall, small_configuration
from tests.support.surges import ONE, THREE, TWO, surge, trained_configuration


@pytest.fixture(scope="module")
def found() -> tuple[Hall, tuple[Proposal, ...]]:
    hall = surge()
    return hall, proposals_for(hall.centre, hall.now)


def make(hall: Hall, *proposals: Proposal) -> None:
    valid_until = hall.now + timedelta(minutes=10)
    hall.do(c.MakeProposals(proposals=proposals, valid_until=valid_until))


def test_who_is_trained_for_it_is_proposed_to_help_in_a_surge(
    found: tuple[Hall, tuple[Proposal, ...]],
) -> None:
    _, proposals = found

    assert {each.counter: each.takes for each in proposals} == {
        ONE: {LAND: Level.SECONDARY},
        TWO: {LAND: Level.BACK_UP},
    }
    for each in proposals:
        assert each.field == LAND
        assert each.field_effect.mean_s < -60
        assert each.field_effect.mean_s + each.field_effect.within_s < 0
        assert each.others_effect.mean_s > 0, "who helps others has less time for their own"
        assert each.all_effect.mean_s + each.all_effect.within_s < 0


def test_the_same_moment_gives_the_same_proposals(
    found: tuple[Hall, tuple[Proposal, ...]],
) -> None:
    hall, proposals = found

    assert proposals_for(hall.centre, hall.now) == proposals


def test_a_centre_takes_the_proposals_as_they_are(
    found: tuple[Hall, tuple[Proposal, ...]],
) -> None:
    _, proposals = found
    hall = surge()

    make(hall, *proposals)
    hall.do(c.AcceptProposal(proposal=proposals[0].id))

    assert hall.centre.counters[proposals[0].counter].profile.fields[LAND]


def test_an_accepted_change_ends_at_a_quarter_of_an_hour(
    found: tuple[Hall, tuple[Proposal, ...]],
) -> None:
    hall, proposals = found
    lasts = proposals[0].until - hall.now

    assert proposals[0].until.minute % 15 == 0
    assert timedelta(minutes=90) <= lasts < timedelta(minutes=105)


def test_no_change_outlasts_the_day() -> None:
    hall = Hall()
    hall.later(minutes=8 * 60 + 30)

    assert until_of(hall.centre, hall.now) == hall.now + timedelta(minutes=30)


def test_where_profiles_are_graded_nothing_is_proposed() -> None:
    graded = small_configuration()
    hall = surge(graded)

    situation = situation_of(hall.centre, present_of(hall.centre, hall.now), hall.now)
    assert not situation.has_room
    assert proposals_for(hall.centre, hall.now) == ()


def test_nothing_is_proposed_while_nobody_waits() -> None:
    hall = surge(waiting=1)

    assert not hall.centre.waiting
    assert proposals_for(hall.centre, hall.now) == ()


def test_what_was_declined_comes_back_after_an_hour(
    found: tuple[Hall, tuple[Proposal, ...]],
) -> None:
    _, proposals = found
    hall = surge()
    make(hall, *proposals)
    for each in proposals:
        hall.do(c.DeclineProposal(proposal=each.id))

    assert declined(hall.centre, hall.now) == {(ONE, LAND), (TWO, LAND)}
    assert proposals_for(hall.centre, hall.now) == ()
    hall.later(minutes=60)
    assert declined(hall.centre, hall.now) == set()


def test_a_counter_changed_for_a_while_is_left_alone(
    found: tuple[Hall, tuple[Proposal, ...]],
) -> None:
    _, proposals = found
    hall = surge()
    make(hall, *proposals)
    hall.do(c.AcceptProposal(proposal=proposals[0].id))

    assert proposals[0].counter not in {
        each.counter for each in proposals_for(hall.centre, hall.now)
    }


def test_a_counter_that_returned_is_left_alone_for_a_pause(
    found: tuple[Hall, tuple[Proposal, ...]],
) -> None:
    _, (first, *_) = found
    hall = surge()
    make(hall, first)
    hall.do(c.AcceptProposal(proposal=first.id))
    hall.do(c.RevertWorkProfile(counter=first.counter), actor=Actor("staff", "manager"))

    def proposed() -> set[CounterId]:
        return {each.counter for each in proposals_for(hall.centre, hall.now)}

    assert first.counter not in proposed()
    hall.later(minutes=14)
    assert first.counter not in proposed()
    hall.later(minutes=1)
    assert first.counter in proposed()


def test_no_smaller_gain_is_shown_than_the_centre_wants() -> None:
    configuration = trained_configuration()
    rules = replace(configuration.rebalancing, least_gain_s=3600)
    hall = surge(replace(configuration, rebalancing=rules))

    assert proposals_for(hall.centre, hall.now) == ()


def test_what_does_not_clearly_help_is_not_shown() -> None:
    sure, unsure, small = Effect(-300.0, 100.0), Effect(-300.0, 400.0), Effect(-30.0, 5.0)
    hall = Hall()
    proposal = Proposal(id="p", counter=ONE, until=hall.now, field_effect=sure, all_effect=sure)

    assert helps(proposal, 60)
    assert not helps(replace(proposal, all_effect=unsure), 60)
    assert not helps(replace(proposal, field_effect=unsure), 60)
    assert not helps(replace(proposal, field_effect=small, all_effect=small), 60)
    assert helps(replace(proposal, field_effect=small, all_effect=small), 20)


def test_a_bad_idea_is_tried_and_left() -> None:
    hall = surge()
    present = present_of(hall.centre, hall.now)
    worse = Proposal(
        id="p",
        counter=THREE,
        drops=(LAND,),
        takes={CIVIL: Level.BACK_UP},
        until=hall.now + timedelta(hours=1),
    )

    assert tried(hall.centre, present, [worse], range(10)) == ()


def test_of_two_changes_of_one_counter_the_better_one_is_kept() -> None:
    hall = surge()
    present = present_of(hall.centre, hall.now)
    until = hall.now + timedelta(hours=1)
    adding = Proposal(id="p1", counter=ONE, takes={LAND: Level.SECONDARY}, until=until)
    instead = replace(adding, id="p2", drops=(CERTIFY,))

    both = tried(hall.centre, present, [adding, instead], range(10))
    each = [tried(hall.centre, present, [draft], range(10))[0] for draft in (adding, instead)]

    assert both == (min(each, key=lambda one: one.all_effect.mean_s),)


def test_a_proposal_is_named_after_its_change() -> None:
    hall = surge()

    takes, opens = (
        draft(hall.centre, change, hall.now).id
        for change in (
            Change(counter=ONE, takes=(LAND,), drops=(CIVIL,)),
            Change(counter=ONE, opens=True),
        )
    )

    assert takes == f"{hall.centre.offset}-1-takes-land-drops-civil"
    assert opens == f"{hall.centre.offset}-1-opens"


def test_a_closed_counter_is_proposed_to_be_opened() -> None:
    hall = surge(trained_configuration({}), waiting=20)
    configuration = trained_configuration({})
    fourth = replace(configuration.counters[THREE], id=CounterId("4"), number="4")
    configuration = replace(
        configuration, counters={**configuration.counters, CounterId("4"): fourth}
    )
    hall.do(c.ApplyConfiguration(configuration=configuration))

    (proposal,) = proposals_for(hall.centre, hall.now)

    assert (proposal.counter, proposal.opens) == (CounterId("4"), True)
    assert proposal.field == LAND
    assert proposal.field_effect.mean_s < 0
    assert msgspec.convert(msgspec.to_builtins(proposal), Proposal) == proposal
    make(hall, proposal)
    hall.do(c.AcceptProposal(proposal=proposal.id))
    assert proposals_for(hall.centre, hall.now) == (), "it is wanted already"


def test_one_of_two_proposals_needs_nobody_else() -> None:
    configuration = trained_configuration()
    closed = [
        replace(configuration.counters[THREE], id=CounterId(number), number=number)
        for number in ("4", "5")
    ]
    counters = {**configuration.counters, **{each.id: each for each in closed}}
    hall = surge(replace(configuration, counters=counters), waiting=25)

    first, second = proposals_for(hall.centre, hall.now)

    assert first.opens
    assert second.takes.keys() == {LAND}
    assert first.all_effect.mean_s < second.all_effect.mean_s


def test_demand_is_what_waits_and_what_is_expected() -> None:
    hall = surge()
    present = present_of(hall.centre, hall.now)
    situation = situation_of(hall.centre, present, hall.now)
    work = {each.field: each for each in situation.fields}

    waiting = sum(1 for field in hall.centre.waiting.values() if field == LAND)
    arrivals = sum(present.expectation.arrivals[LAND])
    assert waiting == 13
    assert waiting * 480 < work[LAND].work_s < (waiting + arrivals) * 480
    assert work[CERTIFY].mean_s == 480
    assert situation.horizon_s == 2700


def test_who_is_not_there_draws_no_visitors() -> None:
    hall = surge(waiting=4)
    everybody = expectation_of(hall.centre, hall.now).arrivals
    hall.do(c.Complete(counter=THREE, outcome=Outcome.ADVICE_ONLY))
    hall.do(c.CloseCounter(counter=THREE))
    without = expectation_of(hall.centre, hall.now).arrivals

    assert sum(everybody[LAND]) > 0
    assert sum(without[LAND]) == 0
    assert without[CIVIL] == everybody[CIVIL]


def test_what_past_days_taught_is_expected() -> None:
    hall = surge(waiting=4)
    profile = tuple(20.0 if 16 <= place < 32 else 0.0 for place in range(HALF_HOURS))
    hall.centre.learned = LearnedParameters(
        learned_on=hall.now.date(),
        arrivals={"mon": {LAND: profile}},
        demand={LAND_TITLE: 1.0},
        mean_transaction_time_s={LAND_TITLE: 900.0},
        transaction_time_cv=0.5,
        clerk_factors={StaffId("staff-3"): 1.2, StaffId("away"): 0.8},
        no_show_share=0.1,
        again_share=0.3,
    )

    expected = expectation_of(hall.centre, hall.now)

    assert expected.arrivals.keys() == {LAND}
    assert expected.arrivals[LAND][10] == 0
    assert expected.arrivals[LAND][20] > 10
    assert (expected.cv, expected.clerk_factors) == (0.5, {THREE: 1.2})
    assert expected.transfer_share == pytest.approx(0.3 - 0.1 * expected.return_share)
    situation = situation_of(hall.centre, present_of(hall.centre, hall.now, expected), hall.now)
    land = next(each for each in situation.fields if each.field == LAND)
    assert (land.mean_s, land.variation) == (900.0, 0.5)
    assert situation.counters[2].trained == {LAND: 1.2}


def test_supply_is_what_is_left_of_the_horizon() -> None:
    hall = surge()
    hall.do(c.Complete(counter=TWO, outcome=Outcome.ADVICE_ONLY))
    hall.do(c.CloseCounter(counter=TWO))
    situation = situation_of(hall.centre, present_of(hall.centre, hall.now), hall.now)
    one, two, three = situation.counters

    assert one.available_s == pytest.approx(2700 - 480, abs=60)
    assert one.trained == {LAND: 1.08, CIVIL: 1.0, CERTIFY: 1.08}
    assert one.active == {CIVIL, CERTIFY}
    assert (two.is_open, two.may_open) == (False, True)
    assert three.trained.keys() == three.active == {LAND}
