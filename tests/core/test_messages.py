"""Messages to the staff at counters: who is told, who has read it, and what is refused."""

from dataclasses import dataclass

import pytest

from queue_server.core import commands as c
from queue_server.core import events as e
from queue_server.core.centre import Reading
from queue_server.core.errors import InvalidValue, NotAtThisCounter, UnknownName
from queue_server.core.identifiers import CounterId, StaffId, ZoneId
from tests.support.centres import CLERK, Hall
from tests.support.histories import refused

ONE, THREE = CounterId("1"), CounterId("3")


@dataclass
class Told:
    hall: Hall

    def is_for(self, name: str, counter: CounterId) -> bool:
        return self.hall.centre.messages[name].is_for(self.hall.centre.counter_facts(counter))


@pytest.fixture
def hall() -> Hall:
    hall = Hall()
    hall.open("1", "lan")
    return hall


def tell(hall: Hall, name: str = "m", **fields: object) -> None:
    told = c.AnnounceMessage(message=name, texts={"vi": "Chốt sổ"}, audience="counters", **fields)  # type: ignore[arg-type]
    hall.do(told)


def test_a_message_is_for_all_for_a_zone_or_for_single_counters(hall: Hall) -> None:
    tell(hall, "all")
    tell(hall, "annex", zones=(ZoneId("annex"),))
    tell(hall, "one", counters=(ONE,))
    told = Told(hall)

    assert [told.is_for(name, ONE) for name in ("all", "annex", "one")] == [True, False, True]
    assert [told.is_for(name, THREE) for name in ("all", "annex", "one")] == [True, True, False]


def test_reading_is_kept_once_with_who_and_where(hall: Hall) -> None:
    tell(hall)

    (event,) = hall.do(c.ReadMessage(counter=ONE, message="m"), actor=CLERK)
    again = hall.do(c.ReadMessage(counter=ONE, message="m"), actor=CLERK)

    assert event == e.MessageRead(message="m", counter=ONE, staff=StaffId("lan"))
    assert again == ()
    assert hall.centre.messages["m"].readings == (Reading(StaffId("lan"), ONE, hall.now),)


def test_only_who_sits_there_can_have_read_it(hall: Hall) -> None:
    tell(hall)

    with refused(NotAtThisCounter, "expected the staff at counter 3 (nobody), got lan"):
        hall.do(c.ReadMessage(counter=THREE, message="m"), actor=CLERK)
    with refused(NotAtThisCounter, "nobody is at counter 3"):
        hall.do(c.ReadMessage(counter=THREE, message="m"))


def test_what_is_for_others_cannot_be_read(hall: Hall) -> None:
    tell(hall, "annex", zones=(ZoneId("annex"),))
    hall.do(c.AnnounceMessage(message="board", texts={"vi": "Mất điện"}))

    for name in ("annex", "board"):
        with refused(InvalidValue, f"expected a message to counter 1, '{name}' is for others"):
            hall.do(c.ReadMessage(counter=ONE, message=name))
    with refused(UnknownName, "expected a message of this centre"):
        hall.do(c.ReadMessage(counter=ONE, message="none"))


def test_counters_are_named_only_of_a_message_to_counters(hall: Hall) -> None:
    with refused(InvalidValue, "expected no counters of a message to the boards"):
        hall.do(c.AnnounceMessage(message="m", texts={"vi": "x"}, counters=(ONE,)))
    with refused(UnknownName, "expected a counter of this centre"):
        tell(hall, counters=(CounterId("99"),))
