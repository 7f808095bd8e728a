"""Sheets over HTTP: for those who may have them, with what was really received or asked for."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from itertools import product
from typing import Any

import httpx2
import pytest
import zxingcpp
from PIL import Image, ImageOps
from sqlalchemy import Engine

from queue_server.core import commands as c
from queue_server.core.events import Component, DossierOpened, MissingPaper
from queue_server.core.identifiers import (
    CentreId,
    CounterId,
    DossierCode,
    ProcedureCode,
    StaffId,
    TicketId,
)
from queue_server.core.ticket import Outcome
from queue_server.intake.dossier import Person
from queue_server.intake.register import Register
from tests.support.live_servers import LiveServer
from tests.support.paper_samples import sample_logo
from tests.support.pdf_text import Pdf

BIRTH = ProcedureCode("1.001193")
FRIDAYS = DossierCode("H00.000-261120-0007")


def ask(server: LiveServer, who: str, path: str, **sent: Any) -> httpx2.Response:
    """What somebody is answered."""
    with httpx2.Client(base_url=server.url, cookies={"queue_session": who}) as client:
        address = f"/api/v1/centres/{server.centre}{path}"
        if sent:
            return client.post(address, json=sent["json"])
        return client.get(address)


def words_of(answer: httpx2.Response) -> str:
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["cache-control"] == "no-store"
    return " ".join(" ".join(Pdf(answer.content).texts()).split())


def counters(server: LiveServer) -> list[CounterId]:
    return list(server.configuration.counters)[2:6]


def accepted(server: LiveServer) -> DossierCode:
    counter = counters(server)[0]
    server.do(c.StartServing(counter=counter))
    intake = c.DossierIntake(procedure=BIRTH, components=(Component(name="Giấy chứng sinh"),))
    server.do(c.Complete(counter=counter, outcome=Outcome.DOSSIER_ACCEPTED, dossiers=(intake,)))
    (replica,) = server.core.replicas.loaded()
    return next(iter(replica.centre.dossiers))


def test_a_receipt_of_today_is_a_sheet_before_the_register_has_it(live_server: LiveServer) -> None:
    code = accepted(live_server)

    text = words_of(ask(live_server, "lan", f"/dossiers/{code}/receipt.pdf"))

    assert "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ" in text
    assert f"Mã hồ sơ: {code}" in text
    assert "1 Giấy chứng sinh bản chính 1" in text
    assert "Đăng ký khai sinh (1.001193)" in text


def test_a_receipt_of_an_earlier_day_comes_from_the_register(
    live_server: LiveServer, engine: Engine
) -> None:
    _friday(engine, live_server.centre)

    text = words_of(ask(live_server, "lan", f"/dossiers/{FRIDAYS}/receipt.pdf?sheet=A4"))

    assert f"Mã hồ sơ: {FRIDAYS}" in text
    assert "Tiếp nhận hồ sơ của: Nguyễn Văn An" in text
    assert "10 giờ 15 phút, ngày 20 tháng 11 năm 2026" in text


def test_a_dossier_of_another_centre_is_not_found(live_server: LiveServer, engine: Engine) -> None:
    _friday(engine, CentreId("elsewhere"))

    answer = ask(live_server, "lan", f"/dossiers/{FRIDAYS}/receipt.pdf")

    assert answer.status_code == 404
    assert "Nguyễn" not in answer.text


def test_forms_of_today_are_sheets_and_an_unknown_one_is_not_found(
    live_server: LiveServer,
) -> None:
    first, second = counters(live_server)[:2]
    for counter in (first, second):
        live_server.do(c.StartServing(counter=counter))
    missing = (MissingPaper(name="Giấy chứng sinh", note="thiếu dấu"),)
    live_server.do(c.Complete(counter=first, outcome=Outcome.SUPPLEMENT_NEEDED, missing=missing))
    live_server.do(c.Complete(counter=second, outcome=Outcome.REFUSED, note="Sai thẩm quyền"))

    supplement = words_of(ask(live_server, "lan", "/forms/02-261123-0001.pdf"))
    refusal = words_of(ask(live_server, "lan", "/forms/03-261123-0002.pdf?sheet=a4"))

    assert "1 Giấy chứng sinh thiếu dấu" in supplement
    assert "Lý do từ chối tiếp nhận: Sai thẩm quyền" in refusal
    assert ask(live_server, "lan", "/forms/02-1.pdf").status_code == 404


def test_numbers_for_a_dead_day_begin_with_the_first_or_with_the_next(
    live_server: LiveServer,
) -> None:
    fields = list(live_server.configuration.fields)

    whole = Pdf(ask(live_server, "lan", "/numbers.pdf?count=2").content)
    rest = Pdf(ask(live_server, "lan", "/numbers.pdf?count=2&from=next&field=civil-status").content)

    assert len(whole.pages) == len(fields)
    assert whole.texts().count("A001") == 2
    assert len(rest.pages) == 1
    assert "A001" not in rest.texts()
    assert ask(live_server, "lan", "/numbers.pdf?count=0").status_code == 422


def test_the_days_sheet_is_for_managers(live_server: LiveServer) -> None:
    path = "/reports/2026-11-23/sheet.pdf?language=en"

    assert "Sheet of the day" in words_of(ask(live_server, "minh", path))
    assert ask(live_server, "lan", path).status_code == 403
    assert ask(live_server, "minh", "/reports/today/sheet.pdf").status_code == 422


def test_who_is_not_signed_in_gets_no_paper(live_server: LiveServer) -> None:
    for path in (
        "/dossiers/x/receipt.pdf",
        "/forms/02-1.pdf",
        "/numbers.pdf",
        "/reports/2026-11-23/sheet.pdf",
    ):
        assert ask(live_server, "", path).status_code == 401


def test_the_name_on_a_form_is_no_part_of_the_journal(live_server: LiveServer) -> None:
    counter = list(live_server.configuration.counters)[7]
    live_server.do(c.TakeCounter(counter=counter, staff=StaffId("lan"), name="Lan"))
    live_server.do(c.OpenCounter(counter=counter))
    live_server.do(c.CallNext(counter=counter))
    live_server.do(c.StartServing(counter=counter))
    person = {"name": "Nguyễn Thị Ánh", "phone": "0912345678", "has_consented": True}
    form = {"reason": "Sai thẩm quyền", "basis": "Điều 4", "person": person}

    answer = ask(
        live_server,
        "lan",
        f"/counters/{counter}/complete",
        json={"outcome": "refused", "form": form},
    )

    assert answer.status_code == 201, answer.text
    assert "Nguyễn" not in answer.text
    written = next(event for event in answer.json()["events"] if event["event"] == "FormWritten")
    assert written["person"].startswith("person-")


def test_a_phone_number_is_kept_only_with_consent(live_server: LiveServer) -> None:
    counter = list(live_server.configuration.counters)[7]
    live_server.do(c.TakeCounter(counter=counter, staff=StaffId("lan"), name="Lan"))
    live_server.do(c.OpenCounter(counter=counter))
    live_server.do(c.CallNext(counter=counter))
    live_server.do(c.StartServing(counter=counter))
    person = {"name": "Nguyễn Thị Ánh", "phone": "0912345678"}

    answer = ask(
        live_server,
        "lan",
        f"/counters/{counter}/complete",
        json={"outcome": "refused", "form": {"reason": "Sai thẩm quyền", "person": person}},
    )

    assert answer.status_code == 422
    assert "has_consented" in answer.text


def test_a_sheet_of_another_size_is_refused(live_server: LiveServer) -> None:
    code = accepted(live_server)

    assert ask(live_server, "lan", f"/dossiers/{code}/receipt.pdf?sheet=A3").status_code == 422


@pytest.mark.parametrize(("size", "dots"), [("80", 576), ("58", 384)])
def test_a_draft_is_drawn_as_the_printer_would(
    live_server: LiveServer, size: str, dots: int
) -> None:
    draft = {"slips": {"ticket": {"footer": {"vi": "Cảm ơn"}}}, "logo": sample_logo(), "size": size}

    answer = ask(live_server, "admin", "/paper/preview", json=draft)

    picture = Image.open(BytesIO(answer.content))
    (code,) = zxingcpp.read_barcodes(ImageOps.expand(picture.convert("L"), 16, 255))
    assert answer.headers["content-type"] == "image/png"
    assert (picture.mode, picture.width) == ("1", dots)
    assert code.text.startswith("http://127.0.0.1/t/")


def test_every_form_is_drawn_on_every_paper(live_server: LiveServer) -> None:
    for paper, size in product(("receipt", "supplement", "refusal"), ("80", "58", "A5", "A4")):
        draft = {"paper": paper, "size": size, "language": "en"}

        answer = ask(live_server, "admin", "/paper/preview", json=draft)

        assert answer.status_code == 200
        assert Image.open(BytesIO(answer.content)).height > 500


def test_a_draft_of_a_form_is_a_pdf_too(live_server: LiveServer) -> None:
    template = {"refusal": {"version": "TNTKQ-V5.1"}}
    draft = {"paper": "refusal", "size": "A4", "format": "pdf", "documents": template}

    answer = ask(live_server, "admin", "/paper/preview", json=draft)

    assert "Mẫu 03 · phiên bản TNTKQ-V5.1" in words_of(answer)


@pytest.mark.parametrize(
    ("draft", "sentence"),
    [
        ({"logo": "AAAA"}, "logo: expected a PNG picture"),
        ({"slips": {"ticket": {"parts": ["wait"]}}}, "slips.ticket.parts: 'number' is missing"),
        ({"slips": {"ticket": {"parts": ["sum"]}}}, "invalid enum value 'sum'"),
        ({"size": "A4"}, "expected a picture of a roll"),
        ({"paper": "receipt", "size": "80", "format": "pdf"}, "got 80 as pdf"),
    ],
)
def test_a_draft_that_cannot_be_printed_is_refused_in_words(
    live_server: LiveServer, draft: dict[str, Any], sentence: str
) -> None:
    answer = ask(live_server, "admin", "/paper/preview", json=draft)

    assert answer.status_code == 422
    assert sentence.lower() in answer.json()["detail"].lower()


def test_only_administrators_try_drafts(live_server: LiveServer) -> None:
    assert ask(live_server, "minh", "/paper/preview", json={}).status_code == 403


def _friday(engine: Engine, centre: CentreId) -> None:
    at = datetime(2026, 11, 20, 3, 15, tzinfo=UTC)
    register = Register(engine)
    person = register.save_person(
        centre, Person(name="Nguyễn Văn An"), now=at, keep_for=timedelta(days=90)
    )
    opened = DossierOpened(
        code=FRIDAYS,
        ticket=TicketId("e" * 32),
        counter=CounterId("counter-6"),
        procedure=BIRTH,
        received_at=at,
        due_at=at + timedelta(days=1),
        term=None,
        person=person,
    )
    register.open_dossier(
        opened,
        centre=centre,
        day=date(2026, 11, 20),
        procedure_name="Đăng ký khai sinh",
        staff=StaffId("lan"),
    )
