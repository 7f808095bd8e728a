"""What an administrator should look at: what a new centre still lacks, what is not well now.

Pure: everything is handed in, so each finding is a test of a few lines.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from msgspec import Struct

from queue_server.accounts.devices import Device
from queue_server.accounts.people import Staff
from queue_server.accounts.principal import Role
from queue_server.core.centre import Centre
from queue_server.core.configuration import CentreConfiguration
from queue_server.core.hours import is_serving_time, local_time, sessions_of
from queue_server.core.problems import Problem, Severity

SAMPLE_AGENCY: Final = "H00.000"
SAMPLE_HOTLINE: Final = "0200 000 0000"
BACKUP_WITHIN: Final = timedelta(days=2)
SCHEDULED_WITHIN: Final = timedelta(minutes=5)
"""The server looks twice a minute."""
LEAST_FREE: Final = 0.05
"""Share of the disk."""
HOLIDAYS_AHEAD: Final = timedelta(days=60)


class Tone(StrEnum):
    """How much it matters."""

    BAD = "bad"
    """Something does not work now."""
    TO_DO = "to_do"
    """The centre can run without, but should not."""


class Disk(Struct, frozen=True):
    """Where the data folder lies, in bytes."""

    total: int
    free: int


class Backup(Struct, frozen=True):
    """The newest backup that was made."""

    at: datetime
    size: int
    """Bytes."""


class Situation(Struct, frozen=True, kw_only=True):
    """Everything that is looked at."""

    centre: Centre
    now: datetime
    """By the centre's clock."""
    machine_now: datetime
    devices: Sequence[Device]
    sounds: Mapping[str, str]
    """What boards say of their sound, by device."""
    staff: Sequence[Staff]
    disk: Disk | None
    backup: Backup | None
    problems: Sequence[Problem]
    """Of the configuration in force: warnings."""
    public_holidays: Mapping[date, str]
    """Of the centre's country, for the months to come."""
    scheduled_at: datetime | None = None
    """When the draft is to be applied by itself."""


class Finding(Struct, frozen=True, kw_only=True):
    """One thing to look at; words are found by its code."""

    code: str
    tone: Tone
    section: str
    """Part of the administrator's pages where it is put right."""
    facts: Mapping[str, str | int] = {}


def findings_of(situation: Situation) -> tuple[Finding, ...]:
    """What is not well first, then what is left to do."""
    found = (
        *_server(situation),
        *_devices(situation),
        *_printers(situation),
        *_people(situation),
        *_configuration(situation.centre.facts),
        *_holidays(situation),
        *_warnings(situation),
    )
    return tuple(sorted(found, key=lambda each: each.tone is not Tone.BAD))


def _server(situation: Situation) -> Iterator[Finding]:
    disk, backup, scheduled_at = situation.disk, situation.backup, situation.scheduled_at
    if scheduled_at is not None and situation.now - scheduled_at > SCHEDULED_WITHIN:
        yield Finding(code="schedule_missed", tone=Tone.BAD, section="changes")
    if disk is not None and disk.free < disk.total * LEAST_FREE:
        yield Finding(code="disk_full", tone=Tone.BAD, section="overview")
    if backup is None:
        yield Finding(code="no_backup", tone=Tone.TO_DO, section="overview")
    elif situation.machine_now - backup.at > BACKUP_WITHIN:
        days = (situation.machine_now - backup.at).days
        yield Finding(code="old_backup", tone=Tone.BAD, section="overview", facts={"days": days})


def _devices(situation: Situation) -> Iterator[Finding]:
    for device in situation.devices:
        sound = situation.sounds.get(device.id, "running")
        if sound != "running":
            yield _of_device("sound_blocked", Tone.BAD, device)
        is_gone = device.is_paired and not device.was_heard_lately(situation.machine_now)
        if is_gone and is_serving_time(situation.centre.facts, situation.now):
            yield _of_device("device_away", Tone.BAD, device)
    kinds = {device.kind for device in situation.devices if device.is_paired}
    for kind in ("kiosk", "board"):
        if kind not in kinds:
            yield Finding(code=f"no_{kind}", tone=Tone.TO_DO, section="devices")


def _of_device(code: str, tone: Tone, device: Device) -> Finding:
    return Finding(code=code, tone=tone, section="devices", facts={"name": device.name})


def _printers(situation: Situation) -> Iterator[Finding]:
    facts = situation.centre.facts
    if not any(printer.address for printer in facts.printers.values()):
        yield Finding(code="no_printer", tone=Tone.TO_DO, section="paper")
    last: dict[str, str] = {}
    for job in situation.centre.prints.values():
        if job.printer is not None and job.result != "pending":
            last[job.printer] = job.result
    for printer, result in last.items():
        if result in {"not_sent", "unknown"}:
            yield Finding(
                code="printer_fails", tone=Tone.BAD, section="paper", facts={"printer": printer}
            )


def _people(situation: Situation) -> Iterator[Finding]:
    active = [each for each in situation.staff if each.is_active]
    for role in (Role.CLERK, Role.MANAGER):
        if not any(role in each.roles for each in active):
            yield Finding(code=f"no_{role.value}", tone=Tone.TO_DO, section="staff")
    if sum(Role.ADMINISTRATOR in each.roles for each in active) == 1:
        yield Finding(code="one_administrator", tone=Tone.TO_DO, section="staff")


def _configuration(facts: CentreConfiguration) -> Iterator[Finding]:
    if facts.dossiers.agency == SAMPLE_AGENCY:
        yield Finding(code="sample_agency", tone=Tone.TO_DO, section="rules")
    if facts.hotline in {"", SAMPLE_HOTLINE}:
        yield Finding(code="no_hotline", tone=Tone.TO_DO, section="centre")
    unchecked = sum(
        not all(term.is_certain for term in procedure.terms)
        for procedure in facts.procedures.values()
    )
    if unchecked:
        yield Finding(
            code="unchecked_terms",
            tone=Tone.TO_DO,
            section="procedures",
            facts={"count": unchecked},
        )


def _holidays(situation: Situation) -> Iterator[Finding]:
    """Public holidays to come on which citizens could take numbers."""
    facts = situation.centre.facts
    today = local_time(facts, situation.now).date()
    for day in sorted(situation.public_holidays):
        is_near = today <= day <= today + HOLIDAYS_AHEAD
        if is_near and day not in facts.hours.exceptions and sessions_of(facts.hours, day):
            yield Finding(
                code="open_on_holiday",
                tone=Tone.TO_DO,
                section="centre",
                facts={"day": day.isoformat(), "name": situation.public_holidays[day]},
            )


def _warnings(situation: Situation) -> Iterator[Finding]:
    count = sum(each.severity is Severity.WARNING for each in situation.problems)
    if count:
        yield Finding(code="warnings", tone=Tone.TO_DO, section="changes", facts={"count": count})
