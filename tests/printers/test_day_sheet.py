"""The day's sheet has the figures of the report, for the file."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from printers.day_sheet import draw_day_sheet
from printers.pdf_pen import PdfPen
from queue_server.archive.database import open_database
from queue_server.archive.figures import Figures
from queue_server.archive.migrate import migrate
from queue_server.archive.recorder import Recorder
from queue_server.archive.report import DayReport, day_report
from queue_server.core.identifiers import CentreId
from tests.support.pdf_text import Pdf
from tests.support.sample_day import sample_day


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> DayReport:
    folder: Path = tmp_path_factory.mktemp("day")
    hall = sample_day()
    engine = open_database(f"sqlite:///{folder / 'queue.sqlite3'}")
    migrate(engine)
    Recorder(engine).record(hall.commits)
    day = hall.centre.day
    assert day is not None
    return day_report(engine, CentreId(hall.centre.id), day.date)


def pdf_of(report: DayReport, language: str = "en") -> Pdf:
    pen = PdfPen("A4", "Day", language, "x")
    draw_day_sheet(report, datetime(2026, 11, 23, 10, 5, tzinfo=UTC), language, pen)
    return Pdf(pen.finish())


def test_the_sheet_tells_the_day_per_field_counter_and_procedure(report: DayReport) -> None:
    texts = pdf_of(report).texts()

    assert "Monday, 23/11/2026" in texts
    assert "Made at 17:05, 23/11/2026" in texts
    assert str(report.totals.issued) in texts
    for part in ("By field", "By counter", "By procedure"):
        assert part in texts
    text = " ".join(texts)
    for line in report.fields:
        assert line.name["en"].split()[0] in text


def test_every_field_and_counter_has_its_line_of_figures(report: DayReport) -> None:
    texts = pdf_of(report).texts()

    start = texts.index("By field")
    heading = texts.index("Dossiers", start)
    first, figures = report.fields[0], report.fields[0].figures
    row = texts[heading + 1 : heading + 12]
    assert row[:3] == [first.label, first.name["en"], str(figures.issued)]
    assert row[3:7] == [
        str(each)
        for each in (
            figures.served,
            figures.no_shows,
            figures.cancelled + figures.expired,
            figures.transferred,
        )
    ]
    assert row[-1] == str(figures.dossiers)


def test_the_sheet_is_signed_and_speaks_vietnamese_too(report: DayReport) -> None:
    texts = pdf_of(report, "vi").texts()

    assert "Thứ Hai, 23/11/2026" in texts
    assert "(ký, ghi rõ họ tên)" in texts
    assert "By field" not in texts


def test_a_day_without_tickets_has_a_sheet_of_zeros(report: DayReport) -> None:
    empty = replace(report, totals=Figures(), fields=(), counters=(), procedures=())

    pdf = pdf_of(empty)

    assert len(pdf.pages) == 1
    assert "By field" not in pdf.texts()
