"""How a command becomes a commit: the seam at which the same tests meet every journal."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from queue_server.core import commands as c
from queue_server.core.apply import apply
from queue_server.core.centre import Centre
from queue_server.core.commit import Actor, Commit
from queue_server.core.decide import decide
from queue_server.core.events import Event
from queue_server.core.identifiers import CentreId, CommandId, Epoch
from queue_server.core.protocols import Circumstances, Rules


class Submitter(Protocol):
    """Takes commands for one centre and keeps a current replica of it."""

    @property
    def centre(self) -> Centre:
        """The centre as it is after the last command."""
        ...

    async def submit(self, command: c.Command, now: datetime, actor: Actor) -> tuple[Event, ...]:
        """Decide, commit and fold; a refusal is raised and leaves everything as it was."""
        ...

    async def history(self) -> Sequence[Commit]:
        """Every commit so far, as it can be read back."""
        ...

    async def close(self) -> None:
        """Give up what the submitter holds."""
        ...


class DirectSubmitter:
    """Decides and folds in memory, with no journal between."""

    def __init__(self, centre_id: CentreId, rules: Rules) -> None:
        self._centre = Centre(id=centre_id)
        self._rules = rules
        self._commits: list[Commit] = []

    @property
    def centre(self) -> Centre:
        return self._centre

    async def submit(self, command: c.Command, now: datetime, actor: Actor) -> tuple[Event, ...]:
        circumstances = Circumstances(
            now=now, actor=actor, rules=self._rules, may_act_for_others=True
        )
        events = decide(self._centre, command, circumstances)
        if events:
            offset = self._centre.offset + 1
            commit = Commit(
                centre=self._centre.id,
                offset=offset,
                epoch=Epoch("e1"),
                at=now,
                actor=actor,
                command_id=CommandId(f"{offset:032x}"),
                payload_hash="",
                events=events,
            )
            apply(self._centre, commit)
            self._commits.append(commit)
        return events

    async def history(self) -> Sequence[Commit]:
        return self._commits

    async def close(self) -> None:
        self._commits.clear()
