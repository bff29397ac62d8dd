"""预览: the pages, and the buttons that save and print exactly these bytes."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from branchbook.services.printing_press import PressedPaper
from branchbook.ui.places.printing.print_row import PrintRow
from branchbook.ui.places.printing.products import Product
from branchbook.ui.preview import Preview
from branchbook.ui.theme import Look, Tone
from branchbook.ui.widgets.banner import Banner
from branchbook.ui.widgets.buttons import Button
from branchbook.ui.widgets.card import Card
from branchbook.ui.widgets.empty_state import EmptyState

_MOST_CHARACTERS = 12
_ROOMY = 540
"""The least width for all words of the buttons, at 100 %."""


class PreviewCard(Card):
    """``product`` is what is shown, None while nothing is."""

    pdf_asked = Signal()
    docx_asked = Signal()
    print_asked = Signal()
    remake_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent, padding=0)
        self.set_title(self.tr("预览"))
        self.product: Product | None = None
        self.preview = Preview(self)
        self.preview.page_changed.connect(self._show_page)
        self.empty = EmptyState(
            "printer",
            self.tr("还没有选表册"),
            self.tr("从左边选一张表册，或生成整本手册；预览、打印和存下的是同一份文件。"),
        )
        self.pages = QStackedWidget(self)
        self.pages.addWidget(self.empty)
        self.pages.addWidget(self.preview)
        self.note = Banner(self)
        self.note.linked.connect(self.remake_asked)
        self.print_row = PrintRow(self)
        self.add(self.pages, 1)
        self.add(self.note)
        self.add_foot(self.print_row)
        self._add_buttons()
        self.clear()

    def _add_buttons(self) -> None:
        self.fit = Button(self.tr("适合宽度"), "zoom-in", self)
        self.fit.setAccessibleName(self.tr("适合宽度"))
        self.fit.setToolTip(self.tr("适合宽度；按住 Ctrl 滚动可以放大缩小"))
        self.fit.clicked.connect(self.preview.fit_width)
        self.pdf = Button("PDF", "file-down", self)
        self.pdf.setAccessibleName(self.tr("存为 PDF"))
        self.pdf.clicked.connect(self.pdf_asked)
        self.docx = Button("docx", "file-text", self)
        self.docx.setAccessibleName(self.tr("存为 docx"))
        self.docx.clicked.connect(self.docx_asked)
        self.print_button = Button(self.tr("打印 Ctrl+P"), "", self, primary=True)
        self.print_button.clicked.connect(self.print_asked)
        for button in (self.fit, self.pdf, self.docx, self.print_button):
            self.add_action(button)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, the buttons keep their pictures and the page's number its words."""
        super().resizeEvent(event)
        narrow = event.size().width() < Look.current().px(_ROOMY)
        self.fit.setText("" if narrow else self.tr("适合宽度"))
        self.print_button.setText(self.tr("打印") if narrow else self.tr("打印 Ctrl+P"))

    def show_product(self, product: Product) -> None:
        """Show the pages of a product; the same paper stays on its page."""
        same = self.product is not None and self.product.title == product.title
        page = self.preview.page if same else 1
        self.product = product
        self.preview.show_pdf(product.pressed.pdf, page)
        self.pages.setCurrentWidget(self.preview)
        self.print_row.begin(both_sides=product.both_sides)
        self._use(docx=product.docx)
        self._show_substitutes(product.pressed)

    def say_outdated(self) -> None:
        """The handbook shown was made before the book changed."""
        words = self.tr("生成之后簿里又有改动，这里是改动之前的手册")
        self.note.say(Tone.WARN, words, link=self.tr("重新生成"))

    def clear(self) -> None:
        """Show nothing."""
        self.product = None
        self.preview.clear()
        self.pages.setCurrentWidget(self.empty)
        self.note.clear()
        self.set_title(self.tr("预览"))
        self._use(docx=False)

    def _use(self, *, docx: bool) -> None:
        there = self.product is not None
        for button in (self.fit, self.pdf, self.print_button):
            button.setEnabled(there)
        self.docx.setVisible(docx)
        self.print_row.setEnabled(there)

    def _show_page(self, _page: int, _of: int) -> None:
        self.set_title(self.tr("预览"), self.preview.words)

    def _show_substitutes(self, pressed: PressedPaper) -> None:
        """Characters that the body face lacks are set in another: told quietly, they print well."""
        faces: dict[str, list[str]] = {}
        for character, face in dict.fromkeys(pressed.substitutes):
            faces.setdefault(self._face(face), []).append(character)
        if not faces:
            self.note.clear()
            return
        words = self.tr("“{characters}”用{face}")
        each = [words.format(characters=_shortened(found), face=face) for face, found in faces.items()]
        said = self.tr("正文字体缺字，已换字体补上，可以照常打印：{which}").format(which="，".join(each))
        self.note.say(Tone.QUIET, said)

    def _face(self, name: str) -> str:
        """What a person calls the face that stands in."""
        names = {"BranchBookSerifLight": self.tr("细宋体"), "BranchBookSigns": self.tr("符号体")}
        return names.get(name, self.tr("备用字体"))


def _shortened(characters: list[str]) -> str:
    """As many characters as a line can show."""
    more = "…" if len(characters) > _MOST_CHARACTERS else ""
    return "".join(characters[:_MOST_CHARACTERS]) + more
