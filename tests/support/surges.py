"""A small hall with a surge in land, and counters that could help."""

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from queue_server.core import commands as c
from queue_server.core.configuration import CentreConfiguration, Level
from queue_server.core.identifiers import CounterId, FieldId, StaffId, TicketId
from tests.support.centres import BIRTH, COPY, LAND, LAND_TITLE, Hall, small_configuration

ONE, TWO, THREE = CounterId("1"), CounterId("2"), CounterId("3")
BOTH = {ONE: {LAND: Level.SECONDARY}, TWO: {LAND: Level.BACK_UP}}
"""Counters 1 and 2 are trained for land too, which only counter 3 serves."""
STEP_S = 45


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


def surge_commands(waiting: int = 14) -> Iterator[c.Command]:
    """Everybody opens; many take a number for land, few for anything else; one is served each."""
    for counter in (ONE, TWO, THREE):
        yield c.TakeCounter(counter=counter, staff=StaffId(f"staff-{counter}"))
        yield c.OpenCounter(counter=counter)
    for n, procedure in enumerate([*[LAND_TITLE] * waiting, BIRTH, COPY]):
        yield c.IssueTicket(ticket=TicketId(f"{n:032x}"), procedure=procedure, print_slip=False)
    for counter in (ONE, TWO, THREE):
        yield c.CallNext(counter=counter)
        yield c.StartServing(counter=counter)


def surge(configuration: CentreConfiguration | None = None, *, waiting: int = 14) -> Hall:
    """The hall after the surge, at about 08:12."""
    hall = Hall(configuration or trained_configuration())
    for command in surge_commands(waiting):
        if isinstance(command, c.IssueTicket):
            hall.later(seconds=STEP_S)
        hall.do(command)
    return hall
