"""Epochs: one unbroken life of a centre's journal each."""

import secrets

from queue_server.core.identifiers import Epoch


def random_epoch() -> Epoch:
    """An epoch nobody has had before: 64 random bits as 16 hexadecimal digits."""
    return Epoch(secrets.token_hex(8))
