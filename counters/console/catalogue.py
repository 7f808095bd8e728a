"""What the console's search goes through: procedures and counters, by name and number."""

from msgspec import Struct

from queue_server.core.configuration import CentreConfiguration, Texts
from queue_server.core.identifiers import CounterId, FieldId, ProcedureCode


class ListedProcedure(Struct, frozen=True):
    """A procedure a citizen may be transferred to."""

    code: ProcedureCode
    name: Texts
    field_id: FieldId
    field: Texts
    synonyms: tuple[str, ...]


class ListedCounter(Struct, frozen=True):
    """A counter a citizen may be transferred to."""

    id: CounterId
    number: str
    name: Texts


class Catalogue(Struct, frozen=True):
    """All that can be searched."""

    procedures: tuple[ListedProcedure, ...] = ()
    counters: tuple[ListedCounter, ...] = ()


def catalogue(facts: CentreConfiguration | None) -> Catalogue:
    """The catalogue of a centre; empty while it has no configuration."""
    if facts is None:
        return Catalogue()
    return Catalogue(
        tuple(
            ListedProcedure(
                procedure.code,
                procedure.name,
                procedure.field,
                facts.fields[procedure.field].name,
                procedure.synonyms,
            )
            for procedure in facts.procedures.values()
        ),
        tuple(
            ListedCounter(counter.id, counter.number, counter.name)
            for counter in facts.counters.values()
        ),
    )
