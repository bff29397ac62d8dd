"""The result in large type for the room: nothing of it is shown before it is told to be."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QGuiApplication, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from branchbook.ui.theme import DARK, Look, Tone

LEAST_TYPE = 40
MOST_TYPE = 72
_LEAST_ROW = 52
_MOST_ROW = 104
_LEAST_STRETCH = 62


@dataclass(frozen=True, slots=True)
class RoomLine:
    """One person: votes as text, the outcome in a word (empty while ballots are still read)."""

    name: str
    votes: str
    against: str = ""
    abstentions: str = ""
    word: str = ""
    tone: Tone = Tone.QUIET


@dataclass(frozen=True, slots=True)
class RoomSheet:
    """What the room sees: a title, a quiet line under it, people in the order of the ballot, a last line."""

    title: str = ""
    note: str = ""
    lines: tuple[RoomLine, ...] = ()
    foot: str = ""


class Projector(QWidget):
    """A window of its own, light on dark. ``closed`` is emitted when it goes; Esc and F5 close it.

    ``show_result_wanted`` is emitted for F6 in it.
    """

    closed = Signal()
    show_result_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle(self.tr("计票结果大字显示"))
        self.setAutoFillBackground(False)
        self.sheet = RoomSheet()
        self.revealed = False

    # ------------------------------------------------------------------------------------ showing

    def open_in_room(self) -> None:
        """Open with nothing told yet: on the second screen where there is one, which leaves the keyboard here."""
        self.revealed = False
        screens = QGuiApplication.screens()
        owner = self.parentWidget()
        here = owner.screen() if owner is not None else screens[0]
        other = next((each for each in screens if each is not here), None)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating, other is not None)
        self.setGeometry((other or here).geometry())
        if other is not None:
            self.showFullScreen()
        else:
            self.showMaximized()
            self.activateWindow()

    def show_sheet(self, sheet: RoomSheet, *, revealed: bool) -> None:
        """What the room may know; without ``revealed`` only the title is painted."""
        self.sheet, self.revealed = sheet, revealed
        spoken = [f"{each.name} {each.votes} {each.word}".strip() for each in self.shown_lines]
        self.setAccessibleName("；".join((sheet.title, *spoken)))
        self.update()

    @property
    def shown_lines(self) -> tuple[RoomLine, ...]:
        """The people that the room sees."""
        return self.sheet.lines if self.revealed else ()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc and F5 close, F6 shows or hides the result."""
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_F5):
            self.close()
        elif event.key() == Qt.Key.Key_F6:
            self.show_result_wanted.emit()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: object) -> None:
        """Tell that it goes."""
        self.closed.emit()
        super().closeEvent(event)  # type: ignore[arg-type]

    # ----------------------------------------------------------------------------------- painting

    def columns_for(self, height: int) -> int:
        """One column where all rows fit, else two."""
        return 1 if len(self.shown_lines) * _LEAST_ROW <= height else 2

    def type_size(self, height: int) -> tuple[int, int]:
        """Row height and type size in pixels for the room that the people have."""
        columns = self.columns_for(height)
        rows = max(-(-len(self.shown_lines) // columns), 1)
        row = min(max(height // rows, _LEAST_ROW), _MOST_ROW)
        return row, min(max(row * 6 // 10, LEAST_TYPE), MOST_TYPE)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Title, people, last line."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(DARK.background))
        edge = max(self.width() // 24, 24)
        area = self.rect().adjusted(edge, edge // 3, -edge, -edge // 3)
        if not self.revealed:
            self._paint_waiting(painter, area)
        else:
            self._paint_sheet(painter, area)
        painter.end()

    def _paint_waiting(self, painter: QPainter, area: QRect) -> None:
        half = area.height() // 2
        lower = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom)
        _write(painter, area.adjusted(0, 0, 0, -half), self.sheet.title, MOST_TYPE, DARK.text, lower)
        upper = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        below = area.adjusted(0, half + 16, 0, 0)
        _write(painter, below, self.tr("正在计票"), LEAST_TYPE + 8, DARK.dim, upper)

    def _paint_sheet(self, painter: QPainter, area: QRect) -> None:
        left = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        right = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
        head = QRect(area.x(), area.y(), area.width(), 64)
        _write(painter, head, self.sheet.title, LEAST_TYPE + 8, DARK.text, left, bold=True)
        taken = QFontMetrics(_font(LEAST_TYPE + 8, bold=True)).horizontalAdvance(self.sheet.title) + 40
        _write(painter, head.adjusted(taken, 0, 0, 0), self.sheet.note, LEAST_TYPE, DARK.dim, right)
        foot = QRect(area.x(), area.bottom() - 60, area.width(), 60)
        if self.sheet.foot:
            _write(painter, foot, self.sheet.foot, LEAST_TYPE, DARK.ok, left)
        below = area.adjusted(0, 72, 0, -64 if self.sheet.foot else 0)
        self._paint_people(painter, below)

    def _paint_people(self, painter: QPainter, area: QRect) -> None:
        columns = self.columns_for(area.height())
        row, size = self.type_size(area.height())
        lines = self.shown_lines
        per_column = -(-len(lines) // columns)
        gap = 48 if columns > 1 else 0
        width = (area.width() - gap * (columns - 1)) // columns
        for number, line in enumerate(lines):
            column, down = divmod(number, per_column)
            cell = QRect(area.x() + column * (width + gap), area.y() + down * row, width, row)
            painter.fillRect(cell.x(), cell.bottom(), cell.width(), 1, QColor(DARK.line))
            self._paint_line(painter, cell, line, size, whole=columns == 1)

    def _paint_line(self, painter: QPainter, cell: QRect, line: RoomLine, size: int, *, whole: bool) -> None:
        left = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        right = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
        metrics = QFontMetrics(_font(size))
        words = (each.word for each in self.shown_lines)
        plate_width = max(metrics.horizontalAdvance(each) for each in words) + size // 2
        plate = QRect(cell.right() - plate_width, cell.y() + 4, plate_width, cell.height() - 9)
        if line.word:
            _plate(painter, plate, line.word, line.tone, size)
        numbers = [(line.votes, DARK.text, max((each.votes for each in self.shown_lines), key=len))]
        if whole:
            against = max((each.against for each in self.shown_lines), key=len)
            none = max((each.abstentions for each in self.shown_lines), key=len)
            numbers = [(line.abstentions, DARK.dim, none), (line.against, DARK.dim, against), *numbers]
        x = plate.x() - size // 2
        for text, colour, longest in numbers:
            width = metrics.horizontalAdvance(longest)
            box = QRect(x - width - 2, cell.y(), width + 2, cell.height())
            _write(painter, box, text, size, colour, right)
            x = box.x() - size // 2
        name = QRect(cell.x(), cell.y(), max(x - cell.x(), size * 2), cell.height())
        _write(painter, name, line.name, size, DARK.text, left, narrow=True)


def _font(size: int, *, bold: bool = False) -> QFont:
    """Sizes of the room do not follow the text size of the window."""
    font = QFont(Look.current().font())
    font.setPixelSize(size)
    font.setWeight(QFont.Weight.Medium if bold else QFont.Weight.Normal)
    return font


def _write(
    painter: QPainter,
    area: QRect,
    text: str,
    size: int,
    colour: str,
    alignment: int,
    *,
    bold: bool = False,
    narrow: bool = False,
) -> None:
    """Write a line that ends in … where it does not fit; with ``narrow`` it is first made narrower, not lower."""
    font = _font(size, bold=bold)
    needed = QFontMetrics(font).horizontalAdvance(text)
    if narrow and needed > area.width():
        font.setStretch(max(area.width() * 100 // needed, _LEAST_STRETCH))
    painter.setFont(font)
    painter.setPen(QColor(colour))
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, area.width())
    painter.drawText(area, alignment, shown)


def _plate(painter: QPainter, plate: QRect, text: str, tone: Tone, size: int) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(DARK.ground(tone)))
    painter.drawRoundedRect(QRectF(plate), 8, 8)
    _write(painter, plate, text, size, DARK.foreground(tone), int(Qt.AlignmentFlag.AlignCenter))
