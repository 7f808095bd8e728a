"""Forms 02 and 03: written with the outcome, numbered, void when it is undone, printed again."""

import pytest
from msgspec.structs import replace

from queue_server.core import commands as c
from queue_server.core import events as e
from queue_server.core.errors import InvalidValue, UnknownName
from queue_server.core.events import MissingPaper
from queue_server.core.identifiers import CounterId, FormId, PersonRef
from queue_server.core.ticket import Outcome
from tests.support.centres import BIRTH, COPY, Hall, small_configuration
from tests.support.configurations import DESK, with_desk_printer
from tests.support.histories import refused

ONE = CounterId("1")
PAPERS = (MissingPaper(name="Giấy chứng sinh"), MissingPaper(name="Căn cước", note="đã hết hạn"))
SUPPLEMENT = c.Complete(
    counter=ONE,
    outcome=Outcome.SUPPLEMENT_NEEDED,
    missing=PAPERS,
    form=c.FormContent(reason=" Chưa có bản chính ", basis="Điều 16 Luật Hộ tịch"),
)
REFUSAL = c.Complete(
    counter=ONE,
    outcome=Outcome.REFUSED,
    form=c.FormContent(reason="Không thuộc thẩm quyền của phường"),
)


def serving(hall: Hall) -> Hall:
    hall.open("1")
    return next_one(hall)


def next_one(hall: Hall) -> Hall:
    hall.issue(BIRTH, person=PersonRef("p1"))
    hall.run([c.CallNext(counter=ONE), c.StartServing(counter=ONE)])
    return hall


def at_desk() -> Hall:
    """The citizen is served at a counter with a printer."""
    facts = with_desk_printer(small_configuration())
    one = replace(facts.counters[ONE], printer=DESK)
    return serving(Hall(replace(facts, counters={**facts.counters, ONE: one})))


@pytest.fixture
def hall() -> Hall:
    return serving(Hall())


def written(events: tuple[e.Event, ...]) -> e.FormWritten:
    (form,) = [event for event in events if isinstance(event, e.FormWritten)]
    return form


def test_a_supplement_is_written_with_what_is_missing_why_and_by_which_rule(hall: Hall) -> None:
    form = written(hall.do(SUPPLEMENT))

    assert (form.form, form.kind) == ("02-261123-0001", "supplement")
    assert form.papers == PAPERS
    assert (form.reason, form.basis) == ("Chưa có bản chính", "Điều 16 Luật Hộ tịch")
    assert (form.procedure, form.person, form.written_at) == (BIRTH, "p1", hall.now)
    assert hall.centre.forms[form.form].number == "H001"


def test_a_refusal_has_the_next_number_of_the_day(hall: Hall) -> None:
    hall.do(SUPPLEMENT)
    next_one(hall)

    assert written(hall.do(REFUSAL)).form == "03-261123-0002"


def test_its_paper_goes_to_the_printer_of_the_counter() -> None:
    hall = at_desk()

    *_, paper = hall.do(SUPPLEMENT)

    assert isinstance(paper, e.PrintRequested)
    assert (paper.job, paper.kind) == ("supplement-02-261123-0001-1", "supplement")
    assert (paper.printer, paper.form) == (DESK, "02-261123-0001")


def test_no_paper_is_asked_for_where_it_is_not_wanted(hall: Hall) -> None:
    assert REFUSAL.form is not None
    events = hall.do(replace(REFUSAL, form=replace(REFUSAL.form, print_form=False)))

    assert isinstance(events[-1], e.FormWritten)


def test_what_was_really_asked_for_may_be_another_procedure(hall: Hall) -> None:
    assert REFUSAL.form is not None
    form = replace(REFUSAL.form, procedure=COPY, person=PersonRef("p2"))

    told = written(hall.do(replace(REFUSAL, form=form)))

    assert (told.procedure, told.person) == (COPY, "p2")


def test_an_outcome_without_a_form_is_still_taken(hall: Hall) -> None:
    (completed,) = hall.do(replace(SUPPLEMENT, form=None, missing=()))

    assert isinstance(completed, e.TicketCompleted)


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        (replace(REFUSAL, outcome=Outcome.ADVICE_ONLY), "expected no form with the outcome"),
        (
            replace(SUPPLEMENT, form=c.FormContent(), missing=()),
            "expected missing papers or a reason",
        ),
        (replace(REFUSAL, form=c.FormContent(reason=" ")), "expected the reason of the refusal"),
        (replace(REFUSAL, missing=PAPERS), "expected no missing papers with the outcome"),
        (
            replace(SUPPLEMENT, missing=(MissingPaper(name=" "),)),
            "expected each missing paper by its name",
        ),
    ],
)
def test_a_form_must_say_what_to_do_or_why_not(
    hall: Hall, command: c.Complete, sentence: str
) -> None:
    with refused(InvalidValue, sentence):
        hall.do(command)


def test_what_is_missing_or_why_not_is_written_without_being_asked_for(hall: Hall) -> None:
    supplement = written(hall.do(replace(SUPPLEMENT, form=None, note="Bản chụp mờ")))
    next_one(hall)
    refusal = written(hall.do(replace(REFUSAL, form=None, note="Nộp tại nơi cư trú")))

    assert (supplement.papers, supplement.reason) == (PAPERS, "Bản chụp mờ")
    assert (refusal.kind, refusal.reason) == ("refusal", "Nộp tại nơi cư trú")


def test_a_refusal_without_a_word_writes_nothing(hall: Hall) -> None:
    (completed,) = hall.do(replace(REFUSAL, form=None))

    assert isinstance(completed, e.TicketCompleted)


def test_undoing_the_completion_voids_the_form_and_its_number(hall: Hall) -> None:
    form = written(hall.do(SUPPLEMENT)).form
    hall.do(c.UndoLast(counter=ONE))

    assert hall.centre.forms[form].is_void
    with refused(InvalidValue, "is void"):
        hall.do(c.ReprintForm(form=form))
    assert written(hall.do(REFUSAL)).form == "03-261123-0002"


def test_a_form_is_printed_again_as_the_next_copy() -> None:
    hall = at_desk()
    form = written(hall.do(REFUSAL)).form

    (paper,) = hall.do(c.ReprintForm(form=form))
    (again,) = hall.do(c.ReprintForm(form=form, printer=DESK))

    assert isinstance(paper, e.PrintRequested)
    assert isinstance(again, e.PrintRequested)
    assert (paper.job, paper.copy, paper.printer) == ("refusal-03-261123-0001-2", 2, DESK)
    assert (again.copy, again.printer) == (3, DESK)


def test_an_unknown_form_is_refused_with_those_there_are(hall: Hall) -> None:
    hall.do(REFUSAL)

    with refused(UnknownName, "03-261123-0001"):
        hall.do(c.ReprintForm(form=FormId("02-1")))


def test_lost_numbers_are_skipped_and_the_next_day_begins_at_one(hall: Hall) -> None:
    hall.do(c.SkipNumbers(count=50))
    assert written(hall.do(REFUSAL)).form == "03-261123-0051"
    hall.do(c.LeaveCounter(counter=ONE))
    hall.do(c.CloseDay())
    hall.later(minutes=24 * 60)
    hall.do(c.OpenDay())
    serving(hall)

    assert hall.centre.forms == {}
    assert written(hall.do(REFUSAL)).form == "03-261124-0001"
