"""Cross-references of a configuration (stand-in until merged)."""

from msgspec import Struct

from queue_server.core.configuration import CentreConfiguration


class Problem(Struct, frozen=True):
    key: str
    reason: str
    severity: str


def problems_of(configuration: CentreConfiguration) -> tuple[Problem, ...]:
    return ()
