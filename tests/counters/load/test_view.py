"""The manager's view as values."""

from datetime import timedelta

import msgspec

from counters.load.values import Alarm, Load
from counters.load.view import KIND, load
from queue_server.core import commands as c
from queue_server.core.centre import Centre
from queue_server.core.configuration import Level, WorkProfile
from queue_server.core.counter import Activity, Availability
from queue_server.core.identifiers import CentreId, CounterId, StaffId
from queue_server.core.ticket import Outcome
from queue_server.hub.outlook import Outlook
from tests.support.centres import BIRTH, CERTIFY, CIVIL, COPY, LAND, LAND_TITLE, Hall
from tests.support.servers import TOKENS


def outlook(hall: Hall) -> Outlook:
    return Outlook(at=hall.now, by_field={}, estimator=hall.rules.estimator)


def load_of(hall: Hall) -> Load:
    return load(hall.centre, "", outlook(hall))


def alarms(hall: Hall, kind: str) -> list[Alarm]:
    return [alarm for alarm in load_of(hall).alarms if alarm.kind == kind]


def test_a_centre_without_configuration_is_empty_and_says_so() -> None:
    view = load(Centre(id=CentreId("new")), "", outlook(Hall()))

    assert not view.is_configured
    assert view.counters == ()


def test_totals_count_the_day() -> None:
    hall = Hall()
    hall.issue(BIRTH)
    hall.issue(BIRTH)
    hall.issue(COPY)
    hall.later(minutes=4)
    counter = hall.open("1")
    hall.run([c.CallNext(counter=counter), c.StartServing(counter=counter)])
    hall.do(c.Complete(counter=counter, outcome=Outcome.ADVICE_ONLY))
    hall.do(c.CallNext(counter=counter))
    hall.do(c.MarkNoShow(counter=counter))

    totals = load_of(hall).totals

    assert (totals.issued, totals.waiting, totals.served, totals.no_shows) == (3, 1, 1, 1)
    assert (totals.waits, totals.waits_within_target, totals.mean_wait_s) == (2, 2, 240)


def test_no_mean_is_told_before_the_first_call() -> None:
    hall = Hall()
    hall.issue()

    assert load_of(hall).totals.mean_wait_s is None


def test_a_field_tells_its_longest_wait_and_when_it_passes_the_target() -> None:
    hall = Hall()
    first = hall.issue(LAND_TITLE)
    hall.later(minutes=3)
    hall.issue(LAND_TITLE)

    field = next(field for field in load_of(hall).fields if field.id == LAND)

    assert (field.letter, field.waiting, field.oldest_since) == ("D", 2, first.issued_at)
    assert field.late_from == first.issued_at + timedelta(seconds=900)


def test_open_counters_of_a_field_come_the_most_responsible_first() -> None:
    hall = Hall()
    hall.open("1")
    hall.open("2")
    hall.do(
        c.ChangeWorkProfile(
            counter=CounterId("3"), profile=WorkProfile(procedures={BIRTH: Level.PRIMARY})
        )
    )
    hall.open("3")

    field = next(field for field in load_of(hall).fields if field.id == CIVIL)

    assert [(one.counter, one.level, one.is_whole_field) for one in field.servers] == [
        ("1", Level.PRIMARY, True),
        ("2", Level.BACK_UP, True),
        ("3", Level.PRIMARY, False),
    ]


def test_a_counter_tells_who_is_there_and_what_goes_on() -> None:
    hall = Hall()
    ticket = hall.issue(COPY, dossiers=2)
    hall.issue(BIRTH)
    hall.issue(LAND_TITLE)
    counter = hall.open("2", staff="lan")
    hall.do(c.CallNext(counter=counter))

    shown = next(one for one in load_of(hall).counters if one.id == counter)

    assert (shown.staff_name, shown.availability) == ("Lan", Availability.OPEN)
    assert (shown.ticket, shown.activity) == (ticket.number, Activity.CALLING)
    assert (shown.occupied_since, shown.expected_s) == (hall.now, 2 * 480)
    assert shown.may_call == 1


def test_a_changed_profile_is_marked() -> None:
    hall = Hall()
    profile = WorkProfile(fields={LAND: Level.SECONDARY})
    hall.do(c.ChangeWorkProfile(counter=CounterId("1"), profile=profile))

    shown = load_of(hall).counters[0]

    assert shown.is_profile_changed
    assert shown.profile == profile


def test_who_waits_without_an_open_counter_is_an_alarm() -> None:
    hall = Hall()
    hall.issue(LAND_TITLE)
    hall.issue(BIRTH)
    hall.open("1")

    assert [alarm.subject for alarm in alarms(hall, "field_unserved")] == [LAND]

    hall.open("3")

    assert alarms(hall, "field_unserved") == []


