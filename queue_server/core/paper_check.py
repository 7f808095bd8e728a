"""What is wrong with a centre's paper templates, each with where and why."""

import struct
import zlib
from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import Collection, Iterator, Sequence
from typing import Final

from queue_server.core.configuration import CentreConfiguration
from queue_server.core.paper import (
    FORM_NEEDS,
    FORM_PARTS,
    DocumentTemplate,
    FormKind,
    SlipPart,
    SlipTemplate,
)
from queue_server.core.paper_versions import templates_of

MOST_LOGO_BYTES: Final = 32_768
"""Of the PNG: it is part of every configuration that is kept."""
MOST_LOGO_DOTS: Final = 1_200
"""Across and down; paper shows at most a few hundred."""
MOST_PAPERS: Final = 8
LONGEST_TEXT: Final = 300
LONGEST_VERSION: Final = 20
_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_HEADER: Final = struct.Struct(">I4sII")

Problems = Iterator[tuple[str, str]]


def paper_problems(configuration: CentreConfiguration) -> Problems:
    """Problems as pairs of where and why."""
    templates = templates_of(configuration)
    if reason := logo_problem(templates.logo):
        yield "logo", reason
    yield from _slip("slips.ticket", templates.slips.ticket)
    for kind in FormKind:
        yield from _document(f"documents.{kind}", kind, templates.documents.of(kind))


def logo_problem(logo: str) -> str:
    """Why the logo cannot be printed; empty where it can, or where there is none."""
    if not logo:
        return ""
    try:
        data = b64decode(logo, validate=True)
    except (Base64Error, ValueError):
        return "expected a PNG picture in base64"
    if len(data) > MOST_LOGO_BYTES:
        return f"expected at most {MOST_LOGO_BYTES} bytes of PNG, got {len(data)}"
    return _png_problem(data)


def _png_problem(data: bytes) -> str:
    body = data[len(_SIGNATURE) :]
    if not data.startswith(_SIGNATURE) or len(body) < _HEADER.size or body[4:8] != b"IHDR":
        return "expected a PNG picture, got another file"
    _, _, across, down = _HEADER.unpack_from(body)
    if not 1 <= across <= MOST_LOGO_DOTS or not 1 <= down <= MOST_LOGO_DOTS:
        return f"expected at most {MOST_LOGO_DOTS} dots across and down, got {across} × {down}"
    return "" if _is_whole(body) else "the PNG picture is damaged: save it again"


def _is_whole(body: bytes) -> bool:
    """Whether every chunk is there, with the checksum it was written with."""
    start = 0
    while start + 12 <= len(body):
        length = int.from_bytes(body[start : start + 4], "big")
        kind, end = body[start + 4 : start + 8], start + 8 + length
        if zlib.crc32(body[start + 4 : end]) != int.from_bytes(body[end : end + 4], "big"):
            return False
        if kind == b"IEND":
            return True
        start = end + 4
    return False


def _slip(key: str, template: SlipTemplate) -> Problems:
    yield from _texts(key, template)
    yield from _parts(f"{key}.parts", template.parts, tuple(SlipPart))
    if template.parts and SlipPart.NUMBER not in template.parts:
        yield f"{key}.parts", "'number' is missing: a slip without its number is none"
    if not 0 <= template.papers_named <= MOST_PAPERS:
        got = template.papers_named
        yield f"{key}.papers_named", f"expected 0 to {MOST_PAPERS} papers, got {got}"


def _document(key: str, kind: FormKind, template: DocumentTemplate) -> Problems:
    yield from _texts(key, template)
    yield from _parts(f"{key}.parts", template.parts, FORM_PARTS[kind])
    missing = FORM_NEEDS[kind].difference(template.parts) if template.parts else ()
    for part in sorted(missing):
        yield f"{key}.parts", f"{part.value!r} is missing: the form must say it"
    if not 1 <= len(template.version.strip()) <= LONGEST_VERSION:
        got = repr(template.version)
        yield f"{key}.version", f"expected 1 to {LONGEST_VERSION} characters, got {got}"


def _parts(key: str, parts: Sequence[str], known: Collection[str]) -> Problems:
    for n, part in enumerate(parts, 1):
        if part not in known:
            names = ", ".join(known)
            yield f"{key}[{n}]", f"expected one of {names}, got {str(part)!r}"
        elif part in parts[: n - 1]:
            yield f"{key}[{n}]", f"{str(part)!r} is named twice"


def _texts(key: str, template: SlipTemplate | DocumentTemplate) -> Problems:
    for name in ("header", "footer"):
        for language, text in getattr(template, name).items():
            if len(text) > LONGEST_TEXT:
                reason = f"expected at most {LONGEST_TEXT} characters, got {len(text)}"
                yield f"{key}.{name}.{language}", reason
