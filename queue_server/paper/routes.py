"""Addresses of paper: sheets as PDF for staff, previews and the page for administrators."""

import asyncio
from collections.abc import Callable
from datetime import date
from typing import cast

from sqlalchemy import Engine
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from counters.staff_page import pages_of, turned_away
from printers.day_sheet import draw_day_sheet
from printers.number_sheet import MOST, USUAL_COUNT, draw_number_sheets, numbers_for
from printers.phrases import PHRASES
from printers.sheet import Pen
from queue_server.api.access import administrator, clerk, manager, reception, require
from queue_server.api.body import convert, parse_object, read_body
from queue_server.api.state import principal_of, replica_of
from queue_server.archive.report import day_report
from queue_server.core.errors import InvalidValue
from queue_server.core.hours import local_time
from queue_server.core.identifiers import DossierCode, FieldId, FormId
from queue_server.core.paper import FORM_NEEDS, FORM_PARTS, SlipPart
from queue_server.paper.documents import form_document_of, on_sheet, receipt_of
from queue_server.paper.preview import PDF, Draft, pdf_of, preview
from queue_server.web.centre_choice import centre_of_page
from queue_server.web.i18n import translations
from queue_server.web.routes import language_of

MOST_DRAFT = 131_072
"""Bytes; a logo of the greatest size, in base64, and all texts."""


async def receipt_pdf(request: Request) -> Response:
    """The receipt of a dossier (form 01) for an office printer, `?sheet=A5` or `A4`."""
    centre = (await replica_of(request)).centre
    require(await principal_of(request), clerk, centre.id)
    code = DossierCode(request.path_params["code"])
    document = on_sheet(await receipt_of(request, centre, code), _asked_sheet(request))
    return _pdf(await asyncio.to_thread(pdf_of, document), f"receipt-{code}")


async def form_pdf(request: Request) -> Response:
    """A request for a supplement (form 02) or a refusal (form 03) of today, as PDF."""
    centre = (await replica_of(request)).centre
    require(await principal_of(request), clerk, centre.id)
    form = FormId(request.path_params["form"])
    document = on_sheet(await form_document_of(request, centre, form), _asked_sheet(request))
    return _pdf(await asyncio.to_thread(pdf_of, document), f"form-{form}")


async def day_sheet_pdf(request: Request) -> Response:
    """The sheet of a day for the file, as PDF: what happened, per field, counter, procedure."""
    centre = (await replica_of(request)).centre
    require(await principal_of(request), manager, centre.id)
    day, language = _day(request), language_of(request)
    engine = cast("Engine", request.state.engine)
    report = await asyncio.to_thread(day_report, engine, centre.id, day)
    now = request.state.clock.now()
    title = f"{translations(language).gettext('Sheet of the day')} {day:%d/%m/%Y}"
    data = await asyncio.to_thread(
        _drawn, title, language, lambda pen: draw_day_sheet(report, now, language, pen)
    )
    return _pdf(data, f"day-{centre.id}-{day}")


async def number_sheets_pdf(request: Request) -> Response:
    """Numbers for a day without the system, as PDF; `?count=50` of each field.

    They begin with the first of each series, or with `?from=next` with the one that follows the
    last that was given today. `?field=` chooses one field.
    """
    centre = (await replica_of(request)).centre
    require(await principal_of(request), reception, centre.id)
    facts, language = centre.facts, language_of(request)
    next_number = centre.next_number if request.query_params.get("from") == "next" else {}
    found = numbers_for(facts, next_number, _count(request))
    if field := request.query_params.get("field"):
        chosen = centre.field(FieldId(field)).id
        found = [each for each in found if each.field.id == chosen]
    title = translations(language).gettext("Numbers for a day without the system")
    data = await asyncio.to_thread(
        _drawn, title, language, lambda pen: draw_number_sheets(facts, found, language, pen)
    )
    return _pdf(data, f"numbers-{centre.id}")


