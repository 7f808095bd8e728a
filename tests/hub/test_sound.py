"""Who speaks the calls of a zone: one device, told to all, in all processes."""

from collections.abc import Iterator
from typing import Any

import httpx2
import pytest
from msgspec.structs import replace

from queue_server.accounts.principal import NOBODY, NotAllowed, Principal
from queue_server.core import commands as c
from queue_server.core.board_configuration import BoardConfiguration
from queue_server.core.centre import Centre, Day
from queue_server.core.configuration import Zone
from queue_server.core.identifiers import BoardId, CentreId, ZoneId
from queue_server.hub.messages import Sound, SoundOwned
from queue_server.hub.sound import LEASE_MS, SoundDesk
from queue_server.journal.leases import MemoryLeases
from tests.hub.test_connection import hear, say, socket
from tests.support.centres import small_configuration
from tests.support.clocks import HandSetClock
from tests.support.live_servers import LiveServer

CENTRE = CentreId("an-binh")


def device(id_: str, kind: Any = "board") -> Principal:
    return Principal(kind="device", id=id_, name=id_, device_kind=kind, centre=CENTRE)


class Hall:
    """Two processes with one store, and devices that ask."""

    def __init__(self) -> None:
        self.clock = HandSetClock()
        leases = MemoryLeases(self.clock)
        self.desks = [SoundDesk(leases, self.clock) for _ in range(2)]
        configuration = small_configuration()
        self.centre = Centre(id=CENTRE, configuration=configuration)
        self.zone = next(iter(configuration.zones))

    async def ask(
        self, who: Principal, process: int = 0, state: str = "running", **words: Any
    ) -> SoundOwned:
        asked = Sound(
            centre=CENTRE,
            zones=words.pop("zones", (self.zone, "no-such-zone")),
            holder=f"page-of-{who.id}",
            ask=1,
            state=state,
            **words,
        )
        return await self.desks[process].ask(who, self.centre, asked)

    def pass_time(self, milliseconds: int) -> None:
        self.clock.later(seconds=milliseconds / 1000)

    def open_day(self) -> None:
        now = self.clock.now()
        self.centre.day = Day(date=now.date(), timezone="Asia/Ho_Chi_Minh", opened_at=now)

    async def told(self) -> tuple[str, str, str]:
        sound = (await self.desks[1].zones(self.centre))[0]
        return sound.state, sound.speaker, sound.reason


@pytest.fixture
def hall() -> Hall:
    return Hall()


async def test_one_board_of_two_speaks_and_the_other_takes_over_when_it_is_gone(hall: Hall) -> None:
    first, second = device("first"), device("second")

    assert (await hall.ask(first)).zones == (hall.zone,)
    assert (await hall.ask(second, process=1)).zones == ()
    hall.pass_time(LEASE_MS - 1)
    assert (await hall.ask(second, process=1)).zones == ()
    hall.pass_time(1)

    assert (await hall.ask(second, process=1)).zones == (hall.zone,)
    assert (await hall.ask(first)).zones == ()


async def test_a_board_that_cannot_sound_gives_way_at_once_and_is_told(hall: Hall) -> None:
    await hall.ask(device("first"))

    assert (await hall.ask(device("first"), state="suspended")).zones == ()
    assert await hall.told() == ("blocked", "first", "suspended")
    assert (await hall.ask(device("second"))).zones == (hall.zone,)

    assert await hall.told() == ("spoken", "second", "")


async def test_trouble_is_told_and_takes_no_sound_away(hall: Hall) -> None:
    answer = await hall.ask(device("first"), trouble="silent")

    assert answer.zones == (hall.zone,)
    assert await hall.told() == ("blocked", "first", "silent")


async def test_a_page_that_is_closed_gives_way_at_once(hall: Hall) -> None:
    await hall.ask(device("first"))

    await hall.ask(device("first"), state="closed")

    assert await hall.desks[0].devices(CENTRE) == []
    assert (await hall.ask(device("second"))).zones == (hall.zone,)


