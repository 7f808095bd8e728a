"""Handing served citizens over: the register first, then the dossier system."""

from datetime import datetime

import structlog
from sqlalchemy.exc import SQLAlchemyError

from queue_server.archive.database import DatabaseUnavailable
from queue_server.core.centre import Dossier
from queue_server.core.commands import RecordHandOver
from queue_server.core.errors import QueueError, StoreUnavailable, UnknownName
from queue_server.core.hours import local_time
from queue_server.core.identifiers import CentreId, DossierCode, StaffId
from queue_server.core.ticket import Outcome
from queue_server.intake.connector import HttpDossierSystem, LocalRegister
from queue_server.intake.dossier import DeadLetter
from queue_server.intake.hand_over import (
    RETRY_AFTER_S,
    DeliveryFailed,
    DossierSystem,
    HandOver,
    hand_over_of,
)
from queue_server.workshop import Workshop

log = structlog.get_logger()

LAST_TRY_S = sum(RETRY_AFTER_S[:-1])
"""Seconds after the release from which a failed try is the last: about two days."""
DETAIL = 300
NO_SYSTEM = "?"
"""In a dead letter: the settings name no system that could be asked."""


def register_dossier(shop: Workshop, name: CentreId, code: DossierCode, offset: int) -> None:
    """Enter the dossier opened at `offset` in the register."""
    centre, commit = shop.centre(name), shop.commit_at(name, offset)
    opened = shop.opened_in(commit, code)
    procedure = centre.procedure(opened.procedure)
    shop.register.open_dossier(
        opened,
        centre=name,
        day=local_time(centre.facts, opened.received_at).date(),
        procedure_name=procedure.name.get("vi", opened.procedure),
        staff=StaffId(commit.actor.id) if commit.actor.kind == "staff" else None,
    )


def void_dossier(shop: Workshop, name: CentreId, code: DossierCode, offset: int) -> None:
    """Mark the dossier as opened by mistake; it is entered first if it was not yet."""
    register_dossier(shop, name, code, offset)
    shop.register.void(code)


def hand_over(shop: Workshop, name: CentreId, code: DossierCode) -> None:
    """Try once; a refusal or the last failure becomes a dead letter that staff can send again.

    Whatever else goes wrong is a failure too: nobody looks into the job queue.
    """
    centre = shop.centre(name)
    known = centre.dossiers.get(code)
    if known is None or known.hand_over != "pending":
        return
    now = shop.clock.now()
    system: DossierSystem | None = None
    try:
        system = _system(shop)
        shop.register.requeue(code, system.name, now)
        delivered = system.deliver(_value(shop, name, known))
    except Exception as error:
        failure = _failure(error)
        log.warning(
            "a hand-over failed",
            dossier=code,
            reason=failure.message,
            exc_info=None if isinstance(error, QueueError) else error,
        )
        if failure.is_permanent or _is_last_try(known, now):
            _bury(shop, name, code, system.name if system else NO_SYSTEM, failure, now)
        return
    result = RecordHandOver(
        code=code, result="delivered", system=delivered.system, detail=delivered.detail[:DETAIL]
    )
    shop.submit(name, result)


_TRY_AGAIN = (StoreUnavailable, DatabaseUnavailable, SQLAlchemyError, OSError)
"""Faults that pass; any other would come again, so somebody has to look."""


def _failure(error: Exception) -> DeliveryFailed:
    """What went wrong, without values of a fault: they may name the person."""
    if isinstance(error, DeliveryFailed):
        return error
    is_permanent = not isinstance(error, _TRY_AGAIN)
    if isinstance(error, QueueError):
        return DeliveryFailed(error.message, is_permanent=is_permanent)
    kind = type(error).__name__
    message = f"expected to hand the dossier over, got a fault of the server, see its log: {kind}"
    return DeliveryFailed(message, is_permanent=is_permanent)


def _system(shop: Workshop) -> DossierSystem:
    settings = shop.settings.dossiers
    if settings.dossier_url is None:
        return LocalRegister(shop.register)
    token = settings.dossier_token
    return HttpDossierSystem(settings.dossier_url, token.get_secret_value() if token else "")


def _value(shop: Workshop, name: CentreId, known: Dossier) -> HandOver:
    """What is told: by the register alone, since the next day knows the ticket no more.

    Raises:
        DeliveryFailed: The register has the code of another centre's dossier.
    """
    try:
        dossier = shop.register.dossier(known.code)
    except UnknownName:
        register_dossier(shop, name, known.code, known.offset)
        dossier = shop.register.dossier(known.code)
    if (dossier.centre, dossier.ticket) != (name, known.ticket):
        message = (
            f"expected {known.code} to be of centre {name}, the register has it of "
            f"{dossier.centre}: check that every centre has its own agency identifier"
        )
        raise DeliveryFailed(message, is_permanent=True)
    person = None if dossier.person_ref is None else shop.register.person(dossier.person_ref)
    return hand_over_of(
        dossier, person, ticket_number=known.number, outcome=Outcome.DOSSIER_ACCEPTED
    )


def _is_last_try(known: Dossier, now: datetime) -> bool:
    since = known.released_at or known.opened_at
    return (now - since).total_seconds() >= LAST_TRY_S


def _bury(  # noqa: PLR0913, PLR0917  # what a dead letter is made of
    shop: Workshop,
    name: CentreId,
    code: DossierCode,
    system: str,
    failure: DeliveryFailed,
    now: datetime,
) -> None:
    letter = DeadLetter(
        dossier=code,
        system=system,
        centre=name,
        attempts=len(RETRY_AFTER_S),
        last_error=failure.message,
        at=now,
    )
    try:
        shop.register.bury(letter)
    except (QueueError, SQLAlchemyError):
        log.exception("a dead letter cannot be kept; the centre's register shows it", dossier=code)
    failed = RecordHandOver(
        code=code, result="failed", system=system, detail=failure.message[:DETAIL]
    )
    shop.submit(name, failed)
