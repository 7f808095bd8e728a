"""Who waits, in lines: one for each series of walk-ins, one for each procedure of other classes.

Only the first of a line can be called; that is the order promise, and it is why a choice looks
at a few dozen tickets however full the hall is.
"""

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator

from counters.routing.standing import WALK_IN, Seat, Standing, place
from queue_server.core.configuration import Level
from queue_server.core.identifiers import CounterId, FieldId, ProcedureCode


class Lines:
    """The waiting tickets of a centre, sorted so that the first of each line is found at once."""

    def __init__(self, waiting: Iterable[Standing] = ()) -> None:
        self._series: dict[FieldId, list[Standing]] = {}
        """Walk-ins, by series: their numbers are called in order."""
        self._classes: dict[tuple[ProcedureCode, str], list[Standing]] = {}
        self._reserved: dict[tuple[CounterId, FieldId, str], list[Standing]] = {}
        for standing in waiting:
            self.add(standing)

    def __len__(self) -> int:
        return sum(len(line) for line in self._all())

    def __iter__(self) -> Iterator[Standing]:
        for line in self._all():
            yield from line

    def add(self, standing: Standing) -> None:
        """Let a ticket wait, at the place its clock gives it."""
        line = self._line_of(standing)
        if not line or place(line[-1]) <= place(standing):
            line.append(standing)
        else:
            insort(line, standing, key=place)

    def remove(self, standing: Standing) -> None:
        """Take a ticket out: it was called or went away."""
        line = self._line_of(standing)
        # nearly always it is the first: looking that up costs more than all else here
        is_first = line[0] is standing
        del line[0 if is_first else bisect_left(line, place(standing), key=place)]
        if not line:
            self._forget_line_of(standing)

    def call(self, standing: Standing) -> None:
        """Take a ticket out that was called; walk-ins before it in its series were skipped."""
        if standing.reserved_for is None and standing.line == WALK_IN:
            line = self._series[standing.series]
            if line[0] is standing:
                self.remove(standing)
                return
            for passed in line[: bisect_left(line, place(standing), key=place)]:
                passed.skipped += 1
        self.remove(standing)

    def heads(self, seat: Seat, overtakes_allowed: int = 0) -> Iterator[Standing]:
        """The tickets among which the counter may choose: the first of each line it serves."""
        levels = seat.levels
        for (procedure, _), line in self._classes.items():
            if line and procedure in levels:
                yield line[0]
        for (counter, _, _), line in self._reserved.items():
            if line and counter == seat.counter:
                yield line[0]
        for line in self._series.values():
            if overtakes_allowed:
                yield from _heads_by_procedure(line, seat, overtakes_allowed)
            else:
                for standing in line:
                    if standing.procedure in levels:
                        yield standing
                        break

    def first_of(self, series: FieldId, seat: Seat, count: int) -> Iterator[tuple[Standing, Level]]:
        """The first walk-ins of the series that the counter serves, at most so many."""
        for standing in self._series.get(series, ()):
            level = seat.level_of(standing)
            if level is not None:
                yield standing, level
                count -= 1
                if count == 0:
                    return

    def _forget_line_of(self, standing: Standing) -> None:
        """Keep no empty lines: each choice looks at every line."""
        if standing.reserved_for is not None:
            del self._reserved[standing.reserved_for, standing.series, standing.line]
        elif standing.line == WALK_IN:
            del self._series[standing.series]
        else:
            del self._classes[standing.procedure, standing.line]

    def _all(self) -> Iterator[list[Standing]]:
        yield from self._series.values()
        yield from self._classes.values()
        yield from self._reserved.values()

    def _line_of(self, standing: Standing) -> list[Standing]:
        if standing.reserved_for is not None:
            key = (standing.reserved_for, standing.series, standing.line)
            return self._reserved.setdefault(key, [])
        if standing.line == WALK_IN:
            return self._series.setdefault(standing.series, [])
        return self._classes.setdefault((standing.procedure, standing.line), [])


def _heads_by_procedure(
    line: list[Standing], seat: Seat, overtakes_allowed: int
) -> Iterator[Standing]:
    """The first of each procedure, up to one who was skipped as often as is allowed."""
    seen: set[ProcedureCode] = set()
    for standing in line:
        if standing.procedure in seat.levels and standing.procedure not in seen:
            seen.add(standing.procedure)
            yield standing
            if standing.skipped >= overtakes_allowed:
                return
