"""Folders served to a browser, each under its own first part of the path."""

import functools
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any


class _Files(SimpleHTTPRequestHandler):
    extensions_map = {**SimpleHTTPRequestHandler.extensions_map, ".js": "text/javascript"}  # noqa: RUF012

    def __init__(self, *arguments: Any, folders: Mapping[str, Path]) -> None:
        self.folders = folders
        super().__init__(*arguments)

    def translate_path(self, path: str) -> str:
        root, _, rest = path.lstrip("/").partition("/")
        if root in self.folders:
            return str(self.folders[root] / rest)
        return str(self.folders[""] / path.lstrip("/"))

    def log_message(self, *arguments: object) -> None:
        """Quiet."""


@contextmanager
def serving_files(folders: Mapping[str, Path]) -> Iterator[str]:
    """The address; the folder under the empty name has what the others have not."""
    handler = functools.partial(_Files, folders=folders)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()
