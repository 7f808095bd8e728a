"""Changes of a day in words: "close 5", "counter 7 takes land 9-11:30", "two clerks ill".

`parse_changes` understands a sentence or refuses it, saying what was expected; `apply_changes`
gives each counter the plan it would have. The same words serve the command line and the manager's
what-if. Several changes are joined by ";" or "and". Vietnamese words are understood too
(`counters.simulation.vietnamese`). A refusal's facts say why, for pages in other languages.
"""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from math import inf
from random import Random  # noqa: TID251  # made here from the seed
from typing import Final
from unicodedata import normalize

from msgspec import Struct
from msgspec.structs import replace

from counters.simulation.plans import CounterPlan, Levels, Stretch
from counters.simulation.vietnamese import in_english
from queue_server.core.configuration import Level
from queue_server.core.errors import InvalidValue
from queue_server.core.identifiers import CounterId, FieldId, ProcedureCode


class Ground(Struct, frozen=True, kw_only=True):
    """What changes can be made to."""

    plans: tuple[CounterPlan, ...]
    numbers: Mapping[str, CounterId]
    """What is on the counters' signs, e.g. ``5``."""
    usual: Mapping[CounterId, Levels]
    """What a counter that is closed would serve when opened."""
    able: Mapping[CounterId, Levels]
    """What a clerk can serve; a counter that is missing can serve everything."""
    fields: Mapping[FieldId, Collection[str]]
    """Names of each field, its identifier included."""
    procedures: Mapping[FieldId, Collection[ProcedureCode]]
    from_s: float
    """Changes are made from here on; seconds since midnight."""
    until_s: float
    """Closing time."""


class Change(Struct, frozen=True, kw_only=True):
    """One change. Instants in seconds since midnight."""

    kind: str
    """``close``, ``open``, ``add``, ``remove``, ``only`` or ``ill``."""
    words: str
    from_s: float
    until_s: float
    counter: CounterId | None = None
    field: FieldId | None = None
    clerks: int = 0


FORMS: Final = (
    '"close 5", "open 5", "counter 7 takes land 9:00-11:30", "counter 7 only land", '
    '"counter 7 -land" or "2 clerks ill"'
)
NUMBERS: Final = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10,
}  # fmt: skip
_TIME: Final = r"(?:\d{1,2}(?:[:h.]\d{2}|h)?)"
_SPAN: Final = re.compile(
    rf"\s+(?:(?:from\s+|at\s+)?({_TIME})\s*(?:-|to|until)\s*({_TIME})"
    rf"|(?:from|at)\s+({_TIME})|until\s+({_TIME}))$"
)
_CLOSE: Final = re.compile(r"(close|open)\s+(?:counter\s+)?(\S+)$")
_ILL: Final = re.compile(
    r"(\w+)\s+(?:clerks?|staff|people|persons?)\s+(?:is\s+|are\s+)?(?:ill|sick|away|missing)$"
)
_TAKES: Final = re.compile(
    r"(?:counter\s+)?(\S+)\s+(?:(takes\s+only|only|takes|also\s+takes|serves|drops|stops)\s+|([+-])\s*)(.+)$"
)
_KINDS: Final = {"drops": "remove", "stops": "remove", "only": "only", "-": "remove"}


def parse_changes(text: str, ground: Ground) -> tuple[Change, ...]:
    """The changes the words ask for.

    Raises:
        InvalidValue: They cannot be understood or done; the message says why.
    """
    parts = re.split(r";|\b(?:and|va)\b", _named(plain(text), ground))
    wanted = [in_english(part.strip()) for part in parts if part.strip()]
    if not wanted:
        raise _not_understood(text)
    return tuple(_parse(part, ground) for part in wanted)


def _named(text: str, ground: Ground) -> str:
    """The text with fields by their identifiers where a name has an "and" of its own."""
    for field, names in ground.fields.items():
        for name in sorted(map(plain, names), key=len, reverse=True):
            if re.search(r"\b(?:and|va)\b", name):
                text = text.replace(name, field)
    return text


def _not_understood(words: str) -> InvalidValue:
    message = f"expected a change like {FORMS}, got {words!r}"
    return InvalidValue(message, reason="change_not_understood", words=words)


