"""Problems and effects of a draft in the reader's language."""

from collections.abc import Callable, Mapping
from typing import Final

from queue_server.administration.effects import Effect, What
from queue_server.administration.values_in_words import Words
from queue_server.core.problems import Fact, Problem

_RANGE: Final = ("lowest", "highest", "got", "least")
"""Facts of a problem that are seconds where its key ends in ``_s``."""
_TABLE_OF_FACT: Final[Mapping[str, str]] = {"field": "fields", "counter": "counters"}


def reason_in_words(problem: Problem, words: Words) -> str:
    """Why something is wrong; English where a rule has no translatable sentence."""
    if not problem.template:
        return problem.reason
    facts = {name: _fact(problem.key, name, fact, words) for name, fact in problem.facts.items()}
    if problem.key.endswith("_s"):
        facts["unit"] = ""
    said = words._(problem.template) % facts
    return f"{said[:1].upper()}{said[1:]}"


def _fact(key: str, name: str, fact: Fact, words: Words) -> str:
    if key.endswith("_s") and name in _RANGE and isinstance(fact, int):
        return words.duration(fact)
    if name in _TABLE_OF_FACT:
        return words.name(_TABLE_OF_FACT[name], str(fact))
    # Some facts are phrases of the rules themselves, such as what an address looks like.
    return words._(fact) if isinstance(fact, str) and fact else str(fact)


def effect_in_words(effect: Effect, words: Words) -> str:
    """One sentence about what people will notice."""
    _, ngettext = words._, words.ngettext
    count = effect.count
    device = {"device": effect.device}
    sentences: dict[What, Callable[[], str]] = {
        "field_gone": lambda: _kept(effect, words),
        "procedure_gone": lambda: _kept(effect, words),
        "counter_gone": lambda: (
            ngettext(
                "Who works there may stay; %(num)s citizen is served to the end.",
                "Who works there may stay; %(num)s citizens are served to the end.",
                count,
            )
            if count
            else _("Who works there may stay until the counter is left.")
        ),
        "called_by_nobody": lambda: ngettext(
            "%(num)s waiting number could be called by no counter any more.",
            "%(num)s waiting numbers could be called by no counter any more.",
            count,
        ),
        "called_by_nobody_open": lambda: ngettext(
            "%(num)s waiting number could be called by no counter that is open now.",
            "%(num)s waiting numbers could be called by no counter that is open now.",
            count,
        ),
        "letter_changed": lambda: ngettext(
            "%(num)s waiting number keeps its old letter.",
            "%(num)s waiting numbers keep their old letter.",
            count,
        ),
        "zone_changed": lambda: ngettext(
            "%(num)s waiting citizen is called in the new zone from now on.",
            "%(num)s waiting citizens are called in the new zone from now on.",
            count,
        ),
        "capacity_reached": lambda: ngettext(
            "%(num)s number was given today: no more are given until tomorrow.",
            "%(num)s numbers were given today: no more are given until tomorrow.",
            count,
        ),
        "hours_today": lambda: _("This counts from today on."),
        "device_without": lambda: (
            _("The device “%(device)s” stands for it and has to be added anew.") % device
        ),
        "profile_held": lambda: _(
            "A manager changed what this counter serves today; your change counts when that ends."
        ),
    }
    return sentences[effect.what]() % {"num": count, "counters": ", ".join(effect.counters)}


def _kept(effect: Effect, words: Words) -> str:
    if effect.counters:
        return words.ngettext(
            "%(num)s waiting number stays and is called at counter %(counters)s.",
            "%(num)s waiting numbers stay and are called at counter %(counters)s.",
            effect.count,
        )
    return words.ngettext(
        "%(num)s waiting number stays and is offered for transfer.",
        "%(num)s waiting numbers stay and are offered for transfer.",
        effect.count,
    )
