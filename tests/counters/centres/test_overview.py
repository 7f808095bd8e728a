"""One line says whether a centre needs somebody."""

from counters.centres.overview import AlarmCount, CentreLine, line_of
from queue_server.core import commands as c
from queue_server.core.centre import Centre
from queue_server.core.identifiers import CentreId
from queue_server.core.ticket import Outcome
from queue_server.hub.outlook import Outlook
from tests.support.centres import BIRTH, LAND_TITLE, Hall


def line(hall: Hall) -> CentreLine:
    outlook = Outlook(at=hall.now, by_field={}, estimator=hall.rules.estimator)
    return line_of(hall.centre, outlook, hall.now)


def test_a_quiet_centre_has_no_alarm() -> None:
    hall = Hall()
    counter = hall.open("1")
    hall.issue(BIRTH)
    hall.later(minutes=2)
    hall.do(c.CallNext(counter=counter))

    quiet = line(hall)

    assert (quiet.is_open, quiet.counters_open, quiet.counters) == (True, 1, 3)
    assert (quiet.waiting, quiet.at_counters, quiet.oldest_since) == (0, 1, None)
    assert quiet.alarms == ()


def test_who_waits_beyond_the_target_is_counted() -> None:
    hall = Hall()
    hall.open("1")
    first = hall.issue(BIRTH)
    hall.later(minutes=16)
    hall.issue(BIRTH)

    late = line(hall)

    assert (late.waiting, late.late, late.oldest_since) == (2, 1, first.queued_at)
    assert AlarmCount("field_late", 1) in late.alarms


def test_an_alarm_that_lies_ahead_is_not_told() -> None:
    hall = Hall()
    hall.open("1")
    hall.issue(BIRTH)

    assert line(hall).alarms == ()


def test_a_queue_without_a_counter_is_told() -> None:
    hall = Hall()
    hall.open("1")
    hall.issue(LAND_TITLE)

    assert AlarmCount("field_unserved", 1) in line(hall).alarms


def test_what_was_served_is_counted_with_its_target() -> None:
    hall = Hall()
    counter = hall.open("1")
    hall.issue(BIRTH)
    hall.do(c.CallNext(counter=counter))
    hall.do(c.StartServing(counter=counter))
    hall.do(c.Complete(counter=counter, outcome=Outcome.ADVICE_ONLY))

    done = line(hall)

    assert (done.issued, done.served, done.waits, done.waits_within_target) == (1, 1, 1, 1)


def test_a_centre_without_configuration_says_so() -> None:
    empty = Centre(id=CentreId("new"))
    hall = Hall()
    outlook = Outlook(at=hall.now, by_field={}, estimator=hall.rules.estimator)

    assert line_of(empty, outlook, hall.now).fault == "not configured"
