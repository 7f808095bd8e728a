"""One socket: reads what the client asks for, writes the newest views, says that it is alive."""

import asyncio
from collections.abc import Awaitable, Callable
from enum import IntEnum
from functools import partial

import structlog
from msgspec import Struct
from starlette.websockets import WebSocket, WebSocketDisconnect

from queue_server.accounts.principal import NOBODY, NotAllowed, NotSignedIn, Principal
from queue_server.clock import Clock
from queue_server.core.errors import QueueError
from queue_server.core.identifiers import CentreId, StaffId
from queue_server.hub.messages import (
    Heartbeat,
    Hello,
    Refused,
    Report,
    Sound,
    Unreadable,
    Unwatch,
    Watch,
    encode,
    parse,
)
from queue_server.hub.outbox import Outbox
from queue_server.hub.replicas import Replicas
from queue_server.hub.sound import SoundDesk, sound_answer
from queue_server.hub.views import ViewKey, Views

log = structlog.get_logger()

HEARTBEAT_S = 5.0
DRAIN_S = 5.0
"""A client that takes longer to take what was written is closed."""
MESSAGES_PER_S, MESSAGES_AT_ONCE = 20.0, 60.0
MAX_WATCHES = 64
BROKEN = 1006
"""What a line that ended without a goodbye is closed with."""


class CloseCode(IntEnum):
    """Why a socket is closed. 4000–4499: come back; 4500–4999: stay away."""

    SLOW = 4000
    GOING_DOWN = 4001
    STORE_AWAY = 4002
    TOO_MANY_MESSAGES = 4500
    UNREADABLE = 4501
    REVOKED = 4502
    NOT_KNOWN = 4503


class Closing(Exception):
    """The connection ends with this code."""

    def __init__(self, code: CloseCode, reason: str) -> None:
        super().__init__(reason)
        self.code, self.reason = code, reason


class Surroundings(Struct, frozen=True, kw_only=True):
    """What all connections of a server share."""

    identify: Callable[[str], Awaitable[Principal]]
    """Who holds a token, or nobody."""
    replicas: Replicas
    views: Views
    clock: Clock
    version: str
    heard_page: Callable[[CentreId, StaffId], None]
    """Told whenever a console says something: its clerk is there."""
    sound: SoundDesk
    beat_every_s: float = HEARTBEAT_S


WhoAsks = Callable[[], Awaitable[Principal]]


async def first_principal(ask: WhoAsks) -> Principal:
    """Who opens the socket.

    Raises:
        Closing: The token is unknown, another site opened it, or nobody can be identified now.
    """
    try:
        return await ask()
    except (NotSignedIn, NotAllowed) as refusal:
        raise Closing(CloseCode.NOT_KNOWN, refusal.message) from None
    except QueueError as fault:
        raise Closing(CloseCode.STORE_AWAY, fault.message) from None


async def close(socket: WebSocket, closing: Closing) -> None:
    """Say goodbye; whoever does not listen any more is left alone."""
    log.info("a socket is closed", code=closing.code.name, reason=closing.reason)
    try:
        async with asyncio.timeout(1):
            await socket.close(closing.code, closing.reason[:100])
    except (TimeoutError, RuntimeError, OSError, WebSocketDisconnect):
        pass


