"""The view `printers`: every printer of the centre, how it is, and its last papers."""

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct

from queue_server.accounts.principal import Principal
from queue_server.api.access import administrator, manager
from queue_server.core.centre import Centre
from queue_server.core.identifiers import CentreId, PrinterId, TicketId, TicketNumber
from queue_server.core.printer_configuration import Connection, PrinterConfiguration
from queue_server.core.printing import (
    Condition,
    PaperKind,
    PrintJob,
    PrintResult,
    stand_ins,
    wanted_until,
)
from queue_server.hub.outlook import Outlook
from queue_server.hub.views import ViewKind

PACE_S = 0.5
LAST_JOBS = 6


class JobLine(Struct, frozen=True, kw_only=True):
    """One paper."""

    id: str
    kind: PaperKind
    number: TicketNumber
    """Of the ticket; empty for a test print."""
    copy: int
    at: datetime
    result: PrintResult
    detail: str
    wanted_until: datetime
    moved_from: Mapping[str, str]
    """Name of the printer it was asked for, where another took it over."""


class PrinterLine(Struct, frozen=True, kw_only=True):
    """One printer."""

    id: PrinterId
    name: Mapping[str, str]
    model: str
    connection: Connection
    address: str | None
    zone: Mapping[str, str]
    has_agent: bool
    is_device: bool
    is_kiosk_printer: bool
    condition: Condition | None
    """None while nobody has looked yet."""
    since: datetime | None
    stand_in: Mapping[str, str]
    """Who takes over while it is stopped; empty where nobody does."""
    open: int
    """Papers that wait for it."""
    printed: int
    """Papers of the day that came out for certain."""
    doubtful: int
    """Papers of the day of which nobody knows."""
    jobs: tuple[JobLine, ...]
    """Newest first."""


class PrintersView(Struct, frozen=True, kw_only=True):
    """The whole page."""

    centre: CentreId
    printers: tuple[PrinterLine, ...] = ()


def printers(centre: Centre, _: str, __: Outlook) -> PrintersView:
    """Every printer; none while the centre has no configuration."""
    if centre.configuration is None:
        return PrintersView(centre=centre.id)
    jobs: dict[PrinterId | None, list[PrintJob]] = {}
    for job in centre.prints.values():
        jobs.setdefault(job.printer, []).append(job)
    rows = centre.configuration.printers.values()
    return PrintersView(
        centre=centre.id,
        printers=tuple(_line(centre, row, jobs.get(row.id, [])) for row in rows),
    )


def may_watch_printers(principal: Principal, centre: Centre, _: str) -> bool:
    """Who sets the centre up, and who answers for it."""
    return administrator(principal, centre.id) or manager(principal, centre.id)


KIND = ViewKind(name="printers", compute=printers, may_watch=may_watch_printers, pace_s=PACE_S)


def _line(centre: Centre, row: PrinterConfiguration, jobs: list[PrintJob]) -> PrinterLine:
    facts, state = centre.facts, centre.printers.get(row.id)
    zone = facts.zones.get(row.zone) if row.zone is not None else None
    other = next(stand_ins(facts, centre.printers, row.id), None)
    results = [job.result for job in jobs]
    newest = sorted(jobs, key=lambda job: job.at, reverse=True)[:LAST_JOBS]
    return PrinterLine(
        id=row.id,
        name=row.name,
        model=row.model,
        connection=row.connection,
        address=row.address,
        zone=zone.name if zone else {},
        has_agent=row.has_agent,
        is_device=row.is_device,
        is_kiosk_printer=facts.kiosk_printer == row.id,
        condition=state.condition if state else None,
        since=state.since if state else None,
        stand_in=other.name if other else {},
        open=sum(job.is_open for job in jobs),
        printed=results.count("printed"),
        doubtful=results.count("unknown"),
        jobs=tuple(_job(centre, job) for job in newest),
    )


def _job(centre: Centre, job: PrintJob) -> JobLine:
    ticket = centre.tickets.get(TicketId(job.ticket))
    source = None if job.moved_from is None else centre.facts.printers.get(job.moved_from)
    return JobLine(
        id=job.id,
        kind=job.kind,
        number=ticket.number if ticket else TicketNumber(""),
        copy=job.copy,
        at=job.at,
        result=job.result,
        detail=job.detail,
        wanted_until=wanted_until(centre.facts, job),
        moved_from=source.name if source else {},
    )