def test_a_short_break_strands_nobody() -> None:
    hall = Hall()
    ticket = hall.issue(LAND_TITLE)
    (alarm,) = alarms(hall, "field_unserved")
    assert alarm.since == ticket.issued_at, "nobody was ever there"
    counter = hall.open("3")
    hall.later(minutes=9)
    hall.do(c.PauseCounter(counter=counter, reason="break"))

    (alarm,) = alarms(hall, "field_unserved")

    assert alarm.since == hall.now + timedelta(minutes=2), "an alarm holds from an instant on"


def test_a_late_field_is_an_alarm_from_the_instant_it_is_late() -> None:
    hall = Hall()
    ticket = hall.issue(BIRTH)

    (alarm,) = alarms(hall, "field_late")

    assert (alarm.subject, alarm.since) == (CIVIL, ticket.issued_at + timedelta(minutes=15))


def test_missing_paper_is_an_alarm_until_a_copy_comes_out() -> None:
    hall = Hall()
    ticket = hall.issue(COPY)
    hall.do(c.RecordPrint(job=f"slip-{ticket.id}-1", result="not_sent", detail="no paper"))

    (alarm,) = alarms(hall, "printer_trouble")
    assert (alarm.count, alarm.detail) == (1, "no paper")

    hall.do(c.Reprint(ticket=ticket.id))
    hall.do(c.RecordPrint(job=f"slip-{ticket.id}-2", result="printed"))

    assert alarms(hall, "printer_trouble") == []


def test_a_failed_hand_over_is_an_alarm() -> None:
    hall = Hall()
    hall.issue(COPY)
    counter = hall.open("2")
    hall.run([c.CallNext(counter=counter), c.StartServing(counter=counter)])
    hall.do(c.Complete(counter=counter, outcome=Outcome.DOSSIER_ACCEPTED))
    (code,) = hall.centre.dossiers
    hall.do(c.ReleaseHandOver(code=code))
    hall.do(c.RecordHandOver(code=code, result="failed", system="province", detail="refused"))

    (alarm,) = alarms(hall, "hand_over_failed")

    assert (alarm.subject, alarm.detail) == (code, "refused")


def test_messages_in_force_are_listed() -> None:
    hall = Hall()
    until = hall.now + timedelta(hours=1)
    hall.do(c.AnnounceMessage(message="m1", texts={"vi": "Nghỉ trưa"}, until=until))

    (message,) = load_of(hall).messages

    assert (message.id, message.texts, message.until) == ("m1", {"vi": "Nghỉ trưa"}, until)


def test_the_view_reads_no_clock() -> None:
    hall = Hall()
    hall.issue(COPY)
    hall.open("2")
    before = msgspec.json.encode(load_of(hall))

    hall.later(minutes=30)

    assert msgspec.json.encode(load_of(hall)) == before


def test_only_managers_may_watch() -> None:
    centre = Hall().centre

    allowed = {who for who, one in TOKENS.items() if KIND.may_watch(one, centre, "")}

    assert allowed == {"minh", "admin"}


def test_fields_keep_the_configured_order() -> None:
    assert [field.id for field in load_of(Hall()).fields] == [CIVIL, CERTIFY, LAND]


def test_a_counter_that_fell_silent_is_an_alarm_that_names_who_waits_again() -> None:
    hall = Hall()
    hall.issue(BIRTH)
    counter = hall.open("1")
    hall.do(c.CallNext(counter=counter))
    hall.do(c.PauseSilentCounter(counter=counter, staff=StaffId("staff-1")))

    (alarm,) = alarms(hall, "counter_silent")

    assert (alarm.subject, alarm.since, alarm.detail) == (counter, hall.now, "H001")
    assert alarms(hall, "silent_serving") == []
    one = load_of(hall).counters[0]
    assert (one.pause_reason, one.given_back) == ("silent", ("H001",))
    hall.do(c.OpenCounter(counter=counter))
    assert alarms(hall, "counter_silent") == []


def test_a_citizen_at_a_silent_counter_is_an_alarm_after_a_longer_time() -> None:
    hall = Hall()
    hall.issue(BIRTH)
    counter = hall.open("1")
    hall.run([c.CallNext(counter=counter), c.StartServing(counter=counter)])
    hall.do(c.PauseSilentCounter(counter=counter, staff=StaffId("staff-1")))

    (alarm,) = alarms(hall, "silent_serving")

    assert (alarm.subject, alarm.detail) == (counter, "H001")
    assert alarm.since == hall.now + timedelta(minutes=15)


def test_calls_out_of_order_are_counted_for_the_manager() -> None:
    hall = Hall()
    ticket = hall.issue(LAND_TITLE)
    counter = hall.open("1")
    hall.do(c.CallTicket(counter=counter, ticket=ticket.id, reason="in pain"))

    view = load_of(hall)

    assert view.counters[0].out_of_order == 1
    assert view.totals.out_of_order == 1
