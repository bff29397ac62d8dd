"""Printing the papers of a sample conversion: as values and as the text of their pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from uuid import UUID

import pypdfium2

from branchbook.domain.ballots import Question, WrittenOpinions
from branchbook.domain.papers import Sheet
from branchbook.domain.people import Person, Sex
from branchbook.domain.procedures import Procedure, StepEntry
from branchbook.domain.records import FieldValue, PersonRef
from branchbook.forms.press import PdfPress
from branchbook.services.conversion_approval import record_approval
from branchbook.services.conversion_votes import begin_question, confirm_question, save_question
from branchbook.services.operations import operate
from branchbook.services.paper_binding import PaperRequest
from branchbook.services.paper_sheets import sheets_for
from branchbook.services.printing import print_paper, texts_of
from branchbook.services.procedures import save_step
from tests.fakes import FakeBook
from tests.services.conversion_book import PROBATIONER, begun, conversion_book, done
from tests.services.small_book import actor, named

TODAY = date(2026, 11, 26)
HELD_ON = date(2026, 10, 22)
SPONSORS = (PersonRef("赵示例", named("赵示例")), PersonRef("钱示例", named("钱示例")))
OPINION = "能够按时参加组织生活，按月交纳党费，工作认真负责；学习的系统性还不够，今后要加强理论学习。"


@cache
def press() -> PdfPress:
    return PdfPress()


def named_book(name: str = "褚示例") -> FakeBook:
    """The small book with everything known of its probationary member, under any name."""
    book = conversion_book()
    with book.reading() as reading:
        person = reading.get(Person, PROBATIONER)
    assert person is not None
    known = replace(
        person,
        name=name,
        sex=Sex.FEMALE,
        ethnic_group="土家族",
        born_on=date(1999, 5, 4),
        native_place="某省某县",
        education="大学本科",
        work_started_on=date(2021, 7, 1),
        work_post="示例机关综合科科员",
        applied_on=date(2023, 3, 1),
    )
    with operate(book, actor(), "准备") as operating:
        operating.writing.put(known)
    return book


def observed(book: FakeBook, procedure_id: UUID, own: str = "") -> None:
    """All four observations, with sponsors and the person's own words in the second and the last."""
    days = ((3, date(2026, 1, 22)), (6, date(2026, 4, 21)), (9, date(2026, 7, 21)), (12, date(2026, 10, 10)))
    for minute, (months, day) in enumerate(days, start=20):
        values: dict[str, FieldValue] = {"opinion": OPINION, "reports": 1}
        if own and months in (6, 12):
            values["self_assessment"] = own
        entry = StepEntry(f"observation_{months}", day, values, {"sponsors": SPONSORS})
        save_step(book, procedure_id, entry, actor(minute))


STEPS: tuple[tuple[str, date, Mapping[str, FieldValue]], ...] = (
    ("oath", date(2025, 12, 20), {"venue": "示例市革命纪念馆"}),
    ("application", date(2026, 10, 8), {}),
    ("group_opinion", date(2026, 10, 9), {"opinion": "同意按期转正"}),
    ("opinions", date(2026, 10, 12), {"members": 6, "masses": 8, "opinion": "同意按期转正，反映良好。"}),
    ("review", date(2026, 10, 13), {"reports": 4, "conclusion": "按期转正", "opinion": "具备转正条件。"}),
    ("public_notice", date(2026, 10, 14), {"ends_on": "2026-10-20", "phone": "010-00000000"}),
)


def prepared(book: FakeBook, own: str = "", conclusion: str = "按期转正") -> UUID:
    """Everything before the meeting, done and written down."""
    procedure_id = begun(book)
    observed(book, procedure_id, own)
    for minute, (step, day, values) in enumerate(STEPS, start=30):
        changed = {**values, "conclusion": conclusion} if step == "review" else values
        save_step(book, procedure_id, StepEntry(step, day, changed), actor(minute))
    return procedure_id


