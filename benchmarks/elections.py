"""All papers of an election of a branch of 41 in one file, as a whole process, beside a floor that only draws them."""

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
from branchbook.domain.ballots import BallotLine, BallotRound, Candidate, ElectionKind, Voter
from branchbook.domain.organisations import Organisation
from branchbook.domain.people import Person
from branchbook.domain.procedures import Procedure, StepEntry
from branchbook.services.operations import operate
from branchbook.services.paper_binding import PaperRequest
from branchbook.services.printing import booklet_for
from branchbook.services.printing_press import PressedPaper
from branchbook.services.store import Book

ELECTION = uuid5(SPACE, "election")
HELD_ON = date(2026, 5, 20)
SEATS, STANDING, AWAY = 5, 7, 4


def measure(folder: Path, runs: int) -> list[Line]:
    """Wall time beside the floor, with the same pages and the same text."""
    book = folder / "example.branchbook"
    example_book(book)
    drawn, ours, floor = folder / "drawn.json", folder / "ours.pdf", folder / "floor.pdf"
    pressed = prepare(book, drawn)
    commands = {
        "branchbook": branchbook("print", book, "election:all", "--record", ELECTION, "-o", ours),
        "floor": python("-m", "benchmarks.floors.raw_canvas", drawn, floor),
    }
    took = processes(commands, runs)
    same_print(ours, floor)
    return [own_line(took["branchbook"], took["floor"], pressed)]


def prepare(book: Path, drawn: Path) -> PressedPaper:
    """Put the election into the book, and write down what the press draws of it."""
    opened = Workshop().shelf.open(book, None, writable=True, holder="测量")
    try:
        put_election(opened)
        with opened.reading() as reading:
            booklet = booklet_for(reading, PaperRequest("election:all", TODAY, record_id=ELECTION))
            pressed, pages = record(Workshop().press.press, booklet, drawn.parent)
    finally:
        opened.close()
    write_drawn(pages, drawn)
    return pressed


def put_election(book: Book) -> None:
    """A term election of the example's branch of 41, counted: five seats, seven candidates."""
    with book.reading() as reading:
        roster = reading.roster()
    branch = next(each for each in roster.organisations if each.name == EXAMPLE_BRANCH)
    with operate(book, ACTOR, "建立选举") as operating:
        operating.writing.put(election(branch, roster.members_on(branch.id, HELD_ON)))


def election(branch: Organisation, members: tuple[Person, ...]) -> Procedure:
    """The procedure after its count."""
    standing, present = members[:STANDING], len(members) - AWAY
    steps = ("decision", "request", "reply", "nomination", "voters", "opening", "method", "count")
    return Procedure(
        ELECTION,
        "term_election",
        branch.id,
        date(2025, 11, 20),
        steps=tuple(StepEntry(step, HELD_ON, {"seats": SEATS, "deputies": 1}) for step in steps),
        voters=tuple(
            Voter(each.id, each.name, present=place < present) for place, each in enumerate(members)
        ),
        candidates=tuple(Candidate(each.id, each.name, ElectionKind.COMMITTEE) for each in standing),
        rounds=(committee_ballot(standing, len(members), present),),
        voters_frozen_on=HELD_ON,
    )


def committee_ballot(standing: tuple[Person, ...], due: int, present: int) -> BallotRound:
    """Each has a few votes less than the one before."""
    lines = tuple(
        BallotLine(each.name, each.id, present - 4 * place, 3 * place, place)
        for place, each in enumerate(standing)
    )
    return BallotRound(
        uuid5(SPACE, "ballot"),
        "count",
        ElectionKind.COMMITTEE,
        HELD_ON,
        SEATS,
        due,
        present,
        issued=present,
        returned=present,
        lines=lines,
        confirmed_on=HELD_ON,
    )


def own_line(ours: Runs, floor: Runs, pressed: PressedPaper) -> Line:
    """How many times as long as drawing alone."""
    beside = f"{pressed.pages} pages: {ours.wall:.2f} s, drawing alone {floor.wall:.2f} s"
    return Line("all papers of an election, whole process", ours.ratio_to(floor), "×", None, beside)
