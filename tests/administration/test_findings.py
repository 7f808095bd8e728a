"""What an administrator is told to look at."""

from datetime import date, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from queue_server.accounts.devices import Device, DeviceSettings
from queue_server.accounts.people import Staff
from queue_server.accounts.principal import DeviceKind, Role
from queue_server.administration.findings import (
    Backup,
    Disk,
    Situation,
    Tone,
    findings_of,
)
from queue_server.core import commands as c
from queue_server.core.centre import Centre
from queue_server.core.dossier_rules import DossierRules
from queue_server.core.identifiers import CentreId, PrinterId, StaffId
from queue_server.core.printer_configuration import PrinterConfiguration
from queue_server.core.problems import Problem, Severity
from tests.support.centres import MORNING, Hall, small_configuration

SLIPS = PrinterId("slips")
READY = replace(
    small_configuration(),
    hotline="1900",
    dossiers=DossierRules(agency="H26.12"),
    printers={SLIPS: PrinterConfiguration(id=SLIPS, address="printer.local:9100")},
    procedures={
        code: replace(each, terms=()) for code, each in small_configuration().procedures.items()
    },
    kiosk_printer=SLIPS,
)


def device(kind: DeviceKind, **changes: Any) -> Device:
    given: dict[str, Any] = {
        "id": kind,
        "centre": CentreId("test"),
        "kind": kind,
        "name": f"The {kind}",
        "settings": DeviceSettings(),
        "is_paired": True,
        "link_until": None,
        "last_seen_at": MORNING,
        "revoked_at": None,
    }
    return Device(**{**given, **changes})


def person(login: str, *roles: Role, is_active: bool = True) -> Staff:
    return Staff(
        id=StaffId(login),
        centre=None,
        name=login.title(),
        login=login,
        roles=roles,
        organisation="",
        is_active=is_active,
        has_password=True,
        link_until=None,
    )


STAFF = (
    person("lan", Role.CLERK),
    person("minh", Role.MANAGER, Role.ADMINISTRATOR),
    person("hoa", Role.ADMINISTRATOR),
)


def situation(centre: Centre | None = None, **changes: Any) -> Situation:
    given: dict[str, Any] = {
        "centre": centre or Hall(READY).centre,
        "now": MORNING,
        "machine_now": MORNING,
        "devices": [device("kiosk"), device("board")],
        "sounds": {},
        "staff": STAFF,
        "disk": Disk(total=1000, free=500),
        "backup": Backup(at=MORNING - timedelta(hours=10), size=1),
        "problems": (),
        "public_holidays": {},
    }
    return Situation(**{**given, **changes})


def codes(found: Situation) -> list[str]:
    return [finding.code for finding in findings_of(found)]


def test_a_centre_that_is_ready_has_nothing_to_do() -> None:
    assert codes(situation()) == []


@pytest.mark.parametrize(
    ("changes", "code", "tone"),
    [
        ({"disk": Disk(total=1000, free=49)}, "disk_full", Tone.BAD),
        ({"backup": None}, "no_backup", Tone.TO_DO),
        ({"backup": Backup(at=MORNING - timedelta(days=3), size=1)}, "old_backup", Tone.BAD),
        ({"sounds": {"board": "suspended"}}, "sound_blocked", Tone.BAD),
        ({"machine_now": MORNING + timedelta(minutes=4)}, "device_away", Tone.BAD),
        ({"devices": [device("board")]}, "no_kiosk", Tone.TO_DO),
        ({"devices": [device("kiosk"), device("board", is_paired=False)]}, "no_board", Tone.TO_DO),
        ({"staff": STAFF[1:]}, "no_clerk", Tone.TO_DO),
        (
            {"staff": (*STAFF[:1], person("minh", Role.ADMINISTRATOR), STAFF[2])},
            "no_manager",
            Tone.TO_DO,
        ),
        ({"staff": STAFF[:2]}, "one_administrator", Tone.TO_DO),
        (
            {"staff": (*STAFF[:2], person("hoa", Role.ADMINISTRATOR, is_active=False))},
            "one_administrator",
            Tone.TO_DO,
        ),
        ({"problems": [Problem("x", "y", Severity.WARNING)]}, "warnings", Tone.TO_DO),
        ({"scheduled_at": MORNING - timedelta(hours=1)}, "schedule_missed", Tone.BAD),
        ({"public_holidays": {date(2026, 11, 24): "Day"}}, "open_on_holiday", Tone.TO_DO),
    ],
)
def test_what_is_wrong_is_found(changes: dict[str, Any], code: str, tone: Tone) -> None:
    found = findings_of(situation(**changes))

    assert (found[0].code, found[0].tone) == (code, tone)
    assert {each.code for each in found} == {code}


@pytest.mark.parametrize(
    "changes",
    [
        {"disk": None},
        {"sounds": {"board": "running"}},
        {"scheduled_at": MORNING},
        {"public_holidays": {date(2026, 11, 28): "A Saturday", date(2027, 6, 1): "Far away"}},
    ],
)
def test_what_is_well_is_not_told(changes: dict[str, Any]) -> None:
    assert codes(situation(**changes)) == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"hotline": ""}, "no_hotline"),
        ({"dossiers": DossierRules()}, "sample_agency"),
        ({"printers": {SLIPS: PrinterConfiguration(id=SLIPS)}}, "no_printer"),
        ({"procedures": small_configuration().procedures}, "unchecked_terms"),
    ],
)
def test_what_a_new_centre_lacks_is_found(changes: dict[str, Any], code: str) -> None:
    hall = Hall(replace(READY, **changes))

    assert codes(situation(hall.centre)) == [code]


def test_screens_may_sleep_outside_the_hours() -> None:
    night = MORNING + timedelta(hours=14)

    assert codes(situation(now=night, machine_now=night, backup=Backup(at=night, size=1))) == []


def test_a_printer_whose_last_slip_did_not_come_out_is_found() -> None:
    hall = Hall(READY)
    hall.issue()
    [job] = hall.centre.prints
    hall.do(c.RecordPrint(job=job, result="not_sent", detail="no answer"))

    [finding] = findings_of(situation(hall.centre))

    assert (finding.code, finding.facts) == ("printer_fails", {"printer": "slips"})


def test_what_does_not_work_comes_before_what_is_left_to_do() -> None:
    found = findings_of(situation(backup=None, disk=Disk(total=1000, free=1)))

    assert [each.tone for each in found] == [Tone.BAD, Tone.TO_DO]
