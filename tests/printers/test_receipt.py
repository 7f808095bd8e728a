"""A receipt carries the fields of form 01, in Vietnamese first."""

import msgspec

from printers.document import Code, Document, Entry, Table
from printers.line import Line
from printers.receipt import receipt_for
from queue_server.core.events import DossierOpened
from queue_server.core.identifiers import Language
from tests.support.paper_samples import EN, VI, sample_configuration, sample_dossier


def _receipt(
    opened: DossierOpened, *, name: str | None = "Lê Thị Hoa", language: Language = VI
) -> Document:
    return receipt_for(
        sample_configuration(),
        opened,
        person_name=name,
        phone=None,
        counter_number="3",
        ticket_number="A012",
        language=language,
    )


def _value(receipt: Document, label: str) -> str:
    entries = [block for block in receipt.blocks if isinstance(block, Entry)]
    (value,) = [entry.value for entry in entries if entry.label.text == label]
    return value


def test_says_whose_dossier_was_received_when_and_when_it_is_due() -> None:
    receipt = _receipt(sample_dossier())

    code = Code(Line("Mã hồ sơ"), "H26.12-261123-0012", "Quầy 3 · A012")
    assert receipt.blocks[0] == code
    assert _value(receipt, "Tiếp nhận hồ sơ của") == "Lê Thị Hoa"
    assert _value(receipt, "Nội dung yêu cầu giải quyết") == "Đăng ký khai sinh (1.001193)"
    assert _value(receipt, "Thời gian nhận hồ sơ") == "08 giờ 41 phút, ngày 23 tháng 11 năm 2026"
    assert _value(receipt, "Thời gian trả kết quả") == "17 giờ 00 phút, ngày 26 tháng 11 năm 2026"
    assert _value(receipt, "Thời hạn giải quyết") == "3 ngày làm việc"
    assert _value(receipt, "Số lượng hồ sơ (bộ)") == "01"
    assert _value(receipt, "Hình thức nhận kết quả") == "Trực tiếp tại quầy trả kết quả"
    assert _value(receipt, "Phí, lệ phí") == "Miễn lệ phí khi đăng ký đúng hạn"
    assert receipt.dated == "ngày 23 tháng 11 năm 2026"


def test_lists_the_papers_received() -> None:
    (table,) = [each for each in _receipt(sample_dossier()).blocks if isinstance(each, Table)]

    assert table.rows == (
        ("1", "Tờ khai đăng ký khai sinh", "mẫu đơn", "1"),
        ("2", "Giấy chứng sinh", "bản chính", "2"),
    )


def test_what_is_not_known_is_left_to_be_written_by_hand() -> None:
    receipt = _receipt(sample_dossier(has_term=False), name=None)

    assert _value(receipt, "Tiếp nhận hồ sơ của") == ""
    assert _value(receipt, "Địa chỉ") == ""
    assert _value(receipt, "Điện thoại, thư điện tử") == ""
    assert _value(receipt, "Thời gian trả kết quả") == ""
    assert _value(receipt, "Thời hạn giải quyết") == ""


def test_an_unchecked_term_is_told_as_the_usual_one() -> None:
    receipt = _receipt(sample_dossier(is_certain=False))

    assert _value(receipt, "Thời hạn giải quyết") == "thường là 3 ngày làm việc"


def test_a_note_is_printed_where_there_is_one() -> None:
    opened = msgspec.structs.replace(sample_dossier(), note="Bổ sung sau")

    assert _value(_receipt(opened), "Ghi chú") == "Bổ sung sau"
    labels = [
        each.label.text for each in _receipt(sample_dossier()).blocks if hasattr(each, "label")
    ]
    assert "Ghi chú" not in labels


def test_another_language_is_a_gloss_under_the_vietnamese() -> None:
    receipt = _receipt(sample_dossier(), language=EN)

    assert receipt.title == Line(
        "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
        "DOSSIER RECEIPT AND APPOINTMENT FOR THE RESULT",
    )
    assert receipt.version == "Mẫu 01 · phiên bản 1"
