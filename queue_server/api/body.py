"""Request bodies: read with a limit, decoded, converted to what a command needs."""

from typing import Any, TypeVar

import msgspec
from starlette.requests import ClientDisconnect, Request

from queue_server.api.problems import MalformedRequest, TooLarge
from queue_server.core.errors import InvalidValue

MAX_BODY = 65_536
MAX_CONFIGURATION = 4_194_304
"""Bytes; a centre of 5,000 procedures fits."""

T = TypeVar("T")


async def read_body(request: Request, limit: int = MAX_BODY) -> bytes:
    """The body's bytes.

    Raises:
        TooLarge: There are more than `limit`.
    """
    declared = request.headers.get("content-length", "0")
    if declared.isdigit() and int(declared) > limit:
        message = f"expected at most {limit} bytes, got {declared}"
        raise TooLarge(message)
    chunks: list[bytes] = []
    size, is_whole = 0, False
    while not is_whole:
        part = await request.receive()
        if part["type"] == "http.disconnect":
            raise ClientDisconnect
        chunks.append(part.get("body", b""))
        size += len(chunks[-1])
        is_whole = not part.get("more_body", False)
        if size > limit:
            message = f"expected at most {limit} bytes, got more"
            raise TooLarge(message)
    return b"".join(chunks)


def parse_object(data: bytes) -> dict[str, Any]:
    """The JSON object in the body; an empty body is an empty object.

    Raises:
        MalformedRequest: It is not UTF-8, not JSON, nested too deeply, or not an object.
    """
    if not data:
        return {}
    try:
        value = msgspec.json.decode(data)
    except RecursionError:
        message = "expected JSON of reasonable depth, got deeper nesting"
        raise MalformedRequest(message) from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        message = f"expected JSON in UTF-8, got something else: {error}"
        raise MalformedRequest(message) from None
    if not isinstance(value, dict):
        message = f"expected a JSON object, got {type(value).__name__}"
        raise MalformedRequest(message)
    return value


def convert(value: object, wanted: type[T]) -> T:
    """The value as the wanted type.

    Raises:
        InvalidValue: A key is unknown or missing, or a value has the wrong type or size.
    """
    try:
        return msgspec.convert(value, wanted)
    except (msgspec.ValidationError, RecursionError) as error:
        message = f"the request does not fit: {str(error)[0].lower()}{str(error)[1:]}"
        raise InvalidValue(message) from None
