"""A draw among equals that nobody can foresee and everybody can check.

The day's key is secret until closing; its hash is published at opening, so it cannot be changed
in between. Afterwards anybody can repeat each draw from the key and the journal.
Source: routing study §3.1; Chalendard, Fernandes, Raballand and Rijkers 2023 on why draws must
be logged.
"""

from hmac import digest


def draw(key: bytes, call: int, equals: int) -> int:
    """Which of the `equals` is called, from 0: HMAC-SHA256 of the call's offset, modulo."""
    if equals <= 1:
        return 0
    return int.from_bytes(digest(key, str(call).encode(), "sha256")) % equals
