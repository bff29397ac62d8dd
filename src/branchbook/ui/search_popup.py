"""What a search found, below its box: grouped hits with their snippets, inside the window."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from branchbook.ui.theme import Look
from branchbook.ui.widgets.labels import Text

if TYPE_CHECKING:
    from branchbook.services.search import FoundLine, SearchResult

Index = QModelIndex | QPersistentModelIndex
HIT_ROLE = int(Qt.ItemDataRole.UserRole)


class HitsModel(QAbstractListModel):
    """The hits of a search in the order of their groups; the first of a group knows its heading."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.hits: tuple[FoundLine, ...] = ()
        self._headings: dict[int, str] = {}

    def set_result(self, result: SearchResult | None) -> None:
        """Show what was found; None shows nothing."""
        self.beginResetModel()
        hits: list[FoundLine] = []
        self._headings = {}
        for group in result.groups if result else ():
            self._headings[len(hits)] = group.heading
            hits.extend(group.lines)
        self.hits = tuple(hits)
        self.endResetModel()

    def heading(self, row: int) -> str:
        """The heading above a row, empty for all but the first of its group."""
        return self._headings.get(row, "")

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many hits there are."""
        return 0 if parent.isValid() else len(self.hits)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """The title, all of it in words, or the hit."""
        if not index.isValid():
            return None
        hit = self.hits[index.row()]
        if role == int(Qt.ItemDataRole.DisplayRole):
            return hit.title
        if role == int(Qt.ItemDataRole.AccessibleTextRole):
            day = hit.held_on.isoformat() if hit.held_on else ""
            return "，".join(part for part in (hit.title, hit.where, day, hit.snippet) if part)
        return hit if role == HIT_ROLE else None


class _HitDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Any) -> QSize:
        look = Look.current()
        heading = index.model().heading(index.row())
        return QSize(100, look.px(50) + (look.px(22) if heading else 0))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Any) -> None:
        look = Look.current()
        area = QRect(option.rect)  # type: ignore[attr-defined]
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)  # type: ignore[attr-defined]
        painter.save()
        heading = index.model().heading(index.row())
        if heading:
            self._text(
                painter,
                look,
                QRect(area.x() + 12, area.y() + 2, area.width() - 24, look.px(20)),
                heading,
                12,
                "dim",
            )
            area.setTop(area.top() + look.px(22))
        if chosen:
            painter.fillRect(area, look.colour("selection"))
        self._paint_hit(painter, look, area.adjusted(12, look.px(4), -12, -look.px(4)), index.data(HIT_ROLE))
        painter.restore()

    def _paint_hit(self, painter: QPainter, look: Look, area: QRect, hit: FoundLine) -> None:
        upper = QRect(area.x(), area.y(), area.width(), area.height() // 2)
        lower = QRect(area.x(), area.y() + area.height() // 2, area.width(), area.height() // 2)
        where = " · ".join(
            part for part in (hit.where, hit.held_on.isoformat() if hit.held_on else "") if part
        )
        small = QFontMetrics(look.font(12))
        width = min(small.horizontalAdvance(where) + 2, upper.width() * 2 // 3)
        beside = QRect(upper.right() - width + 1, upper.y(), width, upper.height())
        self._text(painter, look, beside, where, 12, "dim")
        self._text(painter, look, upper.adjusted(0, 0, -width - 8, 0), hit.title, 13, "text")
        x = lower.x()
        for piece, found in pieces(hit.snippet.replace("\n", " "), hit.marks):
            rest = QRect(x, lower.y(), max(lower.right() - x, 0), lower.height())
            self._text(painter, look, rest, piece, 12, "accent" if found else "text")
            x += small.horizontalAdvance(piece)

    def _text(self, painter: QPainter, look: Look, area: QRect, text: str, size: int, token: str) -> None:
        font = look.font(size)
        painter.setFont(font)
        painter.setPen(look.colour(token))
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)


def pieces(text: str, marks: tuple[tuple[int, int], ...]) -> list[tuple[str, bool]]:
    """A snippet cut at its marks: each piece with whether it is one of the words sought."""
    cut: list[tuple[str, bool]] = []
    at = 0
    for start, end in sorted(marks):
        cut.append((text[at:start], False))
        cut.append((text[start:end], True))
        at = end
    cut.append((text[at:], False))
    return [(piece, found) for piece, found in cut if piece]


class SearchPopup(QFrame):
    """The hits below the box, inside the window: the box keeps the keyboard and its input method."""

    def __init__(self, box: QLineEdit) -> None:
        super().__init__(box.window())
        self._box = box
        self.setProperty("role", "popup")
        self.hits = HitsModel(self)
        self.view = QListView(self)
        self.view.setModel(self.hits)
        self.view.setItemDelegate(_HitDelegate(self.view))
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setAccessibleName(self.tr("搜索结果"))
        self.note = Text("", "dim", self)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 6, 1, 6)
        column.setSpacing(4)
        column.addWidget(self.view, 1)
        column.addWidget(self.note)
        self.note.setContentsMargins(12, 0, 12, 0)
        self.hide()

    def show_result(self, result: SearchResult) -> None:
        """Open below the box with these hits."""
        self.hits.set_result(result)
        self.view.setVisible(bool(result.count))
        if not result.count:
            self.note.setText(self.tr("没有找到。可以试试姓名拼音首字母、日期或更短的词"))
        elif result.more:
            self.note.setText(self.tr("只显示前 {n} 条，请再输入几个字").format(n=result.count))
        self.note.setVisible(result.more or not result.count)
        if result.count:
            self.view.setCurrentIndex(self.hits.index(0))
        self._place()
        self.show()
        self.raise_()

    def move_by(self, step: int) -> None:
        """Choose the next or the one before."""
        row = min(max(self.view.currentIndex().row() + step, 0), self.hits.rowCount() - 1)
        self.view.setCurrentIndex(self.hits.index(row))

    def changeEvent(self, event: QEvent) -> None:
        """Close when the look changes: the rows have other heights then."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.hide()

    def _place(self) -> None:
        window = self._box.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        look = Look.current()
        width = min(look.px(460), window.width() - 32)
        wanted = sum(self.view.sizeHintForRow(row) for row in range(self.hits.rowCount()))
        height = min(wanted + look.px(14) + (look.px(26) if self.note.text() else 0), window.height() - 120)
        corner = self._box.mapTo(window, QPoint(self._box.width(), self._box.height() + 4))
        self.setGeometry(corner.x() - width, corner.y(), width, max(height, look.px(44)))
