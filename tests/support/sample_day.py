"""A plausible day of the sample centre, always the same: some 240 visits at all its counters."""

from datetime import timedelta
from pathlib import Path
from random import Random  # noqa: TID251  # seeded here

from config.centre_file import load_centre
from queue_server.core import commands as c
from queue_server.core.counter import Activity, activity_of
from queue_server.core.errors import QueueError
from queue_server.core.identifiers import CounterId
from queue_server.core.routing_rules import RoutingRules
from queue_server.core.ticket import Criterion, Outcome, Score
from tests.support.centres import MORNING, Hall
from tests.support.draws import PlainKeys

SAMPLE = Path(__file__).parents[2] / "config" / "centres" / "an-binh.toml"
STEP_S = 20
OUTCOMES = (
    *[Outcome.DOSSIER_ACCEPTED] * 6,
    *[Outcome.RESULT_RETURNED] * 2,
    Outcome.SUPPLEMENT_NEEDED,
    Outcome.ADVICE_ONLY,
    Outcome.REFUSED,
    Outcome.FILED_ONLINE_WITH_HELP,
)
SCORES = (
    *[Score.VERY_SATISFIED] * 5,
    *[Score.SATISFIED] * 4,
    Score.NEUTRAL,
    Score.NOT_SATISFIED,
)


def sample_day(seed: int = 7, draw_window_s: int = 0) -> Hall:
    """A hall whose commits are the whole day, closed in the evening."""
    chance = Random(seed)  # noqa: S311  # a repeatable day, nothing secret
    hall = Hall(load_centre(SAMPLE), PlainKeys())
    hall.do(c.ChangeRouting(routing=RoutingRules(draw_window_s=draw_window_s)))
    hall._tickets = seed << 32
    codes = list(hall.centre.facts.procedures)
    weights = [chance.expovariate(1.0) for _ in codes]
    for counter in hall.centre.facts.counters:
        hall.open(counter, f"clerk-{counter}")
    until: dict[CounterId, float] = {}
    for step in range(9 * 3600 // STEP_S):
        hall.now = MORNING + timedelta(seconds=step * STEP_S)
        if chance.random() < _arrivals_per_hour(step * STEP_S / 3600) * STEP_S / 3600:
            _try(hall, chance.choices(codes, weights)[0])
        for counter in hall.centre.facts.counters:
            _work(hall, counter, step * STEP_S, until, chance)
    hall.do(c.CloseDay())
    return hall


def _arrivals_per_hour(hour: float) -> float:
    """Most come in the morning; nobody is let in at noon."""
    return 55.0 if hour < 1.5 else 32.0 if hour < 3 else 40.0 if 5 <= hour < 7 else 18.0


def _try(hall: Hall, procedure: str) -> None:
    try:
        hall.issue(procedure)  # type: ignore[arg-type]
    except QueueError:
        return  # at noon no numbers are given


def _work(
    hall: Hall, counter: CounterId, now_s: float, until: dict[CounterId, float], chance: Random
) -> None:
    """One step of a counter: call, receive, serve, now and then something else."""
    if now_s < until.get(counter, 0.0):
        return
    activity = activity_of(hall.centre.ticket_at(hall.centre.counters[counter]))
    if activity is Activity.IDLE:
        hall.do(c.CallNext(counter=counter))
        until[counter] = now_s + chance.uniform(20, 70)
    elif activity is Activity.CALLING:
        if chance.random() < 0.05:
            hall.do(c.MarkNoShow(counter=counter))
            return
        hall.do(c.StartServing(counter=counter))
        until[counter] = now_s + chance.gammavariate(4, 170)
    else:
        _finish(hall, counter, chance)
        until[counter] = now_s + chance.uniform(10, 60)


def _finish(hall: Hall, counter: CounterId, chance: Random) -> None:
    outcome = chance.choice(OUTCOMES)
    try:
        hall.do(c.Complete(counter=counter, outcome=outcome))
    except QueueError:  # this procedure opens no dossier
        hall.do(c.Complete(counter=counter, outcome=Outcome.ADVICE_ONLY))
    done = max(
        (each for each in hall.centre.tickets.values() if each.served_by == counter),
        key=lambda each: each.ended_at or hall.now,
    )
    if done.sequence % 2:
        score, other = (SCORES[(done.sequence // 2 + n) % len(SCORES)] for n in (0, 3))
        criteria = {Criterion.ATTITUDE: score, Criterion.PUNCTUALITY: other}
        hall.do(c.RateVisit(ticket=done.id, score=score, criteria=criteria))
