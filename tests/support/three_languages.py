"""The sample centre with a third language, served: run it in a tree that the language is laid into.

``python -m tests.support.three_languages`` prints the address and one ticket, and serves until
its input is closed.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec.structs import replace

from config.centre_file import load_centre
from queue_server.core import commands as c
from queue_server.core.configuration import CentreConfiguration
from queue_server.core.identifiers import CounterId, Language, StaffId, TicketId
from queue_server.core.ticket import Outcome
from tests.support.live_servers import SAMPLE, LiveServer
from tests.support.pseudo_language import TAG

THIRD = Language(TAG)
COUNTER = CounterId("counter-1")
"""Where the rating tablet stands."""
SERVED, FOLLOWED = TicketId(f"{501:032x}"), TicketId(f"{502:032x}")


def with_third(facts: CentreConfiguration, tag: Language = THIRD) -> CentreConfiguration:
    """Vietnamese, and the third; its own texts are Vietnamese, as the centre file leaves them."""
    spoken = replace(facts.speech, languages=(Language("vi"),))
    return replace(facts, languages=(Language("vi"), tag), speech=spoken)


def begin(server: LiveServer, tag: Language = THIRD) -> None:
    """Two visitors of that language: one was just served, one waits."""
    facts = server.configuration
    profile = facts.counters[COUNTER].profile
    procedure = next(each.code for each in facts.procedures.values() if profile.level_of(each))
    server.do(c.TakeCounter(counter=COUNTER, staff=StaffId("hoa"), name="Hoa"))
    server.do(c.OpenCounter(counter=COUNTER))
    for ticket in (SERVED, FOLLOWED):
        server.do(c.IssueTicket(ticket=ticket, procedure=procedure, language=tag))
    server.do(c.CallTicket(counter=COUNTER, ticket=SERVED, reason="test"))
    server.do(c.StartServing(counter=COUNTER))
    server.do(c.Complete(counter=COUNTER, outcome=Outcome.ADVICE_ONLY))


def main() -> None:
    """Serve until the input is closed."""
    facts = with_third(load_centre(SAMPLE))
    with TemporaryDirectory() as folder, LiveServer(Path(folder), configuration=facts) as server:
        begin(server)
        print(f"serving {server.url}", flush=True)  # noqa: T201
        sys.stdin.read()


if __name__ == "__main__":
    main()
