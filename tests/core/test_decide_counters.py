"""Who sits where, whether a counter calls, what it serves."""

import pytest

from queue_server.core import commands as c
from queue_server.core import events as e
from queue_server.core.configuration import Level, WorkProfile
from queue_server.core.counter import Activity, Availability, activity_of
from queue_server.core.errors import (
    CounterBusy,
    CounterNotOpen,
    CounterTakenByOther,
    InvalidValue,
    NotAtThisCounter,
    StaffAlreadyAtCounter,
    UnknownName,
)
from queue_server.core.identifiers import CounterId, FieldId, ProcedureCode, StaffId
from queue_server.core.ticket import Outcome, TicketState
from tests.support.centres import BIRTH, CERTIFY, CIVIL, CLERK, LAND, LAND_TITLE, Hall
from tests.support.configurations import without
from tests.support.histories import refused

ONE, TWO, THREE = CounterId("1"), CounterId("2"), CounterId("3")
LAN, MINH = StaffId("lan"), StaffId("minh")
CALL, START = c.CallNext(counter=ONE), c.StartServing(counter=ONE)


@pytest.fixture
def hall() -> Hall:
    return Hall()


def test_two_clerks_are_never_at_one_counter(hall: Hall) -> None:
    hall.do(c.TakeCounter(counter=ONE, staff=LAN, name="Lan"))

    with refused(CounterTakenByOther, "counter 1 is taken by Lan"):
        hall.do(c.TakeCounter(counter=ONE, staff=MINH))
    assert hall.do(c.TakeCounter(counter=ONE, staff=LAN)) == ()


def test_one_clerk_is_never_at_two_counters(hall: Hall) -> None:
    hall.do(c.TakeCounter(counter=ONE, staff=LAN))

    with refused(StaffAlreadyAtCounter, "lan is at counter 1: leave it first"):
        hall.do(c.TakeCounter(counter=TWO, staff=LAN))
    with refused(CounterTakenByOther, "counter 1 is taken by lan"):
        hall.do(c.TakeCounter(counter=ONE, staff=MINH, name="Minh"))
    hall.do(c.LeaveCounter(counter=ONE))
    hall.do(c.TakeCounter(counter=TWO, staff=LAN))
    assert [counter.staff for counter in hall.centre.counters.values()] == [None, LAN, None]


def test_nobody_takes_a_counter_that_is_configured_no_more(hall: Hall) -> None:
    hall.do(c.TakeCounter(counter=THREE, staff=LAN))
    smaller = without(hall.centre.facts, fields=["land"], counters=["3"])
    hall.do(c.ApplyConfiguration(configuration=smaller))

    with refused(UnknownName, "expected a counter of this centre (1, 2), got '3'"):
        hall.do(c.TakeCounter(counter=THREE, staff=MINH))


def test_a_counter_opens_only_with_somebody_there(hall: Hall) -> None:
    with refused(CounterNotOpen, "nobody is at counter 1: take it first"):
        hall.do(c.OpenCounter(counter=ONE))

    hall.do(c.TakeCounter(counter=ONE, staff=LAN))
    hall.do(c.OpenCounter(counter=ONE), actor=CLERK)
    assert hall.do(c.OpenCounter(counter=ONE)) == ()
    assert hall.centre.counters[ONE].availability is Availability.OPEN


def test_pausing_needs_a_known_reason_and_a_counter_that_is_not_closed(hall: Hall) -> None:
    pause = c.PauseCounter(counter=ONE, reason="break")
    with refused(CounterNotOpen, "counter 1 is closed: only an open counter can be paused"):
        hall.do(pause)
    hall.open("1")
    with refused(UnknownName, "expected a pause reason of this centre (break), got 'nap'"):
        hall.do(c.PauseCounter(counter=ONE, reason="nap"))

    hall.do(pause)
    assert hall.do(pause) == ()
    counter = hall.centre.counters[ONE]
    assert (counter.availability, counter.pause_reason) == (Availability.PAUSED, "break")
    hall.do(c.OpenCounter(counter=ONE))
    assert hall.centre.counters[ONE].pause_reason == ""


def test_a_pause_keeps_the_citizen_who_is_served(hall: Hall) -> None:
    ticket = hall.issue()
    hall.open("1")
    hall.run([CALL, START, c.PauseCounter(counter=ONE, reason="break")])

    assert hall.ticket(ticket).state is TicketState.SERVING
    hall.do(c.Complete(counter=ONE, outcome=Outcome.ADVICE_ONLY))
    assert hall.centre.counters[ONE].idle_since is None


def test_a_pause_gives_back_who_is_called_with_the_waiting_time_kept(hall: Hall) -> None:
    ticket = hall.issue()
    hall.open("1")
    began = hall.ticket(ticket).wait_began_at
    hall.later(minutes=5)
    hall.do(CALL)

    events = hall.do(c.PauseCounter(counter=ONE, reason="break"))

    assert events == (
        e.TicketGivenBack(ticket=ticket.id, counter=ONE, reason="counter paused"),
        e.CounterPaused(counter=ONE, reason="break"),
    )
    waiting = hall.ticket(ticket)
    assert (waiting.state, waiting.wait_began_at) == (TicketState.WAITING, began)
    assert hall.centre.counters[ONE].given_back == (ticket.id,)
    assert hall.centre.tallies[CIVIL].waits == 0
    hall.do(c.OpenCounter(counter=ONE))
    assert hall.centre.counters[ONE].given_back == ()


