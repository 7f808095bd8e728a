"""How much a page makes its server send."""

from playwright.async_api import Page, Request


class Weight:
    """Counts from its making on: bodies as they are on the wire, and headers."""

    def __init__(self, page: Page) -> None:
        self._finished: list[Request] = []
        page.on("requestfinished", self._note)

    def _note(self, request: Request) -> None:
        self._finished.append(request)

    async def bytes(self) -> int:
        """What was sent so far."""
        sizes = [await request.sizes() for request in self._finished]
        return sum(size["responseBodySize"] + size["responseHeadersSize"] for size in sizes)
