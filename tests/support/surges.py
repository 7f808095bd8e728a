"""A small hall with a surge in land, and a counter that could help."""

from collections.abc import Mapping

from msgspec.structs import replace

from queue_server.core import commands as c
from queue_server.core.configuration import CentreConfiguration, Level
from queue_server.core.identifiers import CounterId, FieldId
from tests.support.centres import BIRTH, CIVIL, COPY, LAND, LAND_TITLE, Hall, small_configuration

BOTH = {CounterId("1"): {LAND: Level.SECONDARY}, CounterId("2"): {LAND: Level.BACK_UP}}


def trained_configuration(
    trained: Mapping[CounterId, Mapping[FieldId, Level]] = BOTH,
) -> CentreConfiguration:
    """The small centre, its counters trained for more than they serve."""
    small = small_configuration()
    counters = {
        key: replace(counter, trained=trained.get(key, {}))
        for key, counter in small.counters.items()
    }
    return replace(small, counters=counters)


def surge(configuration: CentreConfiguration | None = None, *, waiting: int = 14) -> Hall:
    """Everybody is open and half an hour has passed; many wait for land, few for anything else."""
    hall = Hall(configuration or trained_configuration())
    for number in ("1", "2", "3"):
        hall.open(number)
    hall.later(minutes=20)
    for _ in range(waiting):
        hall.issue(LAND_TITLE)
        hall.later(seconds=45)
    hall.issue(BIRTH)
    hall.issue(COPY)
    for number in ("1", "2", "3"):
        hall.do(c.CallNext(counter=CounterId(number)))
        hall.do(c.StartServing(counter=CounterId(number)))
    return hall


__all__ = ["BOTH", "CIVIL", "LAND", "surge", "trained_configuration"]
