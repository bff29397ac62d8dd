"""Saving and printing what is previewed, and noting that it was done."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from branchbook.domain.problems import Problem
from branchbook.services.printing import word_paper
from branchbook.services.protection import unprotected_words
from branchbook.services.workshop import Workshop
from branchbook.ui.paper_output import Printers, file_name, write_whole
from branchbook.ui.place import FileChooser, Place
from branchbook.ui.places.printing.preview_card import PreviewCard
from branchbook.ui.places.printing.products import PaperProduct, Product
from branchbook.ui.theme import Tone


class Output(QObject):
    """The bytes in the preview are the bytes in the file and on paper. ``noted`` when the book knows of it."""

    noted = Signal()

    def __init__(
        self, place: Place, card: PreviewCard, workshop: Workshop, files: FileChooser, printers: Printers
    ) -> None:
        super().__init__(place)
        self._place = place
        self._card = card
        self._workshop = workshop
        self._files = files
        self._printers = printers
        card.pdf_asked.connect(self.save_pdf)
        card.docx_asked.connect(self.save_docx)
        card.print_asked.connect(self.print_pages)
        card.print_row.setVisible(printers.takes_options)

    def list_printers(self) -> None:
        """Ask the computer for its printers."""
        self._printers.list_names(self._card.print_row.set_printers)

    def save_pdf(self) -> None:
        """Save exactly the bytes that are previewed."""
        product = self._card.product
        if product is None:
            return
        target = self._files.save_file(
            self.tr("存为 PDF"), self.tr("PDF 文件 (*.pdf)"), file_name(product.title, ".pdf")
        )
        if target is not None:
            write = partial(write_whole, target, product.pressed.pdf)
            self._place.ask(write, lambda _: self._saved(product, target.name))

    def save_docx(self) -> None:
        """Save the paper as a Word file, where it is one that may be edited."""
        product = self._card.product
        if not isinstance(product, PaperProduct) or not product.docx:
            return
        target = self._files.save_file(
            self.tr("存为 docx"), self.tr("Word 文件 (*.docx)"), file_name(product.title, ".docx")
        )
        if target is None:
            return
        book, workshop, request = self._place.context.book, self._workshop, product.request

        def job() -> None:
            with book.reading() as reading:
                content = word_paper(reading, workshop.word_press, request)
            write_whole(target, content)

        self._place.ask(job, lambda _: self._saved(product, target.name))

    def print_pages(self) -> None:
        """Hand exactly the bytes that are previewed to the printer."""
        product = self._card.product
        if product is None:
            return
        job = self._card.print_row.job(product.title, product.pressed.pdf)
        self._printers.send(job, partial(self._printed, product), self._not_printed)

    def warn(self, product: Product, before: str = "") -> None:
        """What no face has is told before anything is printed, and again after: by person and character."""
        if product.unprintable:
            sentences = "；".join(each.sentence for each in product.unprintable[:3])
            more = self.tr("空框处请手写补上，或在“党员”中改用通用的写法。")
            self._place.banner.say(Tone.WARN, f"{before}。{sentences}" if before else sentences, more=more)
        elif before:
            self._place.banner.say(Tone.OK, before)

    def _saved(self, product: Product, name: str) -> None:
        warning = unprotected_words(self._place.context.book)
        saved = self.tr("已存为 {name}").format(name=name)
        self._done(product, "；".join(filter(None, (saved, warning))))

    def _printed(self, product: Product) -> None:
        self._done(product, self.tr("已送去打印：{title}").format(title=product.title))

    def _done(self, product: Product, words: str) -> None:
        self.warn(product, words)
        book, actor = self._place.context.book, self._place.context.actor()
        if not book.read_only:
            self._place.ask(partial(product.note, book, actor), lambda _: self.noted.emit())

    def _not_printed(self, problem: Problem) -> None:
        words = self.tr("{what}（{where}）").format(what=problem.what, where=problem.where)
        said = words if problem.where else problem.what
        self._place.banner.say(Tone.BAD, said, more=problem.next_step, link=self.tr("存为 PDF"))
