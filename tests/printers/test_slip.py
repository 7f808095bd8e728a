"""A slip says where to go and what to know, in the citizen's language first."""

from collections.abc import Sequence
from datetime import timedelta

import msgspec
import pytest

from printers.line import Line
from printers.slip import Fact, Slip, slip_for
from queue_server.core.configuration import CentreConfiguration
from queue_server.core.ticket import Forecast, ForecastKind, Ticket
from tests.support.paper_samples import (
    AT,
    ELDERLY,
    EN,
    LAND,
    LONG_EN,
    LONG_VI,
    PUBLIC_URL,
    TICKET,
    sample_configuration,
    sample_ticket,
)


def _slip(
    ticket: Ticket,
    *,
    configuration: CentreConfiguration | None = None,
    counters: Sequence[str] = ("3", "4"),
    public_url: str | None = PUBLIC_URL,
    copy: int = 1,
) -> Slip:
    return slip_for(
        configuration or sample_configuration(),
        ticket,
        ahead=7,
        counters=counters,
        public_url=public_url,
        copy=copy,
        printed_at=AT + timedelta(minutes=20),
    )


def test_a_vietnamese_slip_speaks_vietnamese_alone() -> None:
    slip = _slip(sample_ticket())

    assert slip.heading == Line("Số thứ tự của ông/bà")
    assert slip.number == "A012"
    assert slip.procedure == Line("Đăng ký khai sinh")
    assert slip.counters == Line("Quầy 3, 4")
    assert slip.zone == Line("Tầng 1")
    assert slip.issued == "08:41 · Thứ Hai, 23/11/2026"
    assert slip.reprint == ""


def test_an_english_slip_repeats_in_small_vietnamese() -> None:
    slip = _slip(sample_ticket(language=EN, procedure=LAND))

    assert slip.heading == Line("Your number", "Số thứ tự của ông/bà")
    assert slip.procedure == Line(LONG_EN, LONG_VI)
    assert slip.counters == Line("Counter 3, 4", "Quầy 3, 4")
    assert slip.centre == ("An Binh Ward Public Service Centre",)


def test_a_slip_in_a_language_paper_cannot_speak_is_vietnamese() -> None:
    assert _slip(sample_ticket(language="lo")) == _slip(sample_ticket())  # type: ignore[arg-type]


def test_tells_people_ahead_and_the_wait_as_about_and_at_most() -> None:
    slip = _slip(sample_ticket())

    assert slip.facts == (
        Fact(Line("Chờ khoảng"), "25 phút", "lâu nhất 40 phút"),
        Fact(Line("Số người chờ trước"), "7"),
    )
    assert slip.warning == Line("")


def test_at_most_is_left_out_where_it_says_the_same() -> None:
    forecast = Forecast(kind=ForecastKind.RANGE, about_s=500, at_most_s=590)

    slip = _slip(sample_ticket(forecast=forecast))

    assert slip.facts[0] == Fact(Line("Chờ khoảng"), "10 phút")


def test_almost_no_wait_is_told_as_on_the_screens() -> None:
    forecast = Forecast(kind=ForecastKind.RANGE, about_s=60, at_most_s=200)

    slip = _slip(sample_ticket(forecast=forecast))

    assert slip.facts[0] == Fact(Line("Chờ khoảng"), "0–5 phút")


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (ForecastKind.NO_COUNTER_OPEN, "Chưa có quầy mở"),
        (ForecastKind.MAY_NOT_BE_SERVED_TODAY, "Có thể không kịp"),
    ],
)
def test_says_why_no_wait_can_be_told(kind: ForecastKind, words: str) -> None:
    slip = _slip(sample_ticket(forecast=Forecast(kind=kind)))

    assert len(slip.facts) == 1
    assert slip.warning.text.startswith(words)


def test_without_a_forecast_nothing_is_said_of_the_wait() -> None:
    ticket = msgspec.structs.replace(sample_ticket(), forecast=None)

    slip = _slip(ticket)

    assert len(slip.facts) == 1
    assert slip.warning == Line("")


def test_names_priority_dossiers_and_appointment_where_there_are_any() -> None:
    slip = _slip(sample_ticket(priority_class=ELDERLY, dossiers=3, appointment_at=AT))

    assert slip.priority == Line("ƯU TIÊN · Người cao tuổi")
    assert slip.details == (Line("Giờ hẹn: 08:41"), Line("3 hồ sơ"))


def test_names_required_papers_and_counts_the_rest() -> None:
    few, many = _slip(sample_ticket()), _slip(sample_ticket(procedure=LAND))

    assert few.papers == ("Tờ khai đăng ký khai sinh", "Giấy chứng sinh")
    assert few.more_papers == ""
    assert len(many.papers) == 3
    assert many.more_papers == "và 3 giấy tờ khác"


def test_the_code_leads_to_the_tickets_page() -> None:
    assert _slip(sample_ticket()).qr_url == f"{PUBLIC_URL}/t/{TICKET}"
    assert _slip(sample_ticket(), public_url=f"{PUBLIC_URL}/").qr_url == f"{PUBLIC_URL}/t/{TICKET}"


def test_an_isolated_network_has_no_code() -> None:
    assert _slip(sample_ticket(), public_url=None).qr_url is None


def test_a_later_copy_is_marked_as_reprint() -> None:
    assert _slip(sample_ticket(), copy=2).reprint == "BẢN IN LẠI / COPY 2"


@pytest.mark.parametrize("kind", ForecastKind)
def test_a_copy_says_when_it_was_printed_and_nothing_of_a_wait_foreseen_before(
    kind: ForecastKind,
) -> None:
    ticket = sample_ticket(forecast=Forecast(kind=kind, about_s=1500, at_most_s=2400))

    first, copy = _slip(ticket), _slip(ticket, copy=2)

    assert first.facts or first.warning.text
    assert first.printed_again == ""
    assert (copy.facts, copy.warning) == ((), Line(""))
    assert copy.printed_again == "In lại lúc 09:01 / Printed again 09:01"
    assert copy.issued == first.issued == "08:41 · Thứ Hai, 23/11/2026"


def test_a_ticket_outlives_what_it_was_issued_for() -> None:
    bare = msgspec.structs.replace(
        sample_configuration(), procedures={}, fields={}, priority_classes={}, hotline=""
    )

    slip = _slip(sample_ticket(priority_class=ELDERLY), configuration=bare, counters=())

    assert slip.number == "A012"
    assert slip.procedure == slip.counters == slip.zone == Line("")
    assert slip.priority == Line("ƯU TIÊN")
    assert slip.papers == ()
    assert slip.footer == ()
