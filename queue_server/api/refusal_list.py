"""Every refusal that is answered over HTTP, from the classes themselves, for page and reference."""

import inspect
import re
from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from queue_server.api.problems import status_of
from queue_server.core.errors import QueueError

ANSWERING: Final = (
    "queue_server.core.errors",
    "queue_server.api",
    "queue_server.accounts",
    "queue_server.archive.database",
)


class AnsweredRefusal(Struct, frozen=True):
    """One code with its status and its meaning."""

    code: str
    status: int
    meaning: str


OF_THE_INTERFACE: Final = (
    AnsweredRefusal("behind", 503, "A query asked for an offset that was not reached within 1 s."),
    AnsweredRefusal("fault", 500, "Something unexpected; the server's log has the details."),
    AnsweredRefusal("method_not_allowed", 405, "The address exists, the method does not."),
    AnsweredRefusal("not_found", 404, "The address does not exist."),
)
"""Codes that are no refusal of a rule."""


def answered_refusals() -> list[AnsweredRefusal]:
    """Those of rules, by code."""
    found = {
        error.code: AnsweredRefusal(
            error.code, int(status_of(error.__new__(error))), meaning_of(error)
        )
        for error in _descendants(QueueError)
        if "code" in vars(error) and is_answered(error)
    }
    return [found[code] for code in sorted(found)]


def is_answered(error: type[QueueError]) -> bool:
    """Whether it may be the answer to a request; others stop a start or a job."""
    return error.__module__.startswith(ANSWERING)


def meaning_of(documented: object) -> str:
    """The docstring up to its sections, on one line."""
    text = inspect.getdoc(documented) or ""
    kept = re.split(r"\n\n?(?:Raises|Args|Returns|Attributes):\n", text)[0]
    return " ".join(kept.replace("``", "`").split())


def _descendants(error: type[QueueError]) -> Iterator[type[QueueError]]:
    yield error
    for child in error.__subclasses__():
        yield from _descendants(child)
