"""Sheets of numbers for a day without the system: numbers to tear off, times written by hand.

The numbers are those that `EnterOutageTicket` takes back: of the field's own series, in order.
Staff go on after the last number that was given; what is written is entered at reception later.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from msgspec import Struct

from printers.phrases import text_in
from printers.roll import Align
from printers.sheet import LEADING, SHEETS, Flow, Pen, Run, Style, broken
from printers.typeface import Weight
from queue_server.core.configuration import CentreConfiguration, Field
from queue_server.core.identifiers import FieldId, Language, TicketNumber
from queue_server.core.numbering import ticket_number
from queue_server.web.i18n import translations

SHEET: Final = "A4"
USUAL_COUNT: Final = 50
"""As many as the system passes over when it cannot know what was printed (`SkipNumbers`)."""
MOST: Final = 200
SIDE, EDGE = 30.0, 30.0
ROW: Final = 26.0
SMALL = Style(8)
NORMAL = Style(9)
STUB = Style(17, Weight.BOLD)
NUMBER = Style(11, Weight.SEMI_BOLD)
HEADING = Style(8.5, Weight.SEMI_BOLD)
TITLE = Style(15, Weight.BOLD)
CENTRE = Style(9, Weight.SEMI_BOLD)
SHARES: Final = (19, 9, 10, 10, 8, 10, 34)
"""Stub to tear off, number, given, called, counter, done, what for and what came of it."""
TICK: Final = 8.0


class NumbersOfField(Struct, frozen=True):
    """Numbers of one field, in order."""

    field: Field
    numbers: tuple[TicketNumber, ...]


def numbers_for(
    configuration: CentreConfiguration, next_number: Mapping[FieldId, int], count: int
) -> list[NumbersOfField]:
    """`count` numbers of each field from the next one on, none beyond the series.

    Args:
        configuration: The centre now.
        next_number: Running number that each field gives next; none begins with the first.
        count: How many of each field, at most `MOST`.
    """
    found = []
    for field in configuration.fields.values():
        series = field.series
        first = max(next_number.get(field.id, series.first), series.first)
        last = min(first + min(count, MOST) - 1, series.last)
        numbers = tuple(ticket_number(series.letter, n) for n in range(first, last + 1))
        if numbers:
            found.append(NumbersOfField(field, numbers))
    return found


def draw_number_sheets(
    configuration: CentreConfiguration,
    fields: Iterable[NumbersOfField],
    language: str,
    pen: Pen,
) -> None:
    """Draw the sheets: each field begins a page, so that each desk takes its own."""
    for n, each in enumerate(fields):
        if n:
            pen.next_page()
        _Field(configuration, each, language, pen).draw()


class _Field:
    """Pages of one field."""

    def __init__(
        self, configuration: CentreConfiguration, of: NumbersOfField, language: str, pen: Pen
    ) -> None:
        self._ = translations(language).gettext
        self.language = Language(language)
        self.configuration = configuration
        self.of = of
        self.pen = pen
        width, height = SHEETS[SHEET]
        foot = height - EDGE - SMALL.size * LEADING * 2
        self.flow = Flow(pen, SIDE, width - 2 * SIDE, EDGE, foot)

    def draw(self) -> None:
        """Draw every page."""
        self._head()
        for number in self.of.numbers:
            if self.flow.need(ROW):
                self._head()
            self._row(number)

    def _head(self) -> None:
        _, flow, field = self._, self.flow, self.of.field
        name = text_in(field.name, self.language)
        zone = self.configuration.zones.get(field.zone)
        left, right = flow.columns([66, 34], gutter=10)
        left.text(text_in(self.configuration.name, self.language), CENTRE)
        left.text(f"{field.series.letter} · {name}", TITLE)
        left.text(text_in(zone.name, self.language) if zone else "", NORMAL)
        right.text(_("Numbers for a day without the system"), HEADING, Align.RIGHT)
        right.gap(6)
        label = f"{_('Day')}: …… / …… / 20……"
        right.text(label, NORMAL, Align.RIGHT)
        flow.below([left, right])
        flow.gap(3)
        flow.text(
            _(
                "Go on after the last number that was given. Tear off the number for the citizen,"
                " write the times, and enter them at reception when the system is back."
            ),
            SMALL,
        )
        flow.gap(5)
        self._headings()

    def _headings(self) -> None:
        _, flow = self._, self.flow
        words = (
            _("For the citizen"),
            _("Number"),
            _("Given at"),
            _("Called at"),
            _("Counter"),
            _("Done at"),
            _("What for, what came of it"),
        )
        columns = flow.columns(SHARES)
        for column, word in zip(columns, words, strict=True):
            inner = Flow(self.pen, column.left + 3, column.width - 6, flow.y)
            inner.text(word, SMALL)
        flow.y += SMALL.size * LEADING * _lines(columns, words) + 2

    def _row(self, number: TicketNumber) -> None:
        flow = self.flow
        stub, tick, *blanks = flow.columns(SHARES)
        middle = flow.y + ROW / 2
        self.pen.text(stub.left + 4, middle + STUB.size * 0.36, number, STUB)
        name = text_in(self.of.field.name, self.language)
        self._beside(stub, name, middle)
        _dashed(self.pen, stub.left + stub.width, flow.y, ROW)
        top = middle - TICK / 2
        self.pen.box(tick.left + 5, top, TICK, TICK, is_filled=False)
        self.pen.text(tick.left + 16, middle + NUMBER.size * 0.36, number, NUMBER)
        for column in (tick, *blanks):
            self.pen.box(column.left, flow.y, column.width, ROW, is_filled=False)
        self.pen.box(stub.left, flow.y, stub.width, ROW, is_filled=False)
        flow.y += ROW

    def _beside(self, stub: Flow, name: str, middle: float) -> None:
        """The field's name small beside the number, as much as fits on two lines."""
        from_left = 58.0
        inner = Flow(self.pen, stub.left + from_left, stub.width - from_left - 4, 0)
        style = Style(6.5)
        lines = _first_lines(name, style, inner.width)
        inner.y = middle - len(lines) * style.size * LEADING / 2
        for line in lines:
            inner.text(line, style)


def _lines(columns: Sequence[Flow], words: Sequence[str]) -> int:
    pairs = zip(columns, words, strict=True)
    return max(len(broken([Run(word, SMALL)], column.width - 6)) for column, word in pairs)


def _first_lines(text: str, style: Style, width: float) -> list[str]:
    lines = ["".join(run.text for run in line) for line in broken([Run(text, style)], width)]
    return lines if len(lines) <= 2 else [lines[0], f"{lines[1]} …"]  # noqa: PLR2004


def _dashed(pen: Pen, x: float, y: float, height: float) -> None:
    """Where to tear."""
    for n in range(int(height // 4)):
        pen.box(x - 0.6, y + 1 + 4 * n, 1.2, 2, is_filled=True)
