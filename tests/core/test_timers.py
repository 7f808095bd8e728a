"""What falls due by time, as commands that two noticing processes send as one."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from queue_server.core import commands as c
from queue_server.core.centre import Centre
from queue_server.core.configuration import OpeningHours
from queue_server.core.identifiers import CentreId, CounterId
from queue_server.core.ticket import Outcome, TicketState
from queue_server.core.timers import due_commands
from tests.support.centres import Hall, small_configuration

ONE = CounterId("1")
CALL, START = c.CallNext(counter=ONE), c.StartServing(counter=ONE)


@pytest.fixture
def hall() -> Hall:
    hall = Hall()
    hall.open("1")
    return hall


def due(hall: Hall) -> list[c.Command]:
    return [each.command for each in due_commands(hall.centre, hall.now)]


def run_due(hall: Hall) -> None:
    hall.run(due(hall))


def test_a_centre_without_configuration_has_nothing_due() -> None:
    assert due_commands(Centre(id=CentreId("test")), Hall().now) == ()


def test_the_day_opens_half_an_hour_early_and_closes_two_hours_late(hall: Hall) -> None:
    assert due(hall) == []
    hall.later(minutes=11 * 60 - 1)
    assert due(hall) == []
    hall.later(minutes=1)
    assert due(hall) == [c.CloseDay()]
    run_due(hall)

    hall.later(minutes=11 * 60 + 59)
    assert due(hall) == []
    hall.later(minutes=1)
    assert due(hall) == [c.OpenDay()]
    run_due(hall)
    assert hall.centre.day is not None
    assert hall.centre.day.is_open
    assert due(hall) == []


def test_no_day_opens_after_its_end_or_on_a_day_off(hall: Hall) -> None:
    hall.do(c.CloseDay())
    hall.later(minutes=24 * 60 + 11 * 60)
    assert due(hall) == []

    hall.later(minutes=4 * 24 * 60 - 11 * 60)
    assert hall.now.strftime("%a %H") == "Sat 01"
    assert due(hall) == []


def test_a_first_day_opens_by_itself() -> None:
    hall = Hall()
    hall.centre.day = None

    assert due(hall) == [c.OpenDay()]


def test_a_day_left_open_closes_at_midnight_before_the_next_opens(hall: Hall) -> None:
    hall.later(minutes=24 * 60)
    assert due(hall) == [c.CloseDay()]
    run_due(hall)
    assert due(hall) == [c.OpenDay()]
    run_due(hall)
    assert due(hall) == []


def test_a_day_that_was_opened_on_a_day_off_ends_at_midnight() -> None:
    configuration = replace(small_configuration(), hours=OpeningHours(weekdays={}))
    hall = Hall()
    hall.centre.configuration = configuration
    assert due(hall) == []
    hall.later(minutes=16 * 60)

    assert due(hall) == [c.CloseDay()]


def test_a_no_show_expires_after_the_return_window(hall: Hall) -> None:
    ticket = hall.issue()
    hall.run([CALL, c.MarkNoShow(counter=ONE)])
    hall.later(minutes=19, seconds=59)
    assert due(hall) == []
    hall.later(seconds=1)

    assert due(hall) == [c.Expire(ticket=ticket.id)]
    run_due(hall)
    assert hall.ticket(ticket).state is TicketState.EXPIRED
    assert due(hall) == []


def test_a_parked_citizen_returns_to_the_queue_in_time(hall: Hall) -> None:
    ticket = hall.issue()
    hall.run([CALL, START, c.Park(counter=ONE, for_s=120)])
    hall.later(seconds=119)
    assert due(hall) == []
    hall.later(seconds=1)

    assert due(hall) == [c.GiveBack(ticket=ticket.id)]
    run_due(hall)
    assert hall.ticket(ticket).state is TicketState.WAITING
    assert due(hall) == []


def test_a_dossier_goes_out_only_when_undo_is_no_longer_possible(hall: Hall) -> None:
    """At the last instant of the window undo wins."""
    hall.issue()
    hall.run([CALL, START, c.Complete(counter=ONE, outcome=Outcome.DOSSIER_ACCEPTED)])
    (code,) = hall.centre.dossiers
    hall.later(seconds=10)
    assert due(hall) == []
    hall.later(seconds=0.001)

    assert due(hall) == [c.ReleaseHandOver(code=code)]
    run_due(hall)
    assert due(hall) == []


def test_two_processes_that_notice_at_different_times_send_the_same_command_id(
    hall: Hall,
) -> None:
    ticket = hall.issue()
    hall.run([CALL, c.MarkNoShow(counter=ONE)])
    noticed = hall.now + timedelta(minutes=20)

    (one,) = due_commands(hall.centre, noticed)
    (other,) = due_commands(hall.centre, noticed + timedelta(seconds=3))

    assert one.command_id(hall.centre) == other.command_id(hall.centre)
    assert len(bytes.fromhex(one.command_id(hall.centre))) == 16
    assert one.subject == ticket.id


def test_command_ids_differ_by_centre_kind_subject_and_instant(hall: Hall) -> None:
    first, second = hall.issue(), hall.issue()
    hall.run([CALL, START, c.Park(counter=ONE, for_s=1200), CALL, c.MarkNoShow(counter=ONE)])
    later = hall.now + timedelta(minutes=20)
    hall_ids = {each.command_id(hall.centre) for each in due_commands(hall.centre, later)}
    hall.run([c.Reinstate(ticket=second.id), CALL])
    hall.later(seconds=1)
    hall.do(c.MarkNoShow(counter=ONE))
    again = due_commands(hall.centre, hall.now + timedelta(minutes=20))
    again_ids = {each.command_id(hall.centre) for each in again}
    elsewhere = Centre(id=CentreId("other"))
    other_ids = {each.command_id(elsewhere) for each in again}

    assert first.id in {each.subject for each in again}
    assert len(hall_ids) == len(again_ids) == 2
    assert len(hall_ids | again_ids | other_ids) == 5
