"""Templates of a centre, the present ones and those that print jobs were asked for with."""

from collections.abc import Iterable
from typing import Final

from queue_server.core.centre import Centre
from queue_server.core.configuration import CentreConfiguration
from queue_server.core.paper import Templates

KEPT: Final = 8
"""Earlier templates kept at once; somebody who tries many in a row leaves no more behind."""


def templates_of(configuration: CentreConfiguration) -> Templates:
    """How the centre's paper looks."""
    return Templates(
        logo=configuration.logo, slips=configuration.slips, documents=configuration.documents
    )


def template_version(centre: Centre) -> str:
    """Version of today's templates, for a print job that is asked for now."""
    return templates_of(centre.facts).version()


def templates_of_job(centre: Centre, version: str) -> Templates:
    """What a job of that version was asked for with; today's, where it is kept no more."""
    return centre.retired_templates.get(version) or templates_of(centre.facts)


def retire_templates(centre: Centre, old: CentreConfiguration, new: CentreConfiguration) -> None:
    """Keep the old templates if a print job of the day still names them."""
    before, now = templates_of(old), templates_of(new)
    if before == now:
        return
    version = before.version()
    if version in _versions(job.template for job in centre.prints.values()):
        centre.retired_templates[version] = before
    centre.retired_templates.pop(now.version(), None)
    for oldest in list(centre.retired_templates)[:-KEPT]:
        del centre.retired_templates[oldest]


def _versions(names: Iterable[str]) -> set[str]:
    return {name for name in names if name}
