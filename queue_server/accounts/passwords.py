"""Passwords: which may be chosen, and how they are stored and compared (argon2id)."""

import asyncio
import unicodedata
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from queue_server.accounts.lockout import TooManyTries
from queue_server.accounts.tokens import new_token
from queue_server.core.errors import InvalidValue

LEAST_CHARACTERS: Final = 10
LEAST_DIFFERENT: Final = 4
"""Different characters a password must have: ``aaaaaaaaaa`` and ``121212121212`` have fewer."""
AT_ONCE: Final = 2
"""Comparisons at a time: each takes 64 MiB, and the calls need the other processors."""
MOST_WAITING: Final = 100
_SEQUENCES: Final = ("01234567890123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjkl")


class Passwords:
    """Hashes and compares passwords beside the event loop, a few at a time."""

    def __init__(self, hasher: PasswordHasher) -> None:
        self._hasher = hasher
        self._dummy = hasher.hash(new_token())
        self._room = asyncio.Semaphore(AT_ONCE)
        self._waiting = 0

    async def hashed(self, password: str) -> str:
        """What is stored in place of the password."""
        async with self._room:
            return await asyncio.to_thread(self._hasher.hash, prepared(password))

    async def matches(self, password: str, stored: str | None) -> bool:
        """Whether the password is the stored one; None takes as long and never matches.

        Raises:
            TooManyTries: Too many others wait for their comparison.
        """
        if self._waiting >= MOST_WAITING:
            raise TooManyTries("expected fewer people to sign in at once", wait_s=10)
        self._waiting += 1
        try:
            async with self._room:
                is_right = await asyncio.to_thread(
                    self._verify, stored or self._dummy, prepared(password)
                )
        finally:
            self._waiting -= 1
        return is_right and stored is not None

    def _verify(self, stored: str, password: str) -> bool:
        try:
            return self._hasher.verify(stored, password)
        except (VerificationError, InvalidHashError):
            return False


def prepared(password: str) -> str:
    """The password in one form, however a keyboard composes its letters (NFKC)."""
    return unicodedata.normalize("NFKC", password)


def check_password(password: str, *, login: str, name: str) -> None:
    """Refuse a password that is short or that anybody would try first.

    Raises:
        InvalidValue: With the fact `reason`: ``short``, ``repeated``, ``sequence`` or ``name``.
    """
    if len(prepared(password)) < LEAST_CHARACTERS:
        raise _refusal("short")
    plain = _plain(password)
    # The password twice over begins again before its end only if it is itself a repetition.
    if len(set(plain)) < LEAST_DIFFERENT or (plain + plain).find(plain, 1) < len(plain):
        raise _refusal("repeated")
    if any(plain in row or plain in row[::-1] for row in _SEQUENCES):
        raise _refusal("sequence")
    if any(_is_made_of(plain, _plain(known)) for known in (login, name)):
        raise _refusal("name")


_SAID: Final = {
    "short": "too short",
    "repeated": "a few characters repeated",
    "sequence": "a row of keys",
    "name": "the login or the name with little else",
}


def _refusal(reason: str) -> InvalidValue:
    message = (
        f"expected a password of at least {LEAST_CHARACTERS} characters that others cannot guess,"
        f" got one that is {_SAID[reason]}"
    )
    return InvalidValue(message, reason=reason, least=LEAST_CHARACTERS)


def _is_made_of(plain: str, known: str) -> bool:
    letters_left = [c for c in plain.replace(known, "") if c.isalpha()] if known else plain
    return known in plain and len(letters_left) < LEAST_DIFFERENT


def _plain(text: str) -> str:
    """Small letters without marks and spaces: "Nguyễn Thị Lan" is "nguyenthilan"."""
    apart = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return "".join(c for c in apart if not unicodedata.combining(c) and not c.isspace())
