"""A proposal is made, answered, done for a while, and ends; and when it is refused."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from queue_server.core import commands as c
from queue_server.core import events as e
from queue_server.core.commit import Actor
from queue_server.core.configuration import CentreConfiguration, Level, WorkProfile
from queue_server.core.errors import InvalidValue, ProposalStale, UnknownName
from queue_server.core.identifiers import CounterId, FieldId
from queue_server.core.proposals import Proposal
from queue_server.core.timers import due_commands
from tests.support.centres import BIRTH, CIVIL, LAND, LAND_TITLE, Hall, small_configuration
from tests.support.configurations import without
from tests.support.histories import refused

ONE, TWO, THREE = CounterId("1"), CounterId("2"), CounterId("3")
MANAGER = Actor(kind="staff", id="manager")


@pytest.fixture
def hall() -> Hall:
    """Three open counters, of which one serves land, where somebody waits."""
    hall = Hall()
    for number in ("1", "2", "3"):
        hall.open(number)
    hall.issue(LAND_TITLE)
    return hall


def proposal(hall: Hall, name: str = "p1", counter: CounterId = ONE, **more: object) -> Proposal:
    what = more or {"takes": {LAND: Level.SECONDARY}}
    until = hall.now + timedelta(minutes=60)
    return Proposal(id=name, counter=counter, until=until, **what)  # type: ignore[arg-type]


def propose(hall: Hall, *proposals: Proposal) -> tuple[e.Event, ...]:
    valid_until = hall.now + timedelta(minutes=10)
    return hall.do(c.MakeProposals(proposals=proposals, valid_until=valid_until))


def accept(hall: Hall, name: str = "p1") -> tuple[e.Event, ...]:
    return hall.do(c.AcceptProposal(proposal=name))


def run_due(hall: Hall) -> None:
    hall.run([due.command for due in due_commands(hall.centre, hall.now)])


def serves(hall: Hall, counter: CounterId = ONE) -> set[FieldId]:
    return set(hall.centre.counters[counter].profile.fields)


def test_an_accepted_proposal_holds_for_a_while_and_ends_by_itself(hall: Hall) -> None:
    configured = hall.centre.counters[ONE].profile
    propose(hall, proposal(hall))
    assert serves(hall) == set(configured.fields), "a proposal alone changes nothing"

    accept(hall)
    assert hall.centre.counters[ONE].profile.fields == {**configured.fields, LAND: Level.SECONDARY}
    assert hall.do(c.CallNext(counter=ONE)), "the land ticket can be called there now"

    hall.later(minutes=59, seconds=59)
    run_due(hall)
    assert LAND in serves(hall)
    hall.later(seconds=1)
    run_due(hall)
    assert hall.centre.counters[ONE].profile == configured
    assert not hall.centre.counters[ONE].is_profile_changed
    assert hall.centre.counters[ONE].timed is None
    run_due(hall)


def test_a_counter_returns_to_what_the_manager_had_chosen(hall: Hall) -> None:
    chosen = WorkProfile(fields={CIVIL: Level.PRIMARY})
    hall.do(c.ChangeWorkProfile(counter=ONE, profile=chosen))
    propose(hall, proposal(hall))
    accept(hall)

    hall.do(c.RevertWorkProfile(counter=ONE), actor=MANAGER)

    assert hall.centre.counters[ONE].profile == chosen
    assert hall.centre.counters[ONE].is_profile_changed


def test_a_late_timer_leaves_a_newer_change(hall: Hall) -> None:
    propose(hall, proposal(hall))
    accept(hall)
    late = c.RevertWorkProfile(counter=ONE)
    hall.do(late, actor=MANAGER)
    hall.later(minutes=60)
    propose(hall, proposal(hall, "p2"))
    accept(hall, "p2")

    assert hall.do(late) == ()
    assert LAND in serves(hall)
    assert hall.do(late, actor=MANAGER), "a person may end it at any time"


def test_a_change_by_hand_in_between_stays(hall: Hall) -> None:
    propose(hall, proposal(hall))
    accept(hall)
    by_hand = WorkProfile(fields={LAND: Level.PRIMARY})
    hall.do(c.ChangeWorkProfile(counter=ONE, profile=by_hand))

    hall.later(minutes=61)
    run_due(hall)

    assert hall.centre.counters[ONE].profile == by_hand


def test_a_field_that_is_gone_when_the_change_ends_is_left_out(hall: Hall) -> None:
    chosen = WorkProfile(fields={FieldId("certify"): Level.PRIMARY, CIVIL: Level.PRIMARY})
    hall.do(c.ChangeWorkProfile(counter=ONE, profile=chosen))
    propose(hall, proposal(hall))
    accept(hall)
    hall.do(c.ApplyConfiguration(configuration=without(hall.centre.facts, fields=["certify"])))

    hall.do(c.RevertWorkProfile(counter=ONE), actor=MANAGER)

    assert serves(hall) == {CIVIL}


def test_a_dropped_field_is_served_elsewhere(hall: Hall) -> None:
    propose(hall, proposal(hall, takes={LAND: Level.BACK_UP}, drops=(CIVIL,)))
    accept(hall)

    assert LAND in serves(hall)
    assert CIVIL not in serves(hall)
    assert CIVIL in serves(hall, TWO)


def test_new_proposals_replace_the_ones_not_answered(hall: Hall) -> None:
    propose(hall, proposal(hall, "p1"), proposal(hall, "p2", TWO))
    hall.do(c.DeclineProposal(proposal="p2", reason="on a break soon"))
    propose(hall, proposal(hall, "p3"))

    assert [(key, each.answer) for key, each in hall.centre.proposals.items()] == [
        ("p2", "declined"),
        ("p3", "open"),
    ]
    assert hall.centre.proposals["p2"].reason == "on a break soon"
    assert propose(hall), "nothing better withdraws them"
    assert propose(hall) == (), "and is not said again"


def test_accepting_an_opening_is_a_wish(hall: Hall) -> None:
    hall.do(c.CloseCounter(counter=TWO))
    propose(hall, proposal(hall, counter=TWO, opens=True))

    assert accept(hall) == (e.ProposalAccepted(proposal="p1"),)
    assert hall.centre.counters[TWO].availability == "closed"


def test_an_unknown_proposal_is_named(hall: Hall) -> None:
    with refused(UnknownName, "expected a proposal of this centre (none), got 'p9'"):
        accept(hall, "p9")


def test_a_proposal_is_answered_once(hall: Hall) -> None:
    propose(hall, proposal(hall))
    accept(hall)

    with refused(ProposalStale, "the proposal was accepted already"):
        accept(hall)
    with refused(ProposalStale, "the proposal was accepted already"):
        hall.do(c.DeclineProposal(proposal="p1"))


def test_what_has_changed_since_is_refused_in_a_sentence(hall: Hall) -> None:
    propose(hall, proposal(hall))

    hall.do(c.CloseCounter(counter=ONE))
    with refused(ProposalStale, "counter 1 was closed since"):
        accept(hall)
    hall.do(c.OpenCounter(counter=ONE))
    hall.do(c.CallNext(counter=THREE))
    with refused(ProposalStale, "nobody waits for land any more"):
        accept(hall)
    hall.issue(LAND_TITLE)
    hall.do(c.ChangeWorkProfile(counter=ONE, profile=WorkProfile(fields={LAND: Level.SECONDARY})))
    with refused(ProposalStale, "counter 1 serves that already"):
        accept(hall)
    hall.do(c.ChangeWorkProfile(counter=ONE, profile=None))
    hall.later(minutes=12)
    with refused(ProposalStale, "expected a proposal that still holds, got one of 12 min ago"):
        accept(hall)


def test_a_counter_changed_for_a_while_is_not_changed_again(hall: Hall) -> None:
    propose(hall, proposal(hall, "p1"))
    accept(hall)

    assert propose(hall, proposal(hall, "p2", drops=(CIVIL,))) == ()


@pytest.mark.parametrize("second", [("p1", TWO), ("p2", ONE)])
def test_two_proposals_of_one_name_or_counter_are_refused(
    hall: Hall, second: tuple[str, CounterId]
) -> None:
    name, counter = second

    with refused(
        InvalidValue, f"expected one proposal of each name and counter, got p1 of 1, {name}"
    ):
        propose(hall, proposal(hall, "p1"), proposal(hall, name, counter))


def test_a_field_never_loses_its_last_counter(hall: Hall) -> None:
    propose(hall, proposal(hall, takes={LAND: Level.BACK_UP}, drops=(CIVIL,)))
    hall.do(c.CloseCounter(counter=TWO))

    with refused(ProposalStale, "no other open counter serves civil now"):
        accept(hall)


def test_the_last_counter_of_a_field_does_not_close(hall: Hall) -> None:
    assert propose(hall, proposal(hall, counter=THREE, closes=True)) == ()


def test_what_does_not_hold_any_more_is_not_even_made(hall: Hall) -> None:
    stale = (
        proposal(hall, "a", CounterId("9")),
        proposal(hall, "b", takes={FieldId("gone"): Level.PRIMARY}),
        proposal(hall, "c", drops=(CIVIL, FieldId("certify"))),
        proposal(hall, "d", drops=(LAND,)),
        proposal(hall, "e", opens=True),
    )

    assert [propose(hall, each) for each in stale] == [()] * len(stale)


def test_a_field_that_is_served_at_another_level_is_not_taken(hall: Hall) -> None:
    hall.issue(BIRTH)
    assert hall.centre.counters[ONE].profile.fields[CIVIL] is Level.PRIMARY

    assert propose(hall, proposal(hall, takes={CIVIL: Level.BACK_UP})) == ()


def test_by_itself_only_what_the_manager_switched_on(hall: Hall) -> None:
    hall.do(c.SwitchAutomaticRebalancing(is_on=True, changes_per_hour=1))
    dropping = proposal(hall, "p0", takes={LAND: Level.BACK_UP}, drops=(CIVIL,))
    hall.issue(BIRTH)
    helping_civil = {"takes": {CIVIL: Level.BACK_UP}}
    adding, another = proposal(hall, "p1", TWO), proposal(hall, "p2", THREE, **helping_civil)

    propose(hall, dropping, adding, another)

    answers = {key: (each.answer, each.is_automatic) for key, each in hall.centre.proposals.items()}
    assert answers == {
        "p0": ("open", False),
        "p1": ("accepted", True),
        "p2": ("open", False),
    }
    assert LAND in serves(hall, TWO)
    hall.do(c.RevertWorkProfile(counter=TWO), actor=MANAGER)
    hall.later(minutes=59)
    propose(hall, proposal(hall, "p3", THREE, **helping_civil))
    assert CIVIL not in serves(hall, THREE), "one an hour"
    hall.later(minutes=2)
    propose(hall, proposal(hall, "p4", THREE, **helping_civil))
    assert CIVIL in serves(hall, THREE)


def test_automatic_rebalancing_is_off_until_switched_on_and_again_after(hall: Hall) -> None:
    propose(hall, proposal(hall))
    assert LAND not in serves(hall)
    assert hall.do(c.SwitchAutomaticRebalancing(is_on=False)) == ()

    hall.do(c.SwitchAutomaticRebalancing(is_on=True, changes_per_hour=3))
    hall.do(c.SwitchAutomaticRebalancing(is_on=False, changes_per_hour=3))
    propose(hall, proposal(hall))

    assert LAND not in serves(hall)


def test_a_new_day_begins_without_proposals(hall: Hall) -> None:
    propose(hall, proposal(hall))
    hall.do(c.CloseDay())
    hall.later(minutes=24 * 60)
    hall.do(c.OpenDay())

    assert hall.centre.proposals == {}


def test_trained_fields_are_those_of_the_profile_and_more() -> None:
    configuration: CentreConfiguration = small_configuration()
    three = replace(configuration.counters[THREE], trained={CIVIL: Level.BACK_UP})

    assert three.trained_fields == {CIVIL: Level.BACK_UP, LAND: Level.PRIMARY}
    assert configuration.counters[THREE].trained_fields == {LAND: Level.PRIMARY}
