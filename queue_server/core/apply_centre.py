"""Events about counters, dossiers and the centre itself, folded into the state."""

from datetime import datetime

from msgspec.structs import replace

from queue_server.core import events as e
from queue_server.core.centre import Centre, Day, Dossier, Form, Message, Reading
from queue_server.core.configuration import CentreConfiguration, WorkProfile
from queue_server.core.counter import Availability, CounterState
from queue_server.core.identifiers import CounterId, DossierCode, FieldId, ProcedureCode
from queue_server.core.paper_versions import retire_templates
from queue_server.core.proposals import TimedProfile
from queue_server.core.ticket import FINISHED


def apply_event(centre: Centre, event: e.Event, at: datetime) -> None:  # noqa: C901, PLR0912, PLR0915
    """Fold one event that is not about a single ticket."""
    match event:
        case e.ConfigurationApplied():
            _configure(centre, event.configuration)
        case e.RoutingChanged():
            centre.configuration = replace(centre.facts, routing=event.routing)
        case e.DayOpened():
            _open_day(centre, event, at)
        case e.DayClosed():
            if centre.day is not None:
                centre.day = replace(centre.day, is_open=False, draw_key=event.draw_key)
        case e.ParametersLearned():
            centre.learned = event.parameters
        case e.NumbersSkipped():
            first = {field.id: field.series.first for field in centre.facts.fields.values()}
            for field_id, number in {**first, **centre.next_number}.items():
                centre.next_number[field_id] = number + event.count
            centre.dossiers_opened += event.count
            centre.forms_written += event.count
        case e.MessageAnnounced():
            centre.messages[event.message] = Message(
                texts=event.texts,
                zones=event.zones,
                until=event.until,
                at=at,
                audience=event.audience,
                counters=event.counters,
            )
        case e.MessageWithdrawn():
            centre.messages.pop(event.message, None)
        case e.MessageRead():
            told = centre.messages[event.message]
            readings = (*told.readings, Reading(event.staff, event.counter, at))
            centre.messages[event.message] = replace(told, readings=readings)
        case e.CounterTaken():
            counter = centre.counters[event.counter]
            centre.counters[event.counter] = replace(
                counter,
                staff=event.staff,
                staff_name=event.name,
                taken_at=at,
                last_action=None,
                given_back=(),
            )
        case e.CounterLeft():
            _make_available(centre, event.counter, Availability.CLOSED, at)
            counter = centre.counters[event.counter]
            centre.counters[event.counter] = replace(
                counter, staff=None, staff_name="", taken_at=None
            )
            _drop_if_retired(centre, event.counter)
        case e.CounterOpened():
            _make_available(centre, event.counter, Availability.OPEN, at)
        case e.CounterPaused():
            _make_available(centre, event.counter, Availability.PAUSED, at, reason=event.reason)
            counter = centre.counters[event.counter]
            centre.counters[event.counter] = replace(counter, paused_until=event.until)
        case e.CounterClosed():
            _make_available(centre, event.counter, Availability.CLOSED, at)
        case e.AutomaticCallHeld():
            counter = centre.counters[event.counter]
            since = None if event.is_held or counter.idle_since is None else at
            centre.counters[event.counter] = replace(counter, countdown_since=since)
        case e.WorkProfileChanged():
            _change_profile(centre, event, at)
        case e.DossierOpened():
            centre.dossiers_opened += 1
            centre.dossiers[event.code] = Dossier(
                code=event.code,
                ticket=event.ticket,
                number=centre.tickets[event.ticket].number,
                counter=event.counter,
                procedure=event.procedure,
                opened_at=event.received_at,
                due_at=event.due_at,
                person=event.person,
                offset=centre.offset,
            )
        case e.FormWritten():
            centre.forms_written += 1
            on = centre.tickets[event.ticket].number
            centre.forms[event.form] = Form(written=event, number=on)
        case e.FormVoided():
            centre.forms[event.form] = replace(centre.forms[event.form], is_void=True)
        case e.DossierVoided():
            _set_hand_over(centre, event.code, hand_over="voided")
        case e.HandOverReleased():
            _set_hand_over(centre, event.code, hand_over="pending", released_at=at)
        case e.HandOverRecorded():
            _set_hand_over(
                centre,
                event.code,
                hand_over=event.result,
                system=event.system,
                detail=event.detail,
            )
        case _:
            message = f"{type(event).__name__} is folded by queue_server.core.apply"
            raise TypeError(message)


