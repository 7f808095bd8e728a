"""The procedures of a centre as citizens read them: papers, terms, fee note. Public."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import asdict

from displays.kiosk.alike import alike, hint_of
from displays.kiosk.search import Hit
from queue_server.core.configuration import (
    CentreConfiguration,
    PaperItem,
    Procedure,
    Term,
    Texts,
)
from queue_server.core.identifiers import FieldId, ProcedureCode


class ProcedureEntry(Struct, frozen=True, kw_only=True):
    """One procedure. A term with `is_certain` false is said with "usually"."""

    code: ProcedureCode
    field: FieldId
    name: Texts
    synonyms: tuple[str, ...]
    papers: tuple[PaperItem, ...]
    terms: tuple[Term, ...]
    """Empty: not known here, ask at the counter."""
    fee_note: Texts
    fee_exemption: Texts
    opens_dossier: bool
    hint: Texts
    """When it is the right one among its siblings; empty where there is none."""


class FoundProcedure(ProcedureEntry, frozen=True, kw_only=True):
    """A procedure that a search found."""

    is_alike: bool
    """One of several that fit as well as the first: ask which one is meant."""


def procedures_in_force(facts: CentreConfiguration, today: date) -> Iterator[Procedure]:
    """Procedures for which a number may be taken on that date."""
    for procedure in facts.procedures.values():
        is_early = procedure.valid_from is not None and today < procedure.valid_from
        is_late = procedure.valid_until is not None and today > procedure.valid_until
        if not is_early and not is_late:
            yield procedure


def entry_of(procedure: Procedure) -> ProcedureEntry:
    """The procedure without what only the queue needs."""
    return ProcedureEntry(
        code=procedure.code,
        field=procedure.field,
        name=procedure.name,
        synonyms=procedure.synonyms,
        papers=procedure.papers,
        terms=procedure.terms,
        fee_note=procedure.fee_note,
        fee_exemption=procedure.fee_exemption,
        opens_dossier=procedure.opens_dossier,
        hint=hint_of(procedure.code),
    )


def found_of(
    hits: Sequence[Hit], procedures: Mapping[ProcedureCode, Procedure]
) -> list[FoundProcedure]:
    """The procedures that were found, best first."""
    asked = alike(hits, procedures)
    return [
        FoundProcedure(**asdict(entry_of(procedures[hit.code])), is_alike=hit.code in asked)
        for hit in hits
    ]
