"""Whatever changes overnight or at noon, a waiting ticket is never lost."""

from datetime import date

import pytest
from msgspec.structs import replace

from queue_server.core import commands as c
from queue_server.core.configuration import Field, Level, Series, WorkProfile
from queue_server.core.errors import UnknownName
from queue_server.core.identifiers import CounterId, FieldId
from queue_server.core.ticket import Outcome, TicketState
from tests.support.centres import BIRTH, CERTIFY, CIVIL, COPY, ELDERLY, LAND, LAND_TITLE, Hall
from tests.support.configurations import without
from tests.support.histories import refused

ONE, TWO, THREE = CounterId("1"), CounterId("2"), CounterId("3")


@pytest.fixture
def hall() -> Hall:
    return Hall()


def apply_without(hall: Hall, **gone: list[str]) -> None:
    hall.do(c.ApplyConfiguration(configuration=without(hall.centre.facts, **gone)))


def serve_one(hall: Hall, counter: CounterId) -> str | None:
    """Call and serve whoever the counter gets; their number."""
    if not hall.do(c.CallNext(counter=counter)):
        return None
    ticket = hall.centre.ticket_at(hall.centre.counters[counter])
    assert ticket is not None
    hall.do(c.StartServing(counter=counter))
    hall.do(c.Complete(counter=counter, outcome=Outcome.ADVICE_ONLY))
    return ticket.number


def test_a_removed_field_is_served_to_the_end_where_it_was_served(hall: Hall) -> None:
    hall.open("1")
    hall.open("3")
    first, second = hall.issue(BIRTH), hall.issue(BIRTH, priority_class=ELDERLY)
    apply_without(hall, fields=["civil"])

    with refused(UnknownName, "expected a procedure of this centre"):
        hall.issue(BIRTH)
    assert {serve_one(hall, ONE), serve_one(hall, ONE)} == {first.number, second.number}
    assert serve_one(hall, THREE) is None
    assert hall.centre.tallies[CIVIL].completed == 2


def test_a_removed_field_survives_a_second_change(hall: Hall) -> None:
    hall.open("1")
    hall.issue(BIRTH)
    apply_without(hall, fields=["civil"])
    apply_without(hall, fields=["land"], counters=["3"])

    assert serve_one(hall, ONE) == "H001"


def test_a_removed_procedure_named_by_itself_is_served_to_the_end(hall: Hall) -> None:
    facts = hall.centre.facts
    profile = WorkProfile(fields={LAND: Level.PRIMARY}, procedures={BIRTH: Level.SECONDARY})
    three = replace(facts.counters[THREE], profile=profile)
    hall.do(
        c.ApplyConfiguration(
            configuration=replace(facts, counters={**facts.counters, THREE: three})
        )
    )
    hall.open("3")
    hall.issue(BIRTH)
    apply_without(hall, procedures=[BIRTH], fields=["civil"])

    assert serve_one(hall, THREE) == "H001"


def test_a_removed_counter_keeps_serving_until_its_clerk_leaves(hall: Hall) -> None:
    hall.open("3")
    first, parked, waiting = (hall.issue(LAND_TITLE) for _ in range(3))
    hall.run([c.CallNext(counter=THREE), c.StartServing(counter=THREE)])
    hall.do(c.Park(counter=THREE))
    hall.do(c.CallNext(counter=THREE))
    apply_without(hall, fields=["land"], counters=["3"])
    assert hall.centre.counters[THREE].is_retired

    hall.do(c.StartServing(counter=THREE))
    hall.do(c.Complete(counter=THREE, outcome=Outcome.DOSSIER_ACCEPTED))
    hall.do(c.Resume(counter=THREE, ticket=first.id))
    hall.do(c.Requeue(counter=THREE))
    hall.do(c.LeaveCounter(counter=THREE))

    assert THREE not in hall.centre.counters
    assert set(hall.centre.waiting) == {first.id, waiting.id}
    assert hall.ticket(parked).state is TicketState.COMPLETED


def test_who_waits_for_a_service_nobody_has_any_more_can_be_called_and_transferred(
    hall: Hall,
) -> None:
    left = hall.issue(LAND_TITLE)
    apply_without(hall, fields=["land"], counters=["3"])
    assert THREE not in hall.centre.counters
    hall.open("1")
    hall.open("2")

    hall.do(c.CallTicket(counter=ONE, ticket=left.id, reason="land has moved away"))
    hall.do(c.Transfer(counter=ONE, procedure=COPY))

    assert serve_one(hall, TWO) == left.number


