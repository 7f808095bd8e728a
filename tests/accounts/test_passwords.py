"""Passwords that anybody would try first are refused; others are not."""

import unicodedata
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.accounts.passwords import Passwords, check_password
from queue_server.core.errors import InvalidValue
from tests.support.accounts import QUICK

PASSWORDS = Passwords(QUICK)


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("", "short"),
        ("trần lan1", "short"),
        ("aaaaaaaaaaaa", "repeated"),
        ("121212121212", "repeated"),
        ("meomeomeomeo", "repeated"),
        ("matkhaumatkhau", "repeated"),
        (" " * 12, "repeated"),
        ("1234567890", "sequence"),
        ("0987654321", "sequence"),
        ("QWERTYUIOP", "sequence"),
        ("abcdefghijkl", "sequence"),
        ("Nguyễn Thị Lan", "name"),
        ("nguyenthilan1", "name"),
        ("lan.nguyen", "name"),
        ("Lan.Nguyen2026!", "name"),
    ],
)
def test_refuses_a_password_that_is_easy(password: str, reason: str) -> None:
    with pytest.raises(InvalidValue) as refusal:
        check_password(password, login="lan.nguyen", name="Nguyễn Thị Lan")

    assert refusal.value.facts == {"reason": reason, "least": 10}
    assert password == "" or password not in refusal.value.message


@pytest.mark.parametrize(
    "password", ["con mèo ăn cá khô", "9f2k-77qx-p0", "nguyen thi lan thich pho", "đi chợ sớm mai"]
)
def test_takes_a_password_that_is_not(password: str) -> None:
    check_password(password, login="lan.nguyen", name="Nguyễn Thị Lan")


@given(st.text(max_size=40), st.text(max_size=20), st.text(max_size=20))
def test_takes_no_short_password_whatever_the_letters(password: str, login: str, name: str) -> None:
    with suppress(InvalidValue):
        check_password(password, login=login, name=name)
        assert len(unicodedata.normalize("NFKC", password)) >= 10


@given(st.text(min_size=1, max_size=6), st.integers(2, 12))
def test_refuses_every_repetition(part: str, times: int) -> None:
    with pytest.raises(InvalidValue):
        check_password(part * times, login="", name="")


async def test_matches_only_what_was_hashed() -> None:
    stored = await PASSWORDS.hashed("con mèo ăn cá khô")

    assert await PASSWORDS.matches("con mèo ăn cá khô", stored)
    assert not await PASSWORDS.matches("con mèo ăn cá kho", stored)
    assert not await PASSWORDS.matches("con mèo ăn cá khô", None)
    assert not await PASSWORDS.matches("con mèo ăn cá khô", "not a hash")
