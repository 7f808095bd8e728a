"""Forms on A5 and A4: all words can be found and copied, codes can be read, fonts are inside."""

from io import BytesIO

import pytest
import zxingcpp
from fontTools.ttLib import TTFont
from msgspec.structs import replace

from printers.document import Document
from printers.document_sheet import draw_document_sheet
from printers.pdf_pen import PdfPen
from printers.picture_pen import PicturePen
from printers.receipt import receipt_for
from printers.roll import Align
from printers.sheet import BlankPen, Flow, Run, Style, broken, even, width_of
from printers.shortfall import form_for
from queue_server.core.events import Component
from queue_server.core.paper import DocumentTemplate, DocumentTemplates, Templates
from tests.support.paper_samples import (
    EN,
    LAND,
    VI,
    sample_configuration,
    sample_dossier,
    sample_form,
    sample_logo,
)
from tests.support.pdf_text import Pdf

TEMPLATES = Templates(
    logo=sample_logo(),
    documents=DocumentTemplates(
        receipt=DocumentTemplate(has_logo=True, header={"vi": "Ủy ban nhân dân phường An Bình"})
    ),
)
RECEIPT = receipt_for(
    sample_configuration(),
    sample_dossier(),
    person_name="Nguyễn Thị Ước",
    phone=None,
    counter_number="3",
    templates=TEMPLATES,
)
LONG = receipt_for(
    sample_configuration(),
    replace(
        sample_dossier(procedure=LAND),
        components=tuple(Component(name=f"Giấy tờ số {n}, bản sao y") for n in range(1, 41)),
    ),
    person_name="Công Tằng Tôn Nữ Thị Nguyễn Hoàng Phương Uyên",
    phone="0912345678",
    counter_number="3",
    language=EN,
    copy=2,
)
SUPPLEMENT, REFUSAL = (
    form_for(
        sample_configuration(),
        sample_form("supplement" if language == VI else "refusal"),
        person_name=None,
        phone=None,
        counter_number="3",
        language=language,
    )
    for language in (VI, EN)
)
FORMS = {"receipt": RECEIPT, "long": LONG, "supplement": SUPPLEMENT, "refusal": REFUSAL}


def pdf_of(document: Document) -> Pdf:
    pen = PdfPen(document.sheet, document.title.text, "vi", document.centre_name)
    draw_document_sheet(document, pen)
    return Pdf(pen.finish())


def text_of(pdf: Pdf) -> str:
    return " ".join(" ".join(pdf.texts()).split())


@pytest.mark.parametrize("sheet", ["A5", "A4"])
def test_every_word_of_a_receipt_can_be_found(sheet: str) -> None:
    pdf = pdf_of(replace(RECEIPT, sheet="A4" if sheet == "A4" else "A5"))

    text = text_of(pdf)
    for words in (
        "ỦY BAN NHÂN DÂN PHƯỜNG AN BÌNH",
        "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG PHƯỜNG AN BÌNH",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập – Tự do – Hạnh phúc",
        "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
        "Mã hồ sơ: H26.12-261123-0012",
        "Tiếp nhận hồ sơ của: Nguyễn Thị Ước",
        "1 Tờ khai đăng ký khai sinh mẫu đơn 1 2 Giấy chứng sinh bản chính 2",
        "Thời gian trả kết quả: 17 giờ 00 phút, ngày 26 tháng 11 năm 2026",
        "Người nộp hồ sơ",
        "Đường dây nóng: 1900 1234",
        "Mẫu 01 · phiên bản 1",
    ):
        assert words in text
    assert len(pdf.pages) == 1


def test_the_file_says_its_title_and_language_and_holds_parts_of_its_fonts() -> None:
    pdf = pdf_of(RECEIPT)

    assert b"/Lang (vi)" in pdf.root
    title = "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ".encode("utf-16-be")
    assert b"/Title" in pdf.data
    assert title[:8].hex().upper().encode() in pdf.data.upper() or b"\\376\\377" in pdf.data
    assert len(pdf.fonts) == len(pdf.font_files) == pdf.data.count(b"/FontFile2")
    for data in pdf.font_files:
        assert len(TTFont(BytesIO(data)).getGlyphOrder()) < 200
    assert len(pdf.data) < 90_000


def test_no_font_is_left_to_the_reader() -> None:
    pdf = pdf_of(SUPPLEMENT)

    assert all(b"/ToUnicode" in font for font in pdf.fonts.values())


def test_the_same_form_is_the_same_file() -> None:
    assert pdf_of(RECEIPT).data == pdf_of(RECEIPT).data


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("sheet", ["A5", "A4"])
def test_the_code_can_be_read_from_the_page(name: str, sheet: str) -> None:
    document = replace(FORMS[name], sheet="A4" if sheet == "A4" else "A5")
    pen = PicturePen(sheet)

    draw_document_sheet(document, pen)

    (code,) = zxingcpp.read_barcodes(pen.pages[0])
    assert code.text == document.code


def test_a_long_receipt_goes_on_with_the_tables_heading_and_is_signed_at_the_end() -> None:
    pdf = pdf_of(LONG)

    texts = pdf.texts()
    assert len(pdf.pages) == 3
    assert texts.count("Tên giấy tờ") == 2
    assert texts[-1] == "Mẫu 01 · phiên bản 1"
    assert "40" in texts
    assert "BẢN IN LẠI / COPY 2" in texts


def test_letters_are_set_smaller_rather_than_on_a_second_page() -> None:
    papers = tuple(Component(name=f"Giấy tờ số {n}") for n in range(1, 5))
    crowded = receipt_for(
        sample_configuration(),
        replace(sample_dossier(), components=papers),
        person_name=None,
        phone=None,
        counter_number="3",
        language=EN,
    )

    assert len(pdf_of(crowded).pages) == 1


@pytest.mark.parametrize("name", FORMS)
def test_nothing_reaches_into_the_margins(name: str) -> None:
    pen = PicturePen("A5")

    draw_document_sheet(FORMS[name], pen)

    for page in pen.pages:
        across, down = page.size
        for edge in (
            (0, 0, 66, down),
            (across - 66, 0, across, down),
            (0, 0, across, 50),
            (0, down - 40, across, down),
        ):
            assert page.crop(edge).getextrema() == (255, 255)


def test_words_break_before_the_edge_and_too_long_ones_are_cut() -> None:
    style = Style(10)
    runs = [Run("Một hai ba bốn năm sáu bảy tám chín mười", style), Run("x" * 80, style)]

    lines = broken(runs, 100)

    assert all(sum(width_of(run.text, run.style) for run in line) <= 100 for line in lines)
    assert "".join(run.text for line in lines for run in line).count("x") == 80


def test_centred_lines_are_of_about_the_same_length() -> None:
    runs = [Run("một hai ba bốn năm sáu bảy tám chín", Style(10))]
    width = width_of("một hai ba bốn năm sáu bảy tám", Style(10)) + 2

    first, second = even(runs, width)

    lengths = [width_of(line[0].text, Style(10)) for line in (first, second)]
    assert len(broken(runs, width)) == 2
    assert max(lengths) < 1.6 * min(lengths)


def test_columns_share_the_width_and_end_with_the_longest() -> None:
    flow = Flow(BlankPen(), 10, 100, 0)

    left, right = flow.columns([1, 3], gutter=20)
    left.text("một hai ba", Style(10))
    right.text("x", Style(10), Align.RIGHT)
    flow.below([left, right])

    assert (left.left, left.width, right.left, right.width) == (10, 20, 50, 60)
    assert flow.y == left.y > right.y