async def test_a_ceiling_loudspeaker_goes_before_a_board_and_a_board_before_a_page(
    hall: Hall,
) -> None:
    staff = Principal(kind="staff", id="lan", name="Lan", centre=CENTRE)
    board, ceiling = device("board"), device("ceiling", "announcer")

    for lower, higher in ((staff, board), (board, ceiling)):
        assert (await hall.ask(lower)).zones == (hall.zone,)
        assert (await hall.ask(higher)).zones == ()
        assert (await hall.ask(lower)).zones == ()
        hall.pass_time(LEASE_MS)
        assert (await hall.ask(lower)).zones == ()
        assert (await hall.ask(higher)).zones == (hall.zone,)


async def test_what_was_spoken_is_told_to_who_takes_over(hall: Hall) -> None:
    await hall.ask(device("first"), spoken=("an-binh-7",))

    assert (await hall.ask(device("second"), process=1)).spoken == ("an-binh-7",)


async def test_a_zone_whose_voice_went_away_is_told(hall: Hall) -> None:
    hall.open_day()
    assert await hall.told() == ("none", "", "")
    await hall.ask(device("first"))
    hall.pass_time(60_000)

    assert await hall.told() == ("away", "first", "")


async def test_a_board_that_was_never_switched_on_is_missed_when_the_day_is_open(
    hall: Hall,
) -> None:
    board = BoardConfiguration(id=BoardId("hall"), zones=(hall.zone,))
    hall.centre.configuration = replace(hall.centre.facts, boards={board.id: board})
    assert await hall.told() == ("none", "", "")

    hall.open_day()

    assert await hall.told() == ("missing", "", "")
    await hall.ask(device("first"))
    assert await hall.told() == ("spoken", "first", "")


async def test_a_silent_board_is_none(hall: Hall) -> None:
    board = BoardConfiguration(id=BoardId("hall"), has_sound=False)
    hall.centre.configuration = replace(hall.centre.facts, boards={board.id: board})
    hall.open_day()

    assert await hall.told() == ("none", "", "")


async def test_a_voice_of_friday_is_missed_on_monday(hall: Hall) -> None:
    await hall.ask(device("first"))
    hall.pass_time(3 * 24 * 3_600_000)
    assert await hall.told() == ("none", "", "")

    hall.open_day()

    assert await hall.told() == ("away", "first", "")


async def test_nobody_of_another_centre_speaks_here(hall: Hall) -> None:
    stranger = Principal(kind="device", id="x", device_kind="board", centre=CentreId("other"))

    for who in (stranger, NOBODY):
        with pytest.raises(NotAllowed):
            await hall.ask(who)


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    with LiveServer(tmp_path_factory.mktemp("live")) as server:
        hall = Zone(id=ZoneId("garden"), name={"vi": "Sân", "en": "Garden"})
        zones = {**server.configuration.zones, hall.id: hall}
        facts = server.configuration
        facts = replace(facts, zones=zones)
        server.do(c.ApplyConfiguration(configuration=facts))
        yield server


async def test_a_device_asks_over_its_socket_and_staff_see_it(live: LiveServer) -> None:
    asked = {
        "type": "sound",
        "centre": CENTRE,
        "zones": ["garden"],
        "holder": "0123456789",
        "state": "running",
    }
    async with socket(live, "board") as line, socket(live) as stranger:
        await say(line, **asked, ask=3)
        owned = await hear(line, "sound_owned")
        await say(stranger, **asked, ask=4)
        refused = await hear(stranger, "sound_owned")
        url = f"{live.url}/api/v1/centres/{CENTRE}/sound"
        async with httpx2.AsyncClient() as client:
            told = (await client.get(url, headers={"authorization": "Bearer lan"})).json()
            nobody = await client.get(url)

    assert (owned["ask"], owned["zones"], owned["for_ms"]) == (3, ["garden"], LEASE_MS)
    assert (refused["ask"], refused["zones"]) == (4, [])
    assert nobody.status_code == 401
    states = {zone["zone"]: zone["state"] for zone in told}
    assert states["garden"] == "spoken"
    assert set(states.values()) == {"spoken", "missing"}


async def test_a_centre_that_does_not_exist_gives_no_sound(live: LiveServer) -> None:
    async with socket(live, "board") as line:
        await say(
            line,
            type="sound",
            centre="nowhere",
            zones=[],
            holder="01234567",
            ask=1,
            state="running",
        )

        assert (await hear(line, "sound_owned"))["zones"] == []
