"""Who came: every name of the meeting with its mark, entered by keys.

Arrows move; 1 present, 2 on leave, 3 absent, 4 approved exclusion where the meeting allows it; space toggles
present and absent; a click goes round the marks; Shift with arrows or Ctrl+A selects several; a paste of names
marks them.
"""

from __future__ import annotations

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QRegion,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QSizePolicy, QWidget

from branchbook.domain.records import Presence
from branchbook.ui.models.attendance import AttendanceModel, Index, NameMark, read_pasted
from branchbook.ui.theme import Look, Tone

TONES = {
    Presence.PRESENT: Tone.OK,
    Presence.ON_LEAVE: Tone.WARN,
    Presence.ABSENT: Tone.BAD,
    Presence.EXCLUDED: Tone.QUIET,
}
KEYS = {
    Qt.Key.Key_1: Presence.PRESENT,
    Qt.Key.Key_2: Presence.ON_LEAVE,
    Qt.Key.Key_3: Presence.ABSENT,
    Qt.Key.Key_4: Presence.EXCLUDED,
}
_ROUND = {
    Presence.PRESENT: Presence.ON_LEAVE,
    Presence.ON_LEAVE: Presence.ABSENT,
    Presence.ABSENT: Presence.PRESENT,
    Presence.EXCLUDED: Presence.PRESENT,
}
_GAP = 6
_LEAST_CELL = 108


