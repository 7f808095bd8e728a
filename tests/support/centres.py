"""A small centre built by hand, and a way to run commands through it."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from counters.estimates.estimator import RollForwardEstimator
from counters.routing.router import StrategyRouter
from counters.routing.strategies import STRATEGIES
from queue_server.core import commands as c
from queue_server.core.apply import apply
from queue_server.core.centre import Centre
from queue_server.core.commit import Actor, Commit
from queue_server.core.configuration import (
    CentreConfiguration,
    Counter,
    Field,
    Level,
    OpeningHours,
    PriorityClass,
    Procedure,
    Series,
    Session,
    Term,
    TermUnit,
    WorkProfile,
    Zone,
)
from queue_server.core.decide import decide
from queue_server.core.events import Event
from queue_server.core.identifiers import (
    CentreId,
    CommandId,
    CounterId,
    Epoch,
    FieldId,
    PriorityClassId,
    ProcedureCode,
    TicketId,
    ZoneId,
)
from queue_server.core.protocols import Circumstances, DrawKeys, Rules
from queue_server.core.ticket import Ticket

MORNING = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
"""Monday 08:00 in Vietnam."""
CLERK, MANAGER = Actor("staff", "lan"), Actor("staff", "minh")
SYSTEM = Actor("system", "test")
BIRTH, COPY, LAND_TITLE = (
    ProcedureCode("1.001193"),
    ProcedureCode("2.000815"),
    ProcedureCode("1.012783"),
)
CIVIL, CERTIFY, LAND = FieldId("civil"), FieldId("certify"), FieldId("land")
ELDERLY = PriorityClassId("elderly")


def small_configuration() -> CentreConfiguration:
    """Three fields, three procedures, three counters, two zones."""
    hall, annex = ZoneId("hall"), ZoneId("annex")
    sessions = (
        Session(opens=time(7, 30), tickets_until=time(11, 0), closes=time(11, 30)),
        Session(opens=time(13, 0), tickets_until=time(16, 30), closes=time(17, 0)),
    )
    return CentreConfiguration(
        id=CentreId("test"),
        name={"vi": "Trung tâm thử", "en": "Test centre"},
        hours=OpeningHours(weekdays=dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), sessions)),
        zones={
            hall: Zone(id=hall, name={"vi": "Sảnh", "en": "Hall"}),
            annex: Zone(id=annex, name={"vi": "Phòng bên", "en": "Annex"}),
        },
        fields={
            CIVIL: _field(CIVIL, "H", "Hộ tịch", "Civil status", hall),
            CERTIFY: _field(CERTIFY, "C", "Chứng thực", "Certification", hall),
            LAND: _field(LAND, "D", "Đất đai", "Land", annex),
        },
        procedures={
            BIRTH: _procedure(BIRTH, CIVIL, "Đăng ký khai sinh", TermUnit.SAME_DAY),
            COPY: _procedure(COPY, CERTIFY, "Chứng thực bản sao", TermUnit.SAME_DAY),
            LAND_TITLE: _procedure(
                LAND_TITLE, LAND, "Cấp đổi giấy chứng nhận", TermUnit.WORKING_DAYS, 5
            ),
        },
        counters={
            CounterId("1"): _counter("1", hall, {CIVIL: Level.PRIMARY, CERTIFY: Level.SECONDARY}),
            CounterId("2"): _counter("2", hall, {CERTIFY: Level.PRIMARY, CIVIL: Level.BACK_UP}),
            CounterId("3"): _counter("3", annex, {LAND: Level.PRIMARY}),
        },
        priority_classes={
            ELDERLY: PriorityClass(
                id=ELDERLY, name={"vi": "Người cao tuổi"}, basis={"vi": "Nội quy trung tâm"}
            )
        },
        pause_reasons={"break": {"vi": "Nghỉ giải lao"}},
    )


def _field(field: FieldId, letter: str, name: str, english: str, zone: ZoneId) -> Field:
    return Field(
        id=field, name={"vi": name, "en": english}, series=Series(letter=letter), zone=zone
    )


def _procedure(
    code: ProcedureCode, field: FieldId, name: str, unit: TermUnit, amount: int = 0
) -> Procedure:
    term = Term(unit=unit, amount=amount)
    return Procedure(code=code, field=field, name={"vi": name}, terms=(term,))


def _counter(number: str, zone: ZoneId, fields: dict[FieldId, Level]) -> Counter:
    counter = CounterId(number)
    return Counter(id=counter, number=number, zone=zone, profile=WorkProfile(fields=fields))


class DueInThreeDays:
    """A due-date rule for tests about something else."""

    def due_at(self, _: CentreConfiguration, __: Term, received_at: datetime) -> datetime:
        return received_at + timedelta(days=3)


def plain_dossier_code(agency: str, day: date, running_number: int) -> str:
    """A dossier code in the official shape."""
    return f"{agency}-{day:%y%m%d}-{running_number:04d}"


def rules(draw_keys: DrawKeys | None = None) -> Rules:
    """The rules in force in tests of the core."""
    return Rules(
        router=StrategyRouter(),
        estimator=RollForwardEstimator(),
        due_dates=DueInThreeDays(),
        dossier_code=plain_dossier_code,
        draw_keys=draw_keys,
        strategies=tuple(STRATEGIES),
    )


class Hall:
    """A centre, a hand-set clock, and commands that are decided and applied at once."""

    def __init__(
        self,
        configuration: CentreConfiguration | None = None,
        draw_keys: DrawKeys | None = None,
    ) -> None:
        configuration = configuration or small_configuration()
        self.centre = Centre(id=configuration.id)
        self.now = MORNING
        self.rules = rules(draw_keys)
        self.commits: list[Commit] = []
        self._tickets = 0
        self.do(c.ApplyConfiguration(configuration=configuration))
        self.do(c.OpenDay())

    def do(
        self, command: c.Command, *, actor: Actor = SYSTEM, for_others: bool = False
    ) -> tuple[Event, ...]:
        """Decide the command and fold its events."""
        circumstances = Circumstances(
            now=self.now, actor=actor, rules=self.rules, may_act_for_others=for_others
        )
        events = decide(self.centre, command, circumstances)
        if events:
            commit = Commit(
                centre=self.centre.id,
                offset=self.centre.offset + 1,
                epoch=Epoch("e1"),
                at=self.now,
                actor=actor,
                command_id=CommandId(f"{self.centre.offset + 1:032x}"),
                payload_hash="",
                events=events,
            )
            apply(self.centre, commit)
            self.commits.append(commit)
        return events

    def later(self, *, minutes: float = 0, seconds: float = 0) -> None:
        """Let time pass."""
        self.now += timedelta(minutes=minutes, seconds=seconds)

    def issue(self, procedure: ProcedureCode = BIRTH, **fields: object) -> Ticket:
        """Give a number."""
        self._tickets += 1
        ticket = TicketId(f"{self._tickets:032x}")
        self.do(c.IssueTicket(ticket=ticket, procedure=procedure, **fields))  # type: ignore[arg-type]
        return self.centre.tickets[ticket]

    def open(self, counter: str, staff: str = "") -> CounterId:
        """Seat somebody at the counter and open it."""
        counter_id = CounterId(counter)
        who = staff or f"staff-{counter}"
        self.do(c.TakeCounter(counter=counter_id, staff=who, name=who.title()))  # type: ignore[arg-type]
        self.do(c.OpenCounter(counter=counter_id))
        return counter_id

    def ticket(self, ticket: Ticket) -> Ticket:
        """The ticket as it is now."""
        return self.centre.tickets[ticket.id]

    def run(self, commands: Sequence[c.Command]) -> None:
        """Do several commands."""
        for command in commands:
            self.do(command)
