"""What tests compare: a centre without what every commit changes, and refusals with sentences."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import msgspec
import pytest

from queue_server.core.centre import Centre
from queue_server.core.errors import QueueError


def state_of(centre: Centre) -> dict[str, Any]:
    """Everything the centre knows but offsets, the last action and the order of indexes.

    Nor the countdown to an automatic call, which undo holds.
    """
    state: dict[str, Any] = msgspec.to_builtins(centre)
    del state["offset"], state["changed_at"]
    for ticket in state["tickets"].values():
        del ticket["last_offset"]
    for counter in state["counters"].values():
        del counter["last_action"], counter["countdown_since"]
    return state


@contextmanager
def refused(error: type[QueueError], sentence: str) -> Iterator[None]:
    """Expect exactly this refusal, whose message contains the sentence."""
    with pytest.raises(error, match=re.escape(sentence)) as caught:
        yield
    assert type(caught.value) is error
    assert not caught.value.message.endswith(".")
