"""What a PDF says, read back independently of how the project writes it.

Enough for files of one page size whose text is shown with subsets of TrueType fonts: objects,
compressed streams, maps to Unicode, and the operators Tf, Tj and TD. Nothing of it is borrowed
from the library that writes the files.
"""

import re
import zlib
from base64 import a85decode
from collections.abc import Iterator
from dataclasses import dataclass

_OBJECT = re.compile(rb"(\d+) 0 obj(.*?)endobj", re.DOTALL)
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\n?endstream", re.DOTALL)
_SHOWN = re.compile(
    rb"/(F\d+(?:\+\d+)?) [\d.]+ Tf|\(((?:\\.|[^\\()])*)\) Tj|<([0-9A-Fa-f]+)> Tj", re.DOTALL
)
_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


@dataclass
class Pdf:
    """A file and its objects by number."""

    data: bytes

    def __post_init__(self) -> None:
        self.objects = {int(found[1]): found[2] for found in _OBJECT.finditer(self.data)}

    @property
    def root(self) -> bytes:
        """The catalogue."""
        return next(body for body in self.objects.values() if b"/Type /Catalog" in body)

    @property
    def pages(self) -> list[bytes]:
        """Page objects."""
        return [body for body in self.objects.values() if re.search(rb"/Type /Page\b", body)]

    @property
    def font_files(self) -> list[bytes]:
        """The embedded parts of typefaces."""
        numbers = re.findall(rb"/FontFile2 (\d+) 0 R", self.data)
        return [self._stream(int(number)) for number in numbers]

    @property
    def fonts(self) -> dict[str, bytes]:
        """Font objects by the names that pages call them."""
        found: dict[str, bytes] = {}
        for name, number in re.findall(rb"/(F\d+(?:\+\d+)?) (\d+) 0 R", self.data):
            found[name.decode()] = self.objects[int(number)]
        return found

    def texts(self) -> list[str]:
        """Every line of every page, in the order in which it was written."""
        return [text for page in self.pages for text in self._texts(page)]

    def _texts(self, page: bytes) -> Iterator[str]:
        contents = re.search(rb"/Contents (\d+) 0 R", page)
        assert contents is not None
        font = b""
        for found in _SHOWN.finditer(self._stream(int(contents[1]))):
            if found[1]:
                font = found[1]
            elif found[2] is not None:
                yield self._decoded(font.decode(), _unescaped(found[2]))
            else:
                yield self._decoded(font.decode(), bytes.fromhex(found[3].decode()))

    def _decoded(self, font: str, codes: bytes) -> str:
        letters = self._unicode(self.fonts[font])
        return "".join(letters[code] for code in codes)

    def _unicode(self, font: bytes) -> dict[int, str]:
        number = re.search(rb"/ToUnicode (\d+) 0 R", font)
        assert number is not None, font
        table = self._stream(int(number[1])).decode("latin-1")
        letters: dict[int, str] = {}
        for block in re.findall(r"beginbfrange(.*?)endbfrange", table, re.DOTALL):
            for first, _, listed in re.findall(r"<(\w+)> <(\w+)>\s*\[(.*?)\]", block, re.DOTALL):
                for n, each in enumerate(re.findall(r"<(\w+)>", listed)):
                    letters[int(first, 16) + n] = bytes.fromhex(each).decode("utf-16-be")
        for block in re.findall(r"beginbfchar(.*?)endbfchar", table, re.DOTALL):
            for code, each in re.findall(r"<(\w+)> <(\w+)>", block):
                letters[int(code, 16)] = bytes.fromhex(each).decode("utf-16-be")
        return letters

    def _stream(self, number: int) -> bytes:
        body = self.objects[number]
        found = _STREAM.search(body)
        assert found is not None, body[:200]
        data = found[1]
        if b"ASCII85Decode" in body:
            data = a85decode(b"<~" + data.strip().removeprefix(b"<~"), adobe=True)
        return zlib.decompress(data) if b"FlateDecode" in body else data


def _unescaped(literal: bytes) -> bytes:
    def one(found: re.Match[bytes]) -> bytes:
        sign = found[1]
        return bytes((int(sign, 8),)) if sign.isdigit() else _ESCAPES.get(sign, sign)

    return re.sub(rb"\\([0-7]{1,3}|.)", one, literal, flags=re.DOTALL)
