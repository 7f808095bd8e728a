"""A centre, tickets and a dossier to print, short and as long as they come."""

from base64 import b64encode
from datetime import UTC, datetime
from io import BytesIO
from typing import Literal

from PIL import Image, ImageDraw

from queue_server.core.configuration import (
    CentreConfiguration,
    Field,
    OpeningHours,
    PaperItem,
    PriorityClass,
    Procedure,
    Series,
    Term,
    TermUnit,
    Zone,
)
from queue_server.core.events import Component, DossierOpened, FormWritten, MissingPaper
from queue_server.core.identifiers import (
    CentreId,
    CounterId,
    DossierCode,
    FieldId,
    FormId,
    Language,
    PriorityClassId,
    ProcedureCode,
    TicketId,
    TicketNumber,
    ZoneId,
)
from queue_server.core.ticket import Channel, Forecast, ForecastKind, Ticket, TicketState

VI, EN = Language("vi"), Language("en")
AT = datetime(2026, 11, 23, 1, 41, tzinfo=UTC)
"""Monday 08:41 in Vietnam."""
PUBLIC_URL = "https://motcua.anbinh.gov.vn"
BIRTH, LAND = ProcedureCode("1.001193"), ProcedureCode("1.012783")
CIVIL, HALL, ELDERLY = FieldId("civil"), ZoneId("hall"), PriorityClassId("elderly")
TICKET = TicketId("0123456789abcdef0123456789abcdef")

LONG_VI = (
    "Đăng ký biến động quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất trong các"
    " trường hợp giải quyết tranh chấp, khiếu nại, tố cáo về đất đai"
)
LONG_EN = (
    "Registration of changes in land use rights and ownership of property attached to land"
    " upon settlement of disputes, complaints and denunciations"
)


def sample_configuration() -> CentreConfiguration:
    return CentreConfiguration(
        id=CentreId("an-binh"),
        name={
            "vi": "Trung tâm Phục vụ hành chính công phường An Bình",
            "en": "An Binh Ward Public Service Centre",
        },
        address={"vi": "12 Nguyễn Trãi, phường An Bình"},
        hotline="1900 1234",
        hours=OpeningHours(weekdays={}),
        zones={HALL: Zone(id=HALL, name={"vi": "Tầng 1", "en": "Floor 1"})},
        fields={
            CIVIL: Field(id=CIVIL, name={"vi": "Hộ tịch"}, series=Series(letter="A"), zone=HALL)
        },
        procedures={BIRTH: _birth(), LAND: _land()},
        counters={},
        priority_classes={
            ELDERLY: PriorityClass(
                id=ELDERLY, name={"vi": "Người cao tuổi", "en": "Elderly people"}, basis={}
            )
        },
    )


def _birth() -> Procedure:
    return Procedure(
        code=BIRTH,
        field=CIVIL,
        name={"vi": "Đăng ký khai sinh", "en": "Birth registration"},
        papers=(
            PaperItem(name={"vi": "Tờ khai đăng ký khai sinh", "en": "Application form"}),
            PaperItem(name={"vi": "Giấy chứng sinh", "en": "Certificate of birth"}),
            PaperItem(name={"vi": "Giấy uỷ quyền"}, is_required=False),
        ),
        fee_note={"vi": "Miễn lệ phí khi đăng ký đúng hạn"},
    )


def _land() -> Procedure:
    paper = "Văn bản thoả thuận về việc chuyển nhượng, thừa kế, tặng cho quyền sử dụng đất"
    return Procedure(
        code=LAND,
        field=CIVIL,
        name={"vi": LONG_VI, "en": LONG_EN},
        papers=tuple(PaperItem(name={"vi": f"{paper} ({n})"}) for n in range(1, 7)),
    )


def sample_ticket(  # noqa: PLR0913 - a builder
    *,
    number: str = "A012",
    procedure: ProcedureCode = BIRTH,
    language: Language = VI,
    forecast: Forecast | None = None,
    priority_class: PriorityClassId | None = None,
    dossiers: int = 1,
    appointment_at: datetime | None = None,
) -> Ticket:
    return Ticket(
        id=TICKET,
        number=TicketNumber(number),
        sequence=1,
        field=CIVIL,
        procedure=procedure,
        state=TicketState.WAITING,
        language=language,
        channel=Channel.KIOSK,
        issued_at=AT,
        first_queued_at=AT,
        queued_at=AT,
        wait_began_at=AT,
        forecast=forecast or Forecast(kind=ForecastKind.RANGE, about_s=1500, at_most_s=2400),
        priority_class=priority_class,
        dossiers=dossiers,
        appointment_at=appointment_at,
    )


def sample_dossier(
    *, procedure: ProcedureCode = BIRTH, is_certain: bool = True, has_term: bool = True
) -> DossierOpened:
    term = Term(unit=TermUnit.WORKING_DAYS, amount=3, is_certain=is_certain)
    return DossierOpened(
        code=DossierCode("H26.12-261123-0012"),
        ticket=TICKET,
        counter=CounterId("counter-3"),
        procedure=procedure,
        received_at=AT,
        due_at=datetime(2026, 11, 26, 10, 0, tzinfo=UTC) if has_term else None,
        term=term if has_term else None,
        components=(
            Component(name="Tờ khai đăng ký khai sinh", kind="form"),
            Component(name="Giấy chứng sinh", copies=2),
        ),
    )


def sample_form(kind: Literal["supplement", "refusal"] = "supplement") -> FormWritten:
    is_supplement = kind == "supplement"
    papers = (
        MissingPaper(name="Giấy chứng sinh"),
        MissingPaper(name="Giấy chứng nhận kết hôn của cha mẹ", note="bản sao chứng thực"),
    )
    return FormWritten(
        form=FormId("02-261123-0007" if is_supplement else "03-261123-0008"),
        kind=kind,
        ticket=TICKET,
        counter=CounterId("counter-3"),
        procedure=BIRTH,
        written_at=AT,
        papers=papers if is_supplement else (),
        reason="Chưa có bản chính để đối chiếu" if is_supplement else "Không thuộc thẩm quyền",
        basis="Điều 16 Luật Hộ tịch",
    )


def sample_logo(across: int = 300, down: int = 120) -> str:
    """A black ring on nothing, as a PNG in base64."""
    picture = Image.new("RGBA", (across, down), (0, 0, 0, 0))
    ImageDraw.Draw(picture).ellipse((4, 4, across - 5, down - 5), outline="black", width=14)
    file = BytesIO()
    picture.save(file, "PNG")
    return b64encode(file.getvalue()).decode()
