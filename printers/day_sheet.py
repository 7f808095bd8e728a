"""The sheet of a day, for the file: what happened, per field, procedure and counter."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from printers.phrases import phrases_for, text_in
from printers.roll import Align
from printers.ruled_table import RuledTable
from printers.sheet import LEADING, SHEETS, Flow, Pen, Run, Style
from printers.typeface import Weight
from queue_server.archive.figures import Figures
from queue_server.archive.report import DayReport, Line
from queue_server.core.identifiers import Language
from queue_server.core.ticket import Outcome
from queue_server.web.i18n import translations

SHEET: Final = "A4"
SIDE, EDGE = 42.0, 42.0
SMALL = Style(8)
NORMAL = Style(9)
CELL = Style(8.5)
HEADING = Style(7.5, Weight.SEMI_BOLD)
PART = Style(11, Weight.BOLD)
TITLE = Style(16, Weight.BOLD)
CENTRE = Style(10, Weight.SEMI_BOLD)
SHARES: Final = (7, 26, 9, 9, 9, 9, 9, 9, 9, 9, 9)
ALIGNS: Final = (Align.CENTRE, Align.LEFT, *(Align.RIGHT,) * 9)
ROOM_TO_SIGN: Final = 56

Say = Callable[[str], str]


def draw_day_sheet(report: DayReport, made_at: datetime, language: str, pen: Pen) -> None:
    """Draw the sheet of a day.

    Args:
        report: As the archive has it.
        made_at: When it was asked for, printed at the foot.
        language: Of its words; names are in the same.
        pen: Where ink goes.
    """
    _ = translations(language).gettext
    width, height = SHEETS[SHEET]
    flow = Flow(pen, SIDE, width - 2 * SIDE, EDGE, height - EDGE - SMALL.size * LEADING)
    tongue = Language(language)
    _head(flow, report, made_at, tongue, _)
    _summary(flow, report.totals, _)
    _part(flow, (_("By field"), _("Field")), report.fields, tongue, _)
    _part(flow, (_("By counter"), _("Counter")), report.counters, tongue, _)
    _part(flow, (_("By procedure"), _("Procedure")), report.procedures, tongue, _)
    _outcomes(flow, report.totals, _)
    _deviations(flow, report, _)
    _signatures(flow, _)


def _head(flow: Flow, report: DayReport, made_at: datetime, language: Language, _: Say) -> None:
    local = made_at.astimezone(ZoneInfo(report.timezone))
    flow.text(text_in(report.name, language), CENTRE)
    flow.gap(10)
    weekday = phrases_for(language).weekdays[report.day.weekday()]
    flow.text(_("Sheet of the day"), TITLE)
    flow.text(f"{weekday}, {report.day:%d/%m/%Y}", PART)
    flow.text(_("Made at {time}").format(time=f"{local:%H:%M, %d/%m/%Y}"), SMALL)
    flow.gap(8)
    flow.rule()
    flow.gap(8)


def _summary(flow: Flow, totals: Figures, _: Say) -> None:
    """The day at a glance: a row of large figures."""
    facts = (
        (_("Numbers issued"), str(totals.issued)),
        (_("Served"), str(totals.served)),
        (_("Absent when called"), str(totals.no_shows)),
        (_("Median wait, min"), _minutes(totals.waiting.p50_s)),
        (_("Within the target"), _share(totals.service_level)),
        (_("Dossiers accepted"), str(totals.dossiers)),
    )
    columns = flow.columns([1] * len(facts), gutter=8)
    for column, (label, value) in zip(columns, facts, strict=True):
        column.text(value, TITLE)
        column.text(label, SMALL)
    flow.below(columns)
    flow.gap(10)


def _part(
    flow: Flow, names: tuple[str, str], lines: Sequence[Line], language: Language, _: Say
) -> None:
    if not lines:
        return
    title, named = names
    heading = (
        "",
        named,
        _("Issued"),
        _("Served"),
        _("Absent"),
        _("Left"),
        _("Sent on"),
        _("Median wait, min"),
        _("9 of 10, min"),
        _("In target"),
        _("Dossiers"),
    )
    flow.need(80)
    flow.gap(6)
    flow.text(title, PART)
    flow.gap(3)
    rows = [_cells(line, language, _) for line in lines]
    RuledTable(SHARES, ALIGNS, heading, HEADING).draw(flow, rows, CELL)


def _cells(line: Line, language: Language, _: Say) -> tuple[str, ...]:
    figures = line.figures
    name = text_in(line.name, language) or f"{_('Counter')} {line.label}"
    is_code = len(line.label) > len("999A")
    return (
        "" if is_code else line.label,
        " ".join(filter(None, (name, f"({line.label})" if is_code else ""))),
        str(figures.issued) if figures.issued else "–",
        str(figures.served),
        str(figures.no_shows),
        str(figures.cancelled + figures.expired),
        str(figures.transferred),
        _minutes(figures.waiting.p50_s),
        _minutes(figures.waiting.p90_s),
        _share(figures.service_level),
        str(figures.dossiers),
    )


def _outcomes(flow: Flow, totals: Figures, _: Say) -> None:
    words = {
        Outcome.DOSSIER_ACCEPTED: _("dossier accepted"),
        Outcome.SUPPLEMENT_NEEDED: _("supplement needed"),
        Outcome.REFUSED: _("refused"),
        Outcome.ADVICE_ONLY: _("advice only"),
        Outcome.RESULT_RETURNED: _("result returned"),
        Outcome.FILED_ONLINE_WITH_HELP: _("filed online with help"),
    }
    told = [f"{word}: {totals.outcomes.get(key, 0)}" for key, word in words.items()]
    flow.need(40)
    flow.gap(8)
    flow.runs([Run(f"{_('What came of the visits')}:", HEADING), Run(" · ".join(told), NORMAL)])


def _deviations(flow: Flow, report: DayReport, _: Say) -> None:
    """Calls out of order, which the file must show."""
    count = sum(each.count for each in report.out_of_order)
    flow.gap(2)
    flow.runs([Run(f"{_('Called out of order')}:", HEADING), Run(str(count), NORMAL)])


def _signatures(flow: Flow, _: Say) -> None:
    flow.need(ROOM_TO_SIGN + 50)
    flow.gap(22)
    columns = flow.columns([1, 1], gutter=20)
    for column, signer in zip(columns, (_("Made by"), _("For the centre")), strict=True):
        column.text(signer, HEADING, Align.CENTRE)
        column.text(_("(signature, full name)"), SMALL, Align.CENTRE)
        column.gap(ROOM_TO_SIGN)
    flow.below(columns)


def _minutes(seconds: float | None) -> str:
    return "–" if seconds is None else str(round(seconds / 60))


def _share(share: float | None) -> str:
    return "–" if share is None else f"{round(100 * share)} %"
