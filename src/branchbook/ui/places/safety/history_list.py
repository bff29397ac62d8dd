"""The history of the book: one line an operation, what differed below, and the way back where rules allow it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from branchbook.services.going_back import go_back, why_not_back
from branchbook.services.history import HistoryLine, ValueChange, history_lines, operation_changes
from branchbook.ui.models.rows import Column
from branchbook.ui.theme import Tone
from branchbook.ui.widgets.buttons import Button
from branchbook.ui.widgets.labels import Text
from branchbook.ui.widgets.table import Table

if TYPE_CHECKING:
    from branchbook.ui.place import Place

SHOWN = 300


class HistoryList(QWidget):
    """The latest operations first; choosing one shows what it changed, field by field."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._place: Place | None = None
        self.table: Table[HistoryLine] = Table(
            (
                Column(self.tr("时间"), lambda each: f"{each.at:%Y-%m-%d %H:%M}", 148),
                Column(self.tr("何人"), lambda each: each.who, 84),
                Column(self.tr("做了什么"), self._label, 170),
                Column(self.tr("内容"), self._subjects),
            ),
            self,
            key=lambda each: each.operation_id,
        )
        self.table.setAccessibleName(self.tr("修改记录"))
        self.table.chosen.connect(self._ask_changes)
        self.details = Text("", "dim", self, wrap=True)
        self.details.setContentsMargins(14, 8, 14, 10)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.table, 1)
        column.addWidget(self.details)
        column.addLayout(self._foot())
        self.details.hide()

    def _foot(self) -> QHBoxLayout:
        """The way back, and why there is none."""
        self.why_not = Text("", "dim", self, wrap=True)
        self.back_button = Button(self.tr("恢复成这一步之后的内容"), "undo-2", self)
        self.back_button.setEnabled(False)
        self.back_button.clicked.connect(self.go_back)
        foot = QHBoxLayout()
        foot.setContentsMargins(14, 8, 14, 8)
        foot.setSpacing(12)
        foot.addWidget(self.why_not, 1)
        foot.addWidget(self.back_button)
        return foot

    def go_back(self) -> None:
        """What the chosen operation changed becomes again what it was right after it: a further operation."""
        chosen, place = self.table.current_row, self._place
        if chosen is None or place is None:
            return
        book, actor = place.context.book, place.context.actor()

        def told(names: tuple[str, ...]) -> None:
            words = self.tr("已恢复 {n} 项：{names}").format(n=len(names), names="、".join(names[:3]))
            place.banner.say(Tone.OK, words, more=self.tr("按 Ctrl+Z 可以撤销。"))

        place.do(lambda: go_back(book, chosen.operation_id, actor), told)

    def open(self, place: Place) -> None:
        """Show the history of the place's book."""
        self._place = place
        self.details.hide()
        self.why_not.setText("")
        self.back_button.setEnabled(False)
        self.reload()

    def reload(self) -> None:
        """Ask again."""
        if self._place is None:
            return
        book = self._place.context.book

        def question() -> tuple[HistoryLine, ...]:
            with book.reading() as reading:
                return history_lines(reading, SHOWN)

        self._place.ask(question, self.table.set_rows, key="history")

    def _label(self, line: HistoryLine) -> str:
        return self.tr("{label}（已撤销）").format(label=line.label) if line.undone else line.label

    def _subjects(self, line: HistoryLine) -> str:
        words = "、".join(line.subjects)
        if line.count > len(line.subjects):
            words = self.tr("{words} 等 {n} 项").format(words=words, n=line.count)
        return (
            self.tr("{words}；原因：{reason}").format(words=words, reason=line.reason)
            if line.reason
            else words
        )

    def _ask_changes(self, line: HistoryLine) -> None:
        assert self._place is not None
        book = self._place.context.book

        def question() -> tuple[tuple[ValueChange, ...], str]:
            with book.reading() as reading:
                return operation_changes(reading, line.operation_id), why_not_back(reading, line.operation_id)

        self._place.ask(question, self._show_changes, key="changes")

    def _show_changes(self, answer: tuple[tuple[ValueChange, ...], str]) -> None:
        assert self._place is not None
        changes, why_not = answer
        self.why_not.setText(self.tr("不能恢复：{why}").format(why=why_not) if why_not else "")
        self.back_button.setEnabled(not why_not and not self._place.context.book.read_only)
        lines = [
            each.label
            if each.withheld
            else self.tr("{label}：{before} → {after}").format(
                label=each.label,
                before=each.before or self.tr("（空）"),
                after=each.after or self.tr("（空）"),
            )
            for change in changes[:3]
            for each in change.differences[:6]
        ]
        self.details.setText("\n".join(line[:160] for line in lines) or self.tr("没有可显示的差别"))
        self.details.show()
