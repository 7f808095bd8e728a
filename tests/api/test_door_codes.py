"""The code at the door changes, cannot be forged, and is exchanged for a pass for one number."""

from datetime import timedelta

import pytest

from queue_server.api.door_codes import (
    PASS_LIFE,
    door_code,
    fresh_slot,
    new_pass,
    read_pass,
    slot_ends,
    slot_of,
    ticket_of,
)
from queue_server.core.identifiers import CentreId
from tests.support.centres import MORNING

KEY, OTHER = b"a" * 32, b"b" * 32
HERE, THERE = CentreId("an-binh"), CentreId("an-phu")
EVERY_S = 30
SLOT = slot_of(MORNING, EVERY_S)
NONCE = "0f" * 16


def later(seconds: float) -> timedelta:
    return timedelta(seconds=seconds)


def test_a_code_is_good_until_its_successor_is_replaced() -> None:
    code = door_code(KEY, HERE, SLOT)
    begins = slot_ends(SLOT - 1, EVERY_S)

    found = [
        fresh_slot(KEY, HERE, code, begins + later(seconds), EVERY_S)
        for seconds in (-1, 0, 29, 59, 60)
    ]

    assert found == [None, SLOT, SLOT, SLOT, None]


def test_the_next_slot_has_another_code() -> None:
    assert door_code(KEY, HERE, SLOT) != door_code(KEY, HERE, SLOT + 1)
    assert slot_ends(SLOT, EVERY_S) == slot_ends(SLOT - 1, EVERY_S) + later(EVERY_S)


@pytest.mark.parametrize(
    "code",
    [
        "",
        ".",
        "x",
        f"{SLOT:x}.",
        f"{SLOT:x}.AAAAAAAAAAAAAAAAAAAA",
        f"{SLOT:X}.é",
        "-1.AAAAAAAAAAAAAAAAAAAA",
        "f" * 500,
        door_code(KEY, THERE, SLOT),
        door_code(OTHER, HERE, SLOT),
        door_code(KEY, HERE, SLOT).replace(f"{SLOT:x}", f"{SLOT - 1:x}"),
        door_code(KEY, HERE, SLOT) + "A",
    ],
)
def test_a_forged_code_is_none(code: str) -> None:
    assert fresh_slot(KEY, HERE, code, MORNING, EVERY_S) is None


def test_a_pass_is_good_for_ten_minutes() -> None:
    text = new_pass(KEY, HERE, SLOT, NONCE, MORNING)

    found = read_pass(KEY, HERE, text, MORNING + PASS_LIFE)

    assert found is not None
    assert (found.slot, found.nonce, found.until) == (SLOT, NONCE, MORNING + PASS_LIFE)
    assert read_pass(KEY, HERE, text, MORNING + PASS_LIFE + later(1)) is None


@pytest.mark.parametrize("change", ["slot", "nonce", "until", "mac", "cut", "empty", "code"])
def test_a_forged_pass_is_none(change: str) -> None:
    text = new_pass(KEY, HERE, SLOT, NONCE, MORNING)
    slot, nonce, until, mac = text.split(".")
    forged = {
        "slot": f"{SLOT + 1:x}.{nonce}.{until}.{mac}",
        "nonce": f"{slot}.{'1' * 32}.{until}.{mac}",
        "until": f"{slot}.{nonce}.{int(until, 16) + 600:x}.{mac}",
        "mac": f"{slot}.{nonce}.{until}.{mac[:-1]}x",
        "cut": f"{slot}.{nonce}.{mac}",
        "empty": "",
        "code": door_code(KEY, HERE, SLOT),
    }

    assert read_pass(KEY, HERE, forged[change], MORNING) is None
    assert read_pass(KEY, THERE, text, MORNING) is None


def test_each_pass_has_a_ticket_of_its_own_that_nobody_guesses() -> None:
    tickets = {
        ticket_of(key, centre, nonce)
        for key in (KEY, OTHER)
        for centre in (HERE, THERE)
        for nonce in (NONCE, "00" * 16)
    }

    assert len(tickets) == 8
    assert {len(ticket) for ticket in tickets} == {32}
