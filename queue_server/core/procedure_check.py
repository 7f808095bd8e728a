"""What is wrong with a centre's procedures."""

import re
from typing import Final

from queue_server.core.configuration import CentreConfiguration, Procedure, Term, TermUnit
from queue_server.core.configuration_paths import key_path
from queue_server.core.configuration_ranges import HOUR_S
from queue_server.core.problems import Problems, problem_at, reference, within

_PROCEDURE: Final = re.compile(r"[0-9]\.[0-9]{6}(\.[0-9A-Z]{2,3})*|[a-z][a-z0-9-]*(\.[a-z0-9-]+)+")


def procedure_problems(c: CentreConfiguration) -> Problems:
    """Codes, fields, counters, times, papers and terms of every procedure."""
    for code, procedure in c.procedures.items():
        key = key_path("procedures", code)
        if not _PROCEDURE.fullmatch(code):
            yield problem_at(
                key,
                "expected a national code such as 1.001193 or an own one such as "
                "%(centre)s.advice, got '%(got)s'",
                centre=c.id,
                got=code,
            )
        yield from reference(f"{key}.field", procedure.field, c.fields)
        if not any(counter.profile.level_of(procedure) for counter in c.counters.values()):
            yield problem_at(key, "no counter serves it")
        mean, target = procedure.mean_transaction_time_s, procedure.target_waiting_time_s
        yield from within(f"{key}.mean_transaction_time_s", mean, 30, 4 * HOUR_S, " s")
        yield from within(f"{key}.target_waiting_time_s", target, 60, 8 * HOUR_S, " s")
        since, until = procedure.valid_from, procedure.valid_until
        if since is not None and until is not None and until < since:
            yield problem_at(
                f"{key}.valid_until",
                "%(until)s is before valid_from, %(since)s",
                until=until,
                since=since,
            )
        yield from _lists(key, procedure)


def _lists(key: str, procedure: Procedure) -> Problems:
    for n, synonym in enumerate(procedure.synonyms, 1):
        if not synonym.strip():
            yield problem_at(f"{key}.synonyms[{n}]", "the text is empty")
    for n, paper in enumerate(procedure.papers, 1):
        yield from within(f"{key}.papers[{n}].copies", paper.copies, 1, 99)
    for n, term in enumerate(procedure.terms, 1):
        yield from _term(f"{key}.terms[{n}]", term)
        if n > 1 and not term.case:
            yield problem_at(f"{key}.terms[{n}].case", "only the first term may be without a case")


def _term(key: str, term: Term) -> Problems:
    if term.unit is TermUnit.SAME_DAY:
        if term.amount:
            yield problem_at(
                f"{key}.amount", "a same_day term has no amount, got %(got)s", got=term.amount
            )
        return
    yield from within(f"{key}.amount", term.amount, 1, 3650, f" {term.unit.value}")