@pytest.mark.parametrize(
    ("go_away", "reason"),
    [
        (c.CloseCounter(counter=ONE), "counter closed"),
        (c.LeaveCounter(counter=ONE), "counter left"),
    ],
)
def test_a_counter_that_goes_away_gives_back_who_is_called_or_parked(
    hall: Hall, go_away: c.Command, reason: str
) -> None:
    parked, called, elsewhere = hall.issue(), hall.issue(), hall.issue()
    hall.open("1")
    hall.open("2")
    hall.run([CALL, START, c.Park(counter=ONE), CALL])
    hall.run([c.CallNext(counter=TWO), c.StartServing(counter=TWO), c.Park(counter=TWO)])

    events = hall.do(go_away)

    assert events[:2] == (
        e.TicketGivenBack(ticket=called.id, counter=ONE, reason=reason),
        e.TicketGivenBack(ticket=parked.id, counter=ONE, reason=reason),
    )
    assert set(hall.centre.waiting) == {parked.id, called.id}
    assert hall.centre.parked == {elsewhere.id: TWO}
    assert hall.centre.counters[ONE].availability is Availability.CLOSED


@pytest.mark.parametrize("go_away", [c.CloseCounter(counter=ONE), c.LeaveCounter(counter=ONE)])
def test_a_counter_that_serves_does_not_go_away(hall: Hall, go_away: c.Command) -> None:
    hall.issue()
    hall.open("1")
    hall.run([CALL, START])

    with refused(CounterBusy, "counter 1 serves H001: finish that first"):
        hall.do(go_away)


def test_leaving_and_closing_twice_is_nothing(hall: Hall) -> None:
    hall.open("1")
    hall.do(c.CloseCounter(counter=ONE))
    assert hall.do(c.CloseCounter(counter=ONE)) == ()

    hall.do(c.LeaveCounter(counter=ONE))
    assert hall.do(c.LeaveCounter(counter=ONE)) == ()
    with refused(NotAtThisCounter, "(nobody), got lan"):
        hall.do(c.LeaveCounter(counter=ONE), actor=CLERK)


def test_a_changed_profile_holds_from_the_next_call_on(hall: Hall) -> None:
    here, land = hall.issue(BIRTH), hall.issue(LAND_TITLE)
    hall.open("1")
    hall.do(CALL)
    profile = WorkProfile(fields={LAND: Level.PRIMARY})
    hall.do(c.ChangeWorkProfile(counter=ONE, profile=profile))
    assert hall.centre.counters[ONE].ticket == here.id
    assert hall.do(c.ChangeWorkProfile(counter=ONE, profile=profile)) == ()

    hall.run([c.MarkNoShow(counter=ONE), CALL])
    assert hall.centre.counters[ONE].ticket == land.id

    hall.do(c.ChangeWorkProfile(counter=ONE, profile=None))
    counter = hall.centre.counters[ONE]
    assert set(counter.profile.fields) == {CIVIL, CERTIFY}
    assert not counter.is_profile_changed
    assert hall.do(c.ChangeWorkProfile(counter=ONE, profile=None)) == ()


def test_a_profile_names_known_fields_and_procedures_and_is_not_empty(hall: Hall) -> None:
    def change(profile: WorkProfile) -> c.ChangeWorkProfile:
        return c.ChangeWorkProfile(counter=ONE, profile=profile)

    with refused(InvalidValue, "expected at least one field or procedure in a work profile"):
        hall.do(change(WorkProfile()))
    with refused(UnknownName, "expected a field of this centre (civil, certify, land), got 'x'"):
        hall.do(change(WorkProfile(fields={FieldId("x"): Level.PRIMARY})))
    with refused(UnknownName, "expected a procedure of this centre"):
        hall.do(change(WorkProfile(procedures={ProcedureCode("x"): Level.PRIMARY})))
    hall.do(change(WorkProfile(procedures={BIRTH: Level.BACK_UP})))
    hall.issue(BIRTH)
    hall.open("1")
    assert hall.do(CALL)


def test_a_procedure_named_by_itself_overrides_the_level_of_its_field(hall: Hall) -> None:
    profile = WorkProfile(fields={CIVIL: Level.PRIMARY}, procedures={BIRTH: Level.BACK_UP})

    assert profile.level_of(hall.centre.procedure(BIRTH)) is Level.BACK_UP
    assert profile.level_of(hall.centre.procedure(LAND_TITLE)) is None


def test_activity_is_derived_from_the_ticket_at_the_counter(hall: Hall) -> None:
    hall.issue()
    hall.open("1")

    def activity() -> Activity:
        return activity_of(hall.centre.ticket_at(hall.centre.counters[ONE]))

    assert activity() is Activity.IDLE
    hall.do(CALL)
    assert activity() is Activity.CALLING
    hall.do(START)
    assert activity() is Activity.SERVING
