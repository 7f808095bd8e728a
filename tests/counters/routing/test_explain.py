"""Each kind of reason, as values, from calls that really happened in a hall."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from counters.routing.explain import Explanation, explain
from counters.routing.reasons import ReasonKind, decisive
from queue_server.core import commands as c
from queue_server.core.configuration import CentreConfiguration, Level, WorkProfile
from queue_server.core.events import Candidate
from queue_server.core.identifiers import CounterId, Language, ProcedureCode, TicketId
from queue_server.core.routing_rules import RoutingMode, RoutingRules
from queue_server.core.ticket import Outcome, Ticket
from tests.support.centres import (
    BIRTH,
    CERTIFY,
    CIVIL,
    COPY,
    ELDERLY,
    LAND,
    LAND_TITLE,
    Hall,
    small_configuration,
)
from tests.support.draws import PlainKeys

ONE, TWO, THREE = CounterId("1"), CounterId("2"), CounterId("3")
BOTH = WorkProfile(fields={CIVIL: Level.PRIMARY, CERTIFY: Level.PRIMARY})


def call(hall: Hall, counter: CounterId = ONE) -> Ticket:
    """Call the next one and be free again."""
    hall.do(c.CallNext(counter=counter))
    called = hall.centre.counters[counter].ticket
    assert called is not None
    hall.run([c.StartServing(counter=counter)])
    hall.do(c.Complete(counter=counter, outcome=Outcome.ADVICE_ONLY))
    return hall.centre.tickets[called]


def asked(hall: Hall, ticket: Ticket) -> Explanation:
    return explain(hall.centre, ticket.id, hall.commits)


def reasons(hall: Hall, ticket: Ticket) -> list[ReasonKind]:
    return [passing.reason.kind for passing in asked(hall, ticket).passings]


def hall_with(configuration: CentreConfiguration | None = None, **routing: object) -> Hall:
    configuration = configuration or small_configuration()
    rules = RoutingRules(**routing)  # type: ignore[arg-type]
    hall = Hall(replace(configuration, routing=rules), draw_keys=PlainKeys())
    hall.open("1")
    return hall


def test_somebody_with_a_longer_wait() -> None:
    hall = hall_with()
    hall.do(c.ChangeWorkProfile(counter=ONE, profile=BOTH))
    first = hall.issue(COPY)
    hall.later(minutes=2)
    ticket = hall.issue(BIRTH)
    hall.later(minutes=3)
    assert call(hall).number == first.number

    [passing] = asked(hall, ticket).passings

    assert (passing.number, passing.counter, passing.is_later) == ("C001", ONE, False)
    assert passing.reason.kind is ReasonKind.WAIT
    assert (passing.reason.waited_s, passing.reason.own_waited_s) == (300, 180)


def test_an_earlier_number_of_the_own_series() -> None:
    hall = hall_with()
    hall.issue(BIRTH)
    hall.later(minutes=1)
    ticket = hall.issue(BIRTH)
    call(hall)

    assert reasons(hall, ticket) == [ReasonKind.WAIT]
    assert not asked(hall, ticket).passings[0].is_later


def test_priority_counts_as_having_waited() -> None:
    hall = hall_with()
    ticket = hall.issue(BIRTH)
    hall.later(minutes=20)
    hall.issue(BIRTH, priority_class=ELDERLY)
    hall.later(minutes=1)
    call(hall)

    [passing] = asked(hall, ticket).passings

    assert passing.is_later
    assert passing.reason.kind is ReasonKind.PRIORITY
    assert passing.reason.priority_class == ELDERLY
    assert passing.reason.counts_as_s == 5400 + 4 * 60


def test_an_appointment_at_its_hour_and_before_it() -> None:
    hall = hall_with()
    walk_in = hall.issue(BIRTH)
    hour = hall.now + timedelta(minutes=10)
    booked = hall.issue(COPY, appointment_at=hour)
    hall.do(c.CheckIn(ticket=booked.id))
    hall.do(c.ChangeWorkProfile(counter=ONE, profile=BOTH))
    early = hall.issue(COPY)
    assert call(hall).id == walk_in.id
    assert call(hall).id == early.id
    hall.later(minutes=5)
    late = hall.issue(BIRTH)
    hall.later(minutes=6)
    assert call(hall).id == booked.id

    assert reasons(hall, booked) == [ReasonKind.NOT_YET_DUE] * 2
    assert asked(hall, booked).passings[0].reason.appointment_at == hour
    assert reasons(hall, late) == [ReasonKind.APPOINTMENT]
    assert asked(hall, late).passings[0].reason.appointment_at == hour


def test_somebody_sent_on_and_somebody_sent_to_this_counter() -> None:
    for to_counter, kind in ((None, ReasonKind.SENT_ON), (TWO, ReasonKind.SENT_HERE)):
        hall = hall_with()
        hall.open("2")
        hall.do(c.ChangeWorkProfile(counter=TWO, profile=BOTH))
        sent = hall.issue(BIRTH)
        hall.run([c.CallNext(counter=ONE), c.StartServing(counter=ONE)])
        hall.later(minutes=2)
        ticket = hall.issue(BIRTH)
        hall.later(minutes=1)
        procedure = COPY if to_counter is None else None
        hall.do(
            c.Transfer(
                counter=ONE, procedure=procedure, to_counter=to_counter, keep_waiting_time=False
            )
        )
        hall.later(minutes=1)
        assert call(hall, TWO).id == sent.id

        assert reasons(hall, ticket) == [kind]


def test_the_level_at_the_counter() -> None:
    hall = hall_with()
    hall.open("2")
    ticket = hall.issue(BIRTH)
    hall.later(minutes=4)
    hall.issue(COPY)
    hall.later(minutes=3)
    assert call(hall, TWO).number == "C001"

    [passing] = asked(hall, ticket).passings

    assert passing.is_later
    reason = passing.reason
    assert reason.kind is ReasonKind.LEVEL
    assert (reason.level, reason.own_level, reason.times) == (Level.PRIMARY, Level.BACK_UP, 3.33)


def test_a_counter_that_does_not_serve_the_ticket_passes_nobody() -> None:
    hall = hall_with()
    hall.open("3")
    ticket = hall.issue(BIRTH)
    hall.issue(LAND_TITLE)
    hall.later(minutes=1)
    call(hall, THREE)

    assert reasons(hall, ticket) == []


def test_a_profile_changed_since_the_call_does_not_change_what_was() -> None:
    hall = hall_with()
    hall.open("3")
    ticket = hall.issue(BIRTH)
    hall.issue(LAND_TITLE)
    hall.later(minutes=1)
    call(hall, THREE)
    hall.do(
        c.ChangeWorkProfile(
            counter=THREE, profile=WorkProfile(fields={LAND: Level.PRIMARY, CIVIL: Level.PRIMARY})
        )
    )

    assert reasons(hall, ticket) == []


def test_a_language_that_is_not_spoken_at_the_counter() -> None:
    plain = small_configuration()
    two = replace(plain.counters[TWO], languages=(Language("vi"),), profile=BOTH)
    hall = hall_with(replace(plain, counters={**plain.counters, TWO: two}))
    hall.open("2")
    ticket = hall.issue(BIRTH, language=Language("en"))
    hall.later(minutes=4)
    hall.issue(COPY)
    hall.later(minutes=3)
    assert call(hall, TWO).number == "C001"

    assert reasons(hall, ticket) == [ReasonKind.LANGUAGE]


def changed(procedure: ProcedureCode, **values: object) -> CentreConfiguration:
    plain = small_configuration()
    one = replace(plain.procedures[procedure], **values)
    return replace(plain, procedures={**plain.procedures, procedure: one})


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ({"mean_transaction_time_s": 120}, ReasonKind.LENGTH),
        ({"target_waiting_time_s": 300}, ReasonKind.URGENCY),
    ],
)
def test_length_and_urgency(values: dict[str, object], kind: ReasonKind) -> None:
    hall = hall_with(changed(COPY, **values))
    hall.do(c.ChangeWorkProfile(counter=ONE, profile=BOTH))
    ticket = hall.issue(BIRTH)
    hall.later(minutes=1)
    hall.issue(COPY)
    hall.later(minutes=4)
    assert call(hall).number == "C001"

    assert reasons(hall, ticket) == [kind]


def test_a_very_long_wait() -> None:
    hall = hall_with(long_wait_gain_s=7200)
    hall.issue(BIRTH)
    hall.later(minutes=70)
    ticket = hall.issue(BIRTH, priority_class=ELDERLY)
    hall.later(minutes=1)
    assert call(hall).number == "H001"

    assert reasons(hall, ticket) == [ReasonKind.LONG_WAIT]


def test_drawn_among_equals() -> None:
    hall = hall_with(draw_window_s=3600)
    hall.do(c.ChangeWorkProfile(counter=ONE, profile=BOTH))
    tickets = [hall.issue(BIRTH), hall.issue(COPY)]
    hall.later(minutes=5)
    called = call(hall)
    [other] = [ticket for ticket in tickets if ticket.id != called.id]

    [passing] = asked(hall, other).passings

    assert (passing.reason.kind, passing.reason.equals) == (ReasonKind.DRAWN, 2)
    why = asked(hall, called).called
    assert why is not None
    assert (why.kind, why.equals) == (ReasonKind.DRAWN, 2)


def test_out_of_order_with_the_clerks_reason() -> None:
    hall = hall_with()
    ticket, other = hall.issue(BIRTH), hall.issue(BIRTH)
    hall.do(c.CallTicket(counter=ONE, ticket=other.id, reason="fainted in the hall"))

    [passing] = asked(hall, ticket).passings

    assert passing.reason.kind is ReasonKind.OUT_OF_ORDER
    assert passing.reason.text == "fainted in the hall"


def test_an_overtaken_number_in_the_fast_mode() -> None:
    plain = small_configuration()
    short = replace(plain.procedures[COPY], field=CIVIL, mean_transaction_time_s=60)
    long = replace(plain.procedures[BIRTH], mean_transaction_time_s=1200)
    procedures = {**plain.procedures, COPY: short, BIRTH: long}
    hall = hall_with(replace(plain, procedures=procedures), mode=RoutingMode.FAST)
    ticket = hall.issue(BIRTH)
    hall.later(minutes=1)
    hall.issue(COPY)
    hall.later(minutes=1)
    assert call(hall).number == "H002"

    [passing] = asked(hall, ticket).passings

    assert (passing.reason.kind, passing.is_later) == (ReasonKind.LENGTH, True)


def test_an_earlier_number_of_the_series_that_stood_before() -> None:
    """The short procedure would have gone first, but its series' turn was the long one's."""
    plain = small_configuration()
    short = replace(plain.procedures[COPY], field=CIVIL, mean_transaction_time_s=60)
    procedures = {**plain.procedures, COPY: short}
    configuration = replace(plain, procedures=procedures)
    hall = hall_with(configuration)
    profile = WorkProfile(fields={CIVIL: Level.SECONDARY, LAND: Level.PRIMARY})
    hall.do(c.ChangeWorkProfile(counter=ONE, profile=profile))
    head = hall.issue(BIRTH)
    ticket = hall.issue(COPY)
    hall.later(minutes=1)
    hall.issue(LAND_TITLE)
    hall.later(minutes=4)
    assert call(hall).number == "D001"

    [passing] = asked(hall, ticket).passings

    assert (passing.reason.kind, passing.reason.earlier) == (ReasonKind.SERIES_ORDER, head.number)
    assert reasons(hall, head) == [ReasonKind.LEVEL]


@pytest.mark.parametrize(
    "strategy", ["longest_waiting", "accumulating_priority", "strict_priority"]
)
def test_the_other_strategies_speak_of_waits_and_classes_alone(strategy: str) -> None:
    hall = hall_with(strategy=strategy)
    hall.open("2")
    first = hall.issue(BIRTH)
    hall.later(minutes=1)
    ticket = hall.issue(COPY)
    hall.later(minutes=1)
    assert call(hall, TWO).id == first.id

    assert reasons(hall, ticket) == [ReasonKind.WAIT]


def test_strict_priority_names_the_class() -> None:
    hall = hall_with(strategy="strict_priority")
    ticket = hall.issue(BIRTH)
    hall.later(minutes=150)
    hall.issue(BIRTH, priority_class=ELDERLY)
    call(hall)

    assert reasons(hall, ticket) == [ReasonKind.PRIORITY]


def test_a_call_that_was_undone_passed_nobody() -> None:
    hall = hall_with()
    ticket = hall.issue(BIRTH)
    hall.later(minutes=1)
    hall.issue(BIRTH, priority_class=ELDERLY)
    hall.run([c.CallNext(counter=ONE), c.UndoLast(counter=ONE)])

    assert reasons(hall, ticket) == []


def test_calls_before_the_wait_and_after_it_do_not_count() -> None:
    hall = hall_with()
    hall.issue(BIRTH)
    call(hall)
    ticket = hall.issue(BIRTH)
    hall.later(minutes=1)
    after = hall.issue(BIRTH)
    assert call(hall).id == ticket.id
    assert call(hall).id == after.id

    assert reasons(hall, ticket) == []
    assert reasons(hall, after) == [ReasonKind.WAIT]


def test_why_this_one_was_called() -> None:
    hall = hall_with()
    only = hall.issue(BIRTH)
    hall.later(minutes=1)
    call(hall)
    for procedure in (BIRTH, COPY):
        hall.issue(procedure)
        hall.later(minutes=1)
    hall.later(minutes=5)
    longest = call(hall)

    assert asked(hall, only).called is not None
    assert asked(hall, only).called.kind is ReasonKind.ONLY_ONE  # type: ignore[union-attr]
    why = asked(hall, longest).called
    assert why is not None
    assert (why.kind, why.level) == (ReasonKind.WAIT, Level.PRIMARY)


def test_a_number_that_claims_for_its_line() -> None:
    own = Candidate(
        ticket=TicketId("1"), claim_s=630, waited_s=630, clock_s=630, level=Level.PRIMARY
    )
    line = replace(own, ticket=TicketId("2"), claim_s=700, waited_s=600, clock_s=600, length=0.7)

    assert decisive(line, own, "graded_lines") is ReasonKind.LINE
    assert decisive(line, own, "graded_levels") is ReasonKind.LONG_WAIT
