"""What a board is asked to show: a configured board, a zone, or the whole centre."""

from typing import Final

from queue_server.core.board_configuration import BoardConfiguration
from queue_server.core.configuration import CentreConfiguration
from queue_server.core.identifiers import BoardId, ZoneId

BOARD: Final = "board/"
"""What the subject of a configured board begins with; a zone's is its id."""


def subject_of(board: str, zone: str) -> str:
    """The subject of the view for what a page or a device names; empty names are none."""
    return f"{BOARD}{board}" if board else zone


def wanted_board(facts: CentreConfiguration, subject: str) -> BoardConfiguration | None:
    """The board that the subject means; None where it names what is not configured."""
    if subject.startswith(BOARD):
        return facts.boards.get(BoardId(subject.removeprefix(BOARD)))
    if not subject:
        return BoardConfiguration(id=BoardId(""))
    zone = facts.zones.get(ZoneId(subject))
    return None if zone is None else BoardConfiguration(id=BoardId(""), zones=(zone.id,))
