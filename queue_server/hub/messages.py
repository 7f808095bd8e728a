"""Every message on the socket, in two closed unions named from the reader's side."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from queue_server.core.identifiers import CentreId, Epoch


class View(Struct, frozen=True, tag="view", tag_field="type"):
    """The newest state of one view, whole."""

    view: str
    centre: CentreId
    subject: str
    epoch: Epoch
    offset: int
    mark: str
    """Of the body: the same for the same bytes."""
    body: msgspec.Raw


class Heartbeat(Struct, frozen=True, tag="heartbeat", tag_field="type"):
    """The server lives. `offset` is the head of the first watched centre."""

    offset: int
    at: datetime
    clock_speed: float
    """Seconds that pass by the server's clock in one real second: 1, but in a demo."""
    version: str


class Refused(Struct, frozen=True, tag="refused", tag_field="type"):
    """A watch was refused."""

    view: str
    centre: str
    subject: str
    code: str
    detail: str


class SoundOwned(Struct, frozen=True, kw_only=True, tag="sound_owned", tag_field="type"):
    """The zones whose calls the device that asked may speak, from its asking on."""

    ask: int
    """The number of the asking that this answers."""
    zones: tuple[str, ...]
    for_ms: int
    spoken: tuple[str, ...]
    """Ids of the calls that were spoken in the last two minutes, by whomever."""


ToClient = View | Heartbeat | Refused | SoundOwned


class Hello(Struct, frozen=True, tag="hello", tag_field="type"):
    """A device says who it is."""

    token: str


class Watch(Struct, frozen=True, tag="watch", tag_field="type"):
    """Show this view from now on."""

    view: str
    centre: CentreId
    subject: str = ""
    mark: str = ""
    """Of the body that is shown already: only another one is sent, and a heartbeat in any case."""


class Unwatch(Struct, frozen=True, tag="unwatch", tag_field="type"):
    """Stop showing this view."""

    view: str
    centre: CentreId
    subject: str = ""


class Report(Struct, frozen=True, tag="report", tag_field="type"):
    """The client tells how it is, e.g. ``sound`` = ``suspended``."""

    report: Literal["sound", "screen", "dropped_call", "alive"]
    value: str


class Sound(Struct, frozen=True, kw_only=True, tag="sound", tag_field="type"):
    """A device with a loudspeaker asks for the sound of its zones."""

    centre: CentreId
    zones: Annotated[tuple[str, ...], Meta(max_length=64)]
    holder: Annotated[str, Meta(min_length=8, max_length=64, pattern="^[A-Za-z0-9-]+$")]
    """Drawn by the page or program when it starts; the same after a broken line."""
    ask: int
    state: Annotated[str, Meta(max_length=40)]
    """`running`; in any other state it cannot sound, and another device may."""
    trouble: Annotated[str, Meta(max_length=40)] = ""
    """What went wrong of late although it is running, e.g. `silent`: told to reception."""
    spoken: Annotated[tuple[Annotated[str, Meta(max_length=80)], ...], Meta(max_length=50)] = ()
    """Ids of the calls spoken since the last asking."""


class Unreadable(Struct, frozen=True):
    """What came instead of a message; parsing never raises."""

    reason: str


FromClient = Hello | Watch | Unwatch | Report | Sound

_from_client = msgspec.json.Decoder(FromClient)
encode = msgspec.json.Encoder().encode


def parse(data: str | bytes) -> FromClient | Unreadable:
    """The client's message, or what is wrong with it."""
    try:
        message: FromClient = _from_client.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return Unreadable(str(error))
    return message
