"""Fixed phrases on paper, one `Phrases` per language. To add a language, add one here.

Screens take their texts from gettext catalogues; paper is bilingual on one sheet, so it needs
two languages at once and takes them from here. Vietnamese is the fallback.
"""

from collections.abc import Mapping

from msgspec import Struct

from queue_server.core.configuration import TermUnit, Texts
from queue_server.core.identifiers import Language

VIETNAMESE = Language("vi")


class Phrases(Struct, frozen=True, kw_only=True):
    """Every fixed phrase in one language. Names in braces are filled in with `str.format`."""

    your_number: str
    counter: str
    priority: str
    dossiers: str
    ahead: str
    wait: str
    at_most: str
    no_counter_open: str
    may_not_be_served_today: str
    appointment: str
    papers: str
    more_papers: str
    papers_in_all: str
    follow_on_phone: str
    missed: str
    hotline: str
    reprint: str
    printed_again: str
    minutes: str
    hours: str
    hours_minutes: str
    moment: str
    weekdays: tuple[str, ...]
    """Monday first."""
    long_moment: str

    receipt_title: str
    dossier_code: str
    received_from: str
    phone: str
    procedure: str
    received_at: str
    due_at: str
    term: str
    usual_term: str
    terms: Mapping[TermUnit, str]
    sets: str
    return_by: str
    ways_of_return: Mapping[str, str]
    fee: str
    note: str
    components: str
    component_columns: tuple[str, str, str, str]
    component_kinds: Mapping[str, str]
    register: str
    submitter: str
    receiver: str
    sign: str
    bring: str

    form: str
    address: str
    dossier_of: str
    supplement_title: str
    refusal_title: str
    form_number: str
    to_complete: str
    missing_columns: tuple[str, str, str]
    reason: str
    refusal_reason: str
    basis: str
    written_at: str
    come_back: str
    look_up: str


_VI = Phrases(
    your_number="Số thứ tự của ông/bà",
    counter="Quầy {numbers}",
    priority="ƯU TIÊN · {name}",
    dossiers="{count} hồ sơ",
    ahead="Số người chờ trước",
    wait="Chờ khoảng",
    at_most="lâu nhất {time}",
    no_counter_open="Chưa có quầy mở cho thủ tục này. Vui lòng hỏi quầy hướng dẫn.",
    may_not_be_served_today="Có thể không kịp phục vụ trong hôm nay. Vui lòng hỏi quầy hướng dẫn.",
    appointment="Giờ hẹn: {time}",
    papers="Chuẩn bị sẵn giấy tờ",
    more_papers="và {count} giấy tờ khác",
    papers_in_all="{count} giấy tờ, xem trên điện thoại hoặc hỏi quầy hướng dẫn",
    follow_on_phone="Theo dõi lượt trên điện thoại",
    missed="Lỡ lượt? Báo quầy hướng dẫn trong {minutes} phút.",
    hotline="Đường dây nóng: {hotline}",
    reprint="BẢN IN LẠI",
    printed_again="In lại lúc {time}",
    minutes="{minutes} phút",
    hours="{hours} giờ",
    hours_minutes="{hours} giờ {minutes} phút",
    moment="{time} · {weekday}, {date}",
    weekdays=("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật"),
    long_moment="{at:%H} giờ {at:%M} phút, ngày {at:%d} tháng {at:%m} năm {at:%Y}",
    receipt_title="GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
    dossier_code="Mã hồ sơ",
    received_from="Tiếp nhận hồ sơ của",
    phone="Điện thoại, thư điện tử",
    procedure="Nội dung yêu cầu giải quyết",
    received_at="Thời gian nhận hồ sơ",
    due_at="Thời gian trả kết quả",
    term="Thời hạn giải quyết",
    usual_term="thường là {term}",
    terms={
        TermUnit.SAME_DAY: "trong ngày làm việc",
        TermUnit.HOURS: "{amount} giờ làm việc",
        TermUnit.WORKING_DAYS: "{amount} ngày làm việc",
        TermUnit.DAYS: "{amount} ngày",
        TermUnit.MONTHS: "{amount} tháng",
    },
    sets="Số lượng hồ sơ (bộ)",
    return_by="Hình thức nhận kết quả",
    ways_of_return={
        "counter": "Trực tiếp tại quầy trả kết quả",
        "post": "Qua dịch vụ bưu chính công ích",
        "online": "Trực tuyến",
    },
    fee="Phí, lệ phí",
    note="Ghi chú",
    components="Thành phần hồ sơ nộp gồm",
    component_columns=("TT", "Tên giấy tờ", "Loại", "SL"),
    component_kinds={
        "original": "bản chính",
        "copy": "bản sao",
        "certified_copy": "bản sao chứng thực",
        "form": "mẫu đơn",
        "shown": "xuất trình",
    },
    register="Vào Sổ theo dõi hồ sơ, quyển số ……… số thứ tự ………",
    submitter="Người nộp hồ sơ",
    receiver="Người tiếp nhận hồ sơ",
    sign="(ký, ghi rõ họ tên)",
    bring="Khi nhận kết quả, vui lòng mang theo giấy này, giấy tờ tuỳ thân,"
    " phí, lệ phí còn phải nộp và giấy uỷ quyền nếu nhận thay.",
    form="Mẫu {number} · phiên bản {version}",
    address="Địa chỉ",
    dossier_of="Hồ sơ của",
    supplement_title="PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ",
    refusal_title="PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ",
    form_number="Số",
    to_complete="Yêu cầu bổ sung, hoàn thiện những nội dung sau",
    missing_columns=("TT", "Giấy tờ, nội dung", "Cần hoàn thiện"),
    reason="Lý do",
    refusal_reason="Lý do từ chối tiếp nhận",
    basis="Căn cứ pháp lý",
    written_at="Thời gian lập phiếu",
    come_back="Khi quay lại, vui lòng mang theo phiếu này và báo quầy hướng dẫn."
    " Nếu có vướng mắc, vui lòng liên hệ với chúng tôi để được hướng dẫn.",
    look_up="Quy định về thủ tục được công khai tại Trung tâm và trên"
    " Cổng Dịch vụ công quốc gia (dichvucong.gov.vn).",
)

