"""Draws among equals that nobody can foresee: the key of the day and what is published of it.

The key is secret until closing; its hash is in the journal at opening. Who could choose the key
later could choose whom a counter calls, so a key that was not promised at opening draws nothing.
"""

from hashlib import sha256

from queue_server.core.centre import Centre
from queue_server.core.protocols import Drawing, Rules


def key_hash(key: bytes) -> str:
    """What is published at opening: SHA-256 of the key, in hexadecimal."""
    return sha256(key).hexdigest()


def promised_key(centre: Centre, rules: Rules) -> bytes | None:
    """Key of the present day; None where none was promised or this server has another secret."""
    if rules.draw_keys is None or centre.day is None or not centre.day.draw_key_hash:
        return None
    key = rules.draw_keys.key(centre.id, centre.day.date)
    return key if key_hash(key) == centre.day.draw_key_hash else None


def drawing_for_next_call(centre: Centre, rules: Rules) -> Drawing | None:
    """What the next commit's call is drawn with; None where the centre draws never."""
    if centre.facts.routing.draw_window_s <= 0:
        return None
    key = promised_key(centre, rules)
    return None if key is None else Drawing(key, centre.offset + 1)
