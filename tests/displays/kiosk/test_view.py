"""What a kiosk is told about the centre."""

from datetime import timedelta

from msgspec.structs import replace

from displays.kiosk.catalogue import entry_of, procedures_in_force
from displays.kiosk.view import KIND, kiosk
from queue_server.accounts.principal import NOBODY, Principal, Role
from queue_server.core import commands as c
from queue_server.core.centre import Centre
from queue_server.core.configuration import Level, PaperItem, PriorityClass, WorkProfile
from queue_server.core.identifiers import CentreId, KioskId, PriorityClassId
from queue_server.core.kiosk_rows import Kiosk
from queue_server.core.ticket import ForecastKind
from queue_server.hub.messages import encode
from queue_server.hub.outlook import Outlook
from tests.support.centres import BIRTH, CIVIL, LAND, LAND_TITLE, MORNING, Hall, small_configuration


def outlook(hall: Hall) -> Outlook:
    estimator = hall.rules.estimator
    facts = hall.centre.facts
    forecasts = {
        procedure.field: estimator.forecast(hall.centre, procedure.code, None, hall.now)
        for procedure in facts.procedures.values()
    }
    return Outlook(at=hall.now, by_field=forecasts, estimator=estimator)


def test_tells_who_waits_where_and_how_long() -> None:
    hall = Hall()
    hall.open("1")
    for _ in range(3):
        hall.issue(BIRTH)

    view = kiosk(hall.centre, "", outlook(hall))

    civil, _, land = view.fields
    assert (civil.letter, civil.waiting, civil.open_counters) == ("H", 3, 1)
    assert civil.zone == {"vi": "Sảnh", "en": "Hall"}
    assert civil.forecast is not None
    assert civil.forecast.kind is ForecastKind.RANGE
    assert (land.waiting, land.open_counters) == (0, 0)
    assert land.forecast is not None
    assert land.forecast.kind is ForecastKind.NO_COUNTER_OPEN


def test_counts_counters_that_serve_only_one_procedure_of_the_field() -> None:
    hall = Hall()
    one = hall.open("1")
    profile = WorkProfile(procedures={LAND_TITLE: Level.PRIMARY})
    hall.do(c.ChangeWorkProfile(counter=one, profile=profile))

    view = kiosk(hall.centre, "", outlook(hall))

    assert [tile.open_counters for tile in view.fields] == [0, 0, 1]


def test_a_field_is_full_when_its_capacity_is_used_up() -> None:
    facts = small_configuration()
    full = replace(facts.fields[LAND], daily_capacity=1)
    hall = Hall(replace(facts, fields={**facts.fields, LAND: full}))

    before = kiosk(hall.centre, "", outlook(hall)).fields[2].is_full
    hall.issue(LAND_TITLE)

    assert not before
    assert kiosk(hall.centre, "", outlook(hall)).fields[2].is_full


def test_offers_only_fields_that_have_procedures() -> None:
    facts = small_configuration()
    kept = {code: entry for code, entry in facts.procedures.items() if code != LAND_TITLE}
    hall = Hall(replace(facts, procedures=kept))

    assert LAND not in [tile.id for tile in kiosk(hall.centre, "", outlook(hall)).fields]


def test_hides_priority_classes_that_reception_gives() -> None:
    facts = small_configuration()
    urgent = PriorityClass(
        id=PriorityClassId("urgent"),
        name={"vi": "Khẩn cấp"},
        basis={"vi": "Nội quy"},
        is_declared_at_kiosk=False,
    )
    classes = {**facts.priority_classes, urgent.id: urgent}
    hall = Hall(replace(facts, priority_classes=classes))

    priorities = kiosk(hall.centre, "", outlook(hall)).priorities

    assert [entry.id for entry in priorities] == ["elderly"]


def test_does_not_change_while_time_passes() -> None:
    hall = Hall()
    forecasts = outlook(hall)
    later = replace(forecasts, at=forecasts.at + timedelta(minutes=20))

    assert encode(kiosk(hall.centre, "", forecasts)) == encode(kiosk(hall.centre, "", later))


def test_a_closed_day_is_told() -> None:
    hall = Hall()
    hall.do(c.CloseDay())

    assert not kiosk(hall.centre, "", outlook(hall)).is_day_open


def test_works_before_the_centre_is_configured() -> None:
    empty = Centre(id=CentreId("new"))
    nothing = Outlook(at=MORNING, by_field={}, estimator=Hall().rules.estimator)

    assert kiosk(empty, "", nothing).name is None


def test_kiosks_and_staff_of_the_centre_may_watch() -> None:
    hall = Hall()
    device = Principal(kind="device", id="k", device_kind="kiosk", centre=hall.centre.id)
    clerk = Principal(kind="staff", id="lan", roles=frozenset({Role.CLERK}))

    assert KIND.may_watch(device, hall.centre, "")
    assert KIND.may_watch(clerk, hall.centre, "")
    assert not KIND.may_watch(NOBODY, hall.centre, "")
    assert not KIND.may_watch(replace(device, device_kind="board"), hall.centre, "")
    assert not KIND.may_watch(replace(device, centre=CentreId("other")), hall.centre, "")


def test_the_catalogue_holds_what_is_in_force_today() -> None:
    facts = small_configuration()
    today = MORNING.date()
    birth = replace(facts.procedures[BIRTH], valid_from=today + timedelta(days=1))
    land = replace(facts.procedures[LAND_TITLE], valid_until=today)
    changed = replace(facts, procedures={**facts.procedures, BIRTH: birth, LAND_TITLE: land})

    now = [entry.code for entry in procedures_in_force(changed, today)]
    tomorrow = [entry.code for entry in procedures_in_force(changed, today + timedelta(days=1))]

    assert BIRTH not in now
    assert LAND_TITLE in now
    assert BIRTH in tomorrow
    assert LAND_TITLE not in tomorrow


def test_an_entry_keeps_the_queues_own_figures_to_itself() -> None:
    entry = entry_of(small_configuration().procedures[BIRTH])

    assert entry.field == CIVIL
    assert b"mean_transaction_time" not in encode(entry)


def test_tells_what_each_kiosk_is() -> None:
    facts = small_configuration()
    door = Kiosk(id=KioskId("door"), diagonal_inch=32, zone=facts.fields[CIVIL].zone)
    hall = Hall(replace(facts, kiosks={door.id: door}, portal="dichvucong.gov.vn"))

    view = kiosk(hall.centre, "", outlook(hall))

    assert view.kiosks[door.id].diagonal_inch == 32
    assert view.kiosks[door.id].modes == ("large", "contrast", "spoken", "low")
    assert view.fields[0].zone_id == door.zone
    assert view.portal == "dichvucong.gov.vn"


def test_an_entry_tells_what_helps_without_a_paper_and_who_pays_less() -> None:
    birth = small_configuration().procedures[BIRTH]
    paper = PaperItem(name={"vi": "Tờ khai"}, if_missing={"vi": "lấy tại quầy"})
    exempt = {"vi": "Hộ nghèo: xin hỏi tại quầy"}

    entry = entry_of(replace(birth, papers=(paper,), fee_exemption=exempt))

    assert entry.papers[0].if_missing == {"vi": "lấy tại quầy"}
    assert entry.fee_exemption == exempt
