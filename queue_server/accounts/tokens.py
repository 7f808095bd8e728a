"""Tokens: 256 random bits that stand for a session, a device or a one-time link.

The database holds only their SHA-256, so that a copy of it signs nobody in. A hash without salt
is enough, since a token cannot be guessed.
"""

import re
import secrets
from hashlib import sha256
from typing import Final

from queue_server.accounts.principal import NotSignedIn

_FORM: Final = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)


def new_token() -> str:
    """256 random bits, fit for an address."""
    return secrets.token_urlsafe(32)


def new_id() -> str:
    """A stable id of a person or device; says nothing about either."""
    return secrets.token_hex(8)


def has_form(token: str) -> bool:
    """Whether the text can be a token at all."""
    return _FORM.fullmatch(token) is not None


def token_hash(token: str) -> str:
    """What is stored in place of the token."""
    return sha256(token.encode()).hexdigest()


def link_hash(token: str) -> str:
    """What is stored in place of the token of a one-time link.

    Raises:
        NotSignedIn: The text cannot be a token.
    """
    if not has_form(token):
        raise spent_link()
    return token_hash(token)


def spent_link() -> NotSignedIn:
    """The refusal of a one-time link that is unknown, used or too old; it does not say which."""
    return NotSignedIn("expected a link that is new, got one that was used or is too old")
