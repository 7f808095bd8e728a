"""Configurations changed while people wait."""

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec.structs import replace

from queue_server.core.configuration import CentreConfiguration, Counter
from queue_server.core.identifiers import PrinterId
from queue_server.core.printer_configuration import PrinterConfiguration

DESK = PrinterId("desk")


def without(
    configuration: CentreConfiguration,
    *,
    fields: Iterable[str] = (),
    procedures: Iterable[str] = (),
    counters: Iterable[str] = (),
) -> CentreConfiguration:
    """The configuration with some parts removed, work profiles included."""
    no_fields, no_procedures, no_counters = set(fields), set(procedures), set(counters)
    no_procedures |= {p.code for p in configuration.procedures.values() if p.field in no_fields}
    kept = _left(configuration.counters, no_counters)
    return replace(
        configuration,
        fields=_left(configuration.fields, no_fields),
        procedures=_left(configuration.procedures, no_procedures),
        counters={
            key: _serving_without(counter, no_fields, no_procedures)
            for key, counter in kept.items()
        },
    )


def with_desk_printer(configuration: CentreConfiguration) -> CentreConfiguration:
    """The configuration with a printer called ``desk``."""
    return replace(configuration, printers={DESK: PrinterConfiguration(id=DESK)})


def _left(parts: Mapping[Any, Any], gone: set[str]) -> dict[Any, Any]:
    return {key: part for key, part in parts.items() if key not in gone}


def _serving_without(counter: Counter, fields: set[str], procedures: set[str]) -> Counter:
    profile = replace(
        counter.profile,
        fields=_left(counter.profile.fields, fields),
        procedures=_left(counter.profile.procedures, procedures),
    )
    return replace(counter, profile=profile)
