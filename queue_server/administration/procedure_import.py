"""What a table of procedures would change in a draft, and the edits that change it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from msgspec import Struct

from config.centre_file import check_tree
from queue_server.administration.changes import changes_between
from queue_server.administration.edits import Edit, differences
from queue_server.administration.procedure_columns import BY_KEY
from queue_server.administration.procedure_table import Fault, Line, ReadTable
from queue_server.administration.sentences import reason_in_words
from queue_server.administration.tree import Tree
from queue_server.administration.values_in_words import Words
from queue_server.core.configuration_paths import key_path
from queue_server.core.problems import Problem, Severity

LISTED: Final = 100
"""Faults that are shown; whoever has more begins with these."""
_NATIONAL: Final = re.compile(r"[0-9]\.[0-9]{6}(\.[0-9A-Z]{2,3})*")


class Compared(Struct, frozen=True):
    """A procedure of the file beside the one of the draft."""

    code: str
    name: str
    changes: tuple[str, ...] = ()


class SaidFault(Struct, frozen=True):
    """A fault in the reader's language."""

    row: int
    column: str
    value: str
    reason: str


class Comparison(Struct, frozen=True, kw_only=True):
    """What a file would do."""

    columns: tuple[str, ...]
    ignored: tuple[str, ...]
    rows: int
    faults: tuple[SaidFault, ...]
    more_faults: int
    new: tuple[Compared, ...]
    changed: tuple[Compared, ...]
    unchanged: int
    missing: tuple[Compared, ...]
    """National procedures of the draft that the file has not; the centre's own never are."""


def compared(read: ReadTable, tree: Tree, language: str) -> Comparison:
    """The file beside the draft, in words."""
    words = Words(language, tree)
    known: Tree = tree.get("procedures", {})
    faults = [*read.faults, *(() if read.faults else _against_rules(read, tree, words))]
    new = [line for line in read.lines if line.code not in known]
    changed = [
        line for line in read.lines if line.code in known and known[line.code] != line.procedure
    ]
    return Comparison(
        columns=tuple(read.columns.values()),
        ignored=read.ignored,
        rows=len(read.lines),
        faults=tuple(_said(fault, words) for fault in faults[:LISTED]),
        more_faults=max(len(faults) - LISTED, 0),
        new=tuple(_compared(line, words) for line in new),
        changed=tuple(_compared(line, words, _told(line, tree, language)) for line in changed),
        unchanged=len(read.lines) - len(new) - len(changed),
        missing=tuple(
            Compared(code, words.text(known[code].get("name"))) for code in _missing(read, known)
        ),
    )


def taken(read: ReadTable, tree: Tree, *, is_removing: bool) -> tuple[Edit, ...]:
    """The edits that bring a file without faults into the draft."""
    return differences(tree, _with(read, tree, is_removing=is_removing))


def _with(read: ReadTable, tree: Tree, *, is_removing: bool) -> Tree:
    known: Tree = tree.get("procedures", {})
    gone = set(_missing(read, known)) if is_removing else set()
    gone.discard(tree.get("reception_procedure", ""))
    procedures = {code: each for code, each in known.items() if code not in gone}
    procedures.update({line.code: line.procedure for line in read.lines})
    return {**tree, "procedures": procedures, "counters": _without(tree["counters"], gone)}


def _without(counters: Tree, gone: set[str]) -> Tree:
    """The counters without what their profiles say of procedures that are gone."""
    if not gone:
        return counters
    changed = {}
    for key, counter in counters.items():
        single = counter.get("profile", {}).get("procedures", {})
        kept = {code: level for code, level in single.items() if code not in gone}
        profile = {**counter.get("profile", {}), "procedures": kept}
        changed[key] = {**counter, "profile": profile} if kept != single else counter
    return changed


def _missing(read: ReadTable, known: Mapping[str, object]) -> list[str]:
    there = {line.code for line in read.lines}
    return [code for code in known if code not in there and _NATIONAL.fullmatch(code)]


def _compared(line: Line, words: Words, changes: Sequence[str] = ()) -> Compared:
    return Compared(line.code, words.text(line.procedure.get("name")), tuple(changes))


def _told(line: Line, tree: Tree, language: str) -> list[str]:
    before = {"procedures": {line.code: tree["procedures"][line.code]}, "fields": tree["fields"]}
    after = {"procedures": {line.code: line.procedure}, "fields": tree["fields"]}
    return [
        f"{change.sentence}: {change.before} → {change.after}"
        for change in changes_between(before, after, language)
    ]


def _against_rules(read: ReadTable, tree: Tree, words: Words) -> Iterator[Fault]:
    """What the centre's rules say of the file's procedures."""
    known = {each.key for each in check_tree(tree).problems}
    checked = check_tree(_with(read, tree, is_removing=False))
    lines = {key_path("procedures", line.code): line for line in read.lines}
    for problem in checked.problems:
        line = next((lines[key] for key in lines if _is_within(problem.key, key)), None)
        is_new = line is not None and problem.key not in known
        if line is not None and is_new and problem.severity is Severity.ERROR:
            yield _of_rule(line, problem, read, words)


def _of_rule(line: Line, problem: Problem, read: ReadTable, words: Words) -> Fault:
    rest = problem.key.removeprefix(key_path("procedures", line.code)).lstrip(".")
    part = re.split(r"[.\[]", rest)[0] or "code"
    column = read.columns.get(part) or (BY_KEY[part].heading if part in BY_KEY else part)
    value = line.code if part == "code" else ""
    return Fault(
        row=line.row,
        column=column,
        value=value,
        what="rule",
        expected=reason_in_words(problem, words),
    )


def _is_within(inner: str, outer: str) -> bool:
    return inner == outer or inner.startswith((f"{outer}.", f"{outer}["))


def _said(fault: Fault, words: Words) -> SaidFault:
    _ = words._
    sentences = {
        "needed": _("must be filled in"),
        "unknown_field": _("no such field; known: %(expected)s"),
        "twice": _("is in row %(expected)s too"),
        "unreadable": _("cannot be read; write for example: %(expected)s"),
        "rule": "%(expected)s",
    }
    said = sentences[fault.what] % {"expected": fault.expected}
    return SaidFault(fault.row, fault.column, fault.value, said)
