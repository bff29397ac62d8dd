"""单份表册: the gallery, blank or filled, and what the chosen paper is printed of."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from PySide6.QtCore import Qt, Signal

from branchbook.catalogue.papers_list import PAPER_BY_KEY
from branchbook.domain.papers import Orientation, PaperGroup
from branchbook.domain.problems import Problem
from branchbook.services.paper_binding import PaperRequest
from branchbook.services.paper_gallery import PaperLine, PaperNeeds, paper_lines, paper_needs
from branchbook.services.printing import PaperEntry, booklet_for, paper_entries
from branchbook.services.workshop import Workshop
from branchbook.ui.place import Place
from branchbook.ui.places.printing.gallery import PICTURE, Gallery, Tile
from branchbook.ui.places.printing.paper_fields import PaperFields
from branchbook.ui.places.printing.products import PaperProduct, press_paper
from branchbook.ui.places.printing.snug_chips import SnugChips
from branchbook.ui.theme import Look
from branchbook.ui.widgets.card import Card

_FINER = 3
"""Drawn larger and made small again: PDFium's hairlines would otherwise be as thick as the words."""
FILLED, BLANK = "filled", "blank"


class GalleryCard(Card):
    """``made`` gives a ``PaperProduct`` when one was pressed, ``refused`` the Problem why not; ``adjusting``
    the key of the paper whose form is to be changed."""

    made = Signal(object)
    refused = Signal(object)
    adjusting = Signal(str)

    def __init__(self, workshop: Workshop, place: Place) -> None:
        super().__init__("", "", place, padding=0)
        self._press_once_known = False
        self._workshop = workshop
        self._place = place
        self._entries: dict[str, PaperEntry] = {entry.key: entry for entry in paper_entries()}
        self.set_title(self.tr("单份表册"), "")
        filling = [(FILLED, self.tr("填好")), (BLANK, self.tr("空白"))]
        self.filling = SnugChips(filling, self.tr("填好或空白"), self)
        self.filling.chosen.connect(self._fill)
        groups = [
            (PaperGroup.ORDINARY.value, self.tr("组织生活")),
            (PaperGroup.ELECTION.value, self.tr("选举")),
            (PaperGroup.CONVERSION.value, self.tr("转正")),
            (PaperGroup.EVALUATION.value, self.tr("评议")),
            (PaperGroup.LEDGER.value, self.tr("台账")),
        ]
        self.groups = SnugChips(groups, self.tr("哪一类表册"), self)
        self.groups.chosen.connect(lambda _key: self._show_group())
        self._lines: tuple[PaperLine, ...] = ()
        # A paper asked for before the book has said which ledgers of its own there are.
        self._awaited: tuple[str, UUID | None] | None = None
        self.add_action(self.groups)
        self.add_action(self.filling)
        self.gallery = Gallery(self)
        self.fields = PaperFields(self)
        self.fields.changed.connect(self.press)
        self.fields.record_changed.connect(self._load_needs)
        self.fields.adjusting.connect(lambda: self.adjusting.emit(self.gallery.current_key))
        self.gallery.chosen.connect(self.choose)
        self.gallery.wanted.connect(self._picture)
        self.add(self.fields)
        self.add(self.gallery, 1)

    def open(self) -> None:
        """Show the papers of the place's organisation and year."""
        self.fields.begin(self._place.context.today)
        self.gallery.forget_pictures()
        self.load()
        self._load_needs()

    def reload(self, *, pictures: bool) -> None:
        """The book changed: count anew, press the paper in the preview anew; ``pictures`` where forms changed."""
        if pictures:
            self.gallery.forget_pictures()
        self.load()
        self._load_needs()
        self.press()

    def load(self) -> None:
        """Ask anew how many records there are and what was printed when."""
        context = self._place.context
        book, scope, today = context.book, context.scope, context.today

        def question() -> tuple[PaperLine, ...]:
            with book.reading() as reading:
                return paper_lines(reading, scope.organisation_id, scope.year, today)

        self._place.ask(question, self._show, key="papers")

    def choose(self, key: str, record_id: UUID | None = None, day: date | None = None) -> None:
        """Another paper: preview it at once where the record is known, else once one is found."""
        if day is not None:
            self.fields.day.set_value(day)
        entry = self._entries.get(key)
        if entry is None:
            self._awaited = (key, record_id)
            return
        if self.groups.current != entry.group.value:
            self.groups.choose(entry.group.value)
            self._show_group()
        self.gallery.select(key)
        self.fields.set_paper(entry, record_id)
        if record_id is not None:
            self.press()
        self._load_needs(then_press=record_id is None)

    def let_go(self) -> None:
        """No paper is chosen any more: a handbook is shown."""
        self._press_once_known = False
        self.gallery.select("")
        self.fields.let_go()

    def press(self) -> None:
        """Press what is asked for now and tell the preview."""
        if self.fields.entry is None:
            return
        context = self._place.context
        book, request = context.book, self.fields.request(context.scope, context.today)
        workshop = self._workshop

        def question() -> PaperProduct:
            with book.reading() as reading:
                return press_paper(reading, workshop.press, request)

        context.commands.ask(question, self.made.emit, owner=self._place, key="preview", failed=self._refuse)

    # -------------------------------------------------------------------------------------- inside

    def _refuse(self, problem: Problem) -> None:
        self.refused.emit(problem)

    def _show(self, lines: tuple[PaperLine, ...]) -> None:
        self._lines = lines
        self._entries = {each.entry.key: each.entry for each in lines}
        self._show_group()
        awaited, self._awaited = self._awaited, None
        if awaited is not None and awaited[0] in self._entries:
            self.choose(*awaited)

    def _show_group(self) -> None:
        """The papers of the group chosen; the one in the preview stays chosen where it is among them."""
        shown = [each for each in self._lines if each.entry.group.value == self.groups.current]
        self.gallery.set_tiles([Tile(each.entry.key, each.entry.name, self._detail(each)) for each in shown])
        if self.fields.entry is not None and self.gallery.current_key != self.fields.entry.key:
            self.gallery.select(self.fields.entry.key)

    def _detail(self, line: PaperLine) -> str:
        if line.printed_at is not None:
            last = self.tr("上次 {day}").format(day=f"{line.printed_at:%m-%d}")
        else:
            last = ""
        paper = PAPER_BY_KEY.get(line.entry.key)
        lies = paper is not None and paper.orientation == Orientation.LANDSCAPE
        form = self.tr("横向") if lies else self.tr("竖向")
        form = (
            form if paper is not None else ""
        )  # a ledger of the user's own: its form is seen in the picture
        first = form if line.records is None else self.tr("{n} 份").format(n=line.records)
        return " · ".join(part for part in (first, last) if part)

    def _fill(self, key: str) -> None:
        self.fields.set_blank(key == BLANK)
        self.press()

    def _load_needs(self, then_press: bool = False) -> None:
        entry = self.fields.entry
        if entry is None:
            return
        context = self._place.context
        book, scope, today = context.book, context.scope, context.today
        record_id = self.fields.record.value()
        # A later question replaces an earlier one that has not been answered, not its wish to be previewed.
        self._press_once_known = self._press_once_known or then_press

        def question() -> PaperNeeds:
            with book.reading() as reading:
                return paper_needs(reading, entry, scope.organisation_id, scope.year, today, record_id)

        def show(needs: PaperNeeds) -> None:
            self.fields.set_needs(needs)
            if self._press_once_known:
                self._press_once_known = False
                self.press()

        self._place.ask(question, show, key="needs")

    def _picture(self, key: str) -> None:
        """Press a paper blank off the window's thread; its small picture is drawn here (PDFium has one thread)."""
        context = self._place.context
        book, scope = context.book, context.scope
        request = PaperRequest(
            key, context.today, organisation_id=scope.organisation_id, year=scope.year, blank=True
        )
        workshop = self._workshop

        def question() -> bytes:
            with book.reading() as reading:
                return workshop.press.press(booklet_for(reading, request), reading.content).pdf

        self._place.ask(question, lambda pdf: self._draw(key, pdf))

    def _draw(self, key: str, pdf: bytes) -> None:
        from branchbook.ui.preview import thumbnail

        ratio = self.devicePixelRatioF()
        width = Look.current().px(PICTURE.width())
        fine = thumbnail(pdf, width, ratio * _FINER)
        smooth = Qt.TransformationMode.SmoothTransformation
        image = fine.scaledToWidth(round(width * ratio), smooth)
        image.setDevicePixelRatio(ratio)
        self.gallery.set_picture(key, image)
