"""Pictures are exactly as wide as the head, nothing is clipped, codes can be read."""

from datetime import timedelta
from io import BytesIO

import pytest
import zxingcpp
from msgspec.structs import replace
from PIL import Image, ImageChops, ImageOps

from printers.document import Document
from printers.drawing import draw, png_bytes
from printers.receipt import receipt_for
from printers.shortfall import form_for
from printers.slip import Slip, slip_for
from queue_server.core.identifiers import Language
from queue_server.core.paper import (
    DocumentTemplate,
    DocumentTemplates,
    SlipPart,
    SlipTemplate,
    SlipTemplates,
    Templates,
    TextSize,
)
from queue_server.core.ticket import Forecast, ForecastKind
from tests.support.paper_samples import (
    AT,
    ELDERLY,
    EN,
    LAND,
    PUBLIC_URL,
    TICKET,
    VI,
    sample_configuration,
    sample_dossier,
    sample_form,
    sample_logo,
    sample_ticket,
)

WIDTHS = (576, 512, 384)
DOTS_PER_MM = 203 / 25.4


def _short_slip(
    language: Language = VI,
    public_url: str | None = PUBLIC_URL,
    template: SlipTemplate | None = None,
    number: str = "A012",
) -> Slip:
    ticket = sample_ticket(language=language, number=number)
    templates = Templates(
        logo=sample_logo(), slips=SlipTemplates(ticket=template or SlipTemplate(has_logo=False))
    )
    return slip_for(
        sample_configuration(),
        ticket,
        ahead=0,
        counters=["3"],
        public_url=public_url,
        templates=templates,
    )


def _longest_slip(language: Language, copy: int = 1) -> Slip:
    ticket = sample_ticket(
        number="A1012",
        language=language,
        procedure=LAND,
        priority_class=ELDERLY,
        dossiers=20,
        appointment_at=AT + timedelta(hours=1),
        forecast=Forecast(kind=ForecastKind.RANGE, about_s=12_000, at_most_s=18_000),
    )
    counters = [str(number) for number in range(1, 60, 2)]
    url = "https://trung-tam-phuc-vu-hanh-chinh-cong.phuong-an-binh.example.gov.vn"
    return slip_for(
        sample_configuration(),
        ticket,
        ahead=1234,
        counters=counters,
        public_url=url,
        copy=copy,
        printed_at=AT,
    )


def _receipt(language: Language, templates: Templates | None = None) -> Document:
    return receipt_for(
        sample_configuration(),
        sample_dossier(procedure=LAND),
        person_name="Công Tằng Tôn Nữ Thị Nguyễn Hoàng Phương Uyên",
        phone=None,
        counter_number="3",
        language=language,
        copy=2,
        templates=templates,
    )


def _form(kind: str) -> Document:
    form = sample_form("refusal" if kind == "refusal" else "supplement")
    return form_for(
        sample_configuration(), form, person_name=None, phone=None, counter_number="3", language=EN
    )


LARGE = SlipTemplate(text_size=TextSize.LARGE)
TURNED = SlipTemplate(parts=tuple(reversed(SlipPart)), footer={"vi": "Cảm ơn"})
LOGO_ON_RECEIPT = Templates(
    logo=sample_logo(),
    documents=DocumentTemplates(
        receipt=DocumentTemplate(has_logo=True, text_size=TextSize.LARGE, header={"vi": "UBND"})
    ),
)
PAPERS: dict[str, Slip | Document] = {
    "short vi": _short_slip(),
    "short en": _short_slip(EN),
    "isolated": _short_slip(public_url=None),
    "longest vi": _longest_slip(VI),
    "longest en": _longest_slip(EN),
    "copy vi": _longest_slip(VI, copy=12),
    "copy en": _longest_slip(EN, copy=12),
    "large": _short_slip(template=LARGE),
    "turned": _short_slip(template=TURNED),
    "receipt vi": _receipt(VI),
    "receipt en": _receipt(EN, LOGO_ON_RECEIPT),
    "supplement": _form("supplement"),
    "refusal": _form("refusal"),
}
SLIPS = [name for name, paper in PAPERS.items() if isinstance(paper, Slip) and paper.qr_url]
FORMS = [name for name, paper in PAPERS.items() if isinstance(paper, Document)]


@pytest.mark.parametrize("dots", WIDTHS)
@pytest.mark.parametrize("name", PAPERS)
def test_a_picture_is_as_wide_as_the_head_and_nothing_is_clipped(name: str, dots: int) -> None:
    picture = draw(PAPERS[name], dots)

    assert (picture.mode, picture.width) == ("1", dots)
    right = picture.crop((dots - 5, 0, dots, picture.height))
    assert right.getextrema() == (255, 255)


