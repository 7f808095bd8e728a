"""Who will still come: counted by hand."""

import pytest

from counters.estimates.expected import Mix, adjustment, expected_until, newcomers
from queue_server.core.identifiers import FieldId
from tests.support.centres import BIRTH, CIVIL, COPY

EIGHT = 8 * 3600.0
FLAT = (0.0,) * 16 + (6.0,) * 16 + (0.0,) * 16
"""Six every half hour from eight to four."""


def test_the_expected_count_is_cut_at_the_instants() -> None:
    assert expected_until(FLAT, 0, EIGHT) == 0
    assert expected_until(FLAT, 0, EIGHT + 900) == 3
    assert expected_until(FLAT, EIGHT + 900, EIGHT + 3600) == 9


def test_today_is_compared_with_fifteen_more_of_each() -> None:
    assert adjustment(FLAT, EIGHT + 3600, seen=12) == 1
    assert adjustment(FLAT, EIGHT + 3600, seen=39) == 2
    assert adjustment((0.0,) * 48, EIGHT, seen=0) == 1


def test_arrivals_are_evenly_spaced_and_end_with_the_tickets() -> None:
    coming = list(
        newcomers(
            CIVIL, FLAT, Mix.of([(BIRTH, 1.0)]), factor=1.0, now_s=EIGHT, priority_share=0,
            until_s=EIGHT + 900,
        )
    )  # fmt: skip

    assert [each.at_s - EIGHT for each in coming] == pytest.approx([150, 450, 750])
    assert {each.procedure for each in coming} == {BIRTH}
    assert not any(each.is_priority for each in coming)


def test_procedures_and_priority_come_in_their_usual_shares() -> None:
    mix = Mix.of([(BIRTH, 3.0), (COPY, 1.0)])
    coming = list(
        newcomers(
            FieldId("any"), (20.0,) * 48, mix, factor=1.0, now_s=0, priority_share=0.08,
            until_s=6 * 3600,
        )
    )  # fmt: skip

    assert len(coming) == 240
    assert sum(each.procedure == BIRTH for each in coming) == pytest.approx(180, abs=2)
    assert sum(each.is_priority for each in coming) == pytest.approx(19, abs=2)


def test_a_field_without_procedures_gets_nobody() -> None:
    empty = Mix.of([])

    assert empty.spread(3) == []
    assert not list(
        newcomers(CIVIL, FLAT, empty, factor=1, now_s=EIGHT, priority_share=0, until_s=9e4)
    )


def test_procedures_nobody_came_for_are_mixed_evenly() -> None:
    assert sorted(Mix.of([(BIRTH, 0.0), (COPY, 0.0)]).spread(2)) == sorted([BIRTH, COPY])
