"""Forms 02 and 03 say what is missing or why not, by which rule, and whom to ask."""

from typing import Literal

import pytest
from msgspec.structs import replace

from printers.document import Document, Entry, Table, Words
from printers.line import Line
from printers.shortfall import form_for
from queue_server.core.paper import (
    DocumentPart,
    DocumentTemplate,
    DocumentTemplates,
    FormKind,
    Templates,
)
from tests.support.paper_samples import EN, sample_configuration, sample_form

Kind = Literal["supplement", "refusal"]


def _form(kind: Kind, templates: Templates | None = None) -> Document:
    return form_for(
        sample_configuration(),
        sample_form(kind),
        person_name="Lê Thị Hoa",
        phone="0912345678",
        counter_number="3",
        ticket_number="A012",
        templates=templates,
    )


def _values(form: Document) -> dict[str, str]:
    return {each.label.text: each.value for each in form.blocks if isinstance(each, Entry)}


def test_a_request_for_a_supplement_lists_everything_at_once() -> None:
    form = _form("supplement")

    (table,) = [block for block in form.blocks if isinstance(block, Table)]
    assert form.title == Line("PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ")
    assert table.heading == Line("Yêu cầu bổ sung, hoàn thiện những nội dung sau")
    assert table.rows == (
        ("1", "Giấy chứng sinh", ""),
        ("2", "Giấy chứng nhận kết hôn của cha mẹ", "bản sao chứng thực"),
    )
    assert _values(form) == {
        "Hồ sơ của": "Lê Thị Hoa",
        "Địa chỉ": "",
        "Điện thoại, thư điện tử": "0912345678",
        "Nội dung yêu cầu giải quyết": "Đăng ký khai sinh (1.001193)",
        "Lý do": "Chưa có bản chính để đối chiếu",
        "Căn cứ pháp lý": "Điều 16 Luật Hộ tịch",
        "Thời gian lập phiếu": "08 giờ 41 phút, ngày 23 tháng 11 năm 2026",
    }
    assert form.code == "02-261123-0007"
    assert form.version == "Mẫu 02 · phiên bản 1"


def test_a_refusal_gives_its_reason_and_where_the_rules_can_be_read() -> None:
    form = _form("refusal")

    (reason,) = [
        b for b in form.blocks if isinstance(b, Entry) and b.is_strong and "Lý" in b.label.text
    ]
    (advice,) = [block for block in form.blocks if isinstance(block, Words)]
    assert form.title == Line("PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ")
    assert reason == Entry(
        Line("Lý do từ chối tiếp nhận"), "Không thuộc thẩm quyền", is_strong=True
    )
    assert "dichvucong.gov.vn" in advice.line.text
    assert not [block for block in form.blocks if isinstance(block, Table)]


def test_another_language_is_a_gloss() -> None:
    form = form_for(
        sample_configuration(),
        sample_form("refusal"),
        person_name=None,
        phone=None,
        counter_number="3",
        language=EN,
        copy=3,
    )

    assert form.title.small == "REFUSAL TO RECEIVE A DOSSIER"
    assert form.reprint == "BẢN IN LẠI / COPY 3"


@pytest.mark.parametrize("kind", ["supplement", "refusal"])
def test_a_centre_chooses_parts_order_header_footer_and_version(kind: Kind) -> None:
    template = DocumentTemplate(
        header={"vi": "UBND phường An Bình"},
        footer={"vi": "Cảm ơn ông/bà"},
        parts=(
            DocumentPart.REASON,
            DocumentPart.PERSON,
            DocumentPart.PROCEDURE,
            DocumentPart.PAPERS,
            DocumentPart.FOOTER,
        ),
        version="TNTKQ-V5.1",
        sheet="A4",
    )
    documents = replace(DocumentTemplates(), **{kind: template})

    form = _form(kind, Templates(documents=documents))

    first = form.blocks[0]
    assert isinstance(first, Entry)
    assert first.label.text.startswith("Lý do")
    assert form.agency == "UBND phường An Bình"
    assert form.footer == ("Cảm ơn ông/bà", "Đường dây nóng: 1900 1234")
    assert form.version == f"Mẫu {'02' if kind == 'supplement' else '03'} · phiên bản TNTKQ-V5.1"
    assert form.sheet == "A4"


def test_a_form_without_its_footer_has_none() -> None:
    template = DocumentTemplate(parts=(DocumentPart.PERSON,))

    form = _form("refusal", Templates(documents=DocumentTemplates(refusal=template)))

    assert form.footer == ()
    assert FormKind(form.kind) is FormKind.REFUSAL
