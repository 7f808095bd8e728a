"""Pictures are exactly as wide as the head, nothing is clipped, codes can be read."""

from datetime import timedelta
from io import BytesIO

import pytest
import zxingcpp
from PIL import Image

from printers.drawing import draw, png_bytes
from printers.receipt import Receipt, receipt_for
from printers.slip import Slip, slip_for
from queue_server.core.identifiers import Language
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
    sample_ticket,
)

WIDTHS = (576, 512, 384)


def _short_slip(language: Language = VI, public_url: str | None = PUBLIC_URL) -> Slip:
    ticket = sample_ticket(language=language)
    configuration = sample_configuration()
    return slip_for(configuration, ticket, ahead=0, counters=["3"], public_url=public_url)


def _longest_slip(language: Language) -> Slip:
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
        sample_configuration(), ticket, ahead=1234, counters=counters, public_url=url, copy=12
    )


def _receipt(language: Language) -> Receipt:
    return receipt_for(
        sample_configuration(),
        sample_dossier(procedure=LAND),
        person_name="Công Tằng Tôn Nữ Thị Nguyễn Hoàng Phương Uyên",
        phone=None,
        counter_number="3",
        language=language,
        copy=2,
    )


PAPERS: dict[str, Slip | Receipt] = {
    "short vi": _short_slip(),
    "short en": _short_slip(EN),
    "isolated": _short_slip(public_url=None),
    "longest vi": _longest_slip(VI),
    "longest en": _longest_slip(EN),
    "receipt vi": _receipt(VI),
    "receipt en": _receipt(EN),
}


@pytest.mark.parametrize("dots", WIDTHS)
@pytest.mark.parametrize("name", PAPERS)
def test_a_picture_is_as_wide_as_the_head_with_white_margins(name: str, dots: int) -> None:
    picture = draw(PAPERS[name], dots)

    assert (picture.mode, picture.width) == ("1", dots)
    for edge in ((0, 0, 6, picture.height), (dots - 6, 0, dots, picture.height)):
        assert picture.crop(edge).getextrema() == (255, 255)


@pytest.mark.parametrize("dots", WIDTHS)
@pytest.mark.parametrize("name", ["short vi", "short en", "longest vi", "longest en"])
def test_a_phone_reads_the_code_of_a_slip(name: str, dots: int) -> None:
    slip = PAPERS[name]
    assert isinstance(slip, Slip)

    assert _read(draw(slip, dots)) == slip.qr_url
    assert slip.qr_url is not None
    assert slip.qr_url.endswith(f"/t/{TICKET}")


@pytest.mark.parametrize("dots", WIDTHS)
def test_the_code_of_a_receipt_is_the_dossier_code(dots: int) -> None:
    assert _read(draw(PAPERS["receipt vi"], dots)) == "H26.12-261123-0012"


def test_an_isolated_slip_has_no_code() -> None:
    assert zxingcpp.read_barcodes(draw(PAPERS["isolated"], 576).convert("L")) == []


def test_the_number_is_the_largest_thing_on_a_slip() -> None:
    slip = _short_slip(public_url=None)

    rows = [sum(row) for row in _ink(draw(slip, 576))]

    heavy = [index for index, ink in enumerate(rows) if ink > 100]
    assert len(heavy) > 100


def test_a_png_holds_the_same_dots() -> None:
    picture = draw(PAPERS["short vi"], 384)

    again = Image.open(BytesIO(png_bytes(picture)))

    assert again.tobytes() == picture.tobytes()


def _read(picture: Image.Image) -> str:
    (code,) = zxingcpp.read_barcodes(picture.convert("L"))
    return code.text


def _ink(picture: Image.Image) -> list[list[int]]:
    dots = picture.convert("L").point(lambda grey: grey == 0)
    data = dots.tobytes()
    return [
        list(data[start : start + picture.width]) for start in range(0, len(data), picture.width)
    ]
