"""Values of a configuration as people read them: durations, days, names instead of identifiers."""

from collections.abc import Mapping
from datetime import date, time
from typing import Any, Final

from babel.dates import format_date, get_day_names

from queue_server.administration.form import Control, Part
from queue_server.administration.tree import MISSING, Tree
from queue_server.web.i18n import formats_of, translations

WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LONGEST: Final = 300
"""Characters of one value that are shown."""


class Words:
    """Says values in one language; names are looked up in `tree`."""

    def __init__(self, language: str, tree: Tree) -> None:
        self.language = language
        self._tree = tree
        catalogue = translations(language)
        self._, self.ngettext = catalogue.gettext, catalogue.ngettext

    def text(self, texts: object) -> str:
        """A text of the centre's data in the reader's language, else in Vietnamese."""
        if not isinstance(texts, Mapping) or not texts:
            return ""
        return str(texts.get(self.language) or texts.get("vi") or next(iter(texts.values())))

    def name(self, table: str, key: str, tree: Tree | None = None) -> str:
        """What people call an entry: a counter's number, a procedure's code and name."""
        entry = (tree or self._tree).get(table, {}).get(key)
        if isinstance(entry, str):
            return entry
        if not isinstance(entry, Mapping):
            return key
        if "number" in entry:
            return str(entry["number"])
        name = self.text(entry.get("name")) or self.text(entry if "vi" in entry else {})
        return f"{key} {name}".strip() if table == "procedures" else name or key

    def value(self, part: Part, value: object) -> str:
        """An attribute's value."""
        if value is MISSING or value is None or value in ("", [], {}):
            return self._("nothing")
        if part.name.endswith("_s") and isinstance(value, int):
            return self.duration(value)
        return _shortened(self.plain(part.control, value))

    def plain(self, control: Control, value: Any) -> str:  # noqa: ANN401, PLR0911
        """A value by its control."""
        match control.kind:
            case "flag":
                return self._("yes") if value else self._("no")
            case "texts":
                return self.text(value)
            case "choice":
                labels = {choice.value: choice.label for choice in control.choices}
                return labels.get(value, str(value))
            case "reference":
                return self.name(control.to, value)
            case "date":
                return self.day(value)
            case "time":
                return clock(value)
            case "list" if control.of is not None:
                return ", ".join(self.plain(control.of, each) for each in value)
            case "struct":
                return self._struct(control, value)
            case "table" if control.key is not None and control.of is not None:
                entries = (
                    f"{self.plain(control.key, key)}: {self.plain(control.of, each)}"
                    for key, each in value.items()
                )
                return ", ".join(entries)
            case _:
                return str(value)

    def duration(self, seconds: int) -> str:
        """``1 hour 30 minutes``; seconds only where they count."""
        hours, minutes, rest = seconds // 3600, seconds // 60 % 60, seconds % 60
        parts = (
            (hours, self.ngettext("%(num)s hour", "%(num)s hours", hours)),
            (minutes, self.ngettext("%(num)s minute", "%(num)s minutes", minutes)),
            (rest, self.ngettext("%(num)s second", "%(num)s seconds", rest)),
        )
        said = [words % {"num": num} for num, words in parts if num]
        return " ".join(said) or parts[1][1] % {"num": 0}

    def day(self, value: str | date) -> str:
        """``24/11/2026``."""
        day = date.fromisoformat(value) if isinstance(value, str) else value
        return format_date(day, "dd/MM/yyyy", locale=formats_of(self.language))

    def weekday(self, key: str) -> str:
        """The name of a day of the week, e.g. of ``mon``."""
        if key not in WEEKDAYS:
            return key
        names = get_day_names("wide", context="stand-alone", locale=formats_of(self.language))
        return str(names[WEEKDAYS.index(key)])

    def sessions(self, value: object) -> str:
        """``07:30–11:30, 13:30–17:00``, or closed."""
        if not isinstance(value, list) or not value:
            return self._("closed")
        return ", ".join(
            f"{clock(each.get('opens', ''))}–{clock(each.get('closes', ''))}" for each in value
        )

    def _struct(self, control: Control, value: Mapping[str, Any]) -> str:
        if {"unit", "amount"} <= value.keys():
            return self._term(value)
        said = [
            f"{part.label}: {self.value(part, value[part.name])}"
            if part.control.kind in {"flag", "whole", "number"}
            else self.value(part, value[part.name])
            for part in control.parts
            if part.name in value and value[part.name] != part.default
        ]
        return ", ".join(said)

    def _term(self, term: Mapping[str, Any]) -> str:
        """``3 working days (when verification is needed)``."""
        amount, ngettext = term["amount"], self.ngettext
        said = {
            "hours": ngettext("%(num)s working hour", "%(num)s working hours", amount),
            "working_days": ngettext("%(num)s working day", "%(num)s working days", amount),
            "days": ngettext("%(num)s day", "%(num)s days", amount),
            "months": ngettext("%(num)s month", "%(num)s months", amount),
        }
        time = said.get(term["unit"], self._("within the working day")) % {"num": amount}
        about = [self.text(term.get("case"))]
        if term.get("is_certain"):
            about.append(self._("checked"))
        more = ", ".join(filter(None, about))
        return f"{time} ({more})" if more else time


def clock(value: str | time) -> str:
    """``07:30`` of ``07:30:00``."""
    return f"{value:%H:%M}" if isinstance(value, time) else value[:5]


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
