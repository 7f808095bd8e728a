"""What must be true after any number of kills, said from the journal, the answers and the paper."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from queue_server.core import events as e
from queue_server.core.apply import apply
from queue_server.core.centre import Centre
from queue_server.core.commit import Commit
from queue_server.core.identifiers import CentreId, TicketId
from tests.reliability.visitors import Answered
from tests.stateful import invariants

COMMITTED = 201
LOOK_CLOSELY_EVERY = 100
"""Commits between full checks of the folded centre; the counters are checked at each."""

Problems = Iterator[str]


def fold(centre: CentreId, commits: Sequence[Commit]) -> Centre:
    """The centre that the journal tells of."""
    folded = Centre(id=centre)
    for commit in commits:
        apply(folded, commit)
    return folded


def problems_of_journal(centre: CentreId, commits: Sequence[Commit]) -> Problems:
    """Offsets consecutive, no command twice, nobody at two counters, no number twice a day."""
    if [commit.offset for commit in commits] != list(range(1, len(commits) + 1)):
        yield "the offsets are not consecutive"
    for command_id, times in Counter(commit.command_id for commit in commits).items():
        if times > 1:
            yield f"command {command_id} was committed {times} times"
    yield from _problems_of_numbers(commits)
    folded = Centre(id=centre)
    for commit in commits:
        apply(folded, commit)
        held = [each.ticket for each in folded.counters.values() if each.ticket is not None]
        if len(set(held)) < len(held):
            yield f"a ticket is at two counters at offset {commit.offset}"
        if commit.offset % LOOK_CLOSELY_EVERY == 0 or commit is commits[-1]:
            yield from _broken_invariants(folded)


def _broken_invariants(centre: Centre) -> Problems:
    try:
        if centre.configuration is not None:
            invariants.check(centre)
    except AssertionError as error:
        yield f"an invariant is broken at offset {centre.offset}: {error!r}"


def _problems_of_numbers(commits: Sequence[Commit]) -> Problems:
    today: set[str] = set()
    codes: set[str] = set()
    for commit in commits:
        for event in commit.events:
            match event:
                case e.DayOpened():
                    today.clear()
                case e.TicketIssued(number=number):
                    if number in today:
                        yield f"number {number} was issued twice"
                    today.add(number)
                case e.DossierOpened(code=code):
                    if code in codes:
                        yield f"dossier code {code} was given twice"
                    codes.add(code)
                case _:
                    pass


def problems_of_answers(commits: Sequence[Commit], answers: Sequence[Answered]) -> Problems:
    """Whatever was answered happened, once, as it was told."""
    by_offset = {commit.offset: commit for commit in commits}
    told: dict[int, str] = {}
    for answer in answers:
        if answer.status != COMMITTED:
            continue  # nothing was to be done
        offset = answer.body["offset"]
        if offset in told:
            yield f"{answer.key} and {told[offset]} were told the same commit {offset}"
        told[offset] = answer.key
        commit = by_offset.get(offset)
        if commit is None:
            yield f"{answer.key} was acknowledged at {offset} and is lost"
        elif msgspec.json.decode(msgspec.json.encode(commit.events)) != answer.body["events"]:
            yield f"{answer.key} was told something else than commit {offset}"


def problems_of_paper(centre: Centre, papers: Mapping[TicketId, int]) -> Problems:
    """No slip twice; what was said to be printed came out; nothing is left unsaid."""
    for ticket, times in papers.items():
        if times > 1:
            yield f"the slip of {centre.tickets[ticket].number} came out {times} times"
        if ticket not in centre.tickets:
            yield f"a slip came out of {ticket}, which does not exist"
    for job in centre.prints.values():
        times = papers.get(job.ticket, 0)
        match job.result:
            case "pending" | "sending":
                yield f"nobody knows what became of print job {job.id}"
            case "printed" if times != 1:
                yield f"print job {job.id} is said to be printed and came out {times} times"
            case "not_sent" if times:
                yield f"print job {job.id} is said not to be sent and came out"
            case _:
                pass
