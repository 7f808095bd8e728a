"""A visit made up to show how paper looks: with the centre's own procedures and counters."""

from datetime import datetime, timedelta

from printers.document import Document
from printers.receipt import receipt_for
from printers.shortfall import form_for
from printers.slip import Slip, slip_for
from queue_server.core.configuration import CentreConfiguration, Counter, Procedure
from queue_server.core.events import Component, DossierOpened, FormWritten, MissingPaper
from queue_server.core.identifiers import (
    CounterId,
    DossierCode,
    FieldId,
    FormId,
    Language,
    ProcedureCode,
    TicketId,
)
from queue_server.core.numbering import ticket_number
from queue_server.core.paper import FormKind
from queue_server.core.paper_versions import templates_of
from queue_server.core.ticket import Channel, Forecast, ForecastKind, Ticket, TicketState

TICKET = TicketId("5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a")
NAME, PHONE = "Nguyễn Thị Ánh", "0912 345 678"
NUMBER = 12


def sample_slip(
    facts: CentreConfiguration, *, now: datetime, language: Language, public_url: str | None
) -> Slip:
    """A ticket slip of the centre; with a QR code as it would be."""
    procedure = _procedure(facts)
    serving = [each.number for each in facts.counters.values() if each.profile.level_of(procedure)]
    return slip_for(
        facts,
        _ticket(facts, procedure, now, language),
        ahead=7,
        counters=serving[:3],
        public_url=public_url or "https://example.gov.vn",
        templates=templates_of(facts),
    )


def sample_form(
    facts: CentreConfiguration, kind: FormKind, *, now: datetime, language: Language
) -> Document:
    """A form of the centre."""
    procedure = _procedure(facts)
    counter = next(iter(facts.counters.values()), None)
    sign, templates = _sign(counter), templates_of(facts)
    number = _ticket(facts, procedure, now, language).number
    if kind is FormKind.RECEIPT:
        return receipt_for(
            facts,
            _opened(facts, procedure, now),
            person_name=NAME,
            phone=PHONE,
            counter_number=sign,
            ticket_number=number,
            language=language,
            templates=templates,
        )
    return form_for(
        facts,
        _written(procedure, kind, now),
        person_name=NAME,
        phone=PHONE,
        counter_number=sign,
        ticket_number=number,
        language=language,
        templates=templates,
    )


def _procedure(facts: CentreConfiguration) -> Procedure:
    """The first procedure that opens dossiers and has papers; else the first there is."""
    procedures = list(facts.procedures.values())
    telling = [each for each in procedures if each.opens_dossier and len(each.papers) > 1]
    nothing = Procedure(code=ProcedureCode("–"), field=FieldId(""), name={"vi": "–"})
    return next(iter([*telling, *procedures]), nothing)


def _ticket(
    facts: CentreConfiguration, procedure: Procedure, now: datetime, language: Language
) -> Ticket:
    field = facts.fields.get(procedure.field)
    letter = field.series.letter if field else "A"
    return Ticket(
        id=TICKET,
        number=ticket_number(letter, NUMBER),
        sequence=NUMBER,
        field=procedure.field,
        procedure=procedure.code,
        state=TicketState.WAITING,
        language=language,
        channel=Channel.KIOSK,
        issued_at=now,
        first_queued_at=now,
        queued_at=now,
        wait_began_at=now,
        forecast=Forecast(kind=ForecastKind.RANGE, about_s=1500, at_most_s=2400),
    )


def _sign(counter: Counter | None) -> str:
    return counter.number if counter else "1"


def _papers(procedure: Procedure) -> tuple[Component, ...]:
    return tuple(
        Component(name=paper.name.get("vi", ""), kind=paper.kind, copies=paper.copies)
        for paper in procedure.papers
    )


def _missing(procedure: Procedure) -> tuple[MissingPaper, ...]:
    names = [paper.name.get("vi", "") for paper in procedure.papers[:2]]
    notes = ("cần bản chính để đối chiếu", "")
    return tuple(
        MissingPaper(name=name, note=note) for name, note in zip(names, notes, strict=False)
    )


def _opened(facts: CentreConfiguration, procedure: Procedure, now: datetime) -> DossierOpened:
    return DossierOpened(
        code=DossierCode(f"{facts.dossiers.agency}-{now:%y%m%d}-0012"),
        ticket=TICKET,
        counter=CounterId(""),
        procedure=procedure.code,
        received_at=now,
        due_at=now + timedelta(days=3),
        term=next(iter(procedure.terms), None),
        components=_papers(procedure),
    )


def _written(procedure: Procedure, kind: FormKind, now: datetime) -> FormWritten:
    is_refusal = kind is FormKind.REFUSAL
    return FormWritten(
        form=FormId(f"{'03' if is_refusal else '02'}-{now:%y%m%d}-0003"),
        kind="refusal" if is_refusal else "supplement",
        ticket=TICKET,
        counter=CounterId(""),
        procedure=procedure.code,
        written_at=now,
        papers=() if is_refusal else _missing(procedure),
        reason="Không thuộc thẩm quyền giải quyết của Trung tâm."
        if is_refusal
        else "Chưa có bản chính để đối chiếu.",
        basis="Khoản … Điều … (văn bản quy định)",
    )