class Connection:
    """The life of one socket; `run` returns when either side has ended it.

    With every heartbeat `ask` tells anew who is there, so that what was revoked is shut out.
    """

    def __init__(
        self, socket: WebSocket, principal: Principal, ask: WhoAsks, around: Surroundings
    ) -> None:
        self._socket = socket
        self.principal = principal
        self._ask = ask
        self._identify = around.identify
        self._beat_every_s = around.beat_every_s
        self._replicas = around.replicas
        self._views = around.views
        self._clock = around.clock
        self._version = around.version
        self._heard_page = around.heard_page
        self._sound = around.sound
        self._outbox = Outbox()
        self._keys: dict[ViewKey, None] = {}
        self._allowance = MESSAGES_AT_ONCE

    async def run(self) -> None:
        """Serve the socket until it ends."""
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._read())
                tasks.create_task(self._write())
                tasks.create_task(self._beat())
        except* WebSocketDisconnect:
            pass
        except* Closing as group:
            closing = group.exceptions[0]
            while isinstance(closing, BaseExceptionGroup):
                closing = closing.exceptions[0]
            if isinstance(closing, Closing):
                await close(self._socket, closing)
        finally:
            for key in self._keys:
                self._views.unwatch(key, self._outbox)

    async def _read(self) -> None:
        last = asyncio.get_running_loop().time()
        while True:
            text = await self._text()
            now = asyncio.get_running_loop().time()
            gained = (now - last) * MESSAGES_PER_S
            self._allowance = min(MESSAGES_AT_ONCE, self._allowance + gained) - 1
            last = now
            if self._allowance < 0:
                raise Closing(CloseCode.TOO_MANY_MESSAGES, f"more than {MESSAGES_PER_S:.0f}/s")
            await self._answer(text)
            self._give_sign_of_life()

    async def _text(self) -> str:
        """The client's next message.

        Raises:
            Closing: It is binary: clients write JSON as text.
        """
        try:
            return await self._socket.receive_text()
        except KeyError:  # what Starlette makes of a binary frame
            raise Closing(CloseCode.UNREADABLE, "expected text, got a binary frame") from None
        except RuntimeError:  # what it makes of a line that broke while something was written
            raise WebSocketDisconnect(BROKEN) from None

    async def _answer(self, text: str) -> None:
        match parse(text):
            case Unreadable(reason=reason):
                raise Closing(CloseCode.UNREADABLE, reason)
            case Hello(token=token):
                self._ask = partial(self._identify, token)
                self.principal = await first_principal(self._ask)
            case Watch() as watch:
                await self._watch(watch)
            case Unwatch(view=view, centre=centre, subject=subject):
                key = (view, centre, subject)
                self._keys.pop(key, None)
                self._views.unwatch(key, self._outbox)
                self._outbox.drop(key)
            case Sound() as asked:
                owned = await sound_answer(self._sound, self.principal, self._replicas, asked)
                self._outbox.put("sound", encode(owned))
            case Report():
                pass  # whoever reports is there: a sign of life

    def _give_sign_of_life(self) -> None:
        """Whoever shows a counter's console and speaks is at the desk."""
        if self.principal.kind != "staff":
            return
        for view, centre, _ in self._keys:
            if self._views.kind(view).is_desk:
                self._heard_page(centre, StaffId(self.principal.id))

    async def _watch(self, watch: Watch) -> None:
        try:
            key = (watch.view, watch.centre, watch.subject)
            if len(self._keys) >= MAX_WATCHES and key not in self._keys:
                message = f"expected at most {MAX_WATCHES} views on one socket"
                raise NotAllowed(message)
            kind = self._views.kind(watch.view)
            replica = await self._replicas.get(watch.centre)
            if not kind.may_watch(self.principal, replica.centre, watch.subject):
                message = f"{self.principal.kind} may not watch {watch.view} of {watch.centre}"
                raise NotAllowed(message)
            key = self._views.watch(kind, replica, watch.subject, self._outbox, watch.mark)
            self._keys[key] = None
            if watch.mark:
                self._put_heartbeat(replica.centre.offset)
        except QueueError as error:
            refused = Refused(watch.view, watch.centre, watch.subject, error.code, error.message)
            self._outbox.put(("refused", watch), encode(refused))

    async def _write(self) -> None:
        while True:
            for frame in await self._outbox.take():
                try:
                    async with asyncio.timeout(DRAIN_S):
                        await self._socket.send_text(frame.decode())
                except TimeoutError:
                    raise Closing(CloseCode.SLOW, "not drained in time") from None
            if self._outbox.is_overfull:
                raise Closing(CloseCode.SLOW, "too much waits to be sent")

    async def _beat(self) -> None:
        while True:
            offset = 0
            for _, centre, _ in self._keys:
                offset = (await self._replicas.get(centre)).centre.offset
                break
            self._put_heartbeat(offset)
            await asyncio.sleep(self._beat_every_s)
            await self._ask_again()

    def _put_heartbeat(self, offset: int) -> None:
        beat = Heartbeat(offset, self._clock.now(), self._clock.speed, self._version)
        self._outbox.put("heartbeat", encode(beat))

    async def _ask_again(self) -> None:
        """Shut out who was revoked, and what this one may watch no more.

        Raises:
            Closing: The session or device has ended.
        """
        if self.principal.kind == "nobody":
            return
        try:
            found = await self._ask()
        except (NotSignedIn, NotAllowed):
            found = NOBODY
        except QueueError:
            return  # the database is away: whoever was known stays known
        if found.id != self.principal.id:
            raise Closing(CloseCode.REVOKED, f"{self.principal.id} is signed in no more")
        if found != self.principal:
            self.principal = found
            await self._watch_again()

    async def _watch_again(self) -> None:
        """Ask for every watched view anew, as somebody whose rights have changed."""
        for key in list(self._keys):
            del self._keys[key]
            self._views.unwatch(key, self._outbox)
            await self._watch(Watch(*key))
