"""One what-if in its own process: the question on stdin, the comparison on stdout, both JSON.

A process, because the simulation keeps a processor busy for seconds and the server must not wait.
Exit status 1 with the refusal on stdout when a change cannot be understood or made.
"""

import os
import sys
from datetime import datetime

import msgspec
from msgspec import Struct

from counters.rebalancing.what_if import what_if
from queue_server.core.centre import Centre
from queue_server.core.errors import InvalidValue

REFUSED = 1
NICENESS = 5
"""Whoever calls a ticket goes before whoever asks what if."""


class Question(Struct, kw_only=True):
    """What is asked."""

    centre: Centre
    changes: tuple[str, ...]
    now: datetime
    days: int


def main() -> int:
    """Answer the question on stdin; the exit status."""
    os.nice(NICENESS)
    question = msgspec.json.decode(sys.stdin.buffer.read(), type=Question)
    try:
        answer = what_if(question.centre, question.changes, question.now, question.days)
    except InvalidValue as error:
        refusal = {"message": error.message, "facts": error.facts}
        sys.stdout.buffer.write(msgspec.json.encode(refusal))
        return REFUSED
    sys.stdout.buffer.write(msgspec.json.encode(answer))
    return 0


if __name__ == "__main__":
    sys.exit(main())
