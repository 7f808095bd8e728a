"""Boards in a real browser, on a server with the clips of its centre."""

from tests.support.browser import browser, new_page

__all__ = ["browser", "new_page"]