def _set_hand_over(centre: Centre, code: DossierCode, **changes: object) -> None:
    centre.dossiers[code] = replace(centre.dossiers[code], **changes)


def _make_available(
    centre: Centre,
    counter_id: CounterId,
    availability: Availability,
    at: datetime,
    reason: str = "",
) -> None:
    counter = centre.counters[counter_id]
    is_free = availability is Availability.OPEN and counter.ticket is None
    is_closed = availability is Availability.CLOSED
    is_still_paused = availability is counter.availability is Availability.PAUSED
    centre.counters[counter_id] = replace(
        counter,
        availability=availability,
        pause_reason=reason,
        paused_until=None,
        availability_since=counter.availability_since if is_still_paused else at,
        idle_since=at if is_free else None,
        countdown_since=at if is_free else None,
        given_back=() if availability is Availability.OPEN else counter.given_back,
        last_action=None if is_closed else counter.last_action,
    )


def _change_profile(centre: Centre, event: e.WorkProfileChanged, at: datetime) -> None:
    counter = replace(centre.counters[event.counter], profile_changed_at=at)
    if event.profile is None:
        configured = replace(counter, is_profile_changed=False, timed=None)
        centre.counters[event.counter] = _with_known_profile(centre, configured)
    else:
        centre.counters[event.counter] = replace(
            counter,
            profile=event.profile,
            is_profile_changed=True,
            timed=_timed(counter, event),
        )


def _timed(counter: CounterState, event: e.WorkProfileChanged) -> TimedProfile | None:
    """What the counter returns to when the change is for a while."""
    if event.until is None:
        return None
    before = counter.profile if counter.is_profile_changed else None
    if counter.timed is not None:
        before = counter.timed.before
    return TimedProfile(until=event.until, before=before, proposal=event.proposal)


def _open_day(centre: Centre, event: e.DayOpened, at: datetime) -> None:
    """Begin with empty queues; only dossiers whose hand-over is not done yet are kept."""
    centre.day = Day(
        date=event.date,
        timezone=event.timezone,
        opened_at=at,
        offset=centre.offset,
        draw_key_hash=event.draw_key_hash,
    )
    for index in (
        centre.tickets,
        centre.numbers,
        centre.waiting,
        centre.parked,
        centre.absent,
        centre.next_number,
        centre.issued,
        centre.issued_by_person,
        centre.prints,
        centre.served,
        centre.tallies,
        centre.work,
        centre.proposals,
        centre.forms,
        centre.retired_templates,
    ):
        index.clear()
    centre.calls.clear()
    centre.sequence = 0
    centre.dossiers_opened = 0
    centre.forms_written = 0
    centre.dossiers = {
        code: dossier
        for code, dossier in centre.dossiers.items()
        if dossier.hand_over not in {"delivered", "voided"}
    }
    centre.retired_fields.clear()
    _keep_procedures_of_dossiers(centre)
    for counter in list(centre.counters.values()):
        fresh = replace(
            counter,
            completed=0,
            out_of_order=0,
            busy_time_s=0.0,
            last_action=None,
            ticket=None,
            given_back=(),
        )
        centre.counters[counter.id] = _with_known_profile(centre, fresh)
        _drop_if_retired(centre, counter.id)


def _keep_procedures_of_dossiers(centre: Centre) -> None:
    """Forget retired procedures, but for those whose dossiers are still to be handed over."""
    needed = {dossier.procedure for dossier in centre.dossiers.values()}
    for code in [code for code in centre.retired_procedures if code not in needed]:
        del centre.retired_procedures[code]


