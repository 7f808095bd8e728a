"""A server with the sample centre."""

from tests.support.staff_pages import live_server, open_as

__all__ = ["live_server", "open_as"]
