"""Which modules a module imports, so that a page can ask for all of them at once."""

import re
from collections.abc import Sequence
from posixpath import dirname, join, normpath

from queue_server.web.packages import Package, find_file

_IMPORT = re.compile(r"""\b(?:from|import)\s*["'](\.[^"']+)["']""")
_LATER = re.compile(r"""\bimport\(\s*["'](\.[^"']+)["']\s*\)""")


def modules_of(packages: Sequence[Package], path: str, *, with_later: bool = False) -> list[str]:
    """`path` and all it imports, directly or not, in the order they are met.

    Without this a browser learns of each module only when it has read the one before.

    Args:
        packages: Where the modules are.
        path: Static address of the first one.
        with_later: Those too that are imported when they are wanted, by ``import("…")``.

    Raises:
        FileNotFoundError: A module that is imported does not exist.
    """
    found: dict[str, None] = {}
    waiting = [path]
    while waiting:
        module = waiting.pop(0)
        if module in found:
            continue
        found[module] = None
        waiting += imports_of(packages, module, with_later=with_later)
    return list(found)


def imports_of(packages: Sequence[Package], path: str, *, with_later: bool = False) -> list[str]:
    """Static addresses of the modules that `path` imports by a relative name."""
    file = find_file(packages, path)
    if file is None:
        message = f"no module {path} to serve"
        raise FileNotFoundError(message)
    source = file.read_text(encoding="utf-8")
    names = _IMPORT.findall(source) + (_LATER.findall(source) if with_later else [])
    return [normpath(join(dirname(path), name)) for name in names]
