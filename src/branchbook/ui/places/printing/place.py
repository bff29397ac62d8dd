"""The Print place: the handbook and single papers at the left, the pages at the right."""

from __future__ import annotations

from functools import partial

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from branchbook.catalogue.papers_list import HANDBOOK_KEY
from branchbook.domain.history import Changes
from branchbook.domain.problems import Problem
from branchbook.services.printing import word_paper
from branchbook.services.program import ProgramSettingsFile
from branchbook.services.workshop import Workshop
from branchbook.ui.paper_output import Printers, file_name, system_printers, write_whole
from branchbook.ui.place import FileChooser, Place, PlaceContext, ShowPaper, Subject
from branchbook.ui.places.printing.gallery_card import GalleryCard
from branchbook.ui.places.printing.handbook_card import HandbookCard
from branchbook.ui.places.printing.preview_card import PreviewCard
from branchbook.ui.places.printing.products import HandbookProduct, PaperProduct, Product
from branchbook.ui.theme import Tone

_TOUCHING = ("record", "person", "person_fact", "organisation", "term", "attachment", "setting")


class Printing(Place):
    """What is previewed is what is printed and saved: one ``Product``."""

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
        self._workshop = workshop
        self._files = files
        self._printers = printers or system_printers(self)
        self.handbook = HandbookCard(workshop, self)
        self.papers = GalleryCard(workshop, self)
        self.preview_card = PreviewCard(self)
        self.left = QStackedWidget(self)
        self.left.addWidget(self._overview())
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
        self.papers.made.connect(self._show_product)
        self.papers.refused.connect(self._refuse)
        card = self.preview_card
        card.pdf_asked.connect(self.save_pdf)
        card.docx_asked.connect(self.save_docx)
        card.print_asked.connect(self.print_pages)
        QShortcut(QKeySequence.StandardKey.Print, self, self.print_pages)
        self.banner.linked.connect(self.save_pdf)
        self._printers.list_names(card.print_row.set_printers)
        card.print_row.setVisible(self._printers.takes_options)

    # ----------------------------------------------------------------------------- what a place does

    def open(self, context: PlaceContext) -> None:
        """Show the organisation's handbook and papers; what was previewed of another one goes."""
        before = self.context.scope if hasattr(self, "context") else None
        super().open(context)
        if before is not None and before != context.scope:
            self.papers.let_go()
            self.preview_card.clear()
        self.handbook.open()
        self.papers.open()

    def reload(self, changes: Changes) -> None:
        """A paper in the preview follows the book; a handbook says that it is to be made anew."""
        if changes.touches(*_TOUCHING):
            self.handbook.reload()
            self.papers.open()
            self.papers.press()

    def show_subject(self, subject: Subject) -> None:
        """Preview a paper at once, or make the handbook."""
        if not isinstance(subject, ShowPaper):
            return
        self.left.setCurrentIndex(0)
        if subject.paper == HANDBOOK_KEY:
            self.handbook.make()
        else:
            self.papers.choose(subject.paper, subject.record_id)

    # -------------------------------------------------------------------------------- the preview

    def _show_handbook(self, product: HandbookProduct) -> None:
        self.papers.let_go()
        self._show_product(product)

    def _show_product(self, product: Product) -> None:
        self.banner.clear()
        self.preview_card.show_product(product)
        self._warn(product)

    def _warn(self, product: Product) -> None:
        """What no face has is told before anything is printed: by person and character."""
        if product.unprintable:
            sentences = [each.sentence for each in product.unprintable]
            more = self.tr("可以先打印，空框处手写补上；或在“党员”中改用通用的写法。")
            self.banner.say(Tone.WARN, "；".join(sentences[:3]), more=more)

    def _refuse(self, problem: Problem) -> None:
        self.preview_card.clear()
        self.banner.show_problem(problem)

    # ------------------------------------------------------------------------- saving and printing

    def save_pdf(self) -> None:
        """Save exactly the bytes that are previewed."""
        product = self.preview_card.product
        if product is None:
            return
        target = self._files.save_file(
            self.tr("存为 PDF"), self.tr("PDF 文件 (*.pdf)"), file_name(product.title, ".pdf")
        )
        if target is None:
            return
        self.ask(
            partial(write_whole, target, product.pressed.pdf), lambda _: self._saved(product, target.name)
        )

    def save_docx(self) -> None:
        """Save the paper as a Word file, where it is one that may be edited."""
        product = self.preview_card.product
        if not isinstance(product, PaperProduct) or not product.docx:
            return
        target = self._files.save_file(
            self.tr("存为 docx"), self.tr("Word 文件 (*.docx)"), file_name(product.title, ".docx")
        )
        if target is None:
            return
        book, workshop, request = self.context.book, self._workshop, product.request

        def job() -> None:
            with book.reading() as reading:
                content = word_paper(reading, workshop.word_press, request)
            write_whole(target, content)

        self.ask(job, lambda _: self._saved(product, target.name))

    def print_pages(self) -> None:
        """Hand exactly the bytes that are previewed to the printer."""
        product = self.preview_card.product
        if product is None:
            return
        job = self.preview_card.print_row.job(product.title, product.pressed.pdf)
        self._printers.send(job, partial(self._printed, product), self._not_printed)

    def _saved(self, product: Product, name: str) -> None:
        self._done(product, self.tr("已存为 {name}").format(name=name))

    def _printed(self, product: Product) -> None:
        self._done(product, self.tr("已送去打印：{title}").format(title=product.title))

    def _done(self, product: Product, words: str) -> None:
        self.banner.say(Tone.OK, words)
        self._warn(product)
        book, actor = self.context.book, self.context.actor()
        if not book.read_only:
            self.ask(partial(product.note, book, actor), lambda _: self._noted())

    def _noted(self) -> None:
        self.papers.load()
        self.handbook.reload()

    def _not_printed(self, problem: Problem) -> None:
        where = f"{problem.what}（{problem.where}）" if problem.where else problem.what
        self.banner.say(Tone.BAD, where, more=problem.next_step, link=self.tr("存为 PDF"))
