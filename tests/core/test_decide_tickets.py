"""Issue, book, delay, cancel, reinstate: every refusal says why and what to do instead."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from queue_server.core import commands as c
from queue_server.core import events as e
from queue_server.core.errors import (
    DayRefusal,
    FieldFull,
    IllegalAction,
    InvalidValue,
    ProcedureNotOffered,
    QueueError,
    TicketsClosed,
    TooLate,
    TooManyDelays,
    TooManyTickets,
    UnknownName,
)
from queue_server.core.identifiers import CounterId, PersonKey, PrinterId, TicketId
from queue_server.core.paper_versions import template_version
from queue_server.core.ticket import Channel, Ticket, TicketState
from tests.support.centres import BIRTH, CIVIL, COPY, ELDERLY, MANAGER, Hall, small_configuration
from tests.support.configurations import DESK, with_desk_printer
from tests.support.histories import refused

ONE = CounterId("1")
CALL = c.CallNext(counter=ONE)
NEW = TicketId("f" * 32)


@pytest.fixture
def hall() -> Hall:
    return Hall()


def hall_with(**procedure: Any) -> Hall:
    """A hall whose birth procedure is changed."""
    configuration = small_configuration()
    birth = replace(configuration.procedures[BIRTH], **procedure)
    return Hall(replace(configuration, procedures={**configuration.procedures, BIRTH: birth}))


def test_an_issued_ticket_waits_with_a_number_a_forecast_and_a_slip(hall: Hall) -> None:
    issue = c.IssueTicket(ticket=NEW, procedure=BIRTH, dossiers=3, channel=Channel.RECEPTION)

    issued, slip = hall.do(issue)

    assert isinstance(issued, e.TicketIssued)
    assert (issued.number, issued.sequence, issued.dossiers) == ("H001", 1, 3)
    assert issued.forecast is not None
    assert slip == e.PrintRequested(
        job=f"slip-{NEW}-1",
        kind="slip",
        ticket=NEW,
        printer=None,
        template=template_version(hall.centre),
    )
    assert hall.centre.tickets[NEW].state is TicketState.WAITING
    assert hall.centre.numbers == {"H001": NEW}


def test_a_ticket_for_a_phone_needs_no_slip(hall: Hall) -> None:
    hall.issue(print_slip=False)

    assert hall.centre.prints == {}


def test_the_slip_goes_to_the_kiosks_printer_or_to_the_named_one() -> None:
    hall = Hall(with_desk_printer(small_configuration()))
    first = hall.issue(printer=DESK)
    again = hall.do(c.Reprint(ticket=first.id))

    assert [job.printer for job in hall.centre.prints.values()] == ["desk", None]
    assert isinstance(again[0], e.PrintRequested)
    assert (again[0].job, again[0].copy) == (f"slip-{first.id}-2", 2)


def test_a_slip_for_a_printer_that_does_not_exist_is_refused() -> None:
    hall = Hall(with_desk_printer(small_configuration()))
    with refused(UnknownName, "expected a printer of this centre (desk), got 'cellar'"):
        hall.issue(printer=PrinterId("cellar"))

    first = hall.issue()
    with refused(UnknownName, "expected a printer of this centre"):
        hall.do(c.Reprint(ticket=first.id, printer=PrinterId("cellar")))


@pytest.mark.parametrize(
    ("changes", "error", "sentence"),
    [
        ({"procedure": "9.9"}, UnknownName, "expected a procedure of this centre (1.001193"),
        ({"priority_class": "vip"}, UnknownName, "expected a priority class of this centre (elde"),
        ({"dossiers": 21}, InvalidValue, "expected 1 to 20 dossiers for one ticket, got 21"),
        ({"dossiers": 0}, InvalidValue, "expected 1 to 20 dossiers for one ticket, got 0"),
        ({"language": "fr"}, InvalidValue, "expected one of the centre's languages (vi, en), got"),
    ],
)
def test_a_value_the_centre_does_not_know_is_refused(
    hall: Hall, changes: dict[str, Any], error: type[QueueError], sentence: str
) -> None:
    with refused(error, sentence):
        hall.issue(**{"procedure": BIRTH, **changes})
    assert hall.centre.sequence == 0


def test_the_same_ticket_id_is_refused(hall: Hall) -> None:
    ticket = hall.issue()

    with refused(InvalidValue, f"expected a new ticket id, got {ticket.id}, which exists"):
        hall.do(c.IssueTicket(ticket=ticket.id, procedure=BIRTH))


def test_no_ticket_before_the_day_is_open(hall: Hall) -> None:
    hall.do(c.CloseDay())

    with refused(DayRefusal, "expected an open day: open the day first"):
        hall.issue()


@pytest.mark.parametrize(
    ("minutes", "sentence"),
    [
        (180, "no tickets are issued at 11:00; next: 13:00 on 23/11/2026"),
        (510, "no tickets are issued at 16:30; next: 07:30 on 24/11/2026"),
    ],
)
def test_tickets_end_before_serving_does(hall: Hall, minutes: int, sentence: str) -> None:
    hall.issue()
    hall.open("1")
    hall.later(minutes=minutes)

    with refused(TicketsClosed, sentence):
        hall.issue()
    assert hall.do(CALL)


@pytest.mark.parametrize(
    ("force", "sentence"),
    [
        ({"valid_from": date(2026, 11, 24)}, "from 2026-11-24 to further notice, and today is"),
        ({"valid_until": date(2026, 11, 22)}, "from always to 2026-11-22, and today is 2026-11-23"),
    ],
)
def test_a_procedure_out_of_force_is_refused(force: dict[str, Any], sentence: str) -> None:
    with refused(ProcedureNotOffered, sentence):
        hall_with(**force).issue(BIRTH)


def test_a_procedure_is_offered_on_its_first_and_last_day() -> None:
    today = date(2026, 11, 23)

    assert hall_with(valid_from=today, valid_until=today).issue(BIRTH).number == "H001"


def test_a_full_field_is_refused_with_what_to_do_instead() -> None:
    configuration = small_configuration()
    civil = replace(configuration.fields[CIVIL], daily_capacity=2)
    hall = Hall(replace(configuration, fields={**configuration.fields, CIVIL: civil}))
    hall.issue()
    hall.do(c.CancelTicket(ticket=hall.issue().id))

    with refused(FieldFull, "2 tickets a day and gave 2 today; come back on the next working day"):
        hall.issue()
    assert hall.issue(COPY).number == "C001"


def test_one_person_has_two_tickets_a_day_and_others_are_not_affected(hall: Hall) -> None:
    somebody, other = PersonKey("k1"), PersonKey("k2")
    hall.issue(person_key=somebody)
    hall.issue(COPY, person_key=somebody)

    with refused(TooManyTickets, "may have 2 tickets a day and this person has 2; ask reception"):
        hall.issue(person_key=somebody)
    hall.issue(person_key=other)
    hall.issue()


def test_an_appointment_is_booked_and_waits_from_its_time_once_checked_in(hall: Hall) -> None:
    at = hall.now + timedelta(minutes=30)
    early, late = hall.issue(appointment_at=at), hall.issue(appointment_at=at)
    assert hall.ticket(early).state is TicketState.BOOKED
    assert hall.centre.waiting == {}

    hall.do(c.CheckIn(ticket=early.id))
    hall.later(minutes=45)
    hall.do(c.CheckIn(ticket=late.id))

    assert hall.ticket(early).queued_at == at
    assert hall.ticket(late).queued_at == hall.ticket(late).first_queued_at == hall.now
    with refused(IllegalAction, "cannot check in a ticket that is waiting"):
        hall.do(c.CheckIn(ticket=late.id))


def test_a_late_citizen_is_not_credited_with_time_not_waited_when_transferred(hall: Hall) -> None:
    booked = hall.issue(appointment_at=hall.now + timedelta(minutes=1))
    hall.open("1")
    hall.later(minutes=40)
    hall.run([c.CheckIn(ticket=booked.id), CALL, c.Transfer(counter=ONE, procedure=COPY)])

    assert hall.ticket(booked).queued_at == hall.now


@pytest.mark.parametrize("days", [-1, 1])
def test_an_appointment_is_for_today(hall: Hall, days: int) -> None:
    """Tickets live for one day: a number of today would be lost tomorrow."""
    with refused(InvalidValue, "expected an appointment of 2026-11-23, got one of 2026-11-2"):
        hall.issue(appointment_at=hall.now + timedelta(days=days))


@pytest.mark.parametrize("year", [1, 9999])
def test_an_appointment_at_the_end_of_the_calendar_is_refused(hall: Hall, year: int) -> None:
    """Such an instant has no local date in every time zone."""
    edge = datetime(year, 1, 1, tzinfo=timezone(timedelta(hours=14)))
    edge = edge if year == 1 else datetime(year, 12, 31, 23, 59, tzinfo=UTC)
    with refused(InvalidValue, "expected an appointment of 2026-11-23, got"):
        hall.issue(appointment_at=edge)


def test_an_appointment_is_dated_in_the_centres_own_time_zone() -> None:
    hall = Hall(replace(small_configuration(), timezone="Asia/Kamchatka"))
    evening = hall.now.replace(hour=23) - timedelta(days=1)

    assert hall.issue(appointment_at=evening).state is TicketState.BOOKED


def test_instants_in_commands_carry_a_time_zone() -> None:
    naive = "2026-11-23T08:00:00"
    payloads: list[dict[str, Any]] = [
        {"command": "IssueTicket", "ticket": NEW, "procedure": BIRTH, "appointment_at": naive},
        {"command": "AnnounceMessage", "message": "m", "texts": {"vi": "x"}, "until": naive},
        {
            "command": "EnterOutageTicket",
            "ticket": NEW,
            "number": "H001",
            "procedure": BIRTH,
            "issued_at": naive,
        },
    ]
    for payload in payloads:
        with pytest.raises(msgspec.ValidationError, match="timezone component"):
            msgspec.convert(payload, c.Command)


def test_a_citizen_who_leaves_frees_the_counter(hall: Hall) -> None:
    hall.open("1")
    ticket = hall.issue()
    hall.run([CALL, c.CancelTicket(ticket=ticket.id, reason="left")])

    assert hall.ticket(ticket).state is TicketState.CANCELLED
    assert hall.ticket(ticket).ended_at == hall.now
    assert hall.centre.counters[ONE].ticket is None
    with refused(IllegalAction, "cannot cancel a ticket that is cancelled"):
        hall.do(c.CancelTicket(ticket=ticket.id))


def test_a_delayed_ticket_lets_the_next_of_its_series_pass(hall: Hall) -> None:
    first, *others = [issued_later(hall) for _ in range(5)]
    hall.issue(COPY)
    hall.open("1")
    hall.do(c.DelayTicket(ticket=first.id, let_pass=3))

    order = []
    for _ in range(5):
        hall.do(CALL)
        order.append(hall.centre.counters[ONE].ticket)
        hall.do(c.MarkNoShow(counter=ONE))

    assert order == [others[0].id, others[1].id, others[2].id, first.id, others[3].id]


def issued_later(hall: Hall) -> Ticket:
    hall.later(seconds=1)
    return hall.issue()


def test_delays_are_limited_and_need_somebody_behind(hall: Hall) -> None:
    ticket, last = hall.issue(), hall.issue(priority_class=ELDERLY)
    with refused(InvalidValue, f"nobody waits behind {last.number}"):
        hall.do(c.DelayTicket(ticket=last.id))
    for _ in range(2):
        hall.do(c.DelayTicket(ticket=ticket.id))
        hall.later(seconds=1)
        hall.issue()

    with refused(TooManyDelays, "a ticket may be delayed 2 times and H001 was already"):
        hall.do(c.DelayTicket(ticket=ticket.id))


def test_only_a_waiting_ticket_is_delayed(hall: Hall) -> None:
    hall.open("1")
    ticket = hall.issue()
    hall.do(CALL)

    with refused(IllegalAction, "cannot delay a ticket that is called"):
        hall.do(c.DelayTicket(ticket=ticket.id))


def test_a_no_show_comes_back_with_the_place_of_the_missed_call(hall: Hall) -> None:
    hall.open("1")
    ticket = hall.issue()
    hall.later(minutes=5)
    hall.run([CALL, c.MarkNoShow(counter=ONE)])
    called_at = hall.now
    hall.later(minutes=20)
    hall.do(c.Reinstate(ticket=ticket.id))

    back = hall.ticket(ticket)
    assert (back.state, back.queued_at, back.wait_began_at) == ("waiting", called_at, hall.now)
    assert hall.centre.absent == {}
    with refused(IllegalAction, "cannot reinstate a ticket that is waiting"):
        hall.do(c.Reinstate(ticket=ticket.id))


def test_a_no_show_after_the_window_is_refused_and_expires(hall: Hall) -> None:
    hall.open("1")
    ticket = hall.issue()
    hall.run([CALL, c.MarkNoShow(counter=ONE)])
    assert hall.do(c.Expire(ticket=ticket.id)) == ()
    hall.later(minutes=20, seconds=1)

    with refused(TooLate, "come back within 20 minutes of the missed call at 08:00; take a new"):
        hall.do(c.Reinstate(ticket=ticket.id))
    hall.do(c.Expire(ticket=ticket.id))
    assert hall.ticket(ticket).state is TicketState.EXPIRED
    assert hall.do(c.Expire(ticket=ticket.id)) == ()


def test_staff_may_give_back_who_is_called_elsewhere(hall: Hall) -> None:
    hall.open("1")
    ticket = hall.issue()
    hall.do(CALL)
    assert hall.do(c.GiveBack(ticket=ticket.id)) == ()

    hall.do(c.GiveBack(ticket=ticket.id, reason="clerk fell ill"), actor=MANAGER)

    assert hall.centre.counters[ONE].ticket is None
    assert hall.ticket(ticket).state is TicketState.WAITING
