"""When a dossier is due: the term of its procedure, counted in the centre's own time.

The receipt shows the hour and the minute of both receipt and due time, so both are judged by
the minute. A term never ends on a day off. Rules: Civil Code 2015 Art. 147-148 (calendar days,
months), the one-stop decrees' 15:00 rule for same-day procedures; the `Term` is recorded with
the dossier, so that each due time can be checked later.
"""

from calendar import monthrange
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from queue_server.core.configuration import (
    CentreConfiguration,
    Holidays,
    OpeningHours,
    Term,
    TermUnit,
)
from queue_server.core.dossier_rules import DossierRules
from queue_server.core.errors import InvalidValue
from queue_server.intake.working_days import is_working_day, on_or_after, working_days_later
from queue_server.intake.working_hours import working_hours_later

LONGEST: Final[Mapping[TermUnit, int]] = {
    TermUnit.SAME_DAY: 0,
    TermUnit.HOURS: 10_000,
    TermUnit.WORKING_DAYS: 1_250,
    TermUnit.DAYS: 1_830,
    TermUnit.MONTHS: 60,
}
"""Longest term of each unit, about five years: longer ones are slips of the keyboard."""
FIRST_YEAR: Final = 2000
LAST_YEAR: Final = 2100


class DueDateRule:
    """The due-date rule of this release, as the core asks for it."""

    def due_at(
        self, configuration: CentreConfiguration, term: Term, received_at: datetime
    ) -> datetime:
        """When a dossier received at `received_at` is due in this centre, in UTC.

        Raises:
            InvalidValue: As `due_at`.
        """
        return due_at(
            term=term,
            received_at=received_at,
            holidays=configuration.holidays,
            rules=configuration.dossiers,
            timezone=configuration.timezone,
            hours=configuration.hours,
        )


def due_at(  # noqa: PLR0913  # six named inputs, each from another part of the configuration
    *,
    term: Term,
    received_at: datetime,
    holidays: Holidays,
    rules: DossierRules,
    timezone: str,
    hours: OpeningHours | None = None,
) -> datetime:
    """Instant, in UTC, at which a complete dossier received at `received_at` is due.

    The day of receipt never counts, except for same-day procedures and for hours. A term in
    days or months ends at the due hour of its last day, or of the next working day.

    Args:
        term: One case of the procedure's terms.
        received_at: Aware; when the dossier was complete, in any time zone.
        holidays: The country's calendar and the centre's changes to it.
        rules: Cutoff of same-day procedures and the hour at which days end, both local.
        timezone: IANA name of the centre's time zone.
        hours: Where working hours lie in the day; None is 08:00-12:00 and 13:00-17:00.

    Raises:
        InvalidValue: A naive or far-off instant, an amount the unit cannot have, an unknown time
            zone or country, or a calendar that contradicts itself.
    """
    _check(term, received_at)
    zone = _zone(timezone)
    received = received_at.astimezone(zone).replace(second=0, microsecond=0)
    if term.unit is TermUnit.HOURS:
        due = working_hours_later(received.replace(tzinfo=None), term.amount, holidays, hours)
    else:
        due = datetime.combine(_last_day(term, received, holidays, rules), rules.due_hour)
    return due.replace(tzinfo=zone).astimezone(UTC)


def _last_day(term: Term, received: datetime, holidays: Holidays, rules: DossierRules) -> date:
    day = received.date()
    match term.unit:
        case TermUnit.SAME_DAY:
            is_in_time = received.time() <= min(rules.cutoff, rules.due_hour)
            if is_in_time and is_working_day(day, holidays):
                return day
            return working_days_later(day, 1, holidays)
        case TermUnit.DAYS:
            return on_or_after(day + timedelta(days=term.amount), holidays)
        case TermUnit.MONTHS:
            return on_or_after(_months_later(day, term.amount), holidays)
        case _:
            return working_days_later(day, term.amount, holidays)


def _months_later(day: date, amount: int) -> date:
    years, month = divmod(day.month - 1 + amount, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _check(term: Term, received_at: datetime) -> None:
    if received_at.tzinfo is None:
        message = f"expected an instant with its time zone, got {received_at}"
        raise InvalidValue(message)
    if not FIRST_YEAR <= received_at.year <= LAST_YEAR:
        message = f"expected a receipt between {FIRST_YEAR} and {LAST_YEAR}, got {received_at}"
        raise InvalidValue(message)
    longest = LONGEST[term.unit]
    if not min(longest, 1) <= term.amount <= longest:
        unit = term.unit.replace("_", " ")
        expected = f"{min(longest, 1)} to {longest}" if longest else "0"
        message = f"expected {expected} as the amount of {unit}, got {term.amount}"
        raise InvalidValue(message)


def _zone(timezone: str) -> ZoneInfo:
    try:
        return ZoneInfo(timezone)
    except (KeyError, ValueError, OSError):
        message = f"expected a time zone such as Asia/Ho_Chi_Minh, got {timezone!r}"
        raise InvalidValue(message, timezone=timezone) from None
