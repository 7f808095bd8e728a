"""Templates of paper: checked in words, and kept for the jobs that were asked for with them."""

from base64 import b64encode
from io import BytesIO

import pytest
from msgspec.structs import replace
from PIL import Image

from queue_server.core import commands as c
from queue_server.core import events as e
from queue_server.core.configuration import CentreConfiguration
from queue_server.core.configuration_check import problems_of
from queue_server.core.paper import (
    FORM_NEEDS,
    FORM_PARTS,
    DocumentPart,
    DocumentTemplate,
    DocumentTemplates,
    FormKind,
    SlipPart,
    SlipTemplate,
    SlipTemplates,
    TextSize,
    parts_of,
    parts_of_slip,
)
from queue_server.core.paper_versions import KEPT, templates_of, templates_of_job
from tests.support.centres import BIRTH, Hall, small_configuration


def png(across: int = 40, down: int = 20) -> bytes:
    file = BytesIO()
    Image.new("L", (across, down), 0).save(file, "PNG")
    return file.getvalue()


def with_slip(template: SlipTemplate) -> CentreConfiguration:
    return replace(small_configuration(), slips=SlipTemplates(ticket=template))


def with_receipt(template: DocumentTemplate) -> CentreConfiguration:
    return replace(small_configuration(), documents=DocumentTemplates(receipt=template))


def with_logo(data: bytes) -> CentreConfiguration:
    return replace(small_configuration(), logo=b64encode(data).decode())


@pytest.mark.parametrize(
    ("configuration", "key", "reason"),
    [
        (with_slip(SlipTemplate(parts=(SlipPart.WAIT,))), "slips.ticket.parts", "is none"),
        (
            with_slip(SlipTemplate(parts=(SlipPart.NUMBER, SlipPart.NUMBER))),
            "slips.ticket.parts[2]",
            "'number' is named twice",
        ),
        (with_slip(SlipTemplate(papers_named=9)), "slips.ticket.papers_named", "0 to 8 papers"),
        (
            with_slip(SlipTemplate(footer={"vi": "x" * 301})),
            "slips.ticket.footer.vi",
            "at most 300 characters, got 301",
        ),
        (
            with_slip(SlipTemplate(header={"en": "Centre"})),
            "slips.ticket.header",
            "the Vietnamese text (vi) is missing",
        ),
        (
            with_receipt(DocumentTemplate(parts=tuple(FORM_NEEDS[FormKind.RECEIPT])[1:])),
            "documents.receipt.parts",
            "is missing: the form must say it",
        ),
        (
            with_receipt(
                DocumentTemplate(
                    parts=(*FORM_PARTS[FormKind.RECEIPT], DocumentPart.REASON),
                )
            ),
            "documents.receipt.parts[13]",
            "got 'reason'",
        ),
        (with_receipt(DocumentTemplate(version=" ")), "documents.receipt.version", "1 to 20"),
        (replace(small_configuration(), logo="%"), "logo", "expected a PNG picture in base64"),
        (with_logo(b"GIF89a"), "logo", "got another file"),
        (with_logo(png()[:-20]), "logo", "is damaged"),
        (with_logo(png(1300)), "logo", "got 1300 × 20"),
        (with_logo(png() + bytes(40_000)), "logo", "expected at most 32768 bytes"),
    ],
)
def test_a_template_that_cannot_be_printed_is_refused(
    configuration: CentreConfiguration, key: str, reason: str
) -> None:
    found = [each for each in problems_of(configuration) if each.key == key]

    assert len(found) == 1
    assert reason in found[0].reason


def test_every_part_of_a_form_may_be_chosen_and_the_defaults_have_what_it_needs() -> None:
    for kind in FormKind:
        assert FORM_NEEDS[kind] <= set(FORM_PARTS[kind])
        assert parts_of(kind, DocumentTemplate()) == FORM_PARTS[kind]
    assert parts_of_slip(SlipTemplate()) == tuple(SlipPart)


def test_a_good_logo_and_own_order_have_no_problem() -> None:
    own = with_slip(SlipTemplate(parts=(SlipPart.NUMBER, SlipPart.CODE), header={"vi": "Sở"}))

    templates = [replace(own, logo=with_logo(png()).logo), with_receipt(DocumentTemplate())]

    assert [each for own in templates for each in problems_of(own) if "paper" in each.key] == []


def test_the_same_templates_have_the_same_version() -> None:
    first, second = templates_of(small_configuration()), templates_of(with_logo(png()))

    assert first.version() == templates_of(small_configuration()).version()
    assert first.version() != second.version()


def _asked(hall: Hall) -> e.PrintRequested:
    hall.issue(BIRTH, print_slip=True)
    return next(event for event in hall.commits[-1].events if isinstance(event, e.PrintRequested))


def test_a_job_is_drawn_with_the_templates_it_was_asked_for_with() -> None:
    hall = Hall()
    before = _asked(hall)
    large = with_slip(SlipTemplate(text_size=TextSize.LARGE))
    hall.do(c.ApplyConfiguration(configuration=large))
    after = _asked(hall)

    assert templates_of_job(hall.centre, before.template) == templates_of(small_configuration())
    assert templates_of_job(hall.centre, after.template) == templates_of(large)
    assert hall.centre.prints[before.job].template == before.template


def test_templates_that_no_job_names_are_not_kept() -> None:
    hall = Hall()
    for n in range(1, 6):
        hall.do(c.ApplyConfiguration(configuration=with_slip(SlipTemplate(papers_named=n))))

    assert hall.centre.retired_templates == {}


def test_only_so_many_templates_are_kept_and_none_until_tomorrow() -> None:
    hall = Hall()
    for n in range(KEPT + 3):
        _asked(hall)
        footer = {"vi": str(n)}
        hall.do(c.ApplyConfiguration(configuration=with_slip(SlipTemplate(footer=footer))))
    assert len(hall.centre.retired_templates) == KEPT
    hall.do(c.CloseDay())
    hall.later(minutes=24 * 60)
    hall.do(c.OpenDay())

    assert hall.centre.retired_templates == {}


def test_a_job_of_an_earlier_release_takes_todays_templates() -> None:
    hall = Hall()

    assert templates_of_job(hall.centre, "") == templates_of(hall.centre.facts)
