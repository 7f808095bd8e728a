"""What a draft changes, in sentences: "Counter 7: also takes Land (secondary)".

The forms' own labels are used, so a new attribute is told of by itself; what people change most
(work profiles, hours, whole entries) has sentences of its own.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from msgspec import Struct

from queue_server.administration.form import Control, Part, form
from queue_server.administration.tree import MISSING, ORDER, Path, Tree
from queue_server.administration.values_in_words import Words
from queue_server.web.i18n import translations

Kind = Literal["added", "removed", "changed"]


class Change(Struct, frozen=True, kw_only=True):
    """One thing that a draft changes."""

    path: Path
    kind: Kind
    subject: str
    """What is changed, e.g. "Counter 7"."""
    sentence: str
    before: str = ""
    """The value as it is, where a sentence alone would not say it."""
    after: str = ""


def changes_between(live: Tree, wanted: Tree, language: str) -> tuple[Change, ...]:
    """Every change from one configuration to the other, in the order of the form."""
    return tuple(_Teller(live, wanted, language).all())


def subject_of(words: Words, part: Part, key: str, tree: Tree) -> str:
    """What people call an entry of a table: "Counter 7", "Field Land"."""
    _ = translations(words.language).gettext
    name = words.name(part.name, key, tree)
    known = {
        "zones": _("Zone %(name)s"),
        "fields": _("Field %(name)s"),
        "procedures": _("Procedure %(name)s"),
        "counters": _("Counter %(name)s"),
        "priority_classes": _("Priority class %(name)s"),
        "printers": _("Printer %(name)s"),
        "pause_reasons": _("Pause reason %(name)s"),
        "park_reasons": _("Park reason %(name)s"),
        "boards": _("Board %(name)s"),
        "kiosks": _("Kiosk %(name)s"),
    }
    template = known.get(part.name)
    return template % {"name": name} if template else f"{part.label}: {name}"


class _Spot(Struct, frozen=True):
    """What is told of, and where it is written."""

    subject: str
    path: Path

    def at(self, name: str) -> "_Spot":
        return _Spot(self.subject, (*self.path, name))


class _Teller:
    """Tells the changes between two trees."""

    def __init__(self, live: Tree, wanted: Tree, language: str) -> None:
        self._live, self._wanted = live, wanted
        self._form = form(language)
        # Names of what is added are found in the new tree, of what is removed in the old one.
        both = {key: _merged(live.get(key), wanted.get(key)) for key in {**live, **wanted}}
        self._words = Words(language, both)
        self._ = translations(language).gettext

    def all(self) -> Iterator[Change]:
        for part in self._form.parts:
            before, after = (tree.get(part.name, MISSING) for tree in (self._live, self._wanted))
            if before == after and not _is_reordered(before, after):
                continue
            if part.control.kind == "table":
                yield from self._table(part, _table(before), _table(after))
            elif part.name == "hours":
                yield from self._hours(part, _table(before), _table(after))
            elif part.control.kind == "struct":
                spot = _Spot(part.label, (part.name,))
                yield from self._struct(spot, part.control, _table(before), _table(after))
            else:
                spot = _Spot(self._("Centre"), (part.name,))
                yield from self._attribute(spot, part, before, after)

    def _table(self, part: Part, before: Tree, after: Tree) -> Iterator[Change]:
        for key in [*before, *(key for key in after if key not in before)]:
            path = (part.name, key)
            if key not in after:
                subject = subject_of(self._words, part, key, self._live)
                sentence = self._("is removed")
                yield Change(path=path, kind="removed", subject=subject, sentence=sentence)
            elif key not in before:
                subject = subject_of(self._words, part, key, self._wanted)
                sentence = self._("is added")
                yield Change(path=path, kind="added", subject=subject, sentence=sentence)
            elif before[key] != after[key]:
                spot = _Spot(subject_of(self._words, part, key, self._live), path)
                yield from self._entry(spot, part, before[key], after[key])
        if _is_reordered(before, after):
            named = ", ".join(self._words.name(part.name, key) for key in after)
            sentence = self._("the order changes")
            yield Change(
                path=(part.name, ORDER),
                kind="changed",
                subject=part.label,
                sentence=sentence,
                after=named,
            )

    def _entry(self, spot: _Spot, part: Part, before: object, after: object) -> Iterator[Change]:
        inner = part.control.of
        if inner is not None and inner.kind == "struct":
            yield from self._struct(spot, inner, _table(before), _table(after))
        else:
            of_entry = Part(name=part.name, label=part.label, control=inner or part.control)
            yield from self._attribute(spot, of_entry, before, after)

    def _struct(self, spot: _Spot, control: Control, before: Tree, after: Tree) -> Iterator[Change]:
        for part in control.parts:
            old, new = (tree.get(part.name, MISSING) for tree in (before, after))
            if old == new:
                continue
            here, inner = spot.at(part.name), part.control
            if inner.kind == "struct" and inner.parts and old is not MISSING and new is not MISSING:
                yield from self._struct(here, inner, _table(old), _table(new))
            elif inner.kind == "table" and inner.of is not None and inner.of.kind == "choice":
                yield from self._levels(here, part, _table(old), _table(new))
            else:
                yield from self._attribute(here, part, old, new)

    def _attribute(
        self, spot: _Spot, part: Part, before: object, after: object
    ) -> Iterator[Change]:
        if part.control.kind == "texts":
            yield from self._texts(spot, part, _table(before), _table(after))
            return
        if isinstance(before, list) and isinstance(after, list):
            # Of a list only what is not in both is told.
            gone = [each for each in before if each not in after]
            come = [each for each in after if each not in before]
            if gone or come:
                before, after = gone, come
        yield Change(
            path=spot.path,
            kind="changed",
            subject=spot.subject,
            sentence=part.label,
            before=self._words.value(part, before),
            after=self._words.value(part, after),
        )

    def _texts(self, spot: _Spot, part: Part, before: Tree, after: Tree) -> Iterator[Change]:
        for language in {**before, **after}:
            old, new = before.get(language, ""), after.get(language, "")
            if old != new:
                nothing = self._("nothing")
                yield Change(
                    path=spot.at(language).path,
                    kind="changed",
                    subject=spot.subject,
                    sentence=f"{part.label} ({language})",
                    before=old or nothing,
                    after=new or nothing,
                )

    def _levels(self, spot: _Spot, part: Part, before: Tree, after: Tree) -> Iterator[Change]:
        """Work profiles, and whatever else gives names a level."""
        key_control, of = part.control.key, part.control.of
        if key_control is None or of is None:
            return
        for key in {**before, **after}:
            old, new = before.get(key), after.get(key)
            if old == new:
                continue
            facts = {
                "what": self._words.plain(key_control, key),
                "level": self._words.plain(of, new or old).lower(),
                "before": self._words.plain(of, old).lower(),
            }
            kind, template = self._of_level(part, old, new)
            sentence = template % facts
            yield Change(path=spot.at(key).path, kind=kind, subject=spot.subject, sentence=sentence)

    def _of_level(self, part: Part, old: object, new: object) -> tuple[Kind, str]:
        is_trained = part.name == "trained"
        if old is None and is_trained:
            return "added", self._("staff are trained for %(what)s too (%(level)s)")
        if old is None:
            return "added", self._("also takes %(what)s (%(level)s)")
        if new is None and is_trained:
            return "removed", self._("staff count as trained for %(what)s no more")
        if new is None:
            return "removed", self._("takes %(what)s no more (%(before)s)")
        return "changed", self._("%(what)s: %(before)s becomes %(level)s")

    def _hours(self, part: Part, before: Tree, after: Tree) -> Iterator[Change]:
        for name, say in (("weekdays", self._words.weekday), ("exceptions", self._words.day)):
            old, new = _table(before.get(name)), _table(after.get(name))
            for key in {**old, **new}:
                was, will = old.get(key), new.get(key)
                if was == will or (not was and not will and name == "weekdays"):
                    continue
                usual = self._("as every week")
                is_day = name == "exceptions"
                yield Change(
                    path=(part.name, name, key),
                    kind="changed",
                    subject=part.label,
                    sentence=say(key),
                    before=usual if is_day and was is None else self._words.sessions(was),
                    after=usual if is_day and will is None else self._words.sessions(will),
                )


def _table(value: Any) -> Tree:  # noqa: ANN401 - plain values of any shape
    return value if isinstance(value, dict) else {}


def _merged(one: object, other: object) -> object:
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return {**one, **other}
    return other if one is None else one


def _is_reordered(before: object, after: object) -> bool:
    """Whether keys that both have stand in another order."""
    if not isinstance(before, dict) or not isinstance(after, dict):
        return False
    return [key for key in before if key in after] != [key for key in after if key in before]
