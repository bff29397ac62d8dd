"""What the preview shows and what is printed and saved: one set of bytes, and what it was made of."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from branchbook.domain.papers import Booklet
from branchbook.domain.problems import RefusedProblem
from branchbook.services.handbook import Handbook, handbook
from branchbook.services.handbook_closing import kept_handbook, kept_pdf
from branchbook.services.handbook_request import HandbookRequest
from branchbook.services.operations import Actor
from branchbook.services.paper_binding import PaperRequest
from branchbook.services.printed_papers import note_handbook, note_paper
from branchbook.services.printing import UnprintableCharacter, booklet_for, unprintable
from branchbook.services.printing_press import PaperPress, PressedPaper, Progress
from branchbook.services.store import Book, Reading


@dataclass(frozen=True, slots=True)
class PaperProduct:
    """One paper, pressed. ``docx`` tells whether it may also be had as a Word file."""

    request: PaperRequest
    booklet: Booklet
    pressed: PressedPaper
    unprintable: tuple[UnprintableCharacter, ...]

    @property
    def title(self) -> str:
        """The paper's own title."""
        return self.booklet.title

    @property
    def docx(self) -> bool:
        """Only papers that are meant to be edited, and only one sheet of them."""
        sections = self.booklet.sections
        return len(sections) == 1 and sections[0].sheet.paper.docx

    @property
    def both_sides(self) -> bool:
        """Whether it was laid out for printing on both sides."""
        return self.booklet.options.duplex

    def note(self, book: Book, actor: Actor) -> None:
        """Note that it was printed or saved, so that a later change can be told."""
        sheets = [section.sheet for section in self.booklet.sections]
        note_paper(book, self.request, sheets, self.pressed, actor)


@dataclass(frozen=True, slots=True)
class HandbookProduct:
    """A handbook, pressed."""

    request: HandbookRequest
    made: Handbook
    pressed: PressedPaper
    unprintable: tuple[UnprintableCharacter, ...]

    docx = False

    @property
    def title(self) -> str:
        """The handbook's title."""
        return self.made.booklet.title

    @property
    def both_sides(self) -> bool:
        """Whether it was laid out for printing on both sides."""
        return self.request.options.duplex

    def note(self, book: Book, actor: Actor) -> None:
        """Note the whole and every record in it. A blank one says nothing that could change."""
        if not self.request.blank:
            note_handbook(book, self.made, self.request, self.pressed, actor)


@dataclass(frozen=True, slots=True)
class KeptProduct:
    """The handbook of a year as it was closed: the bytes that were kept."""

    title: str
    pressed: PressedPaper
    unprintable: tuple[UnprintableCharacter, ...] = ()

    docx = False
    both_sides = True

    def note(self, book: Book, actor: Actor) -> None:
        """Noted when it was closed."""


Product = PaperProduct | HandbookProduct | KeptProduct


def kept_product(reading: Reading, organisation_id: UUID, year: int) -> KeptProduct:
    """The kept handbook of a year. Raises RefusedProblem where none is kept, or where it was altered."""
    kept = kept_handbook(reading, organisation_id, year)
    if kept is None:
        raise RefusedProblem("这一年的手册还没有结册", f"{year}年", "请先点“结册”")
    return KeptProduct(kept.title, PressedPaper(kept_pdf(reading, kept), kept.pages, ()))


def press_paper(reading: Reading, press: PaperPress, request: PaperRequest) -> PaperProduct:
    """Bind and press one paper; what no face has is told by person and character."""
    booklet = booklet_for(reading, request)
    pressed = press.press(booklet, reading.content)
    return PaperProduct(request, booklet, pressed, _unprintable(reading, press, booklet, pressed))


def press_handbook(
    reading: Reading, press: PaperPress, request: HandbookRequest, progress: Progress
) -> HandbookProduct:
    """Bind and press a handbook, telling ``progress`` of every section."""
    made = handbook(reading, request)
    pressed = press.press(made.booklet, reading.content, progress)
    return HandbookProduct(request, made, pressed, _unprintable(reading, press, made.booklet, pressed))


def _unprintable(
    reading: Reading, press: PaperPress, booklet: Booklet, pressed: PressedPaper
) -> tuple[UnprintableCharacter, ...]:
    """Looked up only where the press met such a character at all."""
    if not pressed.missing:
        return ()
    return unprintable(reading, press, [section.sheet for section in booklet.sections])