def held(
    book: FakeBook,
    procedure_id: UUID,
    question: Question = Question.CONVERT,
    months: int = 0,
    written: WrittenOpinions | None = None,
    votes_for: int = 5,
) -> None:
    """The vote: all six due, those who wrote stayed away."""
    vote = begin_question(book, procedure_id, question, HELD_ON, actor(40), months).value
    given = written or WrittenOpinions()
    there = vote.due - given.all
    counted = replace(
        vote,
        present=there,
        issued=there,
        returned=there,
        votes_for=min(votes_for, there),
        votes_against=there - min(votes_for, there),
        written=given,
    )
    save_question(book, procedure_id, counted, actor(41))
    confirm_question(book, procedure_id, counted.id, HELD_ON, actor(42))
    people = {
        "chair": (PersonRef("赵示例", named("赵示例")),),
        "scrutineers": (PersonRef("孙示例", named("孙示例")),),
        "tellers": (PersonRef("李示例", named("李示例")),),
    }
    values = {
        "assessment": "预备期间能够履行党员义务，正确行使党员权利，入党时指出的不足已经改正。",
        "reason": ""
        if question == Question.CONVERT
        else "参加组织生活不够经常，经教育有改进，仍需继续考察。",
    }
    save_step(book, procedure_id, StepEntry("meeting", HELD_ON, values, people), actor(43))


def ended(book: FakeBook, procedure_id: UUID, outcome: str = "批准") -> None:
    """Reported, approved, talked about and filed."""
    report = done(
        "report", date(2026, 10, 26), document="示支〔2026〕5号", addressee="示例机关党委", contact="钱示例"
    )
    save_step(book, procedure_id, report, actor(50))
    approval = done(
        "approval", date(2026, 11, 20), document="示委〔2026〕31号", authority="示例机关党委", outcome=outcome
    )
    record_approval(book, procedure_id, approval, actor(51))
    if outcome != "批准":
        return
    with book.reading() as reading:
        procedure = reading.get(Procedure, procedure_id)
    if procedure is None or not procedure.is_open:
        return
    said = {"content": "宣布审批结果，提出希望和要求。"}
    talk = StepEntry("talk", date(2026, 11, 24), said, {"speaker": SPONSORS[:1]})
    save_step(book, procedure_id, talk, actor(52))


def converted(name: str = "褚示例", own: str = "") -> tuple[FakeBook, UUID]:
    """A conversion from its observations to the talk."""
    book = named_book(name)
    procedure_id = prepared(book, own)
    held(book, procedure_id, written=WrittenOpinions(1, 0, 0, date(2026, 10, 21)), votes_for=4)
    ended(book, procedure_id)
    return book, procedure_id


@cache
def sample() -> tuple[FakeBook, UUID]:
    """The same conversion for all tests that only read it."""
    return converted()


def sheets(made: tuple[FakeBook, UUID], key: str) -> tuple[Sheet, ...]:
    book, procedure_id = made
    with book.reading() as reading:
        return sheets_for(reading, PaperRequest(f"conversion:{key}", TODAY, record_id=procedure_id))


def words(made: tuple[FakeBook, UUID], key: str) -> str:
    """Everything that the paper says, as values."""
    return "\n".join(text for sheet in sheets(made, key) for text in (sheet.title, *texts_of(sheet)))


def pdf_of(made: tuple[FakeBook, UUID], key: str) -> bytes:
    book, procedure_id = made
    with book.reading() as reading:
        request = PaperRequest(f"conversion:{key}", TODAY, record_id=procedure_id)
        pressed = print_paper(reading, press(), request)
    assert pressed.missing == ()
    return pressed.pdf


def pages_of(pdf: bytes) -> list[str]:
    """The text of every page without blank space."""
    document = pypdfium2.PdfDocument(pdf)
    return ["".join(page.get_textpage().get_text_range().split()) for page in document]


def printed(made: tuple[FakeBook, UUID], key: str) -> list[str]:
    return pages_of(pdf_of(made, key))


def rows_of(sheet: Sheet, key: str) -> list[Mapping[str, str]]:
    """A value that is rows of a table."""
    return [row for row in (sheet.values or {}).get(key, ()) if isinstance(row, Mapping)]


def value(sheet: Sheet, key: str) -> str:
    """A value that is text; empty where there is none."""
    found = (sheet.values or {}).get(key, "")
    assert isinstance(found, str)
    return found