def _parse(words: str, ground: Ground) -> Change:
    rest, from_s, until_s = _without_span(words, ground)
    if found := _CLOSE.fullmatch(rest):
        counter = _counter(found[2], ground)
        return Change(kind=found[1], words=words, counter=counter, from_s=from_s, until_s=until_s)
    if found := _ILL.fullmatch(rest):
        clerks = _clerks(found[1], ground)
        return Change(kind="ill", words=words, clerks=clerks, from_s=from_s, until_s=until_s)
    if found := _TAKES.fullmatch(rest):
        verb = (found[3] or found[2]).split()[-1]
        return Change(
            kind=_KINDS.get(verb, "add"),
            words=words,
            counter=_counter(found[1], ground),
            field=_field(found[4], ground),
            from_s=from_s,
            until_s=until_s,
        )
    raise _not_understood(words)


def _without_span(words: str, ground: Ground) -> tuple[str, float, float]:
    """The words without the hours at their end, and the hours."""
    found = _SPAN.search(words)
    if not found:
        return words, ground.from_s, inf
    begins, ends = found[1] or found[3], found[2] or found[4]
    from_s = _instant(begins) if begins else ground.from_s
    until_s = _instant(ends) if ends else inf
    if from_s >= until_s:
        message = f"expected hours that end after they begin, got {words!r}"
        raise InvalidValue(message, reason="change_hours_backwards", words=words)
    if until_s <= ground.from_s or from_s >= ground.until_s:
        first, last = _clock(ground.from_s), _clock(ground.until_s)
        message = f"expected hours within {first} to {last}, got {words!r}"
        raise InvalidValue(message, reason="change_hours_outside", first=first, last=last)
    return words[: found.start()], max(from_s, ground.from_s), until_s


def _instant(text: str) -> float:
    hours, minutes = (int(part or 0) for part in re.split(r"[:h.]", text + ":")[:2])
    if hours > 24 or minutes > 59:  # noqa: PLR2004  # of a day and of an hour
        message = f"expected a time of day like 9:30, got {text!r}"
        raise InvalidValue(message, reason="change_no_time", words=text)
    return hours * 3600.0 + minutes * 60.0


def _clock(instant_s: float) -> str:
    return f"{int(instant_s // 3600):02d}:{int(instant_s % 3600 // 60):02d}"


def _counter(word: str, ground: Ground) -> CounterId:
    counter = {plain(number): each for number, each in ground.numbers.items()}.get(word)
    if counter is None:
        known = ", ".join(ground.numbers)
        message = f"expected a counter of {known}, got {word!r}"
        raise InvalidValue(message, reason="change_unknown_counter", words=word, known=known)
    return counter


def _field(words: str, ground: Ground) -> FieldId:
    for field, names in ground.fields.items():
        if words in {plain(name) for name in names}:
            return field
    message = f"expected a field of {', '.join(ground.fields)}, got {words!r}"
    raise InvalidValue(message, reason="change_unknown_field", words=words)


def _clerks(word: str, ground: Ground) -> int:
    clerks = int(word) if word.isdecimal() else NUMBERS.get(word, 0)
    open_counters = sum(1 for plan in ground.plans if _is_ever_open(plan))
    if not 1 <= clerks < open_counters:
        most = open_counters - 1
        message = f"expected 1 to {most} clerks to be ill, got {word!r}"
        raise InvalidValue(message, reason="change_too_many_ill", most=most)
    return clerks


def apply_changes(changes: Sequence[Change], ground: Ground, seed: int) -> tuple[CounterPlan, ...]:
    """The counters' plans with the changes made.

    Args:
        changes: In the order in which they are made.
        ground: What they are made to.
        seed: Of the day: which clerks are ill differs from day to day.

    Raises:
        InvalidValue: A change cannot be made, e.g. to a counter that is closed.
    """
    plans = {plan.id: plan for plan in ground.plans}
    for change in changes:
        for counter in _whose(change, plans, seed):
            plans[counter] = _changed(change, plans[counter], ground)
    return tuple(plans.values())


def _whose(change: Change, plans: Mapping[CounterId, CounterPlan], seed: int) -> list[CounterId]:
    if change.counter is not None:
        return [change.counter]
    at_work = [counter for counter, plan in plans.items() if _is_ever_open(plan)]
    return Random(f"ill {seed}").sample(at_work, change.clerks)  # noqa: S311