def _configure(centre: Centre, configuration: CentreConfiguration) -> None:
    """Take the new configuration; what live tickets and counters still need is kept as retired."""
    old = centre.configuration
    centre.configuration = configuration
    if old is not None:
        _retire(centre, old, configuration)
        retire_templates(centre, old, configuration)
    for counter in configuration.counters.values():
        new = CounterState(id=counter.id, profile=counter.profile)
        state = centre.counters.get(counter.id, new)
        centre.counters[counter.id] = _with_known_profile(centre, replace(state, is_retired=False))
    for counter_id in [key for key in centre.counters if key not in configuration.counters]:
        retired = replace(centre.counters[counter_id], is_retired=True)
        centre.counters[counter_id] = _with_known_profile(centre, retired)
        _drop_if_retired(centre, counter_id)
    order = {key: place for place, key in enumerate(configuration.counters)}
    states = sorted(centre.counters.values(), key=lambda state: order.get(state.id, len(order)))
    centre.counters = {state.id: state for state in states}


def _retire(centre: Centre, old: CentreConfiguration, new: CentreConfiguration) -> None:
    undoable = [state.last_action.before for state in centre.counters.values() if state.last_action]
    tickets = [*centre.tickets.values(), *undoable]
    codes = {ticket.procedure for ticket in tickets}
    codes |= {dossier.procedure for dossier in centre.dossiers.values()}
    for code in sorted((codes & old.procedures.keys()) - new.procedures.keys()):
        centre.retired_procedures[code] = old.procedures[code]
    fields = {ticket.field for ticket in tickets}
    for field in sorted((fields & old.fields.keys()) - new.fields.keys()):
        centre.retired_fields[field] = old.fields[field]
    for counter_id, counter in old.counters.items():
        if counter_id not in new.counters:
            centre.retired_counters[counter_id] = counter
    for field in new.fields:
        centre.retired_fields.pop(field, None)
    for code in new.procedures:
        centre.retired_procedures.pop(code, None)
    for counter_id in new.counters:
        centre.retired_counters.pop(counter_id, None)


def _with_known_profile(centre: Centre, counter: CounterState) -> CounterState:
    """The counter with the profile a manager chose, or its configured one.

    Names that are configured no more are left out, but for those that tickets still need where
    they were served before.
    """
    chosen = _known(centre, counter.profile)
    is_changed = counter.is_profile_changed and bool(chosen.fields or chosen.procedures)
    profile = chosen if is_changed else _known(centre, centre.counter_facts(counter.id).profile)
    return replace(
        counter,
        profile=_with_retired(centre, profile, counter.profile),
        is_profile_changed=is_changed,
    )


def _known(centre: Centre, profile: WorkProfile) -> WorkProfile:
    fields = {**centre.facts.fields, **centre.retired_fields}
    procedures = {**centre.facts.procedures, **centre.retired_procedures}
    return WorkProfile(
        fields={field: level for field, level in profile.fields.items() if field in fields},
        procedures={
            code: level for code, level in profile.procedures.items() if code in procedures
        },
    )


def _with_retired(centre: Centre, profile: WorkProfile, before: WorkProfile) -> WorkProfile:
    """The profile, plus what it served before and still holds tickets of."""
    live = [ticket for ticket in centre.tickets.values() if ticket.state not in FINISHED]
    fields: dict[FieldId, object] = {}
    procedures: dict[ProcedureCode, object] = {}
    for ticket in live:
        if ticket.field in centre.retired_fields and ticket.field in before.fields:
            fields[ticket.field] = before.fields[ticket.field]
        if ticket.procedure in centre.retired_procedures and ticket.procedure in before.procedures:
            procedures[ticket.procedure] = before.procedures[ticket.procedure]
    if not fields and not procedures:
        return profile
    return replace(
        profile,
        fields={**profile.fields, **fields},
        procedures={**profile.procedures, **procedures},
    )


def _drop_if_retired(centre: Centre, counter_id: CounterId) -> None:
    """Forget a counter that is configured no more and holds nobody."""
    counter = centre.counters[counter_id]
    is_holding = counter.ticket is not None or counter_id in centre.parked.values()
    if not counter.is_retired or is_holding or counter.staff is not None:
        return
    del centre.counters[counter_id]
    for ticket in [t for t in centre.tickets.values() if t.reserved_for == counter_id]:
        centre.tickets[ticket.id] = replace(ticket, reserved_for=None)
