"""The plan: which few changes of work profiles cover the work of the next while best.

A mixed-integer linear programme solved by HiGHS (`scipy.optimize.milp`). Source: routing study
§3.3, whose weights are in minutes; so is everything inside `_Programme`.
"""

from collections.abc import Iterator, Sequence
from math import inf, sqrt
from typing import Any, Final

from msgspec import Struct

from counters.rebalancing.situation import Change, CounterSupply, FieldDemand, Situation
from queue_server.core.identifiers import FieldId

MINUTE_S: Final = 60
PIECES: Final = ((0.2, 3.0), (0.2, 5.0), (inf, 9.0))
"""Shares of a field's work that stay undone, and what a minute of each costs."""
CHANGE_COST: Final = 4.0
OPENING_COST: Final = 20.0
SLOWNESS_COST: Final = 0.3
ACTIVE_GAIN: Final = 0.3
MOST_FIELDS: Final = 3
"""Fields a counter serves after a change, unless it serves more already."""
TIME_LIMIT_S: Final = 2.0
RELATIVE_GAP: Final = 1e-2
"""What is left is a fraction of what the trials can tell apart."""
HALF: Final = 0.5


class Limits(Struct, frozen=True, kw_only=True):
    """How far a plan may go."""

    max_changes: int = 2
    """Fields taken or dropped, counters opened or closed, together."""
    safety: float = 1.0
    """Safety work as multiple of the square root of what varies (square-root staffing)."""
    closing_gain: float = 0.0
    """What closing a counter is worth, in minutes of work; 0 closes none."""


def plan(situation: Situation, limits: Limits = Limits()) -> tuple[Change, ...]:  # noqa: B008
    """The best few changes, in the order of the counters; none when nothing is better.

    A field never loses a counter when it has two or fewer, and a counter always keeps one field.
    """
    programme = _Programme(situation, limits)
    solution = programme.solve()
    if solution is None:
        return ()
    return tuple(programme.changes(solution))


class _Cell(Struct, frozen=True):
    """A counter and a field it is trained for, with the places of its two variables."""

    counter: CounterSupply
    field: FieldId
    active: int
    minutes: int