@pytest.mark.parametrize("dots", WIDTHS)
@pytest.mark.parametrize("name", SLIPS)
def test_a_phone_reads_the_code_of_every_slip(name: str, dots: int) -> None:
    slip = PAPERS[name]
    assert isinstance(slip, Slip)

    assert _read(draw(slip, dots)) == slip.qr_url
    assert slip.qr_url is not None
    assert slip.qr_url.endswith(f"/t/{TICKET}")


@pytest.mark.parametrize("dots", WIDTHS)
@pytest.mark.parametrize("name", FORMS)
def test_the_code_of_a_form_is_its_code_or_number(name: str, dots: int) -> None:
    form = PAPERS[name]
    assert isinstance(form, Document)

    assert _read(draw(form, dots)) == form.code


def test_an_isolated_slip_has_no_code() -> None:
    assert zxingcpp.read_barcodes(draw(PAPERS["isolated"], 576).convert("L")) == []


@pytest.mark.parametrize("number", ["A012", "Đ999", "A1012", "H111"])
@pytest.mark.parametrize(
    ("dots", "dots_per_mm"), [(576, DOTS_PER_MM), (384, DOTS_PER_MM), (512, 180 / 25.4)]
)
def test_the_number_is_at_least_fifteen_millimetres_high(
    number: str, dots: int, dots_per_mm: float
) -> None:
    slip = _short_slip(public_url=None, number=number)
    only = replace(slip, parts=(SlipPart.NUMBER,), heading=replace(slip.heading, text="", small=""))

    box = ImageOps.invert(draw(only, dots).convert("L")).getbbox()

    assert box is not None
    assert (box[3] - box[1]) / dots_per_mm >= 15
    assert box[0] <= 1


def test_the_rules_stand_on_one_line_on_every_paper() -> None:
    for dots in WIDTHS:
        for language in (VI, EN):
            with_rules, without = (
                _height(language, dots, (SlipPart.NUMBER, *more))
                for more in ((SlipPart.RULES,), ())
            )
            assert with_rules - without < 60


def _height(language: Language, dots: int, parts: tuple[SlipPart, ...]) -> int:
    return draw(replace(_short_slip(language), parts=parts), dots).height


def test_what_a_centre_leaves_out_is_not_printed() -> None:
    short = draw(_short_slip(template=SlipTemplate(parts=(SlipPart.NUMBER, SlipPart.PLACE))), 576)

    assert short.height < draw(PAPERS["short vi"], 576).height / 2
    assert zxingcpp.read_barcodes(short.convert("L")) == []


def test_larger_letters_take_more_paper_and_leave_the_number_as_it_is() -> None:
    normal, large = PAPERS["short vi"], PAPERS["large"]
    assert isinstance(normal, Slip)
    assert isinstance(large, Slip)

    assert draw(large, 576).height > draw(normal, 576).height
    no_heading = replace(normal, parts=(SlipPart.NUMBER,), heading=replace(normal.heading, text=""))
    large_one = replace(no_heading, scale=large.scale)
    assert draw(no_heading, 576).tobytes() == draw(large_one, 576).tobytes()


def test_a_logo_stands_at_the_left_of_the_name() -> None:
    without, with_logo = (
        draw(_short_slip(template=SlipTemplate(has_logo=has_logo)), 576)
        for has_logo in (False, True)
    )

    first = with_logo.crop((0, 0, 190, 90)).convert("L")
    assert ImageChops.invert(first).getbbox() is not None
    assert with_logo.height > without.height


def test_a_logo_that_cannot_be_read_is_left_out() -> None:
    slip = replace(_short_slip(), logo="AAAA")

    assert draw(slip, 576).tobytes() == draw(_short_slip(), 576).tobytes()


def test_a_reprint_says_so_first_or_above_its_number() -> None:
    again = replace(_short_slip(), reprint="BẢN IN LẠI / COPY 2")
    moved = replace(again, parts=(SlipPart.NUMBER, SlipPart.PLACE))

    for slip in (again, moved):
        top = draw(slip, 576).crop((0, 0, 576, 30)).convert("L")
        assert sum(top.histogram()[:128]) > 576 * 10


def test_a_png_holds_the_same_dots() -> None:
    picture = draw(PAPERS["short vi"], 384)

    again = Image.open(BytesIO(png_bytes(picture)))

    assert again.tobytes() == picture.tobytes()


def _read(picture: Image.Image) -> str:
    """What a camera reads; the paper around the printed width is white."""
    (code,) = zxingcpp.read_barcodes(ImageOps.expand(picture.convert("L"), 16, 255))
    return code.text
