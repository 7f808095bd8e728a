"""The view `register`: the day's newest dossiers, and every hand-over that waits for somebody."""

from datetime import date

from msgspec import Struct

from counters.register.entry import Entry, entry_of, last_receipts
from counters.register.written import Written, written_forms
from queue_server.accounts.principal import Principal
from queue_server.api.access import clerk
from queue_server.core.centre import Centre
from queue_server.hub.outlook import Outlook
from queue_server.hub.views import ViewKind

PACE_S = 0.5
SHOWN = 120
"""Newest dossiers in the view; with the failed ones it stays under the 64 kB of an outbox."""
FAILED_SHOWN = 40
FORMS_SHOWN = 40


class DayRegister(Struct, frozen=True, kw_only=True):
    """The register of the present day."""

    is_configured: bool
    day: date | None = None
    is_open: bool = False
    received: int = 0
    """Dossiers of the day, void ones not counted."""
    waiting: int = 0
    """Those of the day that are not handed over yet, nor failed."""
    delivered: int = 0
    failed: int = 0
    """Hand-overs that were given up, of earlier days too."""
    failures: tuple[Entry, ...] = ()
    """The oldest of them."""
    entries: tuple[Entry, ...] = ()
    """The newest dossiers of the day, newest first."""
    forms: tuple[Written, ...] = ()
    """The newest requests for a supplement and refusals of the day, newest first."""


def register(centre: Centre, _: str, __: Outlook) -> DayRegister:
    """The register as it is now."""
    if centre.configuration is None:
        return DayRegister(is_configured=False)
    receipts = last_receipts(centre)
    own = [each for each in centre.dossiers.values() if each.ticket in centre.tickets]
    failed = [each for each in centre.dossiers.values() if each.hand_over == "failed"]
    states = [each.hand_over for each in own]
    return DayRegister(
        is_configured=True,
        day=centre.day.date if centre.day else None,
        is_open=centre.day is not None and centre.day.is_open,
        received=len(own) - states.count("voided"),
        waiting=states.count("held") + states.count("pending"),
        delivered=states.count("delivered"),
        failed=len(failed),
        failures=tuple(entry_of(centre, each, receipts) for each in failed[:FAILED_SHOWN]),
        entries=tuple(entry_of(centre, each, receipts) for each in own[-SHOWN:][::-1]),
        forms=written_forms(centre, FORMS_SHOWN),
    )


def may_watch_register(principal: Principal, centre: Centre, _: str) -> bool:
    """Staff of the centre who meet citizens."""
    return clerk(principal, centre.id)


KIND = ViewKind(name="register", compute=register, may_watch=may_watch_register, pace_s=PACE_S)
