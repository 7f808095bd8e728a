"""The address of the reception's page."""

from collections.abc import Mapping

from msgspec import Struct
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from counters.staff_page import pages_of, turned_away
from queue_server.api.access import manager, reception
from queue_server.api.state import principal_of
from queue_server.core.centre import Centre
from queue_server.core.configuration import CentreConfiguration, Texts
from queue_server.core.identifiers import FieldId, PrinterId, PriorityClassId, ProcedureCode
from queue_server.web.centre_choice import centre_of_page
from queue_server.web.routes import language_of


class OfferedProcedure(Struct, frozen=True, kw_only=True):
    """A procedure as somebody looks for it, with what to bring."""

    code: ProcedureCode
    field: FieldId
    name: Texts
    synonyms: tuple[str, ...]
    papers: tuple[Texts, ...]
    """Names of the papers that are always needed."""
    fee_note: Texts


class OfferedPriority(Struct, frozen=True, kw_only=True):
    """A priority class with the rule it rests on."""

    id: PriorityClassId
    name: Texts
    basis: Texts
    proof: Texts


def boot_of(centre: Centre) -> Mapping[str, object]:
    """What the page's module starts from; little while there is no configuration."""
    facts = centre.configuration
    if facts is None:
        return {"centre": centre.id, "languages": ("vi", "en")}
    return {
        "centre": centre.id,
        "timezone": facts.timezone,
        "languages": facts.languages,
        "reception_procedure": facts.reception_procedure,
        "dossiers_per_ticket": facts.limits.dossiers_per_ticket,
        "appointment_fields": [
            field.id for field in facts.fields.values() if field.appointments_per_half_hour
        ],
        "zones": {zone.id: zone.name for zone in facts.zones.values()},
        "procedures": _procedures(facts),
        "priority_classes": _priorities(facts),
        "printers": _printers(facts),
        "kiosk_printer": facts.kiosk_printer,
    }


def _procedures(facts: CentreConfiguration) -> list[OfferedProcedure]:
    return [
        OfferedProcedure(
            code=procedure.code,
            field=procedure.field,
            name=procedure.name,
            synonyms=procedure.synonyms,
            papers=tuple(paper.name for paper in procedure.papers if paper.is_required),
            fee_note=procedure.fee_note,
        )
        for procedure in facts.procedures.values()
    ]


def _priorities(facts: CentreConfiguration) -> list[OfferedPriority]:
    return [
        OfferedPriority(id=one.id, name=one.name, basis=one.basis, proof=one.proof)
        for one in facts.priority_classes.values()
    ]


def _printers(facts: CentreConfiguration) -> dict[PrinterId, Texts]:
    return {printer.id: printer.name for printer in facts.printers.values()}


async def reception_page(request: Request) -> Response:
    """The reception's page; its lists come over the socket."""
    replica = await centre_of_page(request)
    centre = replica.centre
    if answer := await turned_away(request, reception, centre.id):
        return answer
    language = language_of(request)
    name = centre.configuration.name if centre.configuration else {}
    return pages_of(request).response(
        "counters/hall/hall.html",
        language=language,
        boot=boot_of(centre),
        is_manager=manager(await principal_of(request), centre.id),
        centre_name=name.get(language) or name.get("vi", centre.id),
    )


ROUTES: list[BaseRoute] = [Route("/reception", reception_page)]
