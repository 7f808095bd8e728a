"""Tables of procedures over HTTP: export, template, check, take into the draft."""

import asyncio
from collections.abc import Callable
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from queue_server.administration.answers import answer, asked, drafts_of, editor, state_of
from queue_server.administration.draft_routes import CONFIGURATION, version_of
from queue_server.administration.procedure_columns import headings
from queue_server.administration.procedure_import import compared, taken
from queue_server.administration.procedure_table import (
    ReadTable,
    exported,
    read_procedures,
    template,
)
from queue_server.administration.table_files import Table, csv_of, excel_of, read_table
from queue_server.administration.tree import Tree
from queue_server.api.body import MAX_CONFIGURATION, read_body
from queue_server.core.errors import InvalidValue
from queue_server.web.routes import language_of

EXCEL: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHEET: Final = "Thủ tục hành chính"


async def excel(request: Request) -> Response:
    """The draft's procedures as an Excel file, which can be changed and imported again."""
    return await _file(request, exported, "thu-tuc.xlsx")


async def comma_separated(request: Request) -> Response:
    """The draft's procedures as CSV."""
    return await _file(request, exported, "thu-tuc.csv")


async def blank(request: Request) -> Response:
    """An Excel file with the headings and one example."""
    return await _file(request, template, "mau-thu-tuc.xlsx")


async def _file(request: Request, make: Callable[[Tree], Table], name: str) -> Response:
    replica, _ = await asked(request)
    work = await drafts_of(request).read(replica)
    is_excel = name.endswith(".xlsx")
    data = await asyncio.to_thread(_excel if is_excel else _csv, make, work.tree)
    headers = {
        "Cache-Control": "no-store",
        "Content-Disposition": f'attachment; filename="{replica.centre.id}-{name}"',
    }
    media_type = EXCEL if is_excel else "text/csv; charset=utf-8"
    return Response(data, headers=headers, media_type=media_type)


def _excel(make: Callable[[Tree], Table], tree: Tree) -> bytes:
    widths = [column.width for _, column in headings(tree.get("languages", []))]
    return excel_of(make(tree), SHEET, widths)


def _csv(make: Callable[[Tree], Table], tree: Tree) -> bytes:
    return csv_of(make(tree))


async def check(request: Request) -> Response:
    """What a table would change, and what is wrong with it; nothing is changed."""
    replica, _ = await asked(request)
    data = await read_body(request, MAX_CONFIGURATION)
    work = await drafts_of(request).read(replica)
    found = await asyncio.to_thread(_compared, data, work.tree, language_of(request))
    return answer(found)


def _compared(data: bytes, tree: Tree, language: str) -> object:
    return compared(_read(data, tree), tree, language)


def _read(data: bytes, tree: Tree) -> ReadTable:
    return read_procedures(read_table(data), tree)


async def take(request: Request) -> Response:
    """Bring a table into the draft; nothing is changed where it has faults."""
    replica, principal = await asked(request)
    version = version_of(request)
    data = await read_body(request, MAX_CONFIGURATION)
    drafts, language = drafts_of(request), language_of(request)
    work = await drafts.read(replica)
    read = await asyncio.to_thread(_read, data, work.tree)
    found = await asyncio.to_thread(compared, read, work.tree, language)
    if found.faults:
        raise InvalidValue("expected a table without faults", reason="faults")
    is_removing = request.query_params.get("missing") == "remove"
    edits = await asyncio.to_thread(taken, read, work.tree, is_removing=is_removing)
    changed = await drafts.change(replica, version, edits, editor(request, principal))
    return answer(state_of(request, changed))


ROUTES: list[BaseRoute] = [
    Route(f"{CONFIGURATION}/procedures/table.xlsx", excel, methods=["GET"]),
    Route(f"{CONFIGURATION}/procedures/table.csv", comma_separated, methods=["GET"]),
    Route(f"{CONFIGURATION}/procedures/template.xlsx", blank, methods=["GET"]),
    Route(f"{CONFIGURATION}/procedures/check", check, methods=["POST"]),
    Route(f"{CONFIGURATION}/procedures/take", take, methods=["POST"]),
]
