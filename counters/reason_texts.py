"""Reasons that clerks give, as texts: a centre's own word for a key, or what was written."""

from collections.abc import Mapping

from queue_server.core.configuration import Texts


def reason_texts(reason: str, configured: Mapping[str, Texts]) -> Texts:
    """The centre's texts for a key, what was written in all languages, nothing for no reason."""
    return configured.get(reason) or ({"vi": reason} if reason else {})
