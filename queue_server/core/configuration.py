"""What a centre *is*: fields, procedures, counters, zones, hours, limits.

Values only. `config.centre_file` reads them from a TOML file; a running centre gets them by
the event `ConfigurationApplied`. Whatever has an identifier is kept in a mapping by it, in the
order in which people see it; `configuration_check.problems_of` lists every cross-reference that
does not hold.
"""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from datetime import date, time
from enum import StrEnum
from functools import cached_property
from typing import Literal

from msgspec import Struct, field

from queue_server.core.board_configuration import BoardConfiguration
from queue_server.core.citizen_rules import RatingRules, RemoteTicketRules
from queue_server.core.dossier_rules import DossierRules
from queue_server.core.identifiers import (
    BoardId,
    CentreId,
    CounterId,
    FieldId,
    KioskId,
    Language,
    PrinterId,
    PriorityClassId,
    ProcedureCode,
    ZoneId,
)
from queue_server.core.kiosk_rows import Kiosk
from queue_server.core.paper import DocumentTemplates, SlipTemplates
from queue_server.core.printer_configuration import PrinterConfiguration
from queue_server.core.rebalancing_rules import RebalancingRules
from queue_server.core.routing_rules import RoutingRules
from queue_server.core.speech_rules import SpeechRules

Texts = Mapping[str, str]
"""One text in several languages, keyed by language tag. Vietnamese (``vi``) is always there."""


class TermUnit(StrEnum):
    """Unit in which the term of a procedure is counted."""

    SAME_DAY = "same_day"
    HOURS = "hours"
    """Working hours; eight of them are one working day."""
    WORKING_DAYS = "working_days"
    DAYS = "days"
    """Calendar days; a term that ends on a day off ends on the next working day."""
    MONTHS = "months"


class Term(Struct, frozen=True, kw_only=True):
    """One case of the time in which a procedure is due.

    A procedure may have several cases ("3 working days; with verification at most 23 days").
    """

    unit: TermUnit
    amount: int = 0
    """How many units; 0 where it is due on the same day."""
    case: Texts = {}
    """When this case holds; empty for the usual case."""
    is_certain: bool = False
    """Checked against the official text; until then screens say "usually"."""


class PaperItem(Struct, frozen=True, kw_only=True):
    """One line of a procedure's checklist."""

    name: Texts
    kind: Literal["original", "copy", "certified_copy", "form", "shown"] = "original"
    copies: int = 1
    is_required: bool = True
    """Not so for papers that only some people need."""
    if_missing: Texts = {}
    """What to do without it, in a sentence."""


class Series(Struct, frozen=True, kw_only=True):
    """Letter and range of a field's ticket numbers. Restarts every morning at `first`."""

    letter: str
    """In front of every number, e.g. A for A001; letters that look like digits are misread."""
    first: int = 1
    last: int = 999


class Field(Struct, frozen=True, kw_only=True):
    """A group of procedures with a number series (lĩnh vực)."""

    id: FieldId
    name: Texts
    series: Series
    zone: ZoneId
    daily_capacity: int | None = None
    """Tickets that may be issued in one day; none: as many as the series has."""
    target_waiting_time_s: int = 900
    """Promised maximum wait."""
    icon: str = ""
    """Picture at the kiosk."""
    appointments_per_half_hour: int = 0
    """How many visits may be booked for one half hour; 0 takes no appointments."""


class Procedure(Struct, frozen=True, kw_only=True):
    """One administrative procedure: what a ticket is for."""

    code: ProcedureCode
    field: FieldId
    name: Texts
    synonyms: tuple[str, ...] = ()
    """What people type instead of the official name."""
    papers: tuple[PaperItem, ...] = ()
    terms: tuple[Term, ...] = ()
    """Cases of the due time; the first is the usual one. Empty: not known, ask at the counter."""
    fee_note: Texts = {}
    """Sentence about the fee; never a bare amount where somebody pays less."""
    fee_exemption: Texts = {}
    """Who pays less or nothing, and what is shown for it."""
    mean_transaction_time_s: int = 480
    """First guess of the time from call to end; the system learns the real one."""
    target_waiting_time_s: int | None = None
    """Promised maximum wait; none takes the field's."""
    opens_dossier: bool = True
    """Not so for advice and collection of results, which end without a dossier."""
    valid_from: date | None = None
    """First day on which it is offered; none: always was."""
    valid_until: date | None = None
    """Last day on which it is offered; none: until further notice."""


