"""The half-year report as a whole process, beside docxtpl on the same template with constant values."""

from __future__ import annotations

import json
from datetime import date
from io import BytesIO
from pathlib import Path

from benchmarks.books import EXAMPLE_BRANCH, TODAY, example_book
from benchmarks.report import Line
from benchmarks.timing import branchbook, processes, python
from branchbook.app import Workshop, now
from branchbook.domain.dates import Period
from branchbook.exchange.docx_text import blocks_of
from branchbook.services.report_templates import texts_of
from branchbook.services.reports import ReportWords
from branchbook.services.shipped_templates import SHIPPED_TEMPLATES

MOST_TIMES_PEER = 1.5
TEMPLATE = SHIPPED_TEMPLATES[0]
PERIOD = Period(date(TODAY.year, 1, 1), date(TODAY.year, 6, 30))


def measure(folder: Path, runs: int) -> list[Line]:
    """Opening the book, counting and filling, beside filling alone with what was counted."""
    book, values = folder / "example.branchbook", folder / "values.json"
    example_book(book)
    write_values(book, values)
    ours, peer = folder / "ours.docx", folder / "peer.docx"
    took = processes(
        {
            "branchbook": filling(book, ours),
            "docxtpl": python("-m", "benchmarks.peers.with_docxtpl", TEMPLATE.path, values, peer),
        },
        runs,
    )
    same_text(ours, peer)
    beside = f"{took['branchbook'].wall * 1000:.0f} ms, docxtpl alone {took['docxtpl'].wall * 1000:.0f} ms"
    ratio = took["branchbook"].ratio_to(took["docxtpl"])
    return [
        Line("half-year report, whole process", ratio, "×", MOST_TIMES_PEER, beside),
        Line("half-year report, most memory", took["branchbook"].peak, "MiB"),
    ]


def filling(book: Path, target: Path, branch: str = EXAMPLE_BRANCH) -> list[str]:
    """The command that a user types."""
    days = ("--from", PERIOD.start.isoformat(), "--to", PERIOD.end.isoformat())
    return branchbook("report", book, TEMPLATE.name, *days, "--scope", branch, "-o", target)


def write_values(path: Path, target: Path, branch: str = EXAMPLE_BRANCH) -> None:
    """Everything that a template may name, as constant values."""
    book = Workshop().shelf.open(path, None, writable=False, holder="测量")
    try:
        with book.reading() as reading:
            own = next(each for each in reading.roster().organisations if each.name == branch)
            words = ReportWords(reading, PERIOD, own.id, now().date()).words
            plain = {
                name: dict(value) if hasattr(value, "keys") else [dict(row) for row in value]  # type: ignore[call-overload, attr-defined]
                for name, value in words.items()
            }
    finally:
        book.close()
    target.write_text(json.dumps(plain, ensure_ascii=False), "utf-8")


def same_text(ours: Path, peer: Path) -> None:
    """Refuse to compare two reports that do not say the same."""
    from docx import Document

    texts = [texts_of(tuple(blocks_of(Document(BytesIO(path.read_bytes()))))) for path in (ours, peer)]
    if not texts[0] or texts[0] != texts[1]:
        raise AssertionError("the two reports do not say the same")
