"""The people of the demo: virtual clerks at most counters, and roles for whoever looks."""

from collections.abc import Collection
from typing import Final

from msgspec import Struct

from queue_server.accounts.principal import Role
from queue_server.core.configuration import CentreConfiguration, Level
from queue_server.core.identifiers import CounterId, StaffId


class Person(Struct, frozen=True):
    """Somebody of the demo."""

    id: StaffId
    name: str
    roles: tuple[Role, ...]

    @property
    def account(self) -> tuple[StaffId, str, str, tuple[Role, ...]]:
        """As accounts take it: id, login, name, roles."""
        return (self.id, self.id, self.name, self.roles)


CLERK_NAMES: Final = (
    "Nguyễn Thị Lan",
    "Trần Văn Hùng",
    "Lê Thu Hà",
    "Phạm Minh Đức",
    "Hoàng Thị Mai",
    "Vũ Quốc Anh",
    "Đặng Thị Hoa",
    "Bùi Văn Nam",
    "Đỗ Thị Hương",
    "Ngô Văn Sơn",
    "Dương Thị Yến",
    "Lý Minh Tuấn",
    "Phan Thị Thảo",
    "Võ Văn Kiên",
)
FREE_COUNTERS: Final = 2
"""Counters without a virtual clerk, for people who want to try the console."""

VISITORS: Final = (
    Person(StaffId("demo-clerk"), "Cán bộ dùng thử", (Role.CLERK,)),
    Person(StaffId("demo-reception"), "Tiếp đón dùng thử", (Role.RECEPTION,)),
    Person(StaffId("demo-manager"), "Quản lý dùng thử", (Role.MANAGER,)),
)
"""Whom of the centre somebody who looks at the demo may be, by one click."""
OPERATOR: Final = Person(StaffId("demo-administrator"), "Quản trị dùng thử", (Role.ADMINISTRATOR,))
"""The same for who administers every centre, and sees all of them."""


class VirtualClerk(Struct, frozen=True):
    """A clerk of the demo, their counter and their pace (1 is usual, 1.1 is slower)."""

    person: Person
    counter: CounterId
    pace: float


def virtual_clerks(configuration: CentreConfiguration) -> list[VirtualClerk]:
    """One clerk for every counter but the free ones."""
    free = free_counters(configuration)
    taken = [counter for counter in configuration.counters if counter not in free]
    return [
        VirtualClerk(
            Person(StaffId(f"clerk-{counter}"), CLERK_NAMES[n % len(CLERK_NAMES)], (Role.CLERK,)),
            counter,
            0.88 + 0.04 * (n * 5 % 7),
        )
        for n, counter in enumerate(taken)
    ]


def free_counters(configuration: CentreConfiguration) -> list[CounterId]:
    """Up to `FREE_COUNTERS` counters without which every procedure is served as before.

    Those whose work others have as their first preference come first, the last counter of equals.
    """
    free: list[CounterId] = []
    while len(free) < FREE_COUNTERS:
        losses = {
            counter: _loss(configuration, counter, free)
            for counter in reversed(list(configuration.counters))
            if counter not in free
        }
        possible = {counter: loss for counter, loss in losses.items() if loss is not None}
        if not possible:
            break
        free.append(min(possible, key=lambda counter: possible[counter]))
    return free


def _loss(
    configuration: CentreConfiguration, counter: CounterId, free: Collection[CounterId]
) -> int | None:
    """Procedures that nobody else has as first preference; None where nobody has one at all."""
    others = [
        each.profile
        for each in configuration.counters.values()
        if each.id != counter and each.id not in free
    ]
    loss = 0
    for procedure in configuration.procedures.values():
        if configuration.counters[counter].profile.level_of(procedure) is None:
            continue
        levels = {profile.level_of(procedure) for profile in others} - {None}
        if not levels:
            return None
        loss += Level.PRIMARY not in levels
    return loss
