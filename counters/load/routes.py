"""The address of the manager's page."""

from collections.abc import Mapping

from msgspec import Struct
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from counters.staff_page import pages_of, turned_away
from queue_server.api.access import manager
from queue_server.core.centre import Centre
from queue_server.core.configuration import Level, Texts
from queue_server.core.identifiers import CounterId, FieldId, ProcedureCode
from queue_server.web.centre_choice import centre_of_page
from queue_server.web.routes import language_of


class ProcedureName(Struct, frozen=True):
    """A procedure as the page needs it to name one."""

    code: ProcedureCode
    field: FieldId
    name: Texts


def procedure_names(centre: Centre) -> list[ProcedureName]:
    """Procedures of the centre; none while it has no configuration."""
    if centre.configuration is None:
        return []
    return [
        ProcedureName(procedure.code, procedure.field, procedure.name)
        for procedure in centre.configuration.procedures.values()
    ]


def trained_fields(centre: Centre) -> dict[CounterId, Mapping[FieldId, Level]]:
    """What the staff of each counter are trained for, as configured."""
    if centre.configuration is None:
        return {}
    return {
        counter.id: counter.trained_fields for counter in centre.configuration.counters.values()
    }


async def manager_page(request: Request) -> Response:
    """The live page; its numbers come over the socket."""
    replica = await centre_of_page(request)
    centre = replica.centre
    if answer := await turned_away(request, manager, centre.id):
        return answer
    facts = centre.configuration
    language = language_of(request)
    boot = {
        "centre": centre.id,
        "timezone": facts.timezone if facts else "Asia/Ho_Chi_Minh",
        "languages": facts.languages if facts else ("vi", "en"),
        "procedures": procedure_names(centre),
        "zones": {zone.id: zone.name for zone in facts.zones.values()} if facts else {},
        "trained": trained_fields(centre),
    }
    name = facts.name if facts else {}
    return pages_of(request).response(
        "counters/load/load.html",
        language=language,
        boot=boot,
        centre_name=name.get(language) or name.get("vi", centre.id),
    )


ROUTES: list[BaseRoute] = [Route("/manager", manager_page)]
