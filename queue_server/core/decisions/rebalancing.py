"""Decisions about proposals: the manager's, and those of the rule the manager switched on."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NoReturn

from queue_server.core import commands as c
from queue_server.core import events as e
from queue_server.core.centre import Centre, unknown
from queue_server.core.configuration import WorkProfile
from queue_server.core.counter import Availability, CounterState
from queue_server.core.errors import InvalidValue, ProposalStale, QueueError
from queue_server.core.identifiers import FieldId
from queue_server.core.proposals import Proposal, ProposalState, profile_after
from queue_server.core.protocols import Circumstances

HOUR = timedelta(hours=1)


def make_proposals(
    centre: Centre, command: c.MakeProposals, at: Circumstances
) -> tuple[e.Event, ...]:
    """Put the newest proposals before the manager, in place of those not answered yet.

    What does not hold any more is left out. With automatic rebalancing on, what only adds fields
    is accepted at once, up to the stated number an hour.

    Raises:
        InvalidValue: Two of them have the same name or change the same counter.
    """
    _require_distinct(command.proposals)
    held = tuple(each for each in command.proposals if _holds(centre, each))
    unanswered = [each for each in centre.proposals.values() if each.answer == "open"]
    if not held and not unanswered:
        return ()
    made = e.ProposalsMade(proposals=held, valid_until=command.valid_until)
    return (made, *_automatic(centre, held, at.now))


def _require_distinct(proposals: tuple[Proposal, ...]) -> None:
    names = {each.id for each in proposals}
    counters = {each.counter for each in proposals}
    if min(len(names), len(counters)) < len(proposals):
        got = ", ".join(f"{each.id} of {each.counter}" for each in proposals)
        message = f"expected one proposal of each name and counter, got {got}"
        raise InvalidValue(message)


def _automatic(
    centre: Centre, proposals: tuple[Proposal, ...], now: datetime
) -> Iterator[e.ProposalAccepted | e.WorkProfileChanged]:
    rules = centre.facts.rebalancing
    if not rules.is_automatic:
        return
    left = rules.automatic_changes_per_hour - sum(
        len(state.proposal.takes)
        for state in centre.proposals.values()
        if state.is_automatic and state.answered_at is not None and state.answered_at > now - HOUR
    )
    for proposal in proposals:
        is_adding = bool(proposal.takes) and not proposal.drops
        if is_adding and len(proposal.takes) <= left:
            left -= len(proposal.takes)
            yield e.ProposalAccepted(proposal=proposal.id, is_automatic=True)
            yield _changed(centre.counter(proposal.counter), proposal)


def accept_proposal(
    centre: Centre, command: c.AcceptProposal, at: Circumstances
) -> tuple[e.Event, ...]:
    """Do what was proposed: a work profile changes for a while and returns by itself.

    A counter is opened and closed by whoever sits there; accepting only says that it is wanted.

    Raises:
        ProposalStale: It was answered, or does not hold any more.
    """
    state = _unanswered(centre, command.proposal)
    proposal = state.proposal
    if at.now >= min(state.valid_until, proposal.until):
        made = int((at.now - state.made_at).total_seconds() // 60)
        _refuse(
            proposal, "expired", f"expected a proposal that still holds, got one of {made} min ago"
        )
    _require_holding(centre, proposal)
    accepted = e.ProposalAccepted(proposal=proposal.id)
    if proposal.opens or proposal.closes:
        return (accepted,)
    return (accepted, _changed(centre.counter(proposal.counter), proposal))


def decline_proposal(
    centre: Centre, command: c.DeclineProposal, _: Circumstances
) -> tuple[e.Event, ...]:
    """Leave things as they are; the same is not proposed again for a while."""
    state = _unanswered(centre, command.proposal)
    return (e.ProposalDeclined(proposal=state.proposal.id, reason=command.reason),)


def revert_work_profile(
    centre: Centre, command: c.RevertWorkProfile, at: Circumstances
) -> tuple[e.Event, ...]:
    """End a change that was made for a while: the counter serves what it served before.

    A timer that comes too late finds nothing to do, or a newer change that is not over.
    """
    counter = centre.counter(command.counter)
    if counter.timed is None:
        return ()
    if at.actor.kind == "system" and at.now < counter.timed.until:
        return ()
    before = counter.timed.before
    return (e.WorkProfileChanged(counter=counter.id, profile=before and _known(centre, before)),)


def switch_automatic_rebalancing(
    centre: Centre, command: c.SwitchAutomaticRebalancing, _: Circumstances
) -> tuple[e.Event, ...]:
    """Let proposals that only add fields happen by themselves, or not."""
    rules = centre.facts.rebalancing
    chosen = (command.is_on, command.changes_per_hour)
    if chosen == (rules.is_automatic, rules.automatic_changes_per_hour):
        return ()
    return (
        e.AutomaticRebalancingSwitched(
            is_on=command.is_on, changes_per_hour=command.changes_per_hour
        ),
    )


def _changed(counter: CounterState, proposal: Proposal) -> e.WorkProfileChanged:
    return e.WorkProfileChanged(
        counter=counter.id,
        profile=profile_after(counter.profile, proposal),
        until=proposal.until,
        proposal=proposal.id,
    )


def _unanswered(centre: Centre, name: str) -> ProposalState:
    state = centre.proposals.get(name)
    if state is None:
        raise unknown("proposal", name, centre.proposals)
    if state.answer != "open":
        _refuse(state.proposal, "answered", f"the proposal was {state.answer} already")
    return state


def _holds(centre: Centre, proposal: Proposal) -> bool:
    try:
        _require_holding(centre, proposal)
    except QueueError:
        return False
    return True


def _require_holding(centre: Centre, proposal: Proposal) -> None:
    """Refuse what the centre has left behind since the proposal was worked out.

    Raises:
        ProposalStale: It does not hold any more; the message says why.
    """
    counter = centre.counter(proposal.counter)
    is_open = counter.availability is Availability.OPEN
    if proposal.opens or proposal.closes:
        if proposal.opens == is_open:
            _refuse(proposal, "done", f"counter {counter.id} is {counter.availability} already")
    elif counter.availability is Availability.CLOSED:
        _refuse(proposal, "counter_closed", f"counter {counter.id} was closed since")
    if counter.timed is not None:
        message = f"the work profile of counter {counter.id} was changed since"
        _refuse(proposal, "counter_changed", message)
    _require_fields(centre, counter, proposal)


def _require_fields(centre: Centre, counter: CounterState, proposal: Proposal) -> None:
    served = counter.profile.fields
    if served.keys() & proposal.takes.keys():
        _refuse(proposal, "done", f"counter {counter.id} serves that already")
    if any(field not in served for field in proposal.drops):
        _refuse(proposal, "done", f"counter {counter.id} does not serve that any more")
    if not profile_after(counter.profile, proposal).fields:
        _refuse(proposal, "last_field", f"counter {counter.id} would serve nothing")
    for field in (*proposal.takes, *proposal.drops):
        if field not in centre.facts.fields:
            raise unknown("field", field, centre.facts.fields)
    waited_for = set(centre.waiting.values())
    if proposal.takes and not waited_for & proposal.takes.keys():
        fields = ", ".join(proposal.takes)
        _refuse(proposal, "nobody_waits", f"nobody waits for {fields} any more")
    lost = served if proposal.closes else proposal.drops
    for field in lost:
        if not _is_served_elsewhere(centre, counter, field):
            _refuse(proposal, "last_counter", f"no other open counter serves {field} now")


def _is_served_elsewhere(centre: Centre, counter: CounterState, field: FieldId) -> bool:
    return any(
        field in other.profile.fields
        for other in centre.counters.values()
        if other.id != counter.id and other.availability is Availability.OPEN
    )


def _known(centre: Centre, profile: WorkProfile) -> WorkProfile | None:
    """The profile without names that are configured no more; None when nothing is left."""
    facts = centre.facts
    fields = {key: level for key, level in profile.fields.items() if key in facts.fields}
    codes = {key: level for key, level in profile.procedures.items() if key in facts.procedures}
    if not fields and not codes:
        return None
    return WorkProfile(fields=fields, procedures=codes)


def _refuse(proposal: Proposal, reason: str, message: str) -> NoReturn:
    raise ProposalStale(message, counter=proposal.counter, proposal=proposal.id, reason=reason)