class Level(StrEnum):
    """How well a counter serves something; graded levels weight its claim (routing D1)."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    BACK_UP = "back_up"


class WorkProfile(Struct, frozen=True, kw_only=True):
    """What a counter serves: whole fields and single procedures, each with its level.

    A procedure named by itself overrides the level of its field.
    """

    fields: Mapping[FieldId, Level] = {}
    procedures: Mapping[ProcedureCode, Level] = {}

    def level_of(self, procedure: Procedure) -> Level | None:
        """Level at which this profile serves the procedure; None when it does not."""
        return self.procedures.get(procedure.code) or self.fields.get(procedure.field)

    def fields_among(self, known: Mapping[ProcedureCode, Procedure]) -> AbstractSet[FieldId]:
        """Fields of which this profile serves at least one of the known procedures."""
        named = (known.get(code) for code in self.procedures)
        return set(self.fields) | {procedure.field for procedure in named if procedure}


class Break(Struct, frozen=True, kw_only=True):
    """A planned break of a counter, by the centre's clock."""

    begins: time
    ends: time


class Counter(Struct, frozen=True, kw_only=True):
    """The place where one member of staff serves."""

    id: CounterId
    number: str
    """What is shown and spoken, e.g. ``3``."""
    zone: ZoneId
    profile: WorkProfile
    name: Texts = {}
    languages: tuple[Language, ...] = ()
    """Languages spoken there; empty for all of the centre. Whose language is not spoken at a
    counter is called there only as a back-up."""
    breaks: tuple[Break, ...] = ()
    """When nobody is planned to sit there; estimates count on it."""
    printer: PrinterId | None = None
    """Where receipts of this counter are printed; none keeps them on screen and as PNG."""
    trained: Mapping[FieldId, Level] = {}
    """Fields its staff are trained for beyond the profile: rebalancing may propose them."""

    @property
    def trained_fields(self) -> Mapping[FieldId, Level]:
        """Every field its staff are trained for; those of the profile are among them."""
        return {**self.trained, **self.profile.fields}


class Zone(Struct, frozen=True, kw_only=True):
    """Part of the lobby with its own screens and counters."""

    id: ZoneId
    name: Texts


class PriorityClass(Struct, frozen=True, kw_only=True):
    """A named group with a waiting-time bonus: ``rate · waited + head_start``."""

    id: PriorityClassId
    name: Texts
    basis: Texts
    """The rule the priority rests on, shown where it is claimed."""
    proof: Texts = {}
    """What is to be shown at the counter."""
    rate: float = 4.0
    """How fast its waiting time counts: 4 makes one minute count as four."""
    head_start_s: int = 5400
    """Waiting time it begins with."""
    is_declared_at_kiosk: bool = True
    """Citizens choose it themselves; if not, reception gives it."""


class Session(Struct, frozen=True, kw_only=True):
    """One stretch of opening hours. Tickets end before serving does."""

    opens: time
    tickets_until: time
    closes: time


class OpeningHours(Struct, frozen=True, kw_only=True):
    """Sessions per weekday (``mon`` … ``sun``) and exceptions per date; an empty list is closed."""

    weekdays: Mapping[str, tuple[Session, ...]]
    exceptions: Mapping[date, tuple[Session, ...]] = {}


class Holidays(Struct, frozen=True, kw_only=True):
    """Days off for due times: the country's calendar with the centre's own changes."""

    country: str = "VN"
    days_off: tuple[date, ...] = ()
    """Days off beyond the country's calendar."""
    working_days: tuple[date, ...] = ()
    """Swapped working days, e.g. a Saturday."""