class _Programme:
    """Variables, costs and rows of one situation."""

    def __init__(self, situation: Situation, limits: Limits) -> None:
        self._situation = situation
        self._limits = limits
        self.costs: list[float] = []
        self.lowest: list[float] = []
        self.highest: list[float] = []
        self.is_integer: list[int] = []
        self._entries: list[tuple[int, int, float]] = []
        self._row_bounds: list[tuple[float, float]] = []
        self._cells = list(self._new_cells())
        self._open = {each.counter: self._new_opening(each) for each in situation.counters}
        for counter in situation.counters:
            self._bound_counter(counter)
        for demand in situation.fields:
            self._cover(demand)
            self._keep_counters(demand.field)
        self._limit_changes()

    def _variable(
        self, cost: float, lowest: float, highest: float, *, is_integer: bool = False
    ) -> int:
        self.costs.append(cost)
        self.lowest.append(lowest)
        self.highest.append(highest)
        self.is_integer.append(int(is_integer))
        return len(self.costs) - 1

    def _row(self, terms: Sequence[tuple[int, float]], lowest: float, highest: float) -> None:
        row = len(self._row_bounds)
        self._row_bounds.append((lowest, highest))
        self._entries += [(row, column, factor) for column, factor in terms]

    def _new_cells(self) -> Iterator[_Cell]:
        """Is the field active at the counter, and for how many minutes is it served there?"""
        for counter in self._situation.counters:
            for field, slowness in counter.trained.items():
                is_new = field not in counter.active
                is_out = is_new and (not counter.is_open or field in counter.fixed)
                active = self._variable(-ACTIVE_GAIN, 0, 0 if is_out else 1, is_integer=True)
                most = counter.available_s / MINUTE_S
                minutes = self._variable(SLOWNESS_COST * (slowness - 1), 0, most)
                yield _Cell(counter, field, active, minutes)

    def _new_opening(self, counter: CounterSupply) -> int:
        """Is the counter open?"""
        if not counter.is_open:
            return self._variable(OPENING_COST, 0, int(counter.may_open), is_integer=True)
        gain = self._limits.closing_gain
        lowest = 0 if counter.may_close and gain > 0 else 1
        return self._variable(gain, lowest, 1, is_integer=True)

    def _bound_counter(self, counter: CounterSupply) -> None:
        """What an open counter serves it is trained for; a counter that opens serves its own."""
        cells = self._cells_of(counter)
        is_open, most = self._open[counter.counter], counter.available_s / MINUTE_S
        self._row([*((cell.minutes, 1.0) for cell in cells), (is_open, -most)], -inf, 0)
        for cell in cells:
            self._row([(cell.minutes, 1.0), (cell.active, -most)], -inf, 0)
            is_kept = cell.field in counter.active and (
                not counter.is_open or cell.field in counter.fixed
            )
            least = 0.0 if is_kept else -inf
            self._row([(cell.active, 1.0), (is_open, -1.0)], least, 0)
        if cells:
            actives = [(cell.active, 1.0) for cell in cells]
            self._row([*actives, (is_open, -1.0)], 0, inf)
            self._row(actives, 0, max(MOST_FIELDS, len(counter.active)))

    def _cells_of(self, counter: CounterSupply) -> list[_Cell]:
        return [cell for cell in self._cells if cell.counter is counter]

    def _cover(self, demand: FieldDemand) -> None:
        """Minutes given, safety left out and gaps make up the work and its safety."""
        work, mean = demand.work_s / MINUTE_S, demand.mean_s / MINUTE_S
        if work <= 0:
            return
        safety = self._limits.safety * sqrt(work * mean * (1 + demand.variation**2))
        terms = [
            (cell.minutes, 1 / cell.counter.trained[cell.field])
            for cell in self._cells
            if cell.field == demand.field
        ]
        terms.append((self._variable(1.0, 0, safety), 1.0))
        terms += [(self._variable(cost, 0, share * work), 1.0) for share, cost in PIECES]
        self._row(terms, work + safety, inf)

    def _keep_counters(self, field: FieldId) -> None:
        """Keep two counters for a field, or as many as it has where that is fewer."""
        cells = [cell for cell in self._cells if cell.field == field and cell.counter.is_open]
        had = sum(field in cell.counter.active for cell in cells)
        if had:
            self._row([(cell.active, 1.0) for cell in cells], min(had, 2), inf)

    def _limit_changes(self) -> None:
        """Fields taken and dropped, counters opened and closed: each is a change and costs."""
        terms: list[tuple[int, float]] = []
        opened = [counter for counter in self._situation.counters if counter.is_open]
        for counter in opened:
            is_open = self._open[counter.counter]
            terms += [
                (cell.active, -1.0 if cell.field in counter.active else 1.0)
                for cell in self._cells_of(counter)
            ]
            # A counter that closes drops all at once: 1 change instead of one for each field.
            terms.append((is_open, len(counter.active) - 1.0))
        for column, factor in terms:
            self.costs[column] += CHANGE_COST * factor
        closed = [each for each in self._situation.counters if not each.is_open]
        terms += [(self._open[counter.counter], 1.0) for counter in closed]
        self._row(terms, -inf, self._limits.max_changes - len(opened))

    def solve(self) -> Any:  # noqa: ANN401  # an array of numpy
        """Values of the variables; None when none were found in time."""
        from numpy import array  # noqa: PLC0415  # only the process that plans loads it
        from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415
        from scipy.sparse import csr_array  # noqa: PLC0415

        if not self.costs:
            return None
        rows, columns, factors = zip(*self._entries, strict=True)
        shape = (len(self._row_bounds), len(self.costs))
        matrix = csr_array((array(factors), (array(rows), array(columns))), shape=shape)
        lowest, highest = zip(*self._row_bounds, strict=True)
        found = milp(
            array(self.costs),
            integrality=array(self.is_integer),
            bounds=Bounds(array(self.lowest), array(self.highest)),
            constraints=LinearConstraint(matrix, array(lowest), array(highest)),
            options={"time_limit": TIME_LIMIT_S, "mip_rel_gap": RELATIVE_GAP},
        )
        return found.x

    def changes(self, solution: Any) -> Iterator[Change]:  # noqa: ANN401
        """What differs from the present, counter by counter."""
        for counter in self._situation.counters:
            is_open = bool(solution[self._open[counter.counter]] > HALF)
            if is_open != counter.is_open:
                yield Change(counter=counter.counter, opens=is_open, closes=not is_open)
            elif is_open:
                yield from self._toggles(counter, solution)

    def _toggles(self, counter: CounterSupply, solution: Any) -> Iterator[Change]:  # noqa: ANN401
        cells = self._cells_of(counter)
        now = {cell.field for cell in cells if solution[cell.active] > HALF}
        takes = tuple(cell.field for cell in cells if cell.field in now - counter.active)
        drops = tuple(cell.field for cell in cells if cell.field in counter.active - now)
        if takes or drops:
            yield Change(counter=counter.counter, takes=takes, drops=drops)
