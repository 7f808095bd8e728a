"""A browser, and a server with the sample centre."""

from tests.support.browser import browser, new_page, page
from tests.support.staff_pages import live_server, open_as

__all__ = ["browser", "live_server", "new_page", "open_as", "page"]
