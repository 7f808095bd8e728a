"""The centre that is measured and killed: the sample centre, open at any hour, of any size."""

from datetime import UTC, datetime, time
from pathlib import Path

from msgspec.structs import replace

from config.centre_file import load_centre
from queue_server.core.configuration import (
    CentreConfiguration,
    Counter,
    Level,
    OpeningHours,
    Session,
    WorkProfile,
)
from queue_server.core.hours import WEEKDAYS
from queue_server.core.identifiers import CentreId, CounterId
from queue_server.core.printer_configuration import PrinterConfiguration

SAMPLE = Path(__file__).parents[2] / "config" / "centres" / "an-binh.toml"
ALL_DAY = Session(opens=time(0, 0), tickets_until=time(23, 58), closes=time(23, 59))

LAST_NUMBER = 9_999
"""A benchmark gives more numbers in seconds than a centre does in months."""


def morning_timezone(now: datetime) -> str:
    """A time zone in which it is between eight and nine in the morning.

    So that no run meets midnight, whatever the hour of the machine.
    """
    ahead = (8 - now.astimezone(UTC).hour + 12) % 24 - 12
    return f"Etc/GMT{-ahead:+d}" if ahead else "Etc/GMT"


def busy_centre(
    now: datetime,
    *,
    centre: str = "an-binh",
    counters: int | None = None,
    printer_address: str | None = None,
) -> CentreConfiguration:
    """The sample centre without limits of hours and capacity.

    Args:
        now: The present instant; it will be morning at the centre.
        centre: Its id.
        counters: How many, each serving every field; None leaves those of the sample.
        printer_address: Of the kiosk's printer; None keeps slips as pictures.
    """
    sample = load_centre(SAMPLE)
    fields = {
        key: replace(field, daily_capacity=None, series=replace(field.series, last=LAST_NUMBER))
        for key, field in sample.fields.items()
    }
    printers = {
        key: _at(printer, printer_address if key == sample.kiosk_printer else None)
        for key, printer in sample.printers.items()
    }
    return replace(
        sample,
        id=CentreId(centre),
        timezone=morning_timezone(now),
        hours=OpeningHours(weekdays=dict.fromkeys(WEEKDAYS, (ALL_DAY,))),
        fields=fields,
        counters=sample.counters if counters is None else _counters(sample, counters),
        printers=printers,
    )


def _at(printer: PrinterConfiguration, address: str | None) -> PrinterConfiguration:
    return replace(printer, address=address)


def _counters(sample: CentreConfiguration, count: int) -> dict[CounterId, Counter]:
    """Counters numbered from 1 that serve everything."""
    model = next(iter(sample.counters.values()))
    profile = WorkProfile(fields=dict.fromkeys(sample.fields, Level.PRIMARY))
    return {
        CounterId(str(n)): replace(model, id=CounterId(str(n)), number=str(n), profile=profile)
        for n in range(1, count + 1)
    }