def _changed(change: Change, plan: CounterPlan, ground: Ground) -> CounterPlan:
    if change.kind in {"close", "ill"}:
        if not _is_ever_open(plan):
            message = f"counter {_number(plan, ground)} is closed already"
            raise _refused(message, "change_closed_already", plan, ground)
        return _edited(plan, change, lambda _: None)
    if change.kind == "open":
        return _opened(change, plan, ground)
    if not _is_ever_open(plan):
        number = _number(plan, ground)
        message = f"counter {number} is closed: open it first, before it takes something"
        raise _refused(message, "change_counter_closed", plan, ground)
    return _edited(plan, change, _edit(change, plan, ground))


def _refused(
    message: str, reason: str, plan: CounterPlan, ground: Ground, **facts: object
) -> InvalidValue:
    """The refusal, naming the counter as its sign does."""
    return InvalidValue(message, reason=reason, number=_number(plan, ground), **facts)


def _number(plan: CounterPlan, ground: Ground) -> str:
    """The counter's number on its sign, which people know."""
    return next((each for each, counter in ground.numbers.items() if counter == plan.id), plan.id)


def _opened(change: Change, plan: CounterPlan, ground: Ground) -> CounterPlan:
    pieces = _pieces(plan, change)
    if all(
        levels is not None
        for begins_s, levels in pieces
        if change.from_s <= begins_s < change.until_s
    ):
        message = f"counter {_number(plan, ground)} is open already"
        raise _refused(message, "change_open_already", plan, ground)
    usual = ground.usual.get(plan.id)
    if not usual:
        number = _number(plan, ground)
        message = f"counter {number} has nothing to serve: say what it takes in its work profile"
        raise _refused(message, "change_serves_nothing", plan, ground)
    return _edited(plan, change, lambda levels: usual if levels is None else levels)


def _edit(
    change: Change, plan: CounterPlan, ground: Ground
) -> Callable[[Levels | None], Levels | None]:
    """What the change makes of what a counter serves; a closed one stays closed."""
    codes = ground.procedures[change.field] if change.field is not None else ()
    able = ground.able.get(plan.id)
    if change.kind != "remove" and able is not None and not any(code in able for code in codes):
        can = [
            field for field, own in ground.procedures.items() if any(code in able for code in own)
        ]
        trained = ", ".join(can)
        clerk = f"the clerk at counter {_number(plan, ground)}"
        message = f"{clerk} is trained for {trained}, not for {change.field}"
        raise _refused(message, "change_not_trained", plan, ground, field=change.field, trained=can)

    def edit(levels: Levels | None) -> Levels | None:
        if levels is None:
            return None
        if change.kind == "remove":
            return {code: level for code, level in levels.items() if code not in codes}
        own = {code: _better(levels.get(code)) for code in codes}
        return own if change.kind == "only" else {**levels, **own}

    return edit


def _better(level: Level | None) -> Level:
    """What a counter is told to take is at least its second best."""
    return Level.PRIMARY if level is Level.PRIMARY else Level.SECONDARY


def _edited(
    plan: CounterPlan, change: Change, edit: Callable[[Levels | None], Levels | None]
) -> CounterPlan:
    """The plan with what it serves changed between the change's instants."""
    stretches = [
        Stretch(begins_s, edit(levels) if change.from_s <= begins_s < change.until_s else levels)
        for begins_s, levels in _pieces(plan, change)
    ]
    return replace(plan, stretches=tuple(stretches))


def _pieces(plan: CounterPlan, change: Change) -> list[tuple[float, Levels | None]]:
    """What it serves from which instant on, cut at the change's instants."""
    cuts = {change.from_s, change.until_s, *(each.from_s for each in plan.stretches)}
    return [(cut, levels_at(plan, cut)) for cut in sorted(cuts) if cut < inf]


def levels_at(plan: CounterPlan, instant_s: float) -> Levels | None:
    """What the counter serves at the instant; None when it is closed."""
    found = None
    for stretch in plan.stretches:
        if stretch.from_s <= instant_s:
            found = stretch.levels
    return found


def _is_ever_open(plan: CounterPlan) -> bool:
    return any(stretch.levels is not None for stretch in plan.stretches)


def plain(text: str) -> str:
    """Without capitals, accents, long dashes and double spaces."""
    without = normalize("NFKD", text.lower().replace("đ", "d").replace("–", "-").replace("—", "-"))
    letters = "".join(letter for letter in without if ord(letter) < 0x300 or ord(letter) > 0x36F)  # noqa: PLR2004
    return " ".join(letters.split())