def test_a_ticket_reserved_for_a_counter_that_goes_becomes_free(hall: Hall) -> None:
    hall.open("1")
    hall.open("2")
    ticket = hall.issue(BIRTH)
    hall.run([c.CallNext(counter=ONE), c.Transfer(counter=ONE, to_counter=THREE)])
    apply_without(hall, fields=["land"], counters=["3"])

    assert hall.ticket(ticket).reserved_for is None
    assert serve_one(hall, TWO) == ticket.number


def test_a_counter_that_comes_back_is_an_ordinary_counter_again(hall: Hall) -> None:
    before = hall.centre.facts
    hall.open("3")
    hall.issue(LAND_TITLE)
    apply_without(hall, fields=["land"], counters=["3"])
    hall.do(c.ApplyConfiguration(configuration=before))

    assert not hall.centre.counters[THREE].is_retired
    assert hall.centre.retired_counters == {}
    assert hall.centre.retired_fields == {}
    assert hall.centre.retired_procedures == {}
    assert list(hall.centre.counters) == [ONE, TWO, THREE]


def test_a_field_that_came_back_elsewhere_is_served_where_it_is_configured(hall: Hall) -> None:
    before = hall.centre.facts
    hall.open("1")
    hall.issue(BIRTH)
    apply_without(hall, fields=["civil"])
    one = replace(before.counters[ONE], profile=WorkProfile(fields={CERTIFY: Level.PRIMARY}))
    moved = replace(before, counters={**before.counters, ONE: one})
    hall.do(c.ApplyConfiguration(configuration=moved))

    assert hall.centre.counters[ONE].profile == one.profile


def test_a_profile_a_manager_changed_outlives_a_configuration(hall: Hall) -> None:
    profile = WorkProfile(fields={LAND: Level.PRIMARY})
    hall.do(c.ChangeWorkProfile(counter=ONE, profile=profile))
    hall.do(c.ApplyConfiguration(configuration=replace(hall.centre.facts, hotline="1900")))

    assert hall.centre.counters[ONE].profile == profile
    hall.do(c.ChangeWorkProfile(counter=ONE, profile=None))
    assert set(hall.centre.counters[ONE].profile.fields) == {CIVIL, CERTIFY}


def test_a_configured_profile_takes_effect_at_once(hall: Hall) -> None:
    facts = hall.centre.facts
    three = replace(facts.counters[THREE], profile=facts.counters[ONE].profile)
    counters = {**facts.counters, THREE: three, ONE: facts.counters[THREE]}
    counters[ONE] = replace(facts.counters[THREE], id=ONE, number="1")
    hall.do(c.ApplyConfiguration(configuration=replace(facts, counters=counters)))
    hall.open("3")
    hall.issue(BIRTH)

    assert serve_one(hall, THREE) == "H001"


def test_a_retired_counter_goes_back_to_the_profile_it_was_configured_with(hall: Hall) -> None:
    hall.open("3")
    hall.issue(LAND_TITLE)
    hall.do(c.ChangeWorkProfile(counter=THREE, profile=WorkProfile(fields={CIVIL: Level.PRIMARY})))
    apply_without(hall, fields=["land"], counters=["3"])

    hall.do(c.ChangeWorkProfile(counter=THREE, profile=None))

    assert serve_one(hall, THREE) == "D001"


def test_a_new_day_forgets_what_was_removed(hall: Hall) -> None:
    """A profile that names a removed field would break whoever asks for its name."""
    hall.open("1")
    hall.open("3")
    hall.issue(BIRTH)
    hall.issue(LAND_TITLE)
    changed = WorkProfile(fields={CIVIL: Level.PRIMARY, CERTIFY: Level.BACK_UP})
    hall.do(c.ChangeWorkProfile(counter=TWO, profile=changed))
    apply_without(hall, fields=["civil"])
    hall.do(c.CloseDay())
    hall.later(minutes=24 * 60)
    hall.do(c.OpenDay())

    centre = hall.centre
    assert centre.retired_fields == {}
    for counter in centre.counters.values():
        assert [centre.field(field).id for field in counter.profile.fields]
    assert dict(centre.counters[ONE].profile.fields) == {CERTIFY: Level.SECONDARY}
    assert dict(centre.counters[TWO].profile.fields) == {CERTIFY: Level.BACK_UP}