class Limits(Struct, frozen=True, kw_only=True):
    """Numbers that bound what citizens and clerks may do."""

    tickets_per_person: int = 2
    """Tickets a day for one identity, where an identity is given."""
    reinstate_within_s: int = 1200
    """How long after a no-show a citizen may come back with the waiting time kept."""
    undo_within_s: int = 10
    """How long a clerk may undo the last action."""
    delays_per_ticket: int = 2
    """How often a citizen may let others go first."""
    dossiers_per_ticket: int = 20
    """How many dossiers one number may be for: agents bring many."""
    parked_for_s: int = 900
    """Default time for which a parked citizen is kept for the counter."""
    calls_before_no_show: int = 1
    """Calls of a ticket before no-show is offered without a question."""
    pause_keeps_parked_s: int = 600
    """How long a paused counter keeps its parked citizens; then they wait again for anybody."""
    reserved_for_s: int = 900
    """How long a citizen waits for one counter alone while it is not open; then for anybody."""
    silent_after_s: int = 120
    """Silence of an open counter's console after which the counter is paused; 0 never does it."""
    silent_serving_s: int = 900
    """How long a counter may be silent with a citizen being served before the manager is told."""
    out_of_order_by: Literal["clerks", "reception", "managers"] = "clerks"
    """Who may call a number out of order: all clerks, reception and managers, or managers."""
    call_automatically_after_s: int | None = None
    """How long until a free counter calls by itself; none leaves it to the clerk."""
    slip_wanted_for_s: int = 120
    """Seconds after which a slip that did not come out is not printed any more."""


class CentreConfiguration(Struct, frozen=True, kw_only=True, dict=True):
    """Everything a centre is. Applied as a whole by the command `ApplyConfiguration`."""

    id: CentreId
    name: Texts
    address: Texts = {}
    hotline: str = ""
    """Telephone number on slips and receipts."""
    portal: str = ""
    """Address at which dossiers are filed online at any hour, as people type it."""
    timezone: str = "Asia/Ho_Chi_Minh"
    languages: tuple[Language, ...] = (Language("vi"), Language("en"))
    """Languages of screens and slips; the first is shown first."""
    hours: OpeningHours
    zones: Mapping[ZoneId, Zone]
    fields: Mapping[FieldId, Field]
    procedures: Mapping[ProcedureCode, Procedure]
    counters: Mapping[CounterId, Counter]
    priority_classes: Mapping[PriorityClassId, PriorityClass] = {}
    printers: Mapping[PrinterId, PrinterConfiguration] = {}
    kiosks: Mapping[KioskId, Kiosk] = {}
    kiosk_printer: PrinterId | None = None
    """Where slips are printed when the kiosk names no printer of its own."""
    boards: Mapping[BoardId, BoardConfiguration] = {}
    pause_reasons: Mapping[str, Texts] = {}
    park_reasons: Mapping[str, Texts] = {}
    notices: tuple[Texts, ...] = ()
    """Sentences that take turns at the foot of the boards."""
    reception_procedure: ProcedureCode | None = None
    """What "I do not know what I need" takes a number for."""
    limits: Limits = field(default_factory=Limits)
    routing: RoutingRules = field(default_factory=RoutingRules)
    rebalancing: RebalancingRules = field(default_factory=RebalancingRules)
    speech: SpeechRules = field(default_factory=SpeechRules)
    dossiers: DossierRules = field(default_factory=DossierRules)
    rating: RatingRules = field(default_factory=RatingRules)
    remote_tickets: RemoteTicketRules = field(default_factory=RemoteTicketRules)
    holidays: Holidays = field(default_factory=Holidays)
    logo: str = ""
    """Of the centre, for paper: a PNG picture in base64."""
    slips: SlipTemplates = field(default_factory=SlipTemplates)
    documents: DocumentTemplates = field(default_factory=DocumentTemplates)

    @cached_property
    def typical_transaction_time_s(self) -> float:
        """Mean of the procedures' mean times in seconds: what "long" and "short" compare with."""
        times = [procedure.mean_transaction_time_s for procedure in self.procedures.values()]
        return sum(times) / len(times) if times else 1.0
