"""Reasons as sentences in the reader's language."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from gettext import NullTranslations
from math import floor

from counters.routing.explain import Explanation, Passing
from counters.routing.reasons import Reason, ReasonKind
from queue_server.core.centre import Centre
from queue_server.core.configuration import Level, Texts
from queue_server.core.hours import local_time
from queue_server.core.identifiers import CounterId, ProcedureCode, TicketId
from queue_server.web.i18n import translations

MINUTE_S = 60
HOUR_MINUTES = 60


class Speaker:
    """Says the reasons of one centre in one language."""

    def __init__(self, centre: Centre, language: str) -> None:
        self._centre = centre
        self._language = language
        self._words: NullTranslations = translations(language)

    def summary(self, explanation: Explanation) -> str:
        """The answer to "why was I passed?" in one sentence."""
        _, ngettext = self._words.gettext, self._words.ngettext
        number = self._centre.ticket(explanation.ticket).number
        if explanation.since is None:
            return _("%(number)s has not begun to wait.") % {"number": number}
        if not explanation.passings:
            text = _("Nobody was called before %(number)s at a counter that serves it.")
            return text % {"number": number}
        later = [passing for passing in explanation.passings if passing.is_later]
        if not later:
            count = len(explanation.passings)
            text = ngettext(
                "%(number)s was not passed: the one called before it had waited longer.",
                "%(number)s was not passed: the %(count)s called before it had waited longer.",
                count,
            )
            return text % {"number": number, "count": count}
        text = ngettext(
            "%(count)s number that came later went before %(number)s: %(why)s.",
            "%(count)s numbers that came later went before %(number)s: %(why)s.",
            len(later),
        )
        return text % {"count": len(later), "number": number, "why": self._counted(later)}

    def passing(self, passing: Passing, own: ProcedureCode) -> str:
        """One call: who went first, where and why."""
        _ = self._words.gettext
        return _("%(number)s went first at counter %(counter)s: %(why)s.") % {
            "number": passing.number,
            "counter": self.counter(passing.counter),
            "why": self._why(passing.reason, passing.procedure, own),
        }

    def called(self, reason: Reason, ticket: TicketId) -> str:
        """Why this one was called."""
        _ = self._words.gettext
        if reason.kind is ReasonKind.WAIT:
            return self._longest(reason.level)
        own = {
            ReasonKind.ONLY_ONE: _("Comes first: no other series waits for this counter."),
            ReasonKind.LEVEL: _(
                "A main service of this counter; others must have waited much longer here."
            ),
            ReasonKind.SENT_HERE: _("Sent to this counter by another one."),
            ReasonKind.NOT_YET_DUE: _("Nobody else is due yet."),
            ReasonKind.LANGUAGE: _("This counter speaks the language of this number."),
        }
        if reason.kind in own:
            return own[reason.kind]
        procedure = self._centre.ticket(ticket).procedure
        text = self._why(reason, procedure, procedure)
        return text[:1].upper() + text[1:] + "."

    def counter(self, counter: CounterId) -> str:
        """The counter's number on its sign."""
        return self._centre.counter_facts(counter).number

    def _longest(self, level: Level | None) -> str:
        _ = self._words.gettext
        if level is Level.SECONDARY:
            return _("Waited long enough to come before the main services of this counter.")
        if level is Level.BACK_UP:
            return _("Waited so long that this counter helps out.")
        return _("Longest wait in the main services of this counter.")

    def _why(self, reason: Reason, procedure: ProcedureCode, own: ProcedureCode) -> str:
        _ = self._words.gettext
        if reason.kind is ReasonKind.LEVEL:
            return self._level(reason, procedure, own)
        if reason.kind is ReasonKind.WAIT and reason.waited_s < MINUTE_S:
            return _("it came earlier")
        facts = {
            "counts": self.duration(reason.counts_as_s),
            "waited": self.duration(reason.waited_s),
            "reason": reason.text,
            "count": reason.equals,
            "name": self._class(reason),
            "time": self._clock(reason.appointment_at),
            "earlier": reason.earlier or "",
        }
        return self._clauses()[reason.kind]() % facts

    def _clauses(self) -> Mapping[ReasonKind, Callable[[], str]]:
        _ = self._words.gettext
        return {
            ReasonKind.OUT_OF_ORDER: lambda: _("called out of order by the clerk: %(reason)s"),
            ReasonKind.DRAWN: lambda: _("drawn among %(count)s equals"),
            ReasonKind.SENT_HERE: lambda: _("another counter had sent it to this one"),
            ReasonKind.SENT_ON: lambda: _("sent on by another counter"),
            ReasonKind.PRIORITY: lambda: _(
                "priority (%(name)s) counts as having waited %(counts)s"
            ),
            ReasonKind.APPOINTMENT: lambda: _("appointment at %(time)s"),
            ReasonKind.NOT_YET_DUE: lambda: _("the other appointment is only at %(time)s"),
            ReasonKind.LANGUAGE: lambda: _(
                "the language of the other number is not spoken there; it must wait longer there"
            ),
            ReasonKind.LENGTH: lambda: _("a shorter procedure"),
            ReasonKind.URGENCY: lambda: _("a shorter wait is promised for its procedure"),
            ReasonKind.LONG_WAIT: lambda: _(
                "it had waited %(waited)s, and very long waits go first"
            ),
            ReasonKind.LINE: lambda: _(
                "those behind it in its series wait too, and need little time"
            ),
            ReasonKind.WAIT: lambda: _("it had waited longer, %(waited)s"),
            ReasonKind.SERIES_ORDER: lambda: _(
                "numbers of one series are called in order, and %(earlier)s was still before"
            ),
            ReasonKind.RULES: lambda: _("by the order of the centre"),
            ReasonKind.ONLY_ONE: lambda: _("nobody else waited"),
        }

    def _level(self, reason: Reason, procedure: ProcedureCode, own: ProcedureCode) -> str:
        _ = self._words.gettext
        if reason.level is Level.PRIMARY and reason.own_level is Level.BACK_UP:
            text = _(
                "the counter mainly serves %(field)s; %(own)s is a back-up there"
                " and must have waited about %(times)s times as long"
            )
        elif reason.level is Level.PRIMARY:
            text = _(
                "the counter mainly serves %(field)s; %(own)s comes second there"
                " and must have waited about %(times)s times as long"
            )
        else:
            text = _(
                "%(field)s comes second at the counter; %(own)s is a back-up there"
                " and must have waited about %(times)s times as long"
            )
        names = {"field": self._service(procedure, own), "own": self._service(own, procedure)}
        return text % {**names, "times": self._decimal(reason.times)}

    def _service(self, procedure: ProcedureCode, beside: ProcedureCode) -> str:
        """Name of the field; of the procedure, where both are of one field."""
        facts = self._centre.procedure(procedure)
        if facts.field == self._centre.procedure(beside).field and procedure != beside:
            return self._text(facts.name)
        name = self._text(self._centre.field(facts.field).name)
        return name[:1].lower() + name[1:]

    def _counted(self, passings: Sequence[Passing]) -> str:
        """Each reason and how often it decided, most often first: ``priority (2), drawn (1)``."""
        labels, text = self._labels(), self._words.pgettext("how often", "%(why)s (%(count)s)")
        counts = Counter(passing.reason.kind for passing in passings)
        return ", ".join(
            text % {"why": labels[kind](), "count": count} for kind, count in counts.most_common()
        )

    def _labels(self) -> Mapping[ReasonKind, Callable[[], str]]:
        _ = self._words.gettext
        return {
            ReasonKind.OUT_OF_ORDER: lambda: _("called out of order"),
            ReasonKind.DRAWN: lambda: _("drawn among equals"),
            ReasonKind.SENT_HERE: lambda: _("sent to that counter"),
            ReasonKind.SENT_ON: lambda: _("sent on by another counter"),
            ReasonKind.PRIORITY: lambda: _("priority"),
            ReasonKind.APPOINTMENT: lambda: _("appointment"),
            ReasonKind.NOT_YET_DUE: lambda: _("before the own appointment"),
            ReasonKind.LEVEL: lambda: _("main service of the counter"),
            ReasonKind.LANGUAGE: lambda: _("language of the counter"),
            ReasonKind.LENGTH: lambda: _("shorter procedure"),
            ReasonKind.URGENCY: lambda: _("shorter promised wait"),
            ReasonKind.LONG_WAIT: lambda: _("very long wait"),
            ReasonKind.LINE: lambda: _("line behind it"),
            ReasonKind.WAIT: lambda: _("longer wait"),
            ReasonKind.SERIES_ORDER: lambda: _("order of the series"),
            ReasonKind.RULES: lambda: _("order of the centre"),
            ReasonKind.ONLY_ONE: lambda: _("nobody else"),
        }

    def duration(self, seconds: float) -> str:
        """Whole minutes, ``1 h 35 min``; what was waited is not rounded up."""
        _ = self._words.gettext
        minutes = max(floor(seconds / MINUTE_S), 0)
        if minutes < HOUR_MINUTES:
            return _("%(minutes)s min") % {"minutes": minutes}
        hours, rest = divmod(minutes, HOUR_MINUTES)
        if not rest:
            return _("%(hours)s h") % {"hours": hours}
        return _("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": rest}

    def _decimal(self, value: float) -> str:
        text = f"{value:.1f}".removesuffix(".0")
        return text if self._language == "en" else text.replace(".", ",")

    def _clock(self, instant: datetime | None) -> str:
        return "" if instant is None else f"{local_time(self._centre.facts, instant):%H:%M}"

    def _class(self, reason: Reason) -> str:
        if reason.priority_class is None:
            return ""
        found = self._centre.facts.priority_classes.get(reason.priority_class)
        return self._text(found.name) if found else reason.priority_class

    def _text(self, texts: Texts) -> str:
        return texts.get(self._language) or texts.get("vi", "")
