"""The journal's Lua scripts, read from the files beside this one."""

from hashlib import sha1
from importlib.resources import files

from msgspec import Struct


class Script(Struct, frozen=True):
    """A script's text and the digest by which a server that has seen it knows it."""

    text: str
    sha: str


def load_script(file_name: str) -> Script:
    """The script in `file_name` of this package."""
    text = files("queue_server.journal").joinpath(file_name).read_text(encoding="utf-8")
    return Script(text, sha1(text.encode(), usedforsecurity=False).hexdigest())