_EN = Phrases(
    your_number="Your number",
    counter="Counter {numbers}",
    priority="PRIORITY · {name}",
    dossiers="{count} dossiers",
    ahead="Ahead of you",
    wait="Wait about",
    at_most="at most {time}",
    no_counter_open="No counter is open for this procedure yet. Please ask at reception.",
    may_not_be_served_today="You may not be served today. Please ask at reception.",
    appointment="Appointment: {time}",
    papers="Have your papers ready",
    more_papers="and {count} more",
    papers_in_all="{count} papers: see them on your phone or ask at reception",
    follow_on_phone="Follow your turn on your phone",
    missed="Missed it? Tell reception within {minutes} minutes.",
    hotline="Hotline: {hotline}",
    reprint="COPY",
    printed_again="Printed again {time}",
    minutes="{minutes} min",
    hours="{hours} h",
    hours_minutes="{hours} h {minutes} min",
    moment="{time} · {weekday}, {date}",
    weekdays=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    long_moment="{at:%H}:{at:%M}, {at:%d}/{at:%m}/{at:%Y}",
    receipt_title="DOSSIER RECEIPT AND APPOINTMENT FOR THE RESULT",
    dossier_code="Dossier code",
    received_from="Received from",
    phone="Phone, e-mail",
    procedure="Procedure",
    received_at="Received at",
    due_at="Result due at",
    term="Term",
    usual_term="usually {term}",
    terms={
        TermUnit.SAME_DAY: "within the working day",
        TermUnit.HOURS: "{amount} working hours",
        TermUnit.WORKING_DAYS: "{amount} working days",
        TermUnit.DAYS: "{amount} days",
        TermUnit.MONTHS: "{amount} months",
    },
    sets="Sets",
    return_by="How the result is returned",
    ways_of_return={
        "counter": "at the counter for results",
        "post": "by public postal service",
        "online": "online",
    },
    fee="Fee",
    note="Note",
    components="Papers received",
    component_columns=("No.", "Paper", "Kind", "Qty"),
    component_kinds={
        "original": "original",
        "copy": "copy",
        "certified_copy": "certified copy",
        "form": "form",
        "shown": "shown",
    },
    register="Entered in the register: volume, number",
    submitter="Submitted by",
    receiver="Received by",
    sign="(signature, full name)",
    bring="Bring this receipt, your identity paper, the fee still due"
    " and a power of attorney if you come for somebody else.",
    form="Form {number} · version {version}",
    address="Address",
    dossier_of="Dossier of",
    supplement_title="REQUEST TO SUPPLEMENT A DOSSIER",
    refusal_title="REFUSAL TO RECEIVE A DOSSIER",
    form_number="No.",
    to_complete="Please add or put right the following",
    missing_columns=("No.", "Paper or content", "What to put right"),
    reason="Reason",
    refusal_reason="Reason for the refusal",
    basis="Legal basis",
    written_at="Written at",
    come_back="Bring this form when you come back, and tell reception."
    " If anything is unclear, please ask us.",
    look_up="The rules of the procedure are public at the centre and on the"
    " National Public Service Portal (dichvucong.gov.vn).",
)

PHRASES: Mapping[Language, Phrases] = {VIETNAMESE: _VI, Language("en"): _EN}
"""The languages that paper can speak."""


def phrases_for(language: Language) -> Phrases:
    """Phrases of `language`, or the Vietnamese ones."""
    return PHRASES.get(language, _VI)


def text_in(texts: Texts, language: Language) -> str:
    """The text in `language`, else in Vietnamese, else empty."""
    return texts.get(language) or texts.get(VIETNAMESE, "")
