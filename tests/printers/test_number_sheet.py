"""Numbers for a dead day are those that can be entered afterwards, each once, to be torn off."""

from datetime import timedelta

from msgspec.structs import replace

from printers.number_sheet import MOST, draw_number_sheets, numbers_for
from printers.pdf_pen import PdfPen
from printers.picture_pen import PicturePen
from queue_server.core import commands as c
from queue_server.core.configuration import Series
from queue_server.core.identifiers import TicketId
from tests.support.centres import BIRTH, CIVIL, COPY, Hall, small_configuration
from tests.support.pdf_text import Pdf


def pdf_of(count: int, language: str = "vi") -> Pdf:
    facts = small_configuration()
    pen = PdfPen("A4", "Số", language, "x")
    draw_number_sheets(facts, numbers_for(facts, {}, count), language, pen)
    return Pdf(pen.finish())


def test_numbers_go_on_after_the_last_that_was_given() -> None:
    hall = Hall()
    hall.issue(BIRTH)
    hall.issue(BIRTH)

    by_field = {
        each.field.id: each.numbers
        for each in numbers_for(hall.centre.facts, hall.centre.next_number, 3)
    }

    assert by_field[CIVIL] == ("H003", "H004", "H005")
    assert [numbers[0] for numbers in by_field.values()] == ["H003", "C001", "D001"]


def test_every_number_of_the_sheet_can_be_entered_afterwards() -> None:
    hall = Hall()
    hall.issue(COPY)
    hall.later(minutes=30)
    fields = numbers_for(hall.centre.facts, hall.centre.next_number, 4)
    procedures = {procedure.field: code for code, procedure in hall.centre.facts.procedures.items()}

    for n, (field, number) in enumerate(
        (each.field.id, no) for each in fields for no in each.numbers
    ):
        hall.do(
            c.EnterOutageTicket(
                ticket=TicketId(f"f{n:031x}"),
                number=number,
                procedure=procedures[field],
                issued_at=hall.now - timedelta(minutes=20),
            )
        )

    assert len(hall.centre.numbers) == 13


def test_no_number_is_beyond_its_series_or_the_most_that_are_printed() -> None:
    facts = small_configuration()
    civil = replace(facts.fields[CIVIL], series=Series(letter="H", first=5, last=8))
    facts = replace(facts, fields={**facts.fields, CIVIL: civil})

    few, many = numbers_for(facts, {}, 50)[0], numbers_for(facts, {}, 5000)[1]

    assert few.numbers == ("H005", "H006", "H007", "H008")
    assert len(many.numbers) == MOST
    assert [each.field.id for each in numbers_for(facts, {CIVIL: 9}, 5)] == ["certify", "land"]


def test_each_field_begins_a_page_with_each_number_to_tear_off_and_to_tick() -> None:
    pdf = pdf_of(30)

    texts = pdf.texts()
    assert len(pdf.pages) == 6
    assert texts.count("H017") == 2
    assert sum("H · Hộ tịch" in text for text in texts) == 2
    assert texts.index("C001") > texts.index("H030")


def test_the_sheet_speaks_the_readers_language() -> None:
    vietnamese, english = pdf_of(1), pdf_of(1, "en")

    assert "Given at" in english.texts()
    assert "Given at" not in vietnamese.texts()
    assert "Civil status" in english.texts()[1]


def test_nothing_reaches_beyond_the_page() -> None:
    facts = small_configuration()
    pen = PicturePen("A4", 72)

    draw_number_sheets(facts, numbers_for(facts, {}, 40), "vi", pen)

    for page in pen.pages:
        assert page.crop((0, 0, 28, page.height)).getextrema() == (255, 255)
        assert page.crop((0, page.height - 28, page.width, page.height)).getextrema() == (255, 255)
