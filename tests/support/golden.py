"""A day in which every kind of event happens: the golden journal of a release is made of it.

`python -m tests.support.golden 0.1.0` writes the journal and the state it folds to. A released
journal is never written again; it shows that later releases still read it.
"""

import sys
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

import msgspec
from msgspec.structs import replace

from queue_server.core import commands as c
from queue_server.core.apply import apply
from queue_server.core.centre import Centre
from queue_server.core.codec import encode_commit
from queue_server.core.commit import Commit
from queue_server.core.configuration import Level, WorkProfile
from queue_server.core.events import MissingPaper
from queue_server.core.identifiers import (
    CounterId,
    PersonKey,
    PersonRef,
    PrinterId,
    StaffId,
    TicketId,
    TicketNumber,
    ZoneId,
)
from queue_server.core.learned import LearnedParameters, QuantileRow
from queue_server.core.printer_configuration import PrinterConfiguration
from queue_server.core.printing import Condition
from queue_server.core.proposals import Proposal
from queue_server.core.routing_rules import RoutingMode, RoutingRules
from queue_server.core.ticket import Criterion, Outcome, Score
from tests.support.centres import BIRTH, CIVIL, COPY, ELDERLY, LAND, LAND_TITLE, MANAGER, Hall
from tests.support.configurations import without

JOURNALS = Path(__file__).parent.parent / "core" / "journals"
ONE, TWO, THREE = CounterId("1"), CounterId("2"), CounterId("3")
CALL, START = c.CallNext(counter=ONE), c.StartServing(counter=ONE)
ADVICE = c.Complete(counter=ONE, outcome=Outcome.ADVICE_ONLY)
LEARNED = LearnedParameters(
    learned_on=date(2026, 11, 23),
    days=1,
    transactions=12,
    mean_transaction_time_s={BIRTH: 420.0},
    clerk_factors={StaffId("lan"): 0.9},
    demand={BIRTH: 1.0},
    arrivals={"mon": {CIVIL: (0.0,) * 16 + (2.5,) * 16 + (0.0,) * 16}},
    usual_waits_s={"mon": {CIVIL: (None,) * 24 + (300.0,) * 24}},
    quantiles={"walk_in": (QuantileRow(60.0, 50.0, 90.0, 120.0),)},
)
SUPPLEMENT = c.Complete(
    counter=ONE,
    outcome=Outcome.SUPPLEMENT_NEEDED,
    missing=(MissingPaper(name="Giấy chứng sinh"),),
    form=c.FormContent(reason="chưa có bản chính", basis="Luật Hộ tịch"),
)
ACCEPT = c.Complete(counter=ONE, outcome=Outcome.DOSSIER_ACCEPTED, note="two originals")


def fold(commits: Iterable[Commit]) -> Centre:
    """The centre that the commits make."""
    centre: Centre | None = None
    for commit in commits:
        centre = centre or Centre(id=commit.centre)
        apply(centre, commit)
    assert centre is not None
    return centre


def eventful_day() -> Hall:
    """Two days of a small centre with every event in them."""
    hall = Hall()
    _notices_and_counters(hall)
    _visits(hall)
    _dossiers_and_paper(hall)
    _undone(hall)
    _outage(hall)
    hall.do(c.ChangeRouting(routing=RoutingRules(mode=RoutingMode.FAST, draw_window_s=120)))
    _proposals(hall)
    hall.do(c.ApplyConfiguration(configuration=without(hall.centre.facts, counters=["2"])))
    hall.do(c.CloseDay())
    hall.do(c.LearnParameters(parameters=LEARNED))
    hall.later(minutes=24 * 60)
    hall.do(c.OpenDay())
    hall.open("1")
    hall.issue(BIRTH, priority_class=ELDERLY, person_key=PersonKey("k"), dossiers=2)
    hall.issue(COPY)
    hall.run([CALL, START, c.Park(counter=ONE, reason="form"), CALL])
    return hall


def _notices_and_counters(hall: Hall) -> None:
    for number in ("1", "2", "3"):
        hall.open(number)
    until = hall.now + timedelta(hours=2)
    hall.do(c.AnnounceMessage(message="m1", texts={"vi": "Mất điện"}, until=until))
    hall.do(c.AnnounceMessage(message="m2", texts={"vi": "Họp"}))
    hall.do(c.WithdrawMessage(message="m2"))
    hall.do(c.AnnounceMessage(message="m3", texts={"vi": "Chốt sổ"}, audience="counters"))
    hall.do(c.ReadMessage(counter=ONE, message="m3"))
    profile = WorkProfile(fields={LAND: Level.SECONDARY}, procedures={BIRTH: Level.PRIMARY})
    hall.do(c.ChangeWorkProfile(counter=THREE, profile=profile))
    hall.run([c.PauseCounter(counter=TWO, reason="break"), c.OpenCounter(counter=TWO)])
    hall.run([c.CloseCounter(counter=TWO), c.LeaveCounter(counter=TWO)])
    hall.run([c.HoldAutomaticCall(counter=ONE), c.HoldAutomaticCall(counter=ONE, is_held=False)])
    hall.do(c.SkipNumbers(count=10))


