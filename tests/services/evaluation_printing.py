"""A sample evaluation and its papers: as values and as the text of their pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from uuid import UUID, uuid5

import pypdfium2

from branchbook.domain.evaluation_count import CapBase, Grade, GradeCount
from branchbook.domain.evaluations import (
    Assessment,
    Audience,
    BallotForm,
    Criticism,
    Elsewhere,
    GradeLine,
    GradeRound,
    ItemCount,
    Participant,
)
from branchbook.domain.grade_ballots import BALLOT_ITEMS
from branchbook.domain.papers import Sheet
from branchbook.domain.people import Person, Sex, Standing
from branchbook.domain.procedures import Procedure, StepEntry
from branchbook.domain.records import FieldValue, PersonRef
from branchbook.forms.press import PdfPress
from branchbook.services.operations import operate
from branchbook.services.paper_binding import PaperRequest
from branchbook.services.paper_sheets import sheets_for
from branchbook.services.printing import print_paper, texts_of
from tests.fakes import FakeBook
from tests.services.small_book import FIRST_BRANCH, NAMESPACE, actor, member_facts, small_book

TODAY = date(2026, 12, 28)
HELD_ON = date(2026, 12, 18)
ROUND = uuid5(NAMESPACE, "evaluation 2026")
SUMMARY = (
    "一年来，认真学习党的创新理论，按时参加组织生活，工作上尽职尽责；学习还不够系统，联系群众还不够经常。"
)
SAID = "理论学习结合工作实际不够，建议多到一线调研。"
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"


def person_id(place: int) -> UUID:
    """The same id for the same place in every sample."""
    return uuid5(NAMESPACE, f"member {place}")


def invented(count: int) -> tuple[str, ...]:
    """Names that nobody has: 赵评甲, 钱评甲 … 赵评乙."""
    return tuple(
        f"{SURNAMES[place % len(SURNAMES)]}评{'甲乙丙丁戊'[place // len(SURNAMES) % 5]}"
        for place in range(count)
    )


def members(names: Sequence[str]) -> tuple[Participant, ...]:
    """All full members but the last, who is probationary, where there is more than one."""
    return tuple(
        Participant(
            person_id(place),
            name,
            Standing.PROBATIONARY if place and place == len(names) - 1 else Standing.FULL,
            graded=not (place and place == len(names) - 1),
            present=True,
        )
        for place, name in enumerate(names)
    )


def ballot(
    people: Sequence[Participant],
    *,
    audience: Audience = Audience.MEMBERS,
    form: BallotForm = BallotForm.GRADES,
) -> GradeRound:
    """A confirmed ballot; each member's numbers together are the valid ballots."""
    graded = [each for each in people if each.graded and each.takes_part]
    present, invalid = len(people), 1 if len(people) > 3 else 0
    valid = present - invalid
    lines = []
    for place, each in enumerate(graded):
        excellent = max(valid - 1 - place % 5, 0)
        count = GradeCount(each.name, excellent=excellent, qualified=valid - excellent)
        if valid - excellent > 2:
            count = replace(count, qualified=valid - excellent - 2, blank=1, void=1)
        items = tuple(ItemCount(item, good=valid - 1, fair=1) for item in BALLOT_ITEMS)
        lines.append(GradeLine(each.person_id, count, items if form == BallotForm.ITEMS else ()))
    return GradeRound(
        uuid5(ROUND, audience),
        audience,
        HELD_ON,
        due=present,
        present=present,
        issued=present,
        returned=present,
        invalid=invalid,
        form=form,
        base=CapBase.FULL_MEMBERS,
        most_excellent=sum(each.standing == Standing.FULL for each in people) // 3,
        lines=tuple(lines),
        confirmed_on=HELD_ON,
    )


def assessment(
    place: int, participant: Participant, names: Sequence[str], summary: str = SUMMARY
) -> Assessment:
    """Everything written of one member; every third is 优秀, the probationary one has no grade."""
    grade = Grade.EXCELLENT if place % 3 == 0 else Grade.QUALIFIED
    by = (place + 1) % len(names)
    return Assessment(
        uuid5(ROUND, str(participant.person_id)),
        ROUND,
        participant.person_id,
        participant.name,
        summary=summary,
        self_grade=Grade.QUALIFIED if participant.graded else None,
        self_criticism="学习抓得不够紧，主动担当不够。",
        criticisms=(Criticism(PersonRef(names[by], person_id(by)), SAID, "虚心接受，认真整改。"),),
        opinion="能够履行党员义务，发挥先锋模范作用。",
        grade=grade if participant.graded else None,
        problems="学习不够系统。",
        advice="制定学习计划，每月自学不少于两次。",
        agrees=True,
    )


