"""Word to the staff at counters is on no board, whatever zone it is for."""

from displays.board.view import board_view
from queue_server.core import commands as c
from queue_server.core.identifiers import ZoneId
from queue_server.hub.outlook import Outlook
from tests.support.centres import Hall, rules


def test_word_to_the_counters_is_on_no_board() -> None:
    hall = Hall()
    for name, zones in (("all", ()), ("hall", (ZoneId("hall"),))):
        texts = {"vi": "Chốt sổ"}
        told = c.AnnounceMessage(message=name, texts=texts, zones=zones, audience="counters")
        hall.do(told)
    outlook = Outlook(at=hall.now, by_field={}, estimator=rules().estimator)

    boards = [board_view(hall.centre, zone, outlook) for zone in ("", "hall", "annex")]

    assert [board.notices for board in boards] == [(), (), ()]
