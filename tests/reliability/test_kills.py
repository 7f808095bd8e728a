"""Whatever is killed, an acknowledged command is there, once, and no paper comes out twice.

The long form: ``python -m tests.reliability --kills 40 --seed 1``.
"""

from pathlib import Path

import pytest

from tests.reliability.chaos import Run

pytestmark = pytest.mark.redis

KILLS = 6
SEED = 82
"""Kills each part at least once, the server once: it takes longest to come back."""


async def test_nothing_is_lost_or_doubled_by_kills(tmp_path: Path) -> None:
    outcome = await Run(tmp_path, kills=KILLS, seed=SEED)()

    assert outcome.problems == []
    assert sum(outcome.kills.values()) == KILLS
    assert outcome.commits > 50, "there was no load to speak of"
