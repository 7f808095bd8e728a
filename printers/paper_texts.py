"""Times, waits, counter numbers and the mark of a reprint as words on paper."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from printers.phrase_files import Phrases
from printers.phrases import PHRASES, phrases_for
from queue_server.core.identifiers import Language

ROUNDING_S = 300
"""Waits are told in steps of five minutes; more would promise what nobody knows."""
SOON_S = 120
"""Below this nobody needs to wait; screens draw the same line."""
SHORTEST_RUN = 3
"""Numbers in a row that are drawn together."""


def moment_text(at: datetime, timezone: str, language: Language) -> str:
    """Local time of day, weekday and date, e.g. ``08:41 · Thứ Hai, 23/11/2026``."""
    local = at.astimezone(ZoneInfo(timezone))
    phrases = phrases_for(language)
    return phrases.moment.format(
        time=f"{local:%H:%M}",
        weekday=phrases.weekdays[local.weekday()],
        date=f"{local:%d/%m/%Y}",
    )


def long_moment_text(at: datetime, timezone: str, language: Language) -> str:
    """Local time as official papers write it, e.g. ``08 giờ 41 phút, ngày 23 tháng 11 …``."""
    return phrases_for(language).long_moment.format(at=at.astimezone(ZoneInfo(timezone)))


def about_text(wait_s: int, phrases: Phrases) -> str:
    """A wait to the nearest five minutes; ``0–5 phút`` where screens say "almost no wait"."""
    if wait_s < SOON_S:
        return phrases.minutes.format(minutes="0–5")
    return _steps_text(max(1, round(wait_s / ROUNDING_S)), phrases)


def at_most_text(wait_s: int, phrases: Phrases) -> str:
    """A wait up to the next five minutes, e.g. ``25 phút`` or ``1 giờ 20 phút``."""
    return _steps_text(max(1, -(-wait_s // ROUNDING_S)), phrases)


def _steps_text(steps: int, phrases: Phrases) -> str:
    hours, minutes = divmod(steps * ROUNDING_S // 60, 60)
    if not hours:
        return phrases.minutes.format(minutes=minutes)
    if not minutes:
        return phrases.hours.format(hours=hours)
    return phrases.hours_minutes.format(hours=hours, minutes=minutes)


def joined_numbers(numbers: Sequence[str]) -> str:
    """Counter numbers with runs drawn together: ``1, 3–6, 9``."""
    runs: list[list[str]] = []
    for number in numbers:
        if runs and _follows(runs[-1][-1], number):
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(
        f"{run[0]}–{run[-1]}" if len(run) >= SHORTEST_RUN else ", ".join(run) for run in runs
    )


def reprint_text(copy: int) -> str:
    """The mark of a reprint in every language, since staff read it too; empty on the first."""
    if copy == 1:
        return ""
    return f"{' / '.join(phrases.reprint for phrases in PHRASES.values())} {copy}"


def printed_again_text(at: datetime | None, timezone: str) -> str:
    """When a copy was asked for, in every language; the slip has the time of issue besides."""
    if at is None:
        return ""
    time = f"{at.astimezone(ZoneInfo(timezone)):%H:%M}"
    return " / ".join(phrases.printed_again.format(time=time) for phrases in PHRASES.values())


def _follows(before: str, number: str) -> bool:
    return before.isdecimal() and number.isdecimal() and int(number) == int(before) + 1