class AttendanceGrid(QAbstractItemView):
    """A view over an ``AttendanceModel``, as high as its rows.

    ``pasted`` gives a ``PastedNames`` after a paste; ``refused`` is emitted for key 4 where it is not allowed.
    """

    pasted = Signal(object)
    refused = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rectangles: list[QRect] = []
        self._columns = 1
        self.read_only = False
        self.attendance = AttendanceModel(self)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("到会情况"))
        self.setModel(self.attendance)
        self.attendance.modelReset.connect(self._lay_out)

    @property
    def columns(self) -> int:
        """How many names stand side by side at the present width."""
        return self._columns

    # ------------------------------------------------------------------------------------- layout

    def _needed(self, line: NameMark) -> int:
        """The width in which neither name nor mark is clipped."""
        look = Look.current()
        name = QFontMetrics(look.font(13)).horizontalAdvance(line.shown)
        mark = QFontMetrics(look.font(12)).horizontalAdvance(line.mark)
        return name + mark + look.px(9) * 2 + look.px(4)

    def _lay_out(self) -> None:
        """Columns as wide as most names need; a longer name takes two or more of them."""
        look = Look.current()
        width = max(self.viewport().width() - 4, 1)
        needs = [self._needed(line) for line in self.attendance.lines]
        usual = sorted(needs)[(len(needs) * 4) // 5] if needs else 0
        cell = max(usual, look.px(_LEAST_CELL))
        self._columns = max(1, (width + _GAP) // (cell + _GAP))
        cell = (width - _GAP * (self._columns - 1)) // self._columns
        self._rectangles = []
        column = row = 0
        height = look.px(28)
        for need in needs:
            span = min(self._columns, -(-(need + _GAP) // (cell + _GAP)))
            if column + span > self._columns:
                column, row = 0, row + 1
            x, y = column * (cell + _GAP), row * (height + _GAP)
            self._rectangles.append(QRect(x, y, span * (cell + _GAP) - _GAP, height))
            column += span
        full = (row + 1) * (height + _GAP) - _GAP if needs else height
        if self.height() != full + 4:
            self.setFixedHeight(full + 4)
        self.viewport().update()

    def updateGeometries(self) -> None:
        """Qt asks for this when fonts, the model or the size change."""
        super().updateGeometries()
        self._lay_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the columns to the new width."""
        super().resizeEvent(event)
        self._lay_out()

    def sizeHint(self) -> QSize:
        """As high as the rows."""
        return QSize(400, self.minimumHeight())

    # ------------------------------------------------------------------- what every view has to say

    def visualRect(self, index: Index) -> QRect:
        """Where a name is drawn."""
        row = index.row()
        return QRect(self._rectangles[row]).translated(2, 2) if 0 <= row < len(self._rectangles) else QRect()

    def indexAt(self, point: QPoint) -> QModelIndex:
        """Whose cell is at a point."""
        for row in range(len(self._rectangles)):
            index = self.attendance.index(row)
            if self.visualRect(index).contains(point):
                return index
        return QModelIndex()

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """All names are always drawn; the page around the grid scrolls."""

    def horizontalOffset(self) -> int:
        """Nothing scrolls."""
        return 0

    def verticalOffset(self) -> int:
        """Nothing scrolls."""
        return 0

    def isIndexHidden(self, index: Index) -> bool:
        """No name is hidden."""
        return False

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Select the cells that a rectangle touches."""
        chosen = QItemSelection()
        area = rect.normalized()
        for row in range(len(self._rectangles)):
            index = self.attendance.index(row)
            if self.visualRect(index).intersects(area):
                chosen.select(index, index)
        self.selectionModel().select(chosen, command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        """Where to paint anew when the selection changes."""
        region = QRegion()
        for index in selection.indexes():
            region += self.visualRect(index).adjusted(-2, -2, 2, 2)
        return region

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Arrows in reading order and between rows, Home and End."""
        if not self._rectangles:
            return QModelIndex()
        moves = QAbstractItemView.CursorAction
        row = max(self.currentIndex().row(), 0)
        last = len(self._rectangles) - 1
        target = {
            moves.MoveRight: min(row + 1, last),
            moves.MoveLeft: max(row - 1, 0),
            moves.MoveHome: 0,
            moves.MoveEnd: last,
            moves.MoveDown: self._beside(row, 1),
            moves.MoveUp: self._beside(row, -1),
            moves.MovePageDown: last,
            moves.MovePageUp: 0,
        }.get(action, row)
        return self.attendance.index(target)

    def _beside(self, row: int, step: int) -> int:
        """The cell above or below, under the middle of this one; itself where there is none."""
        here = self._rectangles[row]
        y = here.y() + step * (here.height() + _GAP)
        line = [number for number, each in enumerate(self._rectangles) if each.y() == y]
        middle = here.center().x()
        return min(line, key=lambda number: abs(self._rectangles[number].center().x() - middle), default=row)

    # ------------------------------------------------------------------------------- keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Marks by 1 2 3 4 and space; paste; copy; the rest is Qt's moving about."""
        key = Qt.Key(event.key())
        plain = not event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        )
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste(QGuiApplication.clipboard().text())
        elif event.matches(QKeySequence.StandardKey.Copy):
            spoken = (self.attendance.lines[row].spoken for row in self._marked_rows())
            QGuiApplication.clipboard().setText("\n".join(spoken))
        elif plain and key in KEYS:
            self.mark(KEYS[key])
        elif plain and key == Qt.Key.Key_Space:
            self._toggle()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def mark(self, presence: Presence) -> None:
        """Mark the chosen names."""
        if self.read_only:
            return
        if presence == Presence.EXCLUDED and not self.attendance.exclusion_allowed:
            self.refused.emit()
            return
        self.attendance.mark(self._marked_rows(), presence)

    def paste(self, text: str) -> None:
        """Mark the people named in a text.

        Marks that stand beside names are taken. A bare list ticks its names as present; where they all are
        present already, they are selected, waiting for 2, 3 or 4.
        """
        if self.read_only:
            return
        found = read_pasted(text, self.attendance.lines)
        self._select(found.rows)
        bare = dict.fromkeys(found.rows, Presence.PRESENT) if not found.stated else {}
        self.attendance.mark_each({**bare, **found.stated})
        self.pasted.emit(found)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A plain click goes round: present, on leave, absent."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier and len(self._marked_rows()) == 1
        if index.isValid() and plain and event.button() == Qt.MouseButton.LeftButton and not self.read_only:
            self.attendance.mark([index.row()], _ROUND[self.attendance.lines[index.row()].presence])

    def _toggle(self) -> None:
        if self.read_only or not self._marked_rows():
            return
        present = self.attendance.lines[self._marked_rows()[0]].presence == Presence.PRESENT
        self.attendance.mark(self._marked_rows(), Presence.ABSENT if present else Presence.PRESENT)

    def _marked_rows(self) -> list[int]:
        rows = sorted(index.row() for index in self.selectedIndexes())
        current = self.currentIndex().row()
        return rows or ([current] if current >= 0 else [])

    def _select(self, rows: tuple[int, ...]) -> None:
        flags = QItemSelectionModel.SelectionFlag
        model = self.selectionModel()
        for number, row in enumerate(rows):
            index = self.attendance.index(row)
            if number == 0:
                model.setCurrentIndex(index, flags.ClearAndSelect)
            else:
                model.select(index, flags.Select)

    # ------------------------------------------------------------------------------------- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw every name on the ground of its mark."""
        look = Look.current()
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for row, line in enumerate(self.attendance.lines):
            index = self.attendance.index(row)
            self._paint_cell(painter, look, line, self.visualRect(index), self._frame(index))
        painter.end()

    def _frame(self, index: QModelIndex) -> int:
        if index == self.currentIndex() and self.hasFocus():
            return 2
        several = len(self.selectedIndexes()) > 1
        return 1 if several and self.selectionModel().isSelected(index) else 0

    def _paint_cell(self, painter: QPainter, look: Look, line: NameMark, area: QRect, frame: int) -> None:
        tone = TONES[line.presence]
        ground = QRectF(area)
        painter.setPen(QPen(look.colour("accent"), frame) if frame else Qt.PenStyle.NoPen)
        painter.setBrush(look.tokens.ground(tone))
        painter.drawRoundedRect(ground.adjusted(-0.5, -0.5, 0.5, 0.5) if frame else ground, 4, 4)
        inner = area.adjusted(look.px(9), 0, -look.px(9), 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(look.font(13))
        painter.setPen(look.colour("text"))
        painter.drawText(inner, int(middle | Qt.AlignmentFlag.AlignLeft), line.shown)
        painter.setFont(look.font(12))
        marked_out = line.presence in (Presence.ON_LEAVE, Presence.ABSENT)
        ground_token = "quiet_ground" if tone == Tone.QUIET else f"{tone.value}_ground"
        painter.setPen(look.tokens.foreground(tone) if marked_out else look.tokens.on("dim", ground_token))
        painter.drawText(inner, int(middle | Qt.AlignmentFlag.AlignRight), line.mark)
