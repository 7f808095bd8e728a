"""The slip a citizen takes: every word of it as a value. `slip_drawing` puts it on paper."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec import Struct

from printers.line import Line, Writer, reader_first
from printers.paper_texts import (
    ROUNDING_S,
    SOON_S,
    about_text,
    at_most_text,
    joined_numbers,
    moment_text,
    printed_again_text,
    reprint_text,
)
from printers.phrases import phrases_for, text_in
from queue_server.core.configuration import CentreConfiguration, PaperItem, Procedure
from queue_server.core.identifiers import Language
from queue_server.core.paper import SlipPart, SlipTemplate, Templates, parts_of_slip
from queue_server.core.ticket import Forecast, ForecastKind, Ticket


class Fact(Struct, frozen=True):
    """Something to know at a glance: a small label, a large value, a small note."""

    label: Line
    value: str
    note: str = ""


class Slip(Struct, frozen=True, kw_only=True):
    """A slip, ready to be drawn. Empty texts are left out."""

    language: Language
    parts: tuple[SlipPart, ...]
    """From top to bottom."""
    scale: float
    """What its letters are multiplied with."""
    logo: str
    centre: tuple[str, ...]
    """Its name, or the header that it chose."""
    heading: Line
    number: str
    procedure: Line
    details: tuple[Line, ...]
    """Appointment and number of dossiers, where there are any."""
    counters: Line
    """Counters that may call, e.g. ``Quầy 3, 4``."""
    zone: Line
    facts: tuple[Fact, ...]
    """The wait, where it can be told, and people ahead; none on a copy."""
    warning: Line
    """Why no wait can be told; empty on a copy."""
    priority: Line
    papers_heading: Line
    papers: tuple[str, ...]
    """Papers to have ready; `more_papers` counts those that are not named."""
    more_papers: str
    issued: str
    qr_url: str | None
    """None in an isolated network: the slip carries no QR code."""
    qr_caption: Line
    rules: str
    """What to do after a missed call; short enough for one line."""
    footer: tuple[str, ...]
    reprint: str
    """Empty on the first copy."""
    printed_again: str
    """When a copy was asked for; empty on the first one."""


def slip_for(  # noqa: PLR0913 - each is one fact of the slip, and named
    configuration: CentreConfiguration,
    ticket: Ticket,
    *,
    ahead: int,
    counters: Sequence[str],
    public_url: str | None,
    copy: int = 1,
    printed_at: datetime | None = None,
    templates: Templates | None = None,
) -> Slip:
    """The slip of `ticket`, in its language.

    A procedure, field or class that has left the configuration leaves its line empty: the
    number still counts.

    Args:
        configuration: The centre now.
        ticket: Its `forecast`, of the time of issue, is what is told of the wait.
        ahead: Citizens of its field who wait with an earlier place at the time of printing.
        counters: Numbers of the counters that may call it.
        public_url: Root of the pages a phone can reach; None for no QR code.
        copy: 1 for the first print, which leaves the printer at the time of issue. Later ones are
            marked as reprints and say nothing of the wait: it was foreseen for another time.
        printed_at: When the copy was asked for.
        templates: How it looks; None for the usual look.
    """
    writer = reader_first(ticket.language)
    templates = templates or Templates()
    template = templates.slips.ticket
    procedure = configuration.procedures.get(ticket.procedure)
    papers = _papers(procedure)
    named = template.papers_named
    is_first = copy == 1
    return Slip(
        language=writer.first,
        parts=parts_of_slip(template),
        scale=template.text_size.scale,
        logo=templates.logo if template.has_logo else "",
        centre=_centre(writer, configuration, template),
        heading=writer.phrase(lambda p: p.your_number),
        number=ticket.number,
        procedure=writer.texts(procedure.name) if procedure else Line(""),
        details=_details(writer, configuration, ticket),
        counters=_counters(writer, counters),
        zone=_zone(writer, configuration, ticket),
        facts=_facts(writer, ticket, ahead) if is_first else (),
        warning=_warning(writer, ticket.forecast) if is_first else Line(""),
        priority=_priority(writer, configuration, ticket),
        papers_heading=writer.phrase(lambda p: p.papers) if papers else Line(""),
        papers=tuple(text_in(paper.name, writer.first) for paper in papers[:named]),
        more_papers=_more_papers(writer, len(papers), named),
        issued=moment_text(ticket.issued_at, configuration.timezone, writer.first),
        qr_url=f"{public_url.rstrip('/')}/t/{ticket.id}" if public_url else None,
        qr_caption=writer.phrase(lambda p: p.follow_on_phone),
        rules=_rules(writer, configuration),
        footer=_footer(writer, configuration, template),
        reprint=reprint_text(copy),
        printed_again="" if is_first else printed_again_text(printed_at, configuration.timezone),
    )


def _centre(
    writer: Writer, configuration: CentreConfiguration, template: SlipTemplate
) -> tuple[str, ...]:
    if template.header:
        return (writer.texts(template.header).text,)
    return (writer.texts(configuration.name).text,)


def _footer(
    writer: Writer, configuration: CentreConfiguration, template: SlipTemplate
) -> tuple[str, ...]:
    own = writer.texts(template.footer)
    hotline = configuration.hotline
    told = writer.phrase(lambda p: p.hotline, hotline=hotline).text if hotline else ""
    return tuple(text for text in (own.text, own.small, told) if text)


def _details(
    writer: Writer, configuration: CentreConfiguration, ticket: Ticket
) -> tuple[Line, ...]:
    details = []
    if ticket.appointment_at is not None:
        time = ticket.appointment_at.astimezone(ZoneInfo(configuration.timezone))
        details.append(writer.phrase(lambda p: p.appointment, time=f"{time:%H:%M}"))
    if ticket.dossiers > 1:
        details.append(writer.phrase(lambda p: p.dossiers, count=ticket.dossiers))
    return tuple(details)


def _counters(writer: Writer, counters: Sequence[str]) -> Line:
    if not counters:
        return Line("")
    return writer.phrase(lambda p: p.counter, numbers=joined_numbers(counters))


def _zone(writer: Writer, configuration: CentreConfiguration, ticket: Ticket) -> Line:
    field = configuration.fields.get(ticket.field)
    zone = configuration.zones.get(field.zone) if field else None
    return writer.texts(zone.name) if zone else Line("")


def _facts(writer: Writer, ticket: Ticket, ahead: int) -> tuple[Fact, ...]:
    people = Fact(writer.phrase(lambda p: p.ahead), str(ahead))
    wait = _wait(writer, ticket.forecast)
    return (wait, people) if wait else (people,)


def _wait(writer: Writer, forecast: Forecast | None) -> Fact | None:
    if forecast is None or forecast.kind is not ForecastKind.RANGE or forecast.about_s is None:
        return None
    phrases = phrases_for(writer.first)
    about = about_text(forecast.about_s, phrases)
    most_s = max(forecast.at_most_s or 0, forecast.about_s)
    is_short = forecast.about_s < SOON_S and most_s <= ROUNDING_S
    at_most = about if is_short else at_most_text(most_s, phrases)
    note = phrases.at_most.format(time=at_most) if at_most != about else ""
    return Fact(writer.phrase(lambda p: p.wait), about, note)


def _warning(writer: Writer, forecast: Forecast | None) -> Line:
    if forecast is None:
        return Line("")
    match forecast.kind:
        case ForecastKind.NO_COUNTER_OPEN:
            return writer.phrase(lambda p: p.no_counter_open)
        case ForecastKind.MAY_NOT_BE_SERVED_TODAY:
            return writer.phrase(lambda p: p.may_not_be_served_today)
        case ForecastKind.RANGE:
            return Line("")


def _priority(writer: Writer, configuration: CentreConfiguration, ticket: Ticket) -> Line:
    if ticket.priority_class is None:
        return Line("")
    known = configuration.priority_classes.get(ticket.priority_class)
    names = known.name if known else {}
    return writer.line(
        lambda language: (
            phrases_for(language).priority.format(name=text_in(names, language)).removesuffix(" · ")
        )
    )


def _papers(procedure: Procedure | None) -> tuple[PaperItem, ...]:
    return tuple(paper for paper in procedure.papers if paper.is_required) if procedure else ()


def _more_papers(writer: Writer, papers: int, named: int) -> str:
    if papers <= named:
        return ""
    phrases = phrases_for(writer.first)
    words = phrases.more_papers if named else phrases.papers_in_all
    return words.format(count=papers - named)


def _rules(writer: Writer, configuration: CentreConfiguration) -> str:
    minutes = configuration.limits.reinstate_within_s // 60
    return writer.phrase(lambda p: p.missed, minutes=minutes).text
