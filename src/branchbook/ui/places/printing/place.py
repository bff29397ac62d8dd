"""The Print place: the handbook and single papers at the left, the pages at the right."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from branchbook.catalogue.papers_list import HANDBOOK_KEY
from branchbook.domain.history import Changes
from branchbook.domain.problems import Problem
from branchbook.services.handbook_closing import ChangedSection, handbook_changes
from branchbook.services.program import ProgramSettingsFile
from branchbook.services.settings import PREFIX
from branchbook.services.workshop import Workshop
from branchbook.ui.paper_output import Printers, system_printers
from branchbook.ui.place import FileChooser, Place, PlaceContext, ShowPaper, Subject
from branchbook.ui.places.printing.change_card import ChangeCard
from branchbook.ui.places.printing.changes_card import ChangesCard
from branchbook.ui.places.printing.gallery_card import GalleryCard
from branchbook.ui.places.printing.handbook_card import HandbookCard
from branchbook.ui.places.printing.output import Output
from branchbook.ui.places.printing.preview_card import PreviewCard
from branchbook.ui.places.printing.products import HandbookProduct, KeptProduct, Product, kept_product

_PRINTED = (
    "record",
    "person",
    "person_fact",
    "organisation",
    "term",
    "attachment",
    "checklist",
    "checklist_tick",
    "procedure",
    "ledger_row",
    "ledger_definition",
)


class Printing(Place):
    """What is previewed is what is printed and saved: one ``Product`` of a `PreviewCard`."""

    key = "print"

    def __init__(
        self,
        workshop: Workshop,
        settings_file: ProgramSettingsFile,
        files: FileChooser,
        parent: QWidget | None = None,
        *,
        printers: Printers | None = None,
    ) -> None:
        super().__init__(parent)
        self._scope_shown: object = None
        self._missed = False
        self._entered = False
        self.handbook = HandbookCard(workshop, self)
        self.papers = GalleryCard(workshop, self)
        self.preview_card = PreviewCard(self)
        self.change_card = ChangeCard(self)
        self.changes_card = ChangesCard(self)
        self.output = Output(self, self.preview_card, workshop, files, printers or system_printers(self))
        self.overview = self._overview()
        self.left = QStackedWidget(self)
        for page in (self.overview, self.change_card, self.changes_card):
            self.left.addWidget(page)
        self.content.addWidget(self.left, 520)
        self.content.addWidget(self.preview_card, 622)
        self._connect()

    def _overview(self) -> QWidget:
        overview = QWidget(self)
        column = QVBoxLayout(overview)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(self.handbook)
        column.addWidget(self.papers, 1)
        return overview

    def _connect(self) -> None:
        self.handbook.made.connect(self._show_handbook)
        self.handbook.kept_asked.connect(self._show_kept)
        self.handbook.comparing.connect(self.compare)
        self.handbook.stale_asked.connect(self._list_stale)
        self.papers.made.connect(self._show_product)
        self.papers.refused.connect(self._refuse)
        self.papers.adjusting.connect(self._adjust)
        self.change_card.ended.connect(self._go_back)
        self.changes_card.ended.connect(self._go_back)
        self.changes_card.chosen.connect(self._show_stale)
        self.output.noted.connect(self._noted)
        self.preview_card.remake_asked.connect(self.handbook.make)
        self.banner.linked.connect(self.output.save_pdf)
        QShortcut(QKeySequence.StandardKey.Print, self, self.output.print_pages)

    # ----------------------------------------------------------------------------- what a place does

    def open(self, context: PlaceContext) -> None:
        """Show the organisation's handbook and papers; what was previewed of another one goes."""
        super().open(context)
        if self._scope_shown != (context.book.path, context.scope):
            self._scope_shown = (context.book.path, context.scope)
            self.papers.let_go()
            self.preview_card.clear()
            self.handbook.begin()
            self._go_back()
        # A paper that another place asks for right after this is pressed first.
        QTimer.singleShot(0, self, self._load)

    def _load(self) -> None:
        self.papers.open()
        self.handbook.reload()
        self.output.list_printers()
        if self._missed:
            self._missed = False
            self.papers.press()

    def reload(self, changes: Changes) -> None:
        """A paper in the preview follows the book; a handbook says that it was made before."""
        forms = any(entity == "setting" and key.startswith(PREFIX) for entity, key in changes.entities)
        concerned = forms or changes.touches(*_PRINTED)
        if concerned and isinstance(self.preview_card.product, HandbookProduct):
            self.preview_card.say_outdated()
        if not self.isVisible():
            self._missed = self._missed or concerned
            return
        self.handbook.reload()
        if concerned:
            self.papers.reload(pictures=forms or changes.touches("organisation"))
        if self.left.currentWidget() is self.change_card:
            self.change_card.load()

    def show_subject(self, subject: Subject) -> None:
        """Preview a paper at once, or make the handbook."""
        if not isinstance(subject, ShowPaper):
            return
        self._go_back()
        if subject.paper == HANDBOOK_KEY:
            self.handbook.make()
        else:
            self.papers.choose(subject.paper, subject.record_id, subject.day)

    def focus_first(self) -> None:
        """In the gallery the first time, then where the keyboard was."""
        if self._entered:
            super().focus_first()
            return
        self._entered = True
        self.papers.gallery.setFocus(Qt.FocusReason.OtherFocusReason)

    # -------------------------------------------------------------------------------- the preview

    def _show_handbook(self, product: HandbookProduct) -> None:
        self.papers.let_go()
        self._show_product(product)

    def _show_product(self, product: Product) -> None:
        self.banner.clear()
        self.preview_card.show_product(product)
        self.output.warn(product)

    def _refuse(self, problem: Problem) -> None:
        self.preview_card.clear()
        self.banner.show_problem(problem)

    def _noted(self) -> None:
        self.papers.load()
        self.handbook.reload()

    # ------------------------------------------------------------------- what takes the left column

    def _go_back(self) -> None:
        if self.left.currentWidget() is not self.overview:
            self.left.setCurrentWidget(self.overview)
            self.papers.gallery.setFocus()

    def _adjust(self, paper: str) -> None:
        self.change_card.open(paper)
        self.left.setCurrentWidget(self.change_card)
        self.change_card.title_field.setFocus()

    def compare(self) -> None:
        """What a reprint of the year's handbook would show otherwise than the one that was kept."""
        book, request = self.context.book, self.handbook.request()

        def question() -> tuple[ChangedSection, ...]:
            with book.reading() as reading:
                return handbook_changes(reading, request)

        self.ask(question, self._show_changes, key="changes")

    def _show_changes(self, changes: tuple[ChangedSection, ...]) -> None:
        self.changes_card.show_sections(changes)
        self._show_list()

    def _list_stale(self) -> None:
        if self.handbook.state is not None:
            self.changes_card.show_stale(self.handbook.state.stale)
            self._show_list()

    def _show_list(self) -> None:
        self.left.setCurrentWidget(self.changes_card)
        self.changes_card.focus_list()

    def _show_stale(self, subject: ShowPaper) -> None:
        """Preview one of the list, which stays for the next."""
        self.papers.choose(subject.paper, subject.record_id)

    def _show_kept(self) -> None:
        book, scope = self.context.book, self.context.scope

        def question() -> KeptProduct:
            with book.reading() as reading:
                return kept_product(reading, scope.organisation_id, scope.year)

        self.ask(question, self._show_kept_product, key="preview")

    def _show_kept_product(self, product: KeptProduct) -> None:
        self.papers.let_go()
        self._show_product(product)
