"""Where the parts of a configuration are written: keys as in a centre file, and all its texts."""

import json
import re
from collections.abc import Iterator
from typing import Final

from queue_server.core.configuration import CentreConfiguration, Procedure, Texts

_BARE_KEY: Final = re.compile(r"[A-Za-z0-9_-]+")


def key_path(*parts: str | int) -> str:
    """Where something is written, as in a centre file: names joined by dots, ``[n]`` for lists."""
    path = ""
    for part in parts:
        if isinstance(part, int):
            path += f"[{part}]"
            continue
        name = part if _BARE_KEY.fullmatch(part) else quoted(part)
        path += f".{name}" if path else name
    return path


def quoted(text: str) -> str:
    """A text as TOML has it in quotes; JSON escapes the same way but for DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def texts_of(c: CentreConfiguration) -> Iterator[tuple[str, Texts, bool]]:
    """Every text of a configuration: where it is written, the text, whether it must be there."""
    yield "name", c.name, True
    yield "address", c.address, False
    for zone_id, zone in c.zones.items():
        yield key_path("zones", zone_id, "name"), zone.name, True
    for field_id, field in c.fields.items():
        yield key_path("fields", field_id, "name"), field.name, True
    for procedure in c.procedures.items():
        yield from _procedure_texts(*procedure)
    for counter_id, counter in c.counters.items():
        yield key_path("counters", counter_id, "name"), counter.name, False
    for class_id, priority in c.priority_classes.items():
        yield key_path("priority_classes", class_id, "name"), priority.name, True
        yield key_path("priority_classes", class_id, "basis"), priority.basis, True
        yield key_path("priority_classes", class_id, "proof"), priority.proof, False
    for printer_id, printer in c.printers.items():
        yield key_path("printers", printer_id, "name"), printer.name, False
    for board_id, board in c.boards.items():
        yield key_path("boards", board_id, "name"), board.name, False
    for reason, texts in c.pause_reasons.items():
        yield key_path("pause_reasons", reason), texts, True
    for reason, texts in c.park_reasons.items():
        yield key_path("park_reasons", reason), texts, True
    for n, notice in enumerate(c.notices, 1):
        yield key_path("notices", n), notice, True


def _procedure_texts(code: str, procedure: Procedure) -> Iterator[tuple[str, Texts, bool]]:
    yield key_path("procedures", code, "name"), procedure.name, True
    yield key_path("procedures", code, "fee_note"), procedure.fee_note, False
    for n, paper in enumerate(procedure.papers, 1):
        yield key_path("procedures", code, "papers", n, "name"), paper.name, True
    for n, term in enumerate(procedure.terms, 1):
        yield key_path("procedures", code, "terms", n, "case"), term.case, False
