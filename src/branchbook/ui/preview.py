"""A PDF on the screen: pages under each other on a quiet ground, paper white in both themes.

The bytes shown are the bytes that are printed and saved. Only pages in sight are rendered (by pypdfium2, loaded
with the first document), at the screen's own resolution, and a few are kept.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from branchbook.ui.preview_pages import PageStack
from branchbook.ui.theme import Look

KEPT_PAGES = 12
ZOOMS = (0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0)
MARGIN = 16


def render_page(document: Any, number: int, pixels: QSize, ratio: float) -> QImage:
    """Page ``number`` (from 0) of a pypdfium2 document as an image of ``pixels`` logical pixels, on white."""
    page = document[number]
    try:
        scale = pixels.width() * ratio / page.get_width()
        bitmap = page.render(scale=scale, rev_byteorder=True, fill_color=(255, 255, 255, 255))
        form = QImage.Format.Format_RGBX8888 if bitmap.n_channels == 4 else QImage.Format.Format_RGB888
        image = QImage(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, form).copy()
    finally:
        page.close()
    image.setDevicePixelRatio(ratio)
    return image


def thumbnail(content: bytes, width: int, ratio: float = 1.0) -> QImage:
    """The first page of a PDF, ``width`` logical pixels wide; for galleries."""
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    try:
        page_width, page_height = document.get_page_size(0)
        return render_page(document, 0, QSize(width, round(width * page_height / page_width)), ratio)
    finally:
        document.close()


class Preview(QAbstractScrollArea):
    """``show_pdf`` shows a document; ``page_changed(page, of)`` tells which page is in sight, from 1.

    Fits the width until it is zoomed; Ctrl+wheel zooms, Page Up and Down turn pages, Home and End go to the
    first and last.
    """

    page_changed = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document: Any = None
        self._stack = PageStack(())
        self._zoom: float | None = None
        self._images: OrderedDict[tuple[int, int], QImage] = OrderedDict()
        self._told = (0, 0)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("预览"))
        self.verticalScrollBar().setSingleStep(40)

    # -------------------------------------------------------------------------------- the document

    def show_pdf(self, content: bytes, page: int = 1) -> None:
        """Show these bytes, beginning with a page. The size chosen stays."""
        import pypdfium2

        self.clear()
        self._document = pypdfium2.PdfDocument(content)
        sizes = tuple(self._document.get_page_size(number) for number in range(len(self._document)))
        self._stack = PageStack(sizes)
        self._lay_out()
        self.go_to_page(page)

    def clear(self) -> None:
        """Show nothing."""
        if self._document is not None:
            self._document.close()
        self._document = None
        self._stack = PageStack(())
        self._images.clear()
        self._lay_out()

    @property
    def page_count(self) -> int:
        """How many pages there are, 0 while nothing is shown."""
        return self._stack.count

    @property
    def page(self) -> int:
        """The page in sight, from 1; 0 while nothing is shown."""
        middle = self.verticalScrollBar().value() + self.viewport().height() // 3
        return self._stack.page_at(middle)

    @property
    def words(self) -> str:
        """第 31 页 共 98 页."""
        if not self.page_count:
            return ""
        return self.tr("第 {page} 页 共 {count} 页").format(page=self.page, count=self.page_count)

    def go_to_page(self, page: int) -> None:
        """Scroll to a page, from 1."""
        if self.page_count:
            number = min(max(page, 1), self.page_count)
            self.verticalScrollBar().setValue(self._stack.top(number) - MARGIN)
        self._tell()

    # --------------------------------------------------------------------------------------- size

    @property
    def fits_width(self) -> bool:
        """Whether pages are as wide as the view."""
        return self._zoom is None

    def fit_width(self) -> None:
        """As wide as the view."""
        self._set_zoom(None)

    def zoom_in(self) -> None:
        """The next size up."""
        now = self._stack.scale / self._points_scale()
        self._set_zoom(next((each for each in ZOOMS if each > now + 0.01), ZOOMS[-1]))

    def zoom_out(self) -> None:
        """The next size down."""
        now = self._stack.scale / self._points_scale()
        self._set_zoom(next((each for each in reversed(ZOOMS) if each < now - 0.01), ZOOMS[0]))

    def _set_zoom(self, zoom: float | None) -> None:
        page = self.page
        self._zoom = zoom
        self._lay_out()
        self.go_to_page(page)

    def _points_scale(self) -> float:
        """Pixels per point at which a page is as large as on paper."""
        return self.logicalDpiX() / 72

    def _lay_out(self) -> None:
        room = self.viewport().width() - 2 * MARGIN
        scale = None if self._zoom is None else self._zoom * self._points_scale()
        self._stack.lay_out(max(room, 50), MARGIN, scale)
        self._set_ranges()
        self._images.clear()
        self.viewport().update()

    def _set_ranges(self) -> None:
        view = self.viewport().size()
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        across.setRange(0, max(0, self._stack.width + 2 * MARGIN - view.width()))
        across.setPageStep(view.width())
        down.setRange(0, max(0, self._stack.height + MARGIN - view.height()))
        down.setPageStep(view.height())

    # ------------------------------------------------------------------------------------- events

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the pages in sight."""
        look = Look.current()
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), look.colour("rail"))
        offset = QPoint(self._left(), -self.verticalScrollBar().value())
        for number, area in self._stack.between(-offset.y(), -offset.y() + self.viewport().height()):
            place = area.translated(offset)
            for depth in (3, 2, 1):
                painter.fillRect(place.translated(0, depth).adjusted(-1, 0, 1, 0), look.colour("line"))
            painter.fillRect(place, look.colour("paper"))
            painter.drawImage(place.topLeft(), self._image(number, area))
            painter.setPen(QPen(look.colour("line"), 1))
            painter.drawRect(place.adjusted(-1, -1, 0, 0))
        painter.end()

    def _left(self) -> int:
        """Pages stand in the middle, or follow the scroll bar where they are wider than the view."""
        spare = self.viewport().width() - self._stack.width
        return spare // 2 if spare > 2 * MARGIN else MARGIN - self.horizontalScrollBar().value()

    def _image(self, number: int, area: QRect) -> QImage:
        key = (number, area.width())
        if key not in self._images:
            self._images[key] = render_page(self._document, number - 1, area.size(), self.devicePixelRatioF())
            while len(self._images) > KEPT_PAGES:
                self._images.popitem(last=False)
        self._images.move_to_end(key)
        return self._images[key]

    @property
    def rendered_pages(self) -> tuple[int, ...]:
        """The pages whose picture is kept just now."""
        return tuple(sorted({number for number, _ in self._images}))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the new width, stay on the page."""
        super().resizeEvent(event)
        if self.fits_width:
            # The page that was in sight: the pages still stand as the old width had them.
            page = self._told[0]
            self._lay_out()
            self.go_to_page(page)
        else:
            self._set_ranges()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Draw anew where the bars stand now."""
        self.viewport().update()
        self._tell()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl+wheel zooms."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_in() if event.angleDelta().y() > 0 else self.zoom_out()
            event.accept()
            return
        super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page Up and Down turn pages; Home and End go to the ends."""
        key = event.key()
        if key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self.go_to_page(self.page + (1 if key == Qt.Key.Key_PageDown else -1))
        elif key == Qt.Key.Key_Home:
            self.go_to_page(1)
        elif key == Qt.Key.Key_End:
            self.go_to_page(self.page_count)
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme; the paper stays white."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.viewport().update()

    def _tell(self) -> None:
        now = (self.page, self.page_count)
        if now != self._told:
            self._told = now
            self.setAccessibleDescription(self.words)
            self.page_changed.emit(*now)


def let_go_of_papers(window: QWidget) -> None:
    """Previewed papers hold memory of the PDF library, which wants it back before it ends."""
    for preview in window.findChildren(Preview):
        preview.clear()
