"""The handbook of the example's branch of 41, as a whole process: beside a floor that only draws, and beside peers."""

from __future__ import annotations

from pathlib import Path

from benchmarks.books import EXAMPLE_BRANCH, TODAY, example_book
from benchmarks.content import write_content
from benchmarks.line_breaks import faults_in
from benchmarks.peers import Peer, available
from benchmarks.reading_pdf import same_print, text_of_pages
from benchmarks.recording import record, write_drawn
from benchmarks.report import Line
from benchmarks.timing import Runs, branchbook, processes, python
from branchbook.app import Workshop, now
from branchbook.domain.papers import Booklet
from branchbook.services.handbook import handbook
from branchbook.services.handbook_request import HandbookRequest
from branchbook.services.printing_press import PressedPaper

MOST_TIMES_FLOOR = 1.3
MOST_MEBIBYTES = 100.0


def measure(folder: Path, runs: int) -> list[Line]:
    """Wall time and memory beside the floor, line-break faults, then every peer that this machine has."""
    book = folder / "example.branchbook"
    example_book(book)
    drawn, content = folder / "drawn.json", folder / "content.json"
    pressed, characters = prepare(book, drawn, content)
    ours, floor = folder / "ours.pdf", folder / "floor.pdf"
    commands = {
        "branchbook": printing(book, ours),
        "floor": python("-m", "benchmarks.floors.raw_canvas", drawn, floor),
    }
    peers = available(folder)
    took = processes(commands | {peer.name: peer.command(content) for peer in peers}, runs)
    same_print(ours, floor)
    lines = own_lines(took["branchbook"], took["floor"], ours, pressed.pages)
    return lines + [peer_line(peer, took[peer.name], took["branchbook"], characters) for peer in peers]


def prepare(book: Path, drawn: Path, content: Path) -> tuple[PressedPaper, int]:
    """Write down what the press draws and what the handbook says; the press's own result, and the characters."""
    opened = Workshop().shelf.open(book, None, writable=False, holder="测量")
    try:
        with opened.reading() as reading:
            branch = next(each for each in reading.roster().organisations if each.name == EXAMPLE_BRANCH)
            # The command prints the day on which it runs; what it is compared with must show the same.
            request = HandbookRequest(branch.id, TODAY.year, now().date())
            booklet: Booklet = handbook(reading, request).booklet
            pressed, pages = record(
                lambda each: Workshop().press.press(each, reading.content), booklet, drawn.parent
            )
    finally:
        opened.close()
    write_drawn(pages, drawn)
    return pressed, write_content(booklet, content)


def printing(book: Path, target: Path) -> list[str]:
    """The command that a user types."""
    return branchbook(
        "print", book, "handbook", "--branch", EXAMPLE_BRANCH, "--year", TODAY.year, "-o", target
    )


def own_lines(ours: Runs, floor: Runs, pdf: Path, pages: int) -> list[Line]:
    """The rows about our own handbook."""
    faults = faults_in(pdf)
    beside = f"{pages} pages: {ours.wall:.2f} s, drawing alone {floor.wall:.2f} s {floor.peak:.0f} MiB"
    return [
        Line("handbook, whole process", ours.ratio_to(floor), "×", MOST_TIMES_FLOOR, beside),
        Line("handbook, most memory", ours.peak, "MiB", MOST_MEBIBYTES),
        Line("handbook, line-break faults", faults.all, "faults", 0, f"{faults.lines} lines broken"),
    ]


def peer_line(peer: Peer, took: Runs, ours: Runs, characters: int) -> Line:
    """A peer on the same words in a simple layout: its time as a multiple of ours would flatter us, so as it is."""
    pages = text_of_pages(peer.pdf)
    held = sum(len("".join(page.split())) for page in pages)
    if held < 0.9 * characters:
        raise AssertionError(f"{peer.name} printed {held} of {characters} characters")
    faults = faults_in(peer.pdf)
    beside = (
        f"{took.peak:.0f} MiB, {len(pages)} pages, {faults.starts}/{faults.ends} faults in {faults.lines} lines, "
        f"{took.ratio_to(ours):.2f} × ours"
    )
    return Line(f"the same words by {peer.name}", took.wall, "s", None, beside)
