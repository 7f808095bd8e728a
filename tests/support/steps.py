"""Steps of a random day: two small numbers and the centre as it is make the next command.

A step may be refused, that is part of the game; it must never break what holds for every centre.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final, TypeVar

from queue_server.core import commands as c
from queue_server.core.centre import Centre
from queue_server.core.configuration import Level, WorkProfile
from queue_server.core.identifiers import (
    CounterId,
    PersonKey,
    StaffId,
    TicketId,
    TicketNumber,
)
from queue_server.core.numbering import ticket_number
from queue_server.core.proposals import Proposal
from queue_server.core.routing_rules import RoutingMode, RoutingRules
from queue_server.core.ticket import Outcome, Score, Ticket, TicketState
from tests.support.centres import BIRTH, CIVIL, COPY, ELDERLY, LAND, LAND_TITLE, small_configuration
from tests.support.configurations import without

T = TypeVar("T")
Step = Callable[[Centre, datetime, int, int], c.Command]

FULL = small_configuration()
CONFIGURATIONS: Final = (
    FULL,
    without(FULL, fields=["civil"]),
    without(FULL, fields=["land"], counters=["3"]),
    without(FULL, counters=["2"]),
    without(FULL, fields=["certify", "land"], counters=["2", "3"]),
)
PROFILES: Final = (
    None,
    WorkProfile(fields={LAND: Level.PRIMARY, CIVIL: Level.BACK_UP}),
    WorkProfile(fields={CIVIL: Level.SECONDARY}, procedures={COPY: Level.PRIMARY}),
)
PROCEDURES: Final = (BIRTH, COPY, LAND_TITLE, BIRTH)
COUNTERS: Final = (CounterId("1"), CounterId("2"), CounterId("3"))


def pick(choices: Sequence[T], n: int) -> T:
    """One of the choices."""
    return choices[n % len(choices)]


def _new_ticket(centre: Centre) -> TicketId:
    return TicketId(f"{centre.offset + 1:032x}")


def _ticket(centre: Centre, n: int, *states: TicketState) -> TicketId:
    """A ticket in one of the states if there is one, else any, else none that exists."""
    liked: list[Ticket] = [each for each in centre.tickets.values() if each.state in states]
    known = liked or list(centre.tickets.values())
    return pick(known, n).id if known else TicketId("none")


def issue(centre: Centre, _: datetime, a: int, b: int) -> c.Command:
    return c.IssueTicket(
        ticket=_new_ticket(centre),
        procedure=pick(PROCEDURES, a),
        priority_class=ELDERLY if b % 4 == 0 else None,
        person_key=PersonKey("somebody") if b % 7 == 1 else None,
    )


def book(centre: Centre, now: datetime, a: int, b: int) -> c.Command:
    return c.IssueTicket(
        ticket=_new_ticket(centre),
        procedure=pick(PROCEDURES, a),
        appointment_at=now + timedelta(minutes=b),
        print_slip=False,
    )


def check_in(centre: Centre, _: datetime, a: int, __: int) -> c.Command:
    return c.CheckIn(ticket=_ticket(centre, a, TicketState.BOOKED))


def enter_outage(centre: Centre, now: datetime, a: int, b: int) -> c.Command:
    return c.EnterOutageTicket(
        ticket=_new_ticket(centre),
        number=TicketNumber(ticket_number("H", 1 + a)),
        procedure=BIRTH,
        issued_at=now - timedelta(minutes=b),
    )


def enter_served(centre: Centre, now: datetime, a: int, b: int) -> c.Command:
    return c.EnterOutageTicket(
        ticket=_new_ticket(centre),
        number=TicketNumber(ticket_number("C", 1 + a)),
        procedure=COPY,
        issued_at=now - timedelta(minutes=b + 2),
        counter=pick(COUNTERS, b),
        called_at=now - timedelta(minutes=b + 1),
        ended_at=now - timedelta(minutes=b),
        outcome=Outcome.ADVICE_ONLY,
    )


def cancel(centre: Centre, _: datetime, a: int, __: int) -> c.Command:
    return c.CancelTicket(ticket=_ticket(centre, a))


def delay(centre: Centre, _: datetime, a: int, b: int) -> c.Command:
    return c.DelayTicket(ticket=_ticket(centre, a, TicketState.WAITING), let_pass=1 + b % 3)


def reinstate(centre: Centre, _: datetime, a: int, __: int) -> c.Command:
    return c.Reinstate(ticket=_ticket(centre, a, TicketState.NO_SHOW))


def rate(centre: Centre, _: datetime, a: int, b: int) -> c.Command:
    score = pick(tuple(Score), b)
    return c.RateVisit(ticket=_ticket(centre, a, TicketState.COMPLETED), score=score)


def give_back(centre: Centre, _: datetime, a: int, __: int) -> c.Command:
    return c.GiveBack(ticket=_ticket(centre, a, TicketState.PARKED))


def call_next(_: Centre, __: datetime, a: int, ___: int) -> c.Command:
    return c.CallNext(counter=pick(COUNTERS, a))


def call_this_one(centre: Centre, _: datetime, a: int, b: int) -> c.Command:
    ticket = _ticket(centre, b, TicketState.WAITING)
    return c.CallTicket(counter=pick(COUNTERS, a), ticket=ticket, reason="in pain")


CounterAction = type[c.Recall | c.StartServing | c.MarkNoShow | c.Requeue | c.Park | c.UndoLast]
AT_COUNTER: Final[Sequence[CounterAction]] = (
    c.Recall,
    c.StartServing,
    c.MarkNoShow,
    c.Requeue,
    c.Park,
    c.UndoLast,
)
WHILE_CALLED: Final[Sequence[CounterAction]] = (
    c.StartServing,
    c.StartServing,
    c.MarkNoShow,
    c.Requeue,
    c.Recall,
)


def at_counter(_: Centre, __: datetime, a: int, b: int) -> c.Command:
    """Anything, fitting or not."""
    return pick(AT_COUNTER, b)(counter=pick(COUNTERS, a))


def work(centre: Centre, now: datetime, a: int, b: int) -> c.Command:
    """What a clerk would sensibly do next at the counter."""
    counter_id = pick(COUNTERS, a)
    counter = centre.counters.get(counter_id)
    if counter is None or counter.staff is None:
        return take(centre, now, a, a)
    ticket = centre.ticket_at(counter)
    if ticket is None:
        return c.CallNext(counter=counter_id) if b % 4 else resume(centre, now, a, b)
    if b % 4 == 0:
        return transfer(centre, now, a, b + a)
    if ticket.state is TicketState.CALLED:
        return pick(WHILE_CALLED, b)(counter=counter_id)
    return c.Park(counter=counter_id) if b % 4 == 1 else complete(centre, now, a, b)


def undo(_: Centre, __: datetime, a: int, ___: int) -> c.Command:
    return c.UndoLast(counter=pick(COUNTERS, a))


def resume(centre: Centre, _: datetime, a: int, b: int) -> c.Command:
    ticket = _ticket(centre, b, TicketState.PARKED)
    return c.Resume(counter=centre.parked.get(ticket, pick(COUNTERS, a)), ticket=ticket)


def transfer(centre: Centre, _: datetime, a: int, b: int) -> c.Command:
    return c.Transfer(
        counter=pick(COUNTERS, a),
        ticket=next(iter(centre.parked), None) if b % 5 == 0 else None,
        procedure=pick(PROCEDURES, b) if b % 3 else None,
        to_counter=pick(COUNTERS, b) if b % 2 else None,
        keep_waiting_time=b % 7 != 0,
    )


def complete(_: Centre, __: datetime, a: int, b: int) -> c.Command:
    return c.Complete(counter=pick(COUNTERS, a), outcome=pick(list(Outcome), b))


def take(_: Centre, __: datetime, a: int, b: int) -> c.Command:
    return c.TakeCounter(counter=pick(COUNTERS, a), staff=StaffId(f"s{b % 4}"))


def open_counter(_: Centre, __: datetime, a: int, ___: int) -> c.Command:
    return c.OpenCounter(counter=pick(COUNTERS, a))


def go_away(_: Centre, __: datetime, a: int, b: int) -> c.Command:
    counter = pick(COUNTERS, a)
    if b % 3 == 0:
        return c.PauseCounter(counter=counter, reason="break")
    return c.CloseCounter(counter=counter) if b % 3 == 1 else c.LeaveCounter(counter=counter)


def fall_silent(centre: Centre, _: datetime, a: int, __: int) -> c.Command:
    counter = pick(COUNTERS, a)
    state = centre.counters.get(counter)
    staff = StaffId("nobody") if state is None or state.staff is None else state.staff
    return c.PauseSilentCounter(counter=counter, staff=staff)


def hold_automatic_call(_: Centre, __: datetime, a: int, b: int) -> c.Command:
    return c.HoldAutomaticCall(counter=pick(COUNTERS, a), is_held=b % 2 == 0)


def change_profile(_: Centre, __: datetime, a: int, b: int) -> c.Command:
    return c.ChangeWorkProfile(counter=pick(COUNTERS, a), profile=pick(PROFILES, b))


def propose(centre: Centre, now: datetime, a: int, b: int) -> c.Command:
    counter, field = pick(COUNTERS, a), pick((LAND, CIVIL), b)
    known = centre.counters.get(counter)
    drops = tuple(known.profile.fields)[:1] if known is not None and b % 3 == 0 else ()
    proposal = Proposal(
        id=f"p{centre.offset}",
        counter=counter,
        takes={} if b % 5 == 0 else {field: Level.BACK_UP},
        drops=drops,
        opens=b % 5 == 0,
        until=now + timedelta(minutes=5 + a),
    )
    return c.MakeProposals(proposals=(proposal,), valid_until=now + timedelta(minutes=10))


def answer_proposal(centre: Centre, _: datetime, a: int, b: int) -> c.Command:
    name = pick(list(centre.proposals) or ["none"], b)
    return c.DeclineProposal(proposal=name) if a % 4 == 0 else c.AcceptProposal(proposal=name)


def revert_profile(_: Centre, __: datetime, a: int, ___: int) -> c.Command:
    return c.RevertWorkProfile(counter=pick(COUNTERS, a))


def switch_automatic(_: Centre, __: datetime, a: int, b: int) -> c.Command:
    return c.SwitchAutomaticRebalancing(is_on=a % 2 == 0, changes_per_hour=1 + b % 3)


def configure(_: Centre, __: datetime, a: int, ___: int) -> c.Command:
    return c.ApplyConfiguration(configuration=pick(CONFIGURATIONS, a))


def change_routing(_: Centre, __: datetime, a: int, b: int) -> c.Command:
    routing = RoutingRules(mode=pick(tuple(RoutingMode), a), draw_window_s=b % 3 * 60)
    return c.ChangeRouting(routing=routing)


def skip_numbers(_: Centre, __: datetime, a: int, ___: int) -> c.Command:
    return c.SkipNumbers(count=1 + a)


def close_day(_: Centre, __: datetime, ___: int, ____: int) -> c.Command:
    return c.CloseDay()


def _by_name(*steps: Step) -> Mapping[str, Step]:
    return {step.__name__: step for step in steps}


COMMON: Final = _by_name(
    issue,
    book,
    check_in,
    enter_outage,
    enter_served,
    cancel,
    delay,
    reinstate,
    rate,
    give_back,
    call_next,
    call_this_one,
    at_counter,
    work,
    undo,
    resume,
    transfer,
    complete,
)
"""What happens all day; each is a rule of the stateful test."""
RARE: Final = _by_name(
    take,
    open_counter,
    go_away,
    fall_silent,
    hold_automatic_call,
    change_profile,
    change_routing,
    propose,
    answer_proposal,
    revert_profile,
    switch_automatic,
    configure,
    skip_numbers,
    close_day,
)
"""What happens now and then."""