async def preview_draft(request: Request) -> Response:
    """A paper as templates that are not saved would make it: a picture, or a PDF."""
    centre = (await replica_of(request)).centre
    require(await principal_of(request), administrator, centre.id)
    draft = convert(parse_object(await read_body(request, MOST_DRAFT)), Draft)
    now = local_time(centre.facts, request.state.clock.now())
    url = getattr(request.state, "public_url", None)
    drawn = await asyncio.to_thread(preview, draft, centre.facts, now=now, public_url=url)
    return Response(drawn.body, media_type=drawn.media_type, headers={"Cache-Control": "no-store"})


async def paper_page(request: Request) -> Response:
    """The page on which templates are seen and changed."""
    replica = await centre_of_page(request)
    centre, facts = replica.centre, replica.centre.configuration
    if answer := await turned_away(request, administrator, centre.id):
        return answer
    language = language_of(request)
    name = facts.name if facts else {}
    return pages_of(request).response(
        "paper/paper.html",
        language=language,
        boot={
            "centre": centre.id,
            "timezone": facts.timezone if facts else "Asia/Ho_Chi_Minh",
            "is_configured": facts is not None,
            "languages": facts.languages if facts else (),
            "paper_languages": tuple(PHRASES),
            "slip_parts": tuple(SlipPart),
            "form_parts": FORM_PARTS,
            "form_needs": {kind: sorted(parts) for kind, parts in FORM_NEEDS.items()},
        },
        centre_name=name.get(language) or name.get("vi", centre.id),
    )


def _drawn(title: str, language: str, draw: Callable[[Pen], None]) -> bytes:
    from printers.pdf_pen import PdfPen  # noqa: PLC0415 - slow to load, seldom needed

    pen = PdfPen("A4", title, language, "")
    draw(pen)
    return pen.finish()


def _pdf(data: bytes, name: str) -> Response:
    """The file, shown by the browser itself; it may hold a name, so no cache keeps it."""
    plain = "".join(
        sign if sign.isascii() and (sign.isalnum() or sign in "-.") else "_" for sign in name
    )
    headers = {
        "Cache-Control": "no-store",
        "Content-Disposition": f'inline; filename="{plain}.pdf"',
    }
    return Response(data, media_type=PDF, headers=headers)


def _asked_sheet(request: Request) -> str:
    sheet = request.query_params.get("sheet", "")
    if sheet.upper() not in {"", "A4", "A5"}:
        message = f"expected sheet as A4 or A5, got {sheet[:40]!r}"
        raise InvalidValue(message)
    return sheet


def _count(request: Request) -> int:
    text = request.query_params.get("count", str(USUAL_COUNT))
    if not text.isdecimal() or not 1 <= int(text[:6]) <= MOST:
        message = f"expected count as a number from 1 to {MOST}, got {text[:40]!r}"
        raise InvalidValue(message)
    return int(text)


def _day(request: Request) -> date:
    text = request.path_params["day"]
    try:
        return date.fromisoformat(text)
    except ValueError:
        message = f"expected a day like 2026-11-23, got {text!r}"
        raise InvalidValue(message) from None


CENTRE = "/api/v1/centres/{centre}"
ROUTES: list[BaseRoute] = [
    Route("/paper", paper_page, methods=["GET"]),
    Route(f"{CENTRE}/dossiers/{{code}}/receipt.pdf", receipt_pdf, methods=["GET"]),
    Route(f"{CENTRE}/forms/{{form}}.pdf", form_pdf, methods=["GET"]),
    Route(f"{CENTRE}/reports/{{day}}/sheet.pdf", day_sheet_pdf, methods=["GET"]),
    Route(f"{CENTRE}/numbers.pdf", number_sheets_pdf, methods=["GET"]),
    Route(f"{CENTRE}/paper/preview", preview_draft, methods=["POST"]),
]