def test_a_changed_profile_with_nothing_left_is_the_configured_one_next_day(hall: Hall) -> None:
    profile = WorkProfile(fields={CIVIL: Level.PRIMARY}, procedures={BIRTH: Level.PRIMARY})
    hall.do(c.ChangeWorkProfile(counter=THREE, profile=profile))
    hall.issue(BIRTH)
    apply_without(hall, fields=["civil"])
    hall.do(c.CloseDay())
    hall.later(minutes=24 * 60)
    hall.do(c.OpenDay())

    counter = hall.centre.counters[THREE]
    assert dict(counter.profile.fields) == {LAND: Level.PRIMARY}
    assert not counter.is_profile_changed


def test_a_counter_that_was_removed_is_gone_the_next_day(hall: Hall) -> None:
    hall.open("3")
    apply_without(hall, fields=["land"], counters=["3"])
    hall.do(c.CloseDay())
    assert THREE in hall.centre.counters, "its clerk is still there"
    hall.later(minutes=24 * 60)

    hall.do(c.OpenDay())

    assert THREE not in hall.centre.counters


def test_numbers_lost_while_a_field_was_away_are_skipped_too(hall: Hall) -> None:
    before = hall.centre.facts
    hall.issue(LAND_TITLE)
    apply_without(hall, fields=["land"], counters=["3"])
    hall.do(c.SkipNumbers(count=50))
    hall.do(c.ApplyConfiguration(configuration=before))

    assert hall.issue(LAND_TITLE).number == "D052"


def test_a_field_that_changes_its_letter_never_repeats_a_number(hall: Hall) -> None:
    facts = hall.centre.facts
    hall.issue(BIRTH)
    civil = replace(facts.fields[CIVIL], series=Series(letter="K"))
    certify = replace(facts.fields[CERTIFY], series=Series(letter="H"))
    fields = {**facts.fields, CIVIL: civil, CERTIFY: certify}
    hall.do(c.ApplyConfiguration(configuration=replace(facts, fields=fields)))

    numbers = [hall.issue(procedure).number for procedure in (BIRTH, COPY, COPY)]

    assert numbers == ["K002", "H002", "H003"]


def test_a_priority_class_that_is_removed_leaves_an_ordinary_ticket(hall: Hall) -> None:
    hall.open("1")
    ticket = hall.issue(BIRTH, priority_class=ELDERLY)
    hall.do(c.ApplyConfiguration(configuration=replace(hall.centre.facts, priority_classes={})))

    assert serve_one(hall, ONE) == ticket.number


def test_new_fields_and_counters_work_at_once(hall: Hall) -> None:
    facts = hall.centre.facts
    tax = FieldId("tax")
    field = Field(
        id=tax, name={"vi": "Thuế"}, series=Series(letter="T"), zone=facts.fields[CIVIL].zone
    )
    procedure = replace(facts.procedures[BIRTH], code="test.tax", field=tax)
    four = replace(
        facts.counters[THREE],
        id=CounterId("4"),
        number="4",
        profile=WorkProfile(fields={tax: Level.PRIMARY}),
    )
    hall.do(
        c.ApplyConfiguration(
            configuration=replace(
                facts,
                fields={**facts.fields, tax: field},
                procedures={**facts.procedures, procedure.code: procedure},
                counters={**facts.counters, four.id: four},
            )
        )
    )
    hall.open("4")
    ticket = hall.issue(procedure.code)

    assert ticket.number == "T001"
    assert serve_one(hall, four.id) == "T001"
    assert hall.centre.day is not None
    assert hall.centre.day.date == date(2026, 11, 23)


def test_a_removed_procedure_is_known_until_its_dossiers_are_handed_over(hall: Hall) -> None:
    hall.open("1")
    hall.issue(BIRTH)
    accept = c.Complete(counter=ONE, outcome=Outcome.DOSSIER_ACCEPTED)
    hall.run([c.CallNext(counter=ONE), c.StartServing(counter=ONE), accept, c.CloseDay()])
    (code,) = hall.centre.dossiers
    hall.later(minutes=24 * 60)
    hall.do(c.OpenDay())

    apply_without(hall, procedures=[BIRTH])

    assert hall.centre.procedure(BIRTH).name["vi"] == "Đăng ký khai sinh"
    hall.do(c.RecordHandOver(code=code, result="delivered", system="province"))
    hall.do(c.CloseDay())
    hall.later(minutes=24 * 60)
    hall.do(c.OpenDay())
    assert hall.centre.retired_procedures == {}
