"""The people of the demo: virtual clerks at most counters, and roles for whoever looks."""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from queue_server.accounts.principal import Role
from queue_server.core.identifiers import CounterId, StaffId


class Person(Struct, frozen=True):
    """Somebody of the demo."""

    id: StaffId
    name: str
    roles: tuple[Role, ...]


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
    Person(StaffId("demo-administrator"), "Quản trị dùng thử", (Role.ADMINISTRATOR,)),
)
"""Whom somebody who looks at the demo may be, by one click."""


class VirtualClerk(Struct, frozen=True):
    """A clerk of the demo, their counter and their pace (1 is usual, 1.1 is slower)."""

    person: Person
    counter: CounterId
    pace: float


def virtual_clerks(counters: Sequence[CounterId]) -> list[VirtualClerk]:
    """One clerk for every counter but the last `FREE_COUNTERS`."""
    taken = counters[:-FREE_COUNTERS] if len(counters) > FREE_COUNTERS else counters
    return [
        VirtualClerk(
            Person(StaffId(f"clerk-{counter}"), CLERK_NAMES[n % len(CLERK_NAMES)], (Role.CLERK,)),
            counter,
            0.88 + 0.04 * (n * 5 % 7),
        )
        for n, counter in enumerate(taken)
    ]
