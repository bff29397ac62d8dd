"""What was printed, and whether what it shows has changed since (已改未重印)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID, uuid4

from branchbook.domain.papers import Sheet
from branchbook.services.handbook import Handbook, handbook
from branchbook.services.handbook_request import HandbookRequest, HandbookSection
from branchbook.services.operations import Actor, operate
from branchbook.services.paper_binding import PaperRequest
from branchbook.services.printing import content_hash
from branchbook.services.printing_press import PressedPaper
from branchbook.services.store import Book, PrintedPaper, Reading

WITH_PRIVATE_CONTENT = ":private"
"""Behind the key of a paper that was printed with what is private in it."""


@dataclass(frozen=True, slots=True)
class StalePaper:
    """A record whose paper was printed and which says something else now."""

    record_id: UUID
    paper: str
    title: str


def handbook_subject(organisation_id: UUID, year: int) -> str:
    """The subject under which a handbook is noted."""
    return f"handbook:{organisation_id}:{year}"


def note_paper(
    book: Book, request: PaperRequest, sheets: Iterable[Sheet], pressed: PressedPaper, actor: Actor
) -> PrintedPaper:
    """Note that a paper was printed or saved. It leaves no line of history."""
    subject = str(request.record_id or request.organisation_id or "")
    # With its private content it is another paper than the one that the handbook is compared with.
    paper = request.paper + (WITH_PRIVATE_CONTENT if request.private_content else "")
    noted = PrintedPaper(uuid4(), paper, subject, actor.now, content_hash(sheets), _sha256(pressed.pdf))
    with operate(book, actor, "打印") as operating:
        operating.writing.put_printed(noted)
    return noted


def note_handbook(
    book: Book, made: Handbook, request: HandbookRequest, pressed: PressedPaper, actor: Actor
) -> None:
    """Note that a handbook was printed: the whole, and every record in it."""
    pdf_sha256 = _sha256(pressed.pdf)
    whole = content_hash(each.section.sheet for each in made.sections)
    subject = handbook_subject(request.organisation_id, request.year)
    with operate(book, actor, "打印手册") as operating:
        operating.writing.put_printed(
            PrintedPaper(uuid4(), "handbook", subject, actor.now, whole, pdf_sha256)
        )
        for each in made.sections:
            if each.record_id is not None:
                operating.writing.put_printed(_of_section(each, actor, pdf_sha256))


def _of_section(section: HandbookSection, actor: Actor, pdf_sha256: str) -> PrintedPaper:
    sheet = section.section.sheet
    shown = content_hash((sheet,))
    return PrintedPaper(uuid4(), sheet.paper.key, str(section.record_id), actor.now, shown, pdf_sha256)


def stale_papers(reading: Reading, request: HandbookRequest) -> tuple[StalePaper, ...]:
    """Records of the year whose last printed paper shows something else than the book does now."""
    last: dict[tuple[str, str], str] = {}
    for printed in reading.printed():
        last.setdefault((printed.subject, printed.paper), printed.content_hash)
    found = []
    for each in handbook(reading, request).sections:
        sheet = each.section.sheet
        before = last.get((str(each.record_id), sheet.paper.key))
        if each.record_id and before and before != content_hash((sheet,)):
            found.append(StalePaper(each.record_id, sheet.paper.key, sheet.title))
    return tuple(found)


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
