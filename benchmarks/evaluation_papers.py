"""民主评议党员登记表 (B1) of 50 members in one file, as a whole process, beside a floor that only draws them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from uuid import uuid5

from benchmarks.books import ACTOR, BRANCH, MEMBERS, SPACE, TODAY, book_of_years, person_id
from benchmarks.reading_pdf import same_print
from benchmarks.recording import record, write_drawn
from benchmarks.report import Line
from benchmarks.timing import Runs, branchbook, processes, python
from branchbook.app import Workshop
from branchbook.domain.evaluation_count import Grade, GradeCount
from branchbook.domain.evaluations import Assessment, Audience, Criticism, GradeLine, GradeRound, Participant
from branchbook.domain.people import Person
from branchbook.domain.procedures import Procedure, StepEntry
from branchbook.domain.records import PersonRef
from branchbook.services.operations import operate
from branchbook.services.paper_binding import PaperRequest
from branchbook.services.printing import booklet_for
from branchbook.services.printing_press import PressedPaper
from branchbook.services.store import Book

EVALUATION = uuid5(SPACE, "evaluation")
HELD_ON = date(2026, 11, 12)
YEAR, KEY = 2026, "evaluation:member_forms"
SAID = "理论学习结合工作实际还不够，建议多到一线，把学到的用起来。"


def measure(folder: Path, runs: int) -> list[Line]:
    """Wall time beside the floor, with the same pages and the same text, and what a page takes."""
    book = folder / "fifty.branchbook"
    book_of_years(book, 1, a_year=12)
    drawn, ours, floor = folder / "drawn.json", folder / "ours.pdf", folder / "floor.pdf"
    pressed = prepare(book, drawn)
    commands = {
        "branchbook": branchbook("print", book, KEY, "--year", YEAR, "-o", ours),
        "floor": python("-m", "benchmarks.floors.raw_canvas", drawn, floor),
    }
    took = processes(commands, runs)
    same_print(ours, floor)
    return own_lines(took["branchbook"], took["floor"], pressed)


def prepare(book: Path, drawn: Path) -> PressedPaper:
    """Put the evaluation into the book, and write down what the press draws of its forms."""
    opened = Workshop().shelf.open(book, None, writable=True, holder="测量")
    try:
        put_evaluation(opened)
        with opened.reading() as reading:
            booklet = booklet_for(reading, PaperRequest(KEY, TODAY, record_id=EVALUATION))
            pressed, pages = record(Workshop().press.press, booklet, drawn.parent)
    finally:
        opened.close()
    write_drawn(pages, drawn)
    return pressed


def put_evaluation(book: Book, members: int = MEMBERS) -> None:
    """A round of all members, counted and graded, each with a summary that fills its page and six criticisms."""
    with book.reading() as reading:
        people = [reading.get(Person, person_id(number)) for number in range(members)]
    taking_part = [Participant(each.id, each.name, present=True) for each in people if each is not None]
    with operate(book, ACTOR, "建立民主评议") as operating:
        operating.writing.put(evaluation(taking_part))
        for place, each in enumerate(taking_part):
            operating.writing.put(assessment(place, each, taking_part))


def evaluation(taking_part: list[Participant]) -> Procedure:
    """The round with its ballot: everyone present, every ballot valid."""
    number = len(taking_part)
    lines = tuple(
        GradeLine(
            each.person_id, GradeCount(each.name, excellent=number // 2, qualified=number - number // 2)
        )
        for each in taking_part
    )
    voting = GradeRound(
        uuid5(EVALUATION, "ballot"),
        Audience.MEMBERS,
        HELD_ON,
        number,
        number,
        number,
        number,
        most_excellent=number // 3,
        lines=lines,
        confirmed_on=HELD_ON,
    )
    steps = (StepEntry("ballot", HELD_ON), StepEntry("grading", HELD_ON))
    return Procedure(
        EVALUATION,
        "yearly_evaluation",
        BRANCH,
        date(2026, 11, 2),
        steps=steps,
        year=YEAR,
        participants=tuple(taking_part),
        grade_rounds=(voting,),
    )


def assessment(place: int, participant: Participant, others: list[Participant]) -> Assessment:
    """What is written of one member; every third is 优秀."""
    following = [others[(place + step) % len(others)] for step in range(1, 7)]
    return Assessment(
        uuid5(EVALUATION, str(participant.person_id)),
        EVALUATION,
        participant.person_id,
        participant.name,
        summary=summary_of(place),
        self_grade=Grade.QUALIFIED,
        self_criticism=f"第{place}人：{SAID}",
        criticisms=tuple(Criticism(PersonRef(each.name, each.person_id), SAID) for each in following),
        opinion="能够履行党员义务，发挥先锋模范作用。",
        grade=Grade.EXCELLENT if place % 3 == 0 else Grade.QUALIFIED,
        agrees=True,
    )


def summary_of(place: int) -> str:
    """Some 650 characters, other ones for each member: the page for them is full, and no line is known already."""
    return "\n".join(
        f"{number}、第{place}人一年来，认真学习党的创新理论，按时参加组织生活，履行岗位职责，联系服务群众；"
        f"也看到学习还不够系统，调查研究还不够深入，今后要从{place % 7 + 2}个方面改进，逐条落实。"
        for number in range(1, 9)
    )


def own_lines(ours: Runs, floor: Runs, pressed: PressedPaper) -> list[Line]:
    """How many times as long as drawing alone, and milliseconds a page."""
    beside = (
        f"{pressed.pages} pages: {ours.wall:.2f} s, drawing alone {floor.wall:.2f} s {floor.peak:.0f} MiB"
    )
    a_page = 1000 * ours.wall / pressed.pages
    return [
        Line("registration forms of 50 members, whole process", ours.ratio_to(floor), "×", None, beside),
        Line("registration forms, a page", a_page, "ms", None, f"{ours.peak:.0f} MiB"),
    ]