STEPS: tuple[tuple[str, date, Mapping[str, FieldValue]], ...] = (
    ("preparation", date(2026, 12, 1), {"theme": "学习贯彻示例主题"}),
    ("participants", date(2026, 12, 2), {}),
    ("talks", date(2026, 12, 10), {"opinions": "希望多到基层。"}),
    ("life_meeting", HELD_ON, {}),
    ("self_evaluation", HELD_ON, {}),
    ("mutual_evaluation", HELD_ON, {}),
    ("ballot", HELD_ON, {"problem_list": "①学习不够\n②作用发挥不够"}),
    ("grading", date(2026, 12, 20), {"decided_by": "支委会"}),
    ("result_report", date(2026, 12, 22), {"problems": "学习不够系统，已列出整改清单。",
     "notice_begins_on": "2026-12-22", "notice_ends_on": "2026-12-28"}),
)  # fmt: skip


def people(names: Sequence[str], work_post: str = "示例机关综合科科员") -> list[Person]:
    """Members with everything that the form asks for."""
    return [
        Person(
            person_id(place),
            name,
            initials="cs",
            sex=Sex.FEMALE if place % 2 else Sex.MALE,
            ethnic_group="汉族",
            born_on=date(1980 + place % 20, 5, 4),
            native_place="某省某县",
            education="大学本科",
            work_started_on=date(2003, 7, 1),
            work_post=work_post,
            accepted_on=date(2010, 6, 1),
            full_member_since=date(2011, 6, 1),
            position=place,
        )
        for place, name in enumerate(names)
    ]


def evaluated(
    names: Sequence[str],
    *,
    summaries: Sequence[str] = (),
    form: BallotForm = BallotForm.GRADES,
    masses: bool = False,
    work_post: str = "示例机关综合科科员",
    empty: bool = False,
    **changes: object,
) -> FakeBook:
    """A book with a round of these members; ``empty`` leaves out everything that was written and counted."""
    book = small_book()
    taking_part = members(names)
    rounds = [ballot(taking_part, form=form)]
    if masses:
        rounds.append(ballot(taking_part, audience=Audience.MASSES))
    procedure = Procedure(
        ROUND,
        "yearly_evaluation",
        FIRST_BRANCH,
        date(2026, 12, 1),
        steps=() if empty else tuple(StepEntry(key, day, values) for key, day, values in STEPS),
        year=2026,
        participants=taking_part,
        grade_rounds=() if empty else tuple(rounds),
    )
    with operate(book, actor(), "准备") as operating:
        for person in people(names, work_post):
            operating.writing.put(person)
            operating.writing.put_all(member_facts(person.id, FIRST_BRANCH, None))
        operating.writing.put(replace(procedure, **changes))  # type: ignore[arg-type]
        for place, each in enumerate(() if empty else taking_part):
            summary = summaries[place] if place < len(summaries) else SUMMARY
            operating.writing.put(assessment(place, each, names, summary))
    return book


def guest(place: int, name: str) -> Participant:
    """A member of another branch who stays here."""
    return Participant(
        person_id(place), name, elsewhere=Elsewhere.SENT, other_branch="示例市某党支部", present=True
    )


@cache
def sample() -> FakeBook:
    """Twelve members, eleven of them full, for all tests that only read."""
    return evaluated(invented(12))


@cache
def press() -> PdfPress:
    return PdfPress()


def request(key: str, **changes: object) -> PaperRequest:
    """The request for one paper of the round."""
    return replace(PaperRequest(f"evaluation:{key}", TODAY, record_id=ROUND), **changes)  # type: ignore[arg-type]


def sheets(book: FakeBook, key: str, **changes: object) -> tuple[Sheet, ...]:
    with book.reading() as reading:
        return sheets_for(reading, request(key, **changes))


def words(book: FakeBook, key: str) -> str:
    """Everything that the paper says, as values."""
    return "\n".join(text for sheet in sheets(book, key) for text in (sheet.title, *texts_of(sheet)))


def pdf_of(book: FakeBook, key: str, **changes: object) -> bytes:
    with book.reading() as reading:
        pressed = print_paper(reading, press(), request(key, **changes))
    assert pressed.missing == ()
    return pressed.pdf


def pages_of(pdf: bytes) -> list[str]:
    """The text of every page without blank space."""
    document = pypdfium2.PdfDocument(pdf)
    return ["".join(page.get_textpage().get_text_range().split()) for page in document]


def printed(book: FakeBook, key: str, **changes: object) -> list[str]:
    return pages_of(pdf_of(book, key, **changes))


def rows_of(sheet: Sheet, key: str = "rows") -> list[Mapping[str, str]]:
    """A value that is rows of a table."""
    return [row for row in (sheet.values or {}).get(key, ()) if isinstance(row, Mapping)]
