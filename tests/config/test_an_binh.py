"""The sample centre is one that a manager could open tomorrow."""

import re
from collections.abc import Iterator

import pytest

from config.centre_file import read_centre
from config.settings import SAMPLE_CENTRE
from queue_server.core.configuration import CentreConfiguration, Level, Procedure, Term
from queue_server.core.identifiers import Language
from queue_server.web.packages import WEB

READING = read_centre(SAMPLE_CENTRE)
VI, EN = Language("vi"), Language("en")
# Rows of the procedure catalogue whose terms were seen in a published text.
SEEN_TERMS = {
    "1.001193",
    "1.000894",
    "1.004873",
    "2.000635",
    "2.000815",
    "2.000884",
    "2.000908",
    "1.004222",
    "1.004194",
    "1.012783",
    "1.012766",
    "1.012781",
}


@pytest.fixture
def centre() -> CentreConfiguration:
    return READING.configuration


def drawings() -> set[str]:
    """Names of the icons that pages can show."""
    return set(re.findall(r'id="([^"]+)"', (WEB.static / "icons.svg").read_text("utf-8")))


def terms_of(centre: CentreConfiguration) -> Iterator[tuple[Procedure, Term]]:
    for procedure in centre.procedures.values():
        yield from ((procedure, term) for term in procedure.terms)


def test_has_neither_errors_nor_warnings() -> None:
    assert READING.warnings == ()


def test_has_the_size_of_a_ward(centre: CentreConfiguration) -> None:
    national = [code for code in centre.procedures if re.fullmatch(r"\d\.\d{6}", code)]

    assert len(centre.fields) >= 8
    assert len(national) >= 45
    assert len(centre.counters) == 12
    assert len(centre.zones) == 3


def test_letters_can_be_read_from_far_away(centre: CentreConfiguration) -> None:
    assert {field.series.letter for field in centre.fields.values()} <= set("ABCDEGHKLMNPRTUVX")


def test_only_terms_that_were_seen_are_certain(centre: CentreConfiguration) -> None:
    certain = {procedure.code for procedure, term in terms_of(centre) if term.is_certain}

    assert certain == SEEN_TERMS


def test_every_procedure_has_an_english_name_and_everyday_words(
    centre: CentreConfiguration,
) -> None:
    assert all(procedure.name[EN] for procedure in centre.procedures.values())
    assert all(procedure.synonyms for procedure in centre.procedures.values())


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("giấy độc thân", "1.004873"),
        ("công chứng", "2.000815"),
        ("kt3", "1.004194"),
        ("làm sổ đỏ", "1.013978"),
    ],
)
def test_everyday_words_lead_to_the_procedure(
    centre: CentreConfiguration, typed: str, code: str
) -> None:
    assert [each.code for each in centre.procedures.values() if typed in each.synonyms] == [code]


def test_no_fee_is_quoted_without_its_exemptions(centre: CentreConfiguration) -> None:
    notes = [note for each in centre.procedures.values() if (note := each.fee_note)]

    amounts = [note for note in notes if re.search(r"\d", note[VI])]

    assert notes
    assert amounts
    assert all(re.search("miễn|không thu", note[VI], re.IGNORECASE) for note in notes)
    assert all("hỏi tại quầy" in note[VI] for note in amounts)


def test_every_field_is_the_primary_work_of_a_counter(centre: CentreConfiguration) -> None:
    profiles = [counter.profile for counter in centre.counters.values()]

    assert all(
        any(profile.fields.get(field) is Level.PRIMARY for profile in profiles)
        for field in centre.fields
    )
    levels = {level for profile in profiles for level in profile.fields.values()}
    assert levels == set(Level)


def test_priorities_claim_no_law(centre: CentreConfiguration) -> None:
    bases = {each.basis[VI] for each in centre.priority_classes.values()}

    assert bases == {"Nội quy của Trung tâm"}
    assert all(each.proof for each in centre.priority_classes.values())


def test_transactions_take_3_to_25_minutes(centre: CentreConfiguration) -> None:
    means = [each.mean_transaction_time_s / 60 for each in centre.procedures.values()]

    assert (min(means), max(means)) == (3, 25)


def test_advice_and_results_open_no_dossier(centre: CentreConfiguration) -> None:
    without = {code for code, each in centre.procedures.items() if not each.opens_dossier}

    assert centre.reception_procedure in without
    assert without == {code for code in centre.procedures if code.startswith("an-binh.")}


def test_every_icon_is_drawn(centre: CentreConfiguration) -> None:
    assert {field.icon for field in centre.fields.values()} <= drawings()
