"""Where the parts of a configuration are written: keys as in a centre file, and all its texts."""

import json
import re
from collections.abc import Iterator
from typing import Final

from queue_server.core.configuration import CentreConfiguration, Procedure, Texts
from queue_server.core.paper import DocumentTemplate, FormKind, SlipTemplate, Templates
from queue_server.core.paper_versions import templates_of

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


_NAMED: Final = {
    "zones": True,
    "fields": True,
    "priority_classes": True,
    "counters": False,
    "printers": False,
    "boards": False,
    "kiosks": False,
}
"""Parts whose entries have a name, and whether they must."""


def texts_of(c: CentreConfiguration) -> Iterator[tuple[str, Texts, bool]]:
    """Every text of a configuration: where it is written, the text, whether it must be there."""
    yield "name", c.name, True
    yield "address", c.address, False
    for part, is_needed in _NAMED.items():
        for key, named in getattr(c, part).items():
            yield key_path(part, key, "name"), named.name, is_needed
    for procedure in c.procedures.items():
        yield from _procedure_texts(*procedure)
    for class_id, priority in c.priority_classes.items():
        yield key_path("priority_classes", class_id, "basis"), priority.basis, True
        yield key_path("priority_classes", class_id, "proof"), priority.proof, False
    for part in ("pause_reasons", "park_reasons"):
        for reason, texts in getattr(c, part).items():
            yield key_path(part, reason), texts, True
    for n, notice in enumerate(c.notices, 1):
        yield key_path("notices", n), notice, True
    yield from _paper_texts(templates_of(c))


def _paper_texts(templates: Templates) -> Iterator[tuple[str, Texts, bool]]:
    papers: dict[str, SlipTemplate | DocumentTemplate]
    papers = {f"documents.{kind}": templates.documents.of(kind) for kind in FormKind}
    for key, template in {"slips.ticket": templates.slips.ticket, **papers}.items():
        yield f"{key}.header", template.header, False
        yield f"{key}.footer", template.footer, False


def _procedure_texts(code: str, procedure: Procedure) -> Iterator[tuple[str, Texts, bool]]:
    yield key_path("procedures", code, "name"), procedure.name, True
    yield key_path("procedures", code, "fee_note"), procedure.fee_note, False
    yield key_path("procedures", code, "fee_exemption"), procedure.fee_exemption, False
    for n, paper in enumerate(procedure.papers, 1):
        key = ("procedures", code, "papers", n)
        yield key_path(*key, "name"), paper.name, True
        yield key_path(*key, "if_missing"), paper.if_missing, False
    for n, term in enumerate(procedure.terms, 1):
        yield key_path("procedures", code, "terms", n, "case"), term.case, False
