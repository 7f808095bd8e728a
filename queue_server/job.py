"""Work for a queue, as a value whose id is taken once."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from msgspec import Struct


class Job(Struct, frozen=True, kw_only=True):
    """Work for one queue. `id` is taken once; `arguments` are plain values."""

    queue: str
    function: str
    """Name of a function in `queue_server.jobs`."""
    id: str
    arguments: tuple[str | int, ...]


def job_id(kind: str, centre: str, subject: str, step: int | str) -> str:
    """An id of the characters that the queue takes."""
    text = f"{kind}-{centre}-{subject}-{step}"
    return "".join(char if char.isalnum() or char in "-_" else "_" for char in text)


def steps_passed(pauses_s: Sequence[int], since: datetime, now: datetime) -> int:
    """How many of the pauses, one after another, have passed."""
    passed, end = 0, since
    for pause_s in pauses_s:
        end += timedelta(seconds=pause_s)
        if now < end:
            break
        passed += 1
    return passed
