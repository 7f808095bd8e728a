"""The worked example of docs/guides/how-the-order-is-made.md, computed by the rules in force."""

from collections.abc import Iterator, Mapping
from datetime import timedelta

from msgspec.structs import replace

from counters.explanation.sentences import Speaker
from counters.order.example import example
from counters.order.values import Claimant
from counters.routing.explain import explain
from counters.routing.parameters import parameters_of
from queue_server.core import commands as c
from queue_server.core.configuration import Level, WorkProfile
from queue_server.core.identifiers import CounterId, ProcedureCode
from queue_server.core.routing_rules import RoutingMode, RoutingRules
from tests.support.centres import (
    BIRTH,
    CERTIFY,
    CIVIL,
    COPY,
    ELDERLY,
    LAND,
    LAND_TITLE,
    Hall,
    small_configuration,
)

COUNTER = CounterId("2")
MINUTES: Mapping[ProcedureCode, int] = {COPY: 5, BIRTH: 8, LAND_TITLE: 15}
WORDS = {COPY: "certified copy", BIRTH: "birth registration", LAND_TITLE: "land title"}
LEVELS = {Level.PRIMARY: "primary", Level.SECONDARY: "secondary", Level.BACK_UP: "back-up"}


def example_hall() -> Hall:
    """Five people wait for counter 2 at half past nine."""
    plain = small_configuration()
    procedures = {
        code: replace(procedure, mean_transaction_time_s=60 * MINUTES[code])
        for code, procedure in plain.procedures.items()
    }
    elderly = replace(plain.priority_classes[ELDERLY], name={"vi": "cao tuổi", "en": "elderly"})
    classes = {ELDERLY: elderly}
    hall = Hall(replace(plain, procedures=procedures, priority_classes=classes))
    opened_at = hall.now
    fields = {CERTIFY: Level.PRIMARY, CIVIL: Level.SECONDARY, LAND: Level.BACK_UP}
    hall.do(c.ChangeWorkProfile(counter=COUNTER, profile=WorkProfile(fields=fields)))
    hall.open(COUNTER)

    def arrive(minute: int, procedure: ProcedureCode, **more: object) -> None:
        hall.now = opened_at + timedelta(minutes=minute)
        ticket = hall.issue(procedure, **more)
        if ticket.appointment_at is not None:
            hall.do(c.CheckIn(ticket=ticket.id))

    arrive(30, LAND_TITLE)
    arrive(65, BIRTH)
    arrive(70, COPY)
    arrive(75, COPY)
    arrive(80, BIRTH, appointment_at=opened_at + timedelta(minutes=85))
    arrive(88, COPY, priority_class=ELDERLY)
    hall.now = opened_at + timedelta(minutes=90)
    return hall


def table() -> str:
    """The claims at counter 2, as a table in Markdown; minutes."""
    hall = example_hall()
    head = "| Number | For | Waited | Counts as | × level | × length | + long wait | = claim |"
    lines = [head, "|---|---|---|---|---|---|---|---|"]
    procedures = {ticket.number: ticket.procedure for ticket in hall.centre.tickets.values()}
    claimants = example(hall.centre, COUNTER, hall.now).claimants
    lines += [_line(one, WORDS[procedures[one.number]]) for one in claimants]
    return "\n".join(lines)


def _line(one: Claimant, words: str) -> str:
    what = f"{words}, {one.line}" if one.line else words
    level = f"{one.weight:g} ({LEVELS[one.level]})"
    cells = [
        one.number,
        what,
        f"{one.waited_s / 60:.0f}",
        f"{one.clock_s / 60:.0f}",
        level,
        f"{one.length:.2f}",
        f"{one.long_wait_s / 60:.1f}",
        f"**{one.claim_s / 60:.1f}**",
    ]
    return "| " + " | ".join(cells) + " |"


def calls() -> Iterator[str]:
    """Whom counter 2 calls one after another, were nobody else to come, with the reasons."""
    hall = example_hall()
    for _ in range(len(hall.centre.waiting)):
        hall.do(c.CallNext(counter=COUNTER))
        ticket = hall.centre.ticket_at(hall.centre.counters[COUNTER])
        assert ticket is not None
        why = explain(hall.centre, ticket.id, hall.commits).called
        assert why is not None
        yield f"1. {ticket.number}: {Speaker(hall.centre, 'en').called(why, ticket.id)}"
        hall.run([c.MarkNoShow(counter=COUNTER)])


def answer() -> str:
    """What the land citizen is told after the first call."""
    hall = example_hall()
    [land] = [each for each in hall.centre.tickets.values() if each.procedure == LAND_TITLE]
    hall.do(c.CallNext(counter=COUNTER))
    hall.run([c.MarkNoShow(counter=COUNTER), c.CallNext(counter=COUNTER)])
    hall.run([c.MarkNoShow(counter=COUNTER), c.CallNext(counter=COUNTER)])
    explanation = explain(hall.centre, land.id, hall.commits)
    speaker = Speaker(hall.centre, "en")
    sentences = [speaker.passing(each, land.procedure) for each in explanation.passings]
    return "\n".join(f"> {text}" for text in [speaker.summary(explanation), *sentences])


def modes() -> str:
    """The numbers of each mode, as a table in Markdown."""
    lines = [
        "| Mode | κ | G (min) | overtakes | least head start of priority (min) |",
        "|---|---|---|---|---|",
    ]
    for mode in RoutingMode:
        numbers = parameters_of(RoutingRules(mode=mode))
        cells = [
            f"`{mode.value}`",
            f"{numbers.length_exponent:g}",
            f"{numbers.long_wait_gain_s / 60:g}",
            f"{numbers.overtakes_allowed}",
            f"{numbers.least_priority_head_start_s / 60:g}",
        ]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)
