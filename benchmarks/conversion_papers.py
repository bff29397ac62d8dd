"""All papers of one person's conversion in one file, as a whole process, beside a floor that only draws them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from uuid import uuid5

from benchmarks.books import ACTOR, EXAMPLE_BRANCH, SPACE, TODAY, example_book
from benchmarks.reading_pdf import same_print
from benchmarks.recording import record, write_drawn
from benchmarks.report import Line
from benchmarks.timing import Runs, branchbook, processes, python
from branchbook.app import Workshop
from branchbook.domain.ballots import Question, QuestionRound
from branchbook.domain.organisations import Organisation
from branchbook.domain.people import FactKind, MembershipChange, Person, PersonFact, Standing
from branchbook.domain.procedures import Procedure, StepEntry
from branchbook.domain.records import FieldValue
from branchbook.services.operations import operate
from branchbook.services.paper_binding import PaperRequest
from branchbook.services.printing import booklet_for
from branchbook.services.printing_press import PressedPaper
from branchbook.services.store import Book

CONVERSION, PERSON = uuid5(SPACE, "conversion"), uuid5(SPACE, "probationary member")
ACCEPTED_ON, HELD_ON = date(2025, 6, 10), date(2026, 6, 15)
DUE, AWAY = 38, 4
OPINION = "能够按时参加组织生活，按月交纳党费，工作认真负责；学习的系统性还不够，今后要加强。" * 3


def measure(folder: Path, runs: int) -> list[Line]:
    """Wall time beside the floor, with the same pages and the same text."""
    book = folder / "example.branchbook"
    example_book(book)
    drawn, ours, floor = folder / "drawn.json", folder / "ours.pdf", folder / "floor.pdf"
    pressed = prepare(book, drawn)
    commands = {
        "branchbook": branchbook("print", book, "conversion:all", "--person", PERSON, "-o", ours),
        "floor": python("-m", "benchmarks.floors.raw_canvas", drawn, floor),
    }
    took = processes(commands, runs)
    same_print(ours, floor)
    return [own_line(took["branchbook"], took["floor"], pressed)]


def prepare(book: Path, drawn: Path) -> PressedPaper:
    """Put the conversion into the book, and write down what the press draws of it."""
    opened = Workshop().shelf.open(book, None, writable=True, holder="测量")
    try:
        put_conversion(opened)
        with opened.reading() as reading:
            request = PaperRequest("conversion:all", TODAY, record_id=CONVERSION)
            pressed, pages = record(Workshop().press.press, booklet_for(reading, request), drawn.parent)
    finally:
        opened.close()
    write_drawn(pages, drawn)
    return pressed


def put_conversion(book: Book) -> None:
    """Someone probationary in the example's branch of 41, with the conversion."""
    with book.reading() as reading:
        roster = reading.roster()
    branch = next(each for each in roster.organisations if each.name == EXAMPLE_BRANCH)
    with operate(book, ACTOR, "建立转正") as operating:
        operating.writing.put(Person(PERSON, "测量预备一", "clybr", accepted_on=ACCEPTED_ON, position=99))
        operating.writing.put_all(facts(branch))
        operating.writing.put(conversion(branch))


def facts(branch: Organisation) -> tuple[PersonFact, ...]:
    """Accepted and approved."""
    approved_on = date(2025, 8, 1)
    return tuple(
        PersonFact(uuid5(PERSON, kind), PERSON, kind, value, approved_on, None, place)
        for kind, value, place in (
            (FactKind.MEMBERSHIP, MembershipChange.ACCEPTED, branch.id),
            (FactKind.STANDING, Standing.PROBATIONARY, None),
        )
    )


def conversion(branch: Organisation) -> Procedure:
    """The procedure after its talk: four observations, the review, the notice, a vote that passed."""
    present = DUE - AWAY
    vote = QuestionRound(
        uuid5(SPACE, "question"),
        Question.CONVERT,
        HELD_ON,
        DUE,
        present,
        issued=present,
        returned=present,
        votes_for=present - 1,
        votes_against=1,
        rule_version="2026-05",
        confirmed_on=HELD_ON,
    )
    return Procedure(
        CONVERSION,
        "conversion",
        branch.id,
        date(2025, 9, 1),
        subject_id=PERSON,
        steps=tuple(StepEntry(step, day, values) for step, day, values in _steps()),
        questions=(vote,),
    )


def _steps() -> tuple[tuple[str, date, dict[str, FieldValue]], ...]:
    observed: tuple[tuple[int, date], ...] = (
        (3, date(2025, 9, 10)),
        (6, date(2025, 12, 10)),
        (9, date(2026, 3, 10)),
        (12, date(2026, 6, 9)),
    )
    words: dict[str, FieldValue] = {"opinion": OPINION, "self_assessment": OPINION}
    return (
        *((f"observation_{months}", day, words) for months, day in observed),
        ("application", date(2026, 6, 1), {}),
        ("opinions", date(2026, 6, 3), {"members": 12, "masses": 9, "opinion": OPINION}),
        ("review", date(2026, 6, 5), {"conclusion": "按期转正", "opinion": OPINION}),
        ("public_notice", date(2026, 6, 5), {"ends_on": "2026-06-12"}),
        ("meeting", HELD_ON, {"assessment": OPINION}),
        ("report", date(2026, 6, 18), {"document": "示支〔2026〕3号"}),
        ("approval", date(2026, 7, 20), {"document": "示委〔2026〕9号", "outcome": "批准"}),
        ("talk", date(2026, 7, 24), {"content": OPINION}),
    )


def own_line(ours: Runs, floor: Runs, pressed: PressedPaper) -> Line:
    """How many times as long as drawing alone."""
    beside = f"{pressed.pages} pages: {ours.wall:.2f} s, drawing alone {floor.wall:.2f} s"
    return Line("all papers of a conversion, whole process", ours.ratio_to(floor), "×", None, beside)