def _proposals(hall: Hall) -> None:
    """Accepted, ended by hand, declined, and done by the rule."""
    until = hall.now + timedelta(hours=1)
    hall.issue(LAND_TITLE)

    def propose(*names: str) -> None:
        proposals = tuple(
            Proposal(id=name, counter=ONE, takes={LAND: Level.BACK_UP}, until=until)
            for name in names
        )
        hall.do(c.MakeProposals(proposals=proposals, valid_until=until))

    propose("p1")
    hall.do(c.AcceptProposal(proposal="p1"))
    hall.do(c.RevertWorkProfile(counter=ONE), actor=MANAGER)
    propose("p2")
    hall.do(c.DeclineProposal(proposal="p2", reason="later"))
    hall.do(c.SwitchAutomaticRebalancing(is_on=True, changes_per_hour=1))
    propose("p3")
    hall.do(c.RevertWorkProfile(counter=ONE), actor=MANAGER)
    propose()
    hall.do(c.CancelTicket(ticket=next(reversed(hall.centre.tickets))))


def _visits(hall: Hall) -> None:
    first, second, third = (hall.issue(BIRTH, person=PersonRef("p1")) for _ in range(3))
    booked = hall.issue(COPY, appointment_at=hall.now + timedelta(minutes=20))
    hall.later(minutes=4)
    hall.run([c.CheckIn(ticket=booked.id), c.DelayTicket(ticket=first.id, let_pass=1)])
    hall.run([CALL, c.Recall(counter=ONE), c.MarkNoShow(counter=ONE)])
    hall.run([c.Reinstate(ticket=second.id), CALL, c.Requeue(counter=ONE)])
    hall.do(c.CallTicket(counter=ONE, ticket=third.id, reason="in pain"))
    hall.run([START, c.Park(counter=ONE), c.Resume(counter=ONE, ticket=third.id), START])
    hall.do(c.Park(counter=ONE, for_s=60))
    hall.do(c.GiveBack(ticket=third.id), actor=MANAGER)
    hall.run([CALL, START, c.Transfer(counter=ONE, procedure=LAND_TITLE, reason="title")])
    hall.run([c.CancelTicket(ticket=booked.id, reason="left")])
    hall.later(minutes=6)
    hall.run([c.CallNext(counter=THREE), c.MarkNoShow(counter=THREE)])


def _dossiers_and_paper(hall: Hall) -> None:
    hall.run([CALL, START, ACCEPT])
    (code,) = hall.centre.dossiers
    hall.later(seconds=11)
    hall.do(c.ReleaseHandOver(code=code))
    hall.do(c.RecordHandOver(code=code, result="failed", system="province", detail="HTTP 503"))
    hall.do(c.ReleaseHandOver(code=code), actor=MANAGER)
    hall.do(c.RecordHandOver(code=code, result="delivered", system="province"))
    hall.do(c.ReprintReceipt(code=code))
    job = next(iter(hall.centre.prints))
    hall.do(c.RecordPrint(job=job, result="unknown", detail="cable pulled"))
    hall.do(c.RecordPrint(job=job, result="printed"))
    hall.do(c.Reprint(ticket=hall.centre.prints[job].ticket))
    _two_printers(hall)


def _two_printers(hall: Hall) -> None:
    """One runs out of paper, the other of its zone takes over."""
    facts, printers = hall.centre.facts, [PrinterId("front"), PrinterId("back")]
    rows = {
        each: PrinterConfiguration(id=each, address=f"10.0.0.{n}:9100", zone=ZoneId("hall"))
        for n, each in enumerate(printers, 1)
    }
    hall.do(c.ApplyConfiguration(configuration=replace(facts, printers=rows)))
    front, back = printers
    hall.do(c.PrintTrial(printer=back, trial="0" * 16))
    hall.do(c.ReportPrinter(printer=front, condition=Condition.PAPER_OUT))
    hall.do(c.Reprint(ticket=next(iter(hall.centre.tickets)), printer=front))
    job = next(reversed(hall.centre.prints))
    hall.do(c.MovePrint(job=job, printer=back))
    hall.do(c.StartPrint(job=job, printer=back))


def _undone(hall: Hall) -> None:
    undo = c.UndoLast(counter=ONE)
    hall.issue(BIRTH)
    hall.run([CALL, undo, CALL, START, undo, START, c.Park(counter=ONE), undo])
    hall.run(
        [ACCEPT, undo, SUPPLEMENT, undo, c.Transfer(counter=ONE, to_counter=THREE), undo, ADVICE]
    )
    done = next(each for each in hall.centre.tickets.values() if each.served_by == ONE)
    criteria = {Criterion.PUNCTUALITY: Score.NEUTRAL}
    hall.do(c.RateVisit(ticket=done.id, score=Score.SATISFIED, criteria=criteria))
    hall.issue(BIRTH)
    hall.run([CALL, START, c.Transfer(counter=ONE, to_counter=THREE)])
    hall.do(c.CloseCounter(counter=THREE))


def _outage(hall: Hall) -> None:
    hall.later(minutes=30)
    by_hand = c.EnterOutageTicket(
        ticket=TicketId("a" * 32),
        number=TicketNumber("C077"),
        procedure=COPY,
        issued_at=hall.now - timedelta(minutes=20),
    )
    hall.do(by_hand)
    hall.do(
        replace(
            by_hand,
            ticket=TicketId("b" * 32),
            number=TicketNumber("C078"),
            counter=ONE,
            called_at=hall.now - timedelta(minutes=10),
            ended_at=hall.now - timedelta(minutes=5),
            outcome=Outcome.RESULT_RETURNED,
        )
    )


def write(release: str) -> None:
    """Write the journal and the state of a release."""
    hall = eventful_day()
    lines = [encode_commit(commit) for commit in hall.commits]
    (JOURNALS / f"{release}.jsonl").write_bytes(b"\n".join(lines) + b"\n")
    state = msgspec.json.format(msgspec.json.encode(fold(hall.commits)), indent=1)
    (JOURNALS / f"{release}.state.json").write_bytes(state + b"\n")


if __name__ == "__main__":
    write(sys.argv[1])
